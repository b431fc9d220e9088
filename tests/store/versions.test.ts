// The triggers behind kept pages, row by row: what verbs do today happens to raise some of this twice, and a verb of tomorrow may not.
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { anAnswer, aStory, reportedBy, theCaseOf } from '../community/desk.ts';
import { onBothDatabases } from '../world.ts';

type Scene = {
	thread: string;
	opening: string;
	answer: string;
	board: string;
	other: string;
	member: string;
	celebration: string;
	empty: string;
	shed: string;
	passing: string;
	found: string;
};
type Change = (tx: Queries, tables: Tables, scene: Scene) => Promise<unknown>;

const row = { depth: 1, body: 'a', html: 'a', warnings: [], postedAt: 1, encouraged: {}, key: 'key', place: 'zz' };
const card = { openingId: 'none', title: 'a', excerpt: 'a', openedAt: 1, activeAt: 1 };
const aBoard = {
	slug: 'shed',
	section: 'a',
	title: 'a',
	charter: [],
	warnings: [],
	membersOnly: false,
	distress: false,
	titlesPublic: true
};
const feeling = { milestone: 'victory', words: 'a', madeAt: 1, shareAt: 1, key: 'key' };

const changes: [string, (keyof typeof scopes)[], Change][] = [
	[
		'an answer is added',
		['thread'],
		(tx, { posts }, { thread, answer }) => tx.insert(posts).values({ ...row, id: 'p', threadId: thread, parentId: answer })
	],
	[
		'an opening is added',
		['thread', 'openings'],
		(tx, { posts }, { thread }) => tx.insert(posts).values({ ...row, id: 'p', threadId: thread })
	],
	['an answer changes', ['thread'], (tx, { posts }, { answer }) => tx.update(posts).set({ folded: 'spam' }).where(eq(posts.id, answer))],
	[
		'an opening is encouraged',
		['thread'],
		(tx, { posts }, { opening }) =>
			tx
				.update(posts)
				.set({ encouraged: { with_you: 1 } })
				.where(eq(posts.id, opening))
	],
	[
		'an opening is folded',
		['thread', 'openings'],
		(tx, { posts }, { opening }) => tx.update(posts).set({ folded: 'spam' }).where(eq(posts.id, opening))
	],
	[
		'an opening is encouraged and warned of in one',
		['thread', 'openings'],
		(tx, { posts }, { opening }) =>
			tx
				.update(posts)
				.set({ encouraged: { with_you: 2 }, warnings: ['grief'] })
				.where(eq(posts.id, opening))
	],
	[
		'an answer moves',
		['thread', 'elsewhere'],
		(tx, { posts }, { answer, other }) => tx.update(posts).set({ threadId: other, place: 'zz' }).where(eq(posts.id, answer))
	],
	['an answer is deleted', ['thread'], (tx, { posts }, { answer }) => tx.delete(posts).where(eq(posts.id, answer))],
	[
		'a thread changes',
		['thread', 'board', 'stories'],
		(tx, { threads }, { thread }) => tx.update(threads).set({ locked: true }).where(eq(threads.id, thread))
	],
	[
		'a thread is added',
		['board', 'stories'],
		(tx, { threads }, { board }) => tx.insert(threads).values({ ...card, id: 't', boardId: board })
	],
	['a board is added', ['everything'], (tx, { boards }) => tx.insert(boards).values({ ...aBoard, id: 'b', position: 999 })],
	['a board changes', ['everything'], (tx, { boards }, { board }) => tx.update(boards).set({ title: 'a' }).where(eq(boards.id, board))],
	['a name changes', ['everything'], (tx, { members }, { member }) => tx.update(members).set({ name: 'a' }).where(eq(members.id, member))],
	[
		'a member’s choice changes',
		[],
		(tx, { members }, { member }) => tx.update(members).set({ hardDay: true }).where(eq(members.id, member))
	],
	[
		'a celebration waits',
		[],
		(tx, { celebrations }, { member }) => tx.insert(celebrations).values({ ...feeling, id: 'c', memberId: member, state: 'waiting' })
	],
	[
		'a celebration is shared',
		['celebrations'],
		(tx, { celebrations }, { member }) => tx.insert(celebrations).values({ ...feeling, id: 'c', memberId: member, state: 'shared' })
	],
	[
		'a celebration is cheered',
		['celebrations'],
		(tx, { celebrations }, { celebration }) => tx.update(celebrations).set({ cheers: 1 }).where(eq(celebrations.id, celebration))
	],
	[
		'a celebration is deleted',
		['celebrations'],
		(tx, { celebrations }, { celebration }) => tx.delete(celebrations).where(eq(celebrations.id, celebration))
	],
	['a thread is deleted', ['board', 'stories'], (tx, { threads }, { empty }) => tx.delete(threads).where(eq(threads.id, empty))],
	['a board is deleted', ['everything'], (tx, { boards }, { shed }) => tx.delete(boards).where(eq(boards.id, shed))],
	['a member is deleted', ['everything'], (tx, { members }, { passing }) => tx.delete(members).where(eq(members.id, passing))],
	[
		'a fold is noted',
		['everything'],
		(tx, { caseEvents }, { found }) =>
			tx.insert(caseEvents).values({ id: 'e', caseId: found, version: 99, kind: 'folded', detail: {}, at: 1 })
	],
	[
		'a claim is noted',
		[],
		(tx, { caseEvents }, { found }) =>
			tx.insert(caseEvents).values({ id: 'e', caseId: found, version: 99, kind: 'claimed', detail: {}, at: 1 })
	]
];

