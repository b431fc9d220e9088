// Whoever steals the database with its log and a backup, but not the key file, names the author of a masked post no better than chance
// (security.md, "Masks"). What no store can hide is left out on purpose: somebody who does things under their name in the same minutes, or
// who follows by name the very story they answer behind a mask. The lives draw both apart (tests/lives.ts).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chances, liveOn, type Lives, type Masked } from '../lives.ts';
import { stealPostgres, stealSqlite, tail, thief, type Copy, type Row } from '../thief.ts';
import { onBothDatabases, type World } from '../world.ts';

/** A thousand on SQLite; PostgreSQL asks four times as long for each step, and is asked about fewer. */
const sizes = { sqlite: { members: 1000, masked: 250, steps: 2500 }, postgres: { members: 250, masked: 60, steps: 500 } };

const onSqlite = ({ url }: World) => url.startsWith('file:');
const steal = (world: World, folder: string, name: string): Promise<Copy> | Copy =>
	onSqlite(world) ? stealSqlite(world.url.slice(5), join(folder, `${name}.db`)) : stealPostgres(world.url);

type Verdict = { attack: string; asked: number; hits: number; expected: number; chance: number };

/** What each attack achieves: by naming one of its suspects, and by having the author among them more often than so many others. */
function verdicts({ members, masked }: Lives, copies: Copy[]): Verdict[] {
	const suspectsOf = thief(copies, new Set(members.map(({ id }) => id)));
	const { one } = chances('the thief');
	const tried = new Map<string, { asked: number; hits: number; named: number; among: number; expected: number }>();
	for (const post of masked) {
		const votes = new Map<string, number>();
		const found = suspectsOf(post);
		for (const [, who] of found) for (const member of who) votes.set(member, (votes.get(member) ?? 0) + 1 / who.size);
		const [first] = [...votes].sort((a, b) => b[1] - a[1]);
		if (first) found.set('all together', new Set([first[0]]));
		for (const [attack, who] of found) {
			const so = tried.get(attack) ?? { asked: 0, hits: 0, named: 0, among: 0, expected: 0 };
			tried.set(attack, {
				asked: so.asked + 1,
				hits: so.hits + (one([...who]) === post.author ? 1 : 0),
				named: so.named + 1 / members.length,
				among: so.among + (who.has(post.author) ? 1 : 0),
				expected: so.expected + who.size / members.length
			});
		}
	}
	return [...tried].flatMap(([attack, { asked, hits, named, among, expected }]) => [
		{ attack: `naming by ${attack}`, asked, hits, expected: named, chance: tail(hits, named) },
		{ attack: `narrowing by ${attack}`, asked, hits: among, expected, chance: tail(among, expected) }
	]);
}
/** Some hundreds of attacks are tried: one in a thousand runs may cry out for nothing. */
const caught = (all: Verdict[]) => all.filter(({ chance }) => chance < 1e-6);

/** The same loot with more rows in it. */
const leaking = (copy: Copy, table: string, rows: Row[]): Copy => new Map([...copy, [table, [...(copy.get(table) ?? []), ...rows]]]);
const row = (table: string, cells: Row['cells'], order = 0, tx = ''): Row => ({ table, cells, order, tx });
const valueIn = ({ cells }: Row, column: string) => cells.find(([name]) => name === column)?.[1];

/** What a careless store would have kept of each, and the thief must find. */
function leaks(copies: [Copy, Copy], masked: Masked[]): Record<string, Copy[]> {
	const [midway, final] = copies;
	const posts = final.get('posts') ?? [];
	const the = ({ post }: Masked) => posts.find((one) => valueIn(one, 'id') === post) ?? row('posts', []);
	const named = (table: string, of: (mask: Masked, there: Row) => Row['cells'], tx = (_: Row) => '') =>
		masked.map((mask) => row(table, [['member_id', mask.author], ...of(mask, the(mask))], the(mask).order, tx(the(mask))));
	const all: Record<string, Copy[]> = {
		'the author in a column': [
			midway,
			leaking(
				final,
				'posts',
				named('posts', ({ post }) => [['id', post]])
			)
		],
		'a draft with a name in the backup': [
			leaking(
				midway,
				'drafts',
				named('drafts', ({ body }) => [['body', body]])
			),
			final
		],
		'who read it': [
			midway,
			leaking(
				final,
				'thread_reads',
				named('thread_reads', ({ thread }) => [['thread_id', thread]])
			)
		],
		'a moment shortly before': [
			midway,
			leaking(
				final,
				'visits',
				named('visits', (_, there) => [['at', Number(valueIn(there, 'posted_at')) - 5000]])
			)
		],
		'something as long': [
			midway,
			leaking(
				final,
				'texts',
				named('texts', ({ body }) => [['text', 'x'.repeat(body.length)]])
			)
		]
	};
	if (posts.some(({ tx }) => tx !== ''))
		all['a transaction'] = [
			midway,
			leaking(
				final,
				'kept',
				named(
					'kept',
					() => [],
					({ tx }) => String(Number(tx) + 1)
				)
			)
		];
	return all;
}

onBothDatabases((aWorld) => {
	test('a thief of the database, its log and a backup names the author behind a mask no better than chance [ASVS 14.2.4]', async () => {
		const world = await aWorld();
		const folder = mkdtempSync(join(tmpdir(), 'lamplight-thief-'));
		const stolen: Copy[] = [];
		const lives = await liveOn(world, {
			seed: 'lives',
			...sizes[onSqlite(world) ? 'sqlite' : 'postgres'],
			midway: async () => void stolen.push(await steal(world, folder, 'midway'))
		});
		stolen.push(await steal(world, folder, 'final'));
		const [midway = new Map<string, Row[]>(), final = new Map<string, Row[]>()] = stolen;
		const written = new Set((final.get('posts') ?? []).map((one) => valueIn(one, 'id')));
		expect(lives.masked.filter(({ post }) => written.has(post)).length).toBeGreaterThan(lives.masked.length * 0.9);

		const tried = verdicts(lives, [midway, final]);
		expect(tried.length).toBeGreaterThan(60);
		expect(caught(tried)).toEqual([]);
		for (const [leak, copies] of Object.entries(leaks([midway, final], lives.masked)))
			expect(caught(verdicts(lives, copies)).length, `the thief finds ${leak}`).toBeGreaterThan(0);
		rmSync(folder, { recursive: true });
	}, 400_000);
});
