// Whoever reads the store after every commit, but not the key file, cannot tie a draft that became a masked post to one that became a post
// with a name: what joins them names the author no better than chance. Who writes the same way, or alone on the site, is another matter.
import { expect, test } from 'vitest';
import { draftsOn, type DraftLives } from '../draft-lives.ts';
import { chances } from '../lives.ts';
import { readLog, type Commit } from '../log.ts';
import { logThief } from '../log-thief.ts';
import { tail } from '../thief.ts';
import { onBothDatabases, type World } from '../world.ts';

/** PostgreSQL takes longer to be read after each commit. */
const sizes = { sqlite: { members: 30, drafts: 160, days: 4 }, postgres: { members: 20, drafts: 90, days: 3 } };
const sizeFor = ({ url }: World) => sizes[url.startsWith('file:') ? 'sqlite' : 'postgres'];

type Verdict = { asked: number; hits: number; expected: number; chance: number };

/** How often the thief names the author first, and how often among the first fifth, where the right answer is one of all members. */
function verdicts({ members, masked }: DraftLives, commits: Commit[]): Record<'first' | 'fifth', Verdict> {
	const suspectsOf = logThief(commits, new Set(members.map(({ id }) => id)));
	const { next } = chances('the reader of the log');
	const ranks = masked.map(({ post, author }) => {
		const votes = suspectsOf(post);
		const ranked = members
			.map(({ id }) => ({ id, says: votes.get(id) ?? 0, lot: next() }))
			.sort((a, b) => b.says - a.says || a.lot - b.lot);
		return ranked.findIndex(({ id }) => id === author);
	});
	function among(most: number): Verdict {
		const hits = ranks.filter((rank) => rank < most).length;
		const expected = (masked.length * most) / members.length;
		return { asked: masked.length, hits, expected, chance: tail(hits, expected) };
	}
	return { first: among(1), fifth: among(Math.ceil(members.length / 5)) };
}

/** Rows of the shelf that more than one post was written beside. */
function shared(commits: Commit[], { acts }: DraftLives): string[] {
	const beside = new Map<string, Set<string>>();
	for (const { from, to, post } of acts)
		for (const row of post ? commits.slice(from, to).flat() : []) {
			if (row.table !== 'sealed_rows') continue;
			const tag = String(row.cells.find(([column]) => column === 'tag')?.[1]);
			beside.set(tag, (beside.get(tag) ?? new Set()).add(post ?? ''));
		}
	expect(beside.size).toBeGreaterThan(20);
	return [...beside].filter(([, posts]) => posts.size > 1).map(([tag]) => tag);
}

/** The same log, had the rows of the shelf that somebody's acts touch been called so. */
const renamed = (commits: Commit[], { acts }: DraftLives, name: (member: string) => string): Commit[] =>
	commits.map((rows, i) => {
		const by = acts.find(({ from, to }) => from <= i && i < to)?.member;
		return rows.flatMap((row) => {
			if (by === undefined || row.table !== 'sealed_rows') return [row];
			return [row, { ...row, cells: [['tag', name(by)] as [string, unknown]] }];
		});
	});

onBothDatabases((aWorld) => {
	test('a thief with every state of the store names the author of a masked draft no better than chance [ASVS 14.2.4]', async () => {
		const world = await aWorld();
		const commits = await readLog(world);
		const lives = await draftsOn(world, { seed: 'drafts', ...sizeFor(world), commits: () => commits.length });
		expect(shared(commits, lives)).toEqual([]);
		const { first, fifth } = verdicts(lives, commits);
		expect(first.asked).toBeGreaterThan(sizeFor(world).drafts / 6);
		expect([first, fifth].filter(({ chance }) => chance < 1e-4)).toEqual([]);

		const slots = verdicts(
			lives,
			renamed(commits, lives, (member) => `the first slot of ${member}`)
		);
		expect(slots.first.chance, 'the thief finds a slot that is used again').toBeLessThan(1e-6);
	}, 400_000);
});
