import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import type { Reader } from '#server/community/means.ts';
import { onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory } from './desk.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };
const minute = 60_000;

async function onBoard(world: World, reader: Reader) {
	const { id } = await world.boards.theBoard(undefined, 'harbour');
	return (await world.threads.list(id, 'active', null, plain, reader)).threads.map(({ fresh }) => fresh);
}
const marked = async (world: World, reader: Reader, thread: string) =>
	(await world.posts.read(reader, thread, plain)).replies.filter(({ fresh }) => fresh).map(({ id }) => id);
const readRows = (world: World) => world.db.read.select({ readAt: world.db.tables.threadReads.readAt }).from(world.db.tables.threadReads);

onBothDatabases((aWorld) => {
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
		expect(await readRows(world)).toEqual([{ readAt: world.now() }]);
	});

	test('what is not open is not read', async () => {
		const world = await aWorld();
		await expect(world.reads.markRead(await world.someone(), 'nowhere')).rejects.toMatchObject({ code: 'not_found' });
	});
});