const scopes = {
	thread: ({ thread }: Scene) => `thread:${thread}`,
	elsewhere: ({ other }: Scene) => `thread:${other}`,
	board: ({ board }: Scene) => `board:${board}`,
	stories: () => 'stories',
	openings: () => 'openings',
	celebrations: () => 'celebrations',
	everything: () => 'everything'
};

onBothDatabases((aWorld) => {
	test('each change of a row raises what shows it, and nothing else', { timeout: 60_000 }, async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread, post: opening } = await aStory(world, wren);
		const { thread: other } = await aStory(world, wren);
		const answer = await anAnswer(world, wren, thread);
		const { id: celebration } = await world.celebrations.victory(wren, { words: 'a', when: 'now' });
		const { id: board } = await world.boards.theBoard(wren, 'harbour');
		const [empty, shed, { id: passing }] = ['empty', 'shed', await world.someone()];
		const reported = await anAnswer(world, wren, thread);
		await reportedBy(world, 1, reported);
		const { id: found } = await theCaseOf(world, reported);
		await world.db.write(async (tx) => {
			const { boards, threads } = world.db.tables;
			await tx.insert(boards).values({ ...aBoard, id: shed, slug: 'empty', position: 998 });
			await tx.insert(threads).values({ ...card, id: empty, boardId: board });
		});
		const scene = { thread, opening, answer, board, other, member: wren.id, celebration, empty, shed, passing, found };
		const all = async () =>
			Object.fromEntries(
				await Promise.all(
					Object.entries(scopes).map(async ([name, scope]) => [name, (await world.db.versions([scope(scene)]))?.version] as const)
				)
			);
		for (const [step, raised, change] of changes) {
			const before = await all();
			const undone = new Error('undone');
			// Looked at inside the write, which then is undone: each change meets the same rows.
			const found = await new Promise<string[]>((done, failed) => {
				world.db
					.write(async (tx) => {
						await change(tx, world.db.tables, scene);
						const { visibleVersions } = world.db.tables;
						const rows = await tx.select({ scope: visibleVersions.scope, version: visibleVersions.version }).from(visibleVersions);
						const sum = (scope: string) => rows.filter((one) => one.scope === scope).reduce((total, { version }) => total + version, 0);
						done(Object.entries(scopes).flatMap(([name, scope]) => (sum(scope(scene)) !== before[name] ? [name] : [])));
						throw undone;
					})
					.catch((problem: unknown) => (problem === undone ? undefined : failed(problem)));
			});
			expect([step, ...found]).toEqual([step, ...raised]);
			expect(await all()).toEqual(before);
		}
	});

	test('a thread’s row is known with it, and counts nothing of others', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const [one, two] = [await aStory(world, wren), await aStory(world, wren)];
		const at = async (thread: string) => (await world.db.versions([`thread:${thread}`]))?.version;
		const [before, still] = [await at(one.thread), await at(two.thread)];
		await anAnswer(world, wren, one.thread);
		expect(await at(one.thread)).toBeGreaterThan(before ?? Infinity);
		expect(await at(two.thread)).toBe(still);
	});

	test('twenty changes at once are all counted', async () => {
		const world = await aWorld();
		const { boards } = world.db.tables;
		const now = async () => (await world.db.versions(['everything']))?.version ?? 0;
		const before = await now();
		await Promise.all(
			Array.from({ length: 20 }, (_, i) =>
				world.db.write((tx) =>
					tx
						.update(boards)
						.set({ titlesPublic: i % 2 === 0 })
						.where(eq(boards.position, i % 10))
				)
			)
		);
		expect(await now()).toBe(before + 20);
	});
});
