import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import type { Reader } from '#server/community/means.ts';
import { readingMarks } from '#server/community/reading-marks.ts';
import { sealerOver } from '#server/sealer.ts';
import { day, onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory } from './desk.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };
const minute = 60_000;

async function onBoard(world: World, reader: Reader) {
	const { id } = await world.boards.theBoard(undefined, 'harbour');
	return (await world.threads.list(id, 'active', null, plain, reader)).threads.map(({ fresh }) => fresh);
}
const marked = async (world: World, reader: Reader, thread: string) =>
	(await world.posts.read(reader, thread, plain)).replies.filter(({ fresh }) => fresh).map(({ id }) => id);
const readRows = (world: World) => {
	const { readingMarks } = world.db.tables;
	return world.db.read.select({ tag: readingMarks.tag, sealed: readingMarks.sealed, keptOn: readingMarks.keptOn }).from(readingMarks);
};

onBothDatabases((aWorld, dialect) => {
	if (dialect === 'sqlite')
		test('while the store is locked a member reads on, and what they read counts as read later', async () => {
			const world = await aWorld();
			const [wren, finch] = [await world.someone(), await world.someone()];
			const { thread } = await aStory(world, finch);
			const { cookie } = await world.sessions.begin(wren, { secure: false });
			world.later(day);
			const other = new Sqlite(world.url.slice(5));
			other.exec('begin immediate');
			const [found, read] = await Promise.all([world.sessions.find(cookie.value), world.posts.visit(wren, thread, plain)]);
			expect([found?.actor.id, read.id]).toEqual([wren.id, thread]);
			expect(await readRows(world)).toHaveLength(0);
			other.close();
			await expect.poll(() => readRows(world)).toHaveLength(1);
		});

	test('a thread read before shows that it is new once somebody writes', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		expect(await onBoard(world, wren)).toEqual([false]);
		await world.reads.markRead(wren, thread);
		world.later(minute);
		const answer = await anAnswer(world, finch, thread);
		expect(await onBoard(world, wren)).toEqual([true]);
		expect((await world.threads.forHome(wren, plain)).waiting[0]?.fresh).toBe(true);
		expect(await marked(world, wren, thread)).toEqual([answer]);
		await world.reads.markRead(wren, thread);
		expect(await onBoard(world, wren)).toEqual([false]);
	});

	test('never for guests, for one’s own words, or in a thread never opened', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		await world.reads.markRead(wren, thread);
		world.later(minute);
		await anAnswer(world, wren, thread);
		expect(await marked(world, wren, thread)).toEqual([]);
		expect(await marked(world, finch, thread)).toEqual([]);
		expect(await marked(world, undefined, thread)).toEqual([]);
		expect(await onBoard(world, undefined)).toEqual([false]);
		expect(await onBoard(world, finch)).toEqual([false]);
	});

	test('marks stay for the visit and are gone on the next', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		await world.reads.markRead(wren, thread);
		world.later(2 * limits.visit);
		const [first, second] = [await anAnswer(world, finch, thread), await anAnswer(world, finch, thread)];
		world.later(minute);
		await world.reads.markRead(wren, thread);
		expect(await marked(world, wren, thread)).toEqual([first, second]);
		world.later(minute);
		const third = await anAnswer(world, finch, thread);
		await world.reads.markRead(wren, thread);
		expect(await marked(world, wren, thread)).toEqual([first, second, third]);
		world.later(limits.visit + minute);
		await world.reads.markRead(wren, thread);
		expect(await marked(world, wren, thread)).toEqual([]);
	});

	test('opening a thread again writes only when something changed', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		await Promise.all(Array.from({ length: 6 }, () => world.reads.markRead(wren, thread)));
		const before = await readRows(world);
		expect(before).toHaveLength(1);
		world.later(2 * limits.visit);
		await world.reads.markRead(wren, thread);
		expect(await readRows(world)).toEqual(before);
		await anAnswer(world, finch, thread);
		await world.reads.markRead(wren, thread);
		expect(await readRows(world)).not.toEqual(before);
		expect((await readingMarks(world).find(wren.id, thread))?.readAt).toBe(world.now());
	});

	test('what is not open is not read', async () => {
		const world = await aWorld();
		await expect(world.reads.markRead(await world.someone(), 'nowhere')).rejects.toMatchObject({ code: 'not_found' });
	});

	test('a mark says neither who read nor what nor at which hour, and all are of one length', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		await world.reads.markRead(finch, thread);
		await anAnswer(world, finch, thread);
		world.later(2 * limits.visit);
		await world.reads.markRead(wren, thread);
		world.later(day);
		await anAnswer(world, finch, thread);
		await world.reads.markRead(wren, thread);
		const rows = await readRows(world);
		expect(rows).toHaveLength(2);
		for (const known of [wren.id, finch.id, thread, String(world.now())]) expect(JSON.stringify(rows)).not.toContain(known);
		expect(new Set(rows.map(({ sealed }) => sealed.length)).size).toBe(1);
		expect(new Set(rows.map(({ keptOn }) => keptOn))).toEqual(new Set(['2026-03-14', '2026-03-15']));
	});

	test('a notice that was read keeps the day and not the hour', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		const { notices } = world.db.tables;
		const readOn = async () => (await world.db.read.select({ readAt: notices.readAt }).from(notices)).map(({ readAt }) => readAt);
		await anAnswer(world, finch, thread);
		await world.reads.markRead(wren, thread);
		const today = Date.UTC(2026, 2, 14);
		expect(await readOn()).toEqual([today]);
		await anAnswer(world, finch, thread);
		const [newest] = await world.notices.list(wren, plain);
		await world.notices.read(wren, { upTo: newest?.id ?? '' });
		expect(await readOn()).toEqual([today, today]);
	});

	test('after a new key the marks made under the old one still hold', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		const keys = ['one'];
		const marks = readingMarks({ db: world.db, sealer: sealerOver({ ids: () => keys, secret: (id) => Buffer.alloc(32, id) }) });
		await world.db.write((tx) => marks.keep(tx, wren.id, thread, { readAt: 1000, before: null }));
		keys.push('two');
		expect(await marks.find(wren.id, thread)).toEqual({ readAt: 1000, before: null });
		await world.db.write((tx) => marks.keep(tx, wren.id, thread, { readAt: 2000, before: 1000 }));
		expect(await marks.find(wren.id, thread)).toEqual({ readAt: 2000, before: 1000 });
		expect((await marks.findAll(world.db.read, wren.id, [thread, 'none'])).get(thread)?.readAt).toBe(2000);
		expect(await marks.find(finch.id, thread)).toBeUndefined();
	});
});
