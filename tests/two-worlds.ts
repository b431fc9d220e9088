// The same world twice, but for one thing: who did it, or whether it was done. Ids, chance, the clock and the key file are handed in, so that
// whatever somebody else can obtain may be compared byte by byte.
import { createHash } from 'node:crypto';
import type { Actor, Means, Sealer } from '#server/community/means.ts';
import type { Role } from '#server/store/values.ts';
import { chances } from './lives.ts';
import { day, worldSealer, type World } from './world.ts';

export type Which = 'this' | 'that';
export const both = ['this', 'that'] as const;

/** Ids have one length. */
const idOf = (name: string, number: number) => `${name}-${String(number).padStart(21 - name.length, '0')}`;

/**
 * A tag is as good as drawn by lot: who has no key cannot tell one member's from another's. So that both worlds draw the same lot, the two
 * members change places where masks are tagged in the other world. Nothing that others obtain depends on tags but the alias.
 */
function changingPlaces(which: Which, sealer: Sealer): Sealer {
	const other = (part: string) =>
		part.replace(/^(wren|finch)-0*(\d+)$/, (_, name: string, number: string) => idOf(name === 'wren' ? 'finch' : 'wren', Number(number)));
	const placed = (purpose: string, parts: readonly string[]) => (which === 'that' && purpose === 'masks' ? parts.map(other) : parts);
	return { ...sealer, tag: (purpose, parts, key) => sealer.tag(purpose, placed(purpose, parts), key) };
}

/** What a world of a pair is made with: hand it to `aWorld`. */
export function meansOf(which: Which, seed: string): Pick<Means, 'newId' | 'pick' | 'sealer'> {
	const { below } = chances(seed);
	let made = 0;
	return {
		newId: () => createHash('sha256').update(`${seed} id ${made++}`).digest('base64url').slice(0, 22),
		pick: below,
		sealer: changingPlaces(which, worldSealer)
	};
}

/** People by name and number; all scripts of one pair of worlds need numbers of their own. */
export async function people(world: World, number: number, names: Record<string, Role>): Promise<Record<string, Actor>> {
	const { members } = world.db.tables;
	const all = Object.entries(names).map(([name, role]): Actor => {
		return { id: idOf(name, number), name: `${name[0]?.toUpperCase()}${name.slice(1)} ${number}`, role };
	});
	await world.db.write((tx) =>
		tx.insert(members).values(
			all.map(({ id, name, role }) => ({
				...{ id, name, nameFolded: name.toLowerCase(), passphraseHash: 'none', role, joinedAt: world.now() - 60 * day },
				...{ agreementVersion: 1, warningChoices: {}, tombstone: `gone ${id}` }
			}))
		)
	);
	return Object.fromEntries(all.map((actor) => [actor.id.split('-')[0], actor]));
}

/** What a verb answered, also when it refused: that is something others obtain, too. */
export async function answerOf(work: Promise<unknown>): Promise<unknown> {
	try {
		return (await work) ?? null;
	} catch (problem) {
		if (problem instanceof Error && problem.constructor !== Error) return { refused: problem.message, ...problem };
		throw problem;
	}
}

const plain = { country: undefined, hardDay: false, warnings: {} };
type Shown = { threads: string[]; posts: string[]; word: string };

/** All that somebody can ask the verbs for, about these threads and posts and about the site as a whole. */
export async function seenBy(world: World, reader: Actor | undefined, { threads, posts, word }: Shown): Promise<unknown> {
	const ask: Record<string, () => Promise<unknown>> = {
		home: () => world.threads.forHome(reader, plain),
		newest: () => world.threads.newest(reader),
		rail: () => world.rails.rail(reader),
		celebrations: () => world.celebrations.feed(reader),
		versions: () => world.pages.standing({ kind: 'home' })
	};
	const { id } = await world.boards.theBoard(reader, 'harbour');
	for (const sort of ['unanswered', 'active', 'new'] as const)
		ask[`board ${sort}`] = () => world.threads.list(id, sort, null, plain, reader);
	for (const sort of ['best', 'new'] as const)
		ask[`search ${sort}`] = () => world.search.find(reader, { q: `${word} `, board: '', sort, after: null }, plain);
	for (const thread of threads) {
		ask[`thread ${thread}`] = () => world.posts.read(reader, thread, plain);
		ask[`may read ${thread}`] = () => world.posts.mayRead(reader, thread);
	}
	for (const post of posts) {
		const [thread = ''] = threads;
		ask[`around ${post}`] = () => world.posts.read(reader, thread, plain, { post });
	}
	if (reader) {
		ask.notices = () => world.notices.list(reader, plain);
		ask.unread = () => world.notices.unread(reader);
		ask.follows = () => world.follows.all(reader);
		ask.bookmarks = () => world.bookmarks.list(reader, plain, null);
		ask.drafts = () => world.drafts.all(reader);
		ask.reports = () => world.reports.mine(reader, posts);
		ask.queue = () => world.cases.queue(reader);
		for (const post of posts) {
			ask[`edit ${post}`] = () => world.posts.edit(reader, { post, version: 99, title: 'x', body: 'x', warnings: [] });
			ask[`withdraw ${post}`] = () => world.posts.withdraw(reader, post, false);
		}
	}
	const seen: Record<string, unknown> = {};
	for (const [what, work] of Object.entries(ask)) seen[what] = await answerOf(Promise.resolve().then(work));
	return seen;
}

/** What open pages are told, with the numbers from which their cursors are made; nobody hears what is for a member alone. */
export async function heard(world: World): Promise<unknown> {
	await world.stream.append(world.told.splice(0));
	const { stream } = world.db.tables;
	const rows = await world.db.read
		.select({ number: stream.number, type: stream.type, audience: stream.audience, data: stream.data, at: stream.at })
		.from(stream)
		.orderBy(stream.number);
	return rows.map((row) => (/^member:(wren|finch)/.test(row.audience) ? { number: row.number, at: row.at } : row));
}
