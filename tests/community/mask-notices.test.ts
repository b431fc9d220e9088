import { expect, test } from 'vitest';
import type { Actor } from '#server/community/means.ts';
import { onBothDatabases, type World } from '../world.ts';
import { aStory, anAnswer, decided, reportedBy } from './desk.ts';
import { maskedAnswer, maskedStory } from './masked.ts';

const nothing = { country: undefined, hardDay: false, warnings: {} };
const titles = async (world: World, member: Actor) => (await world.notices.list(member, nothing)).map(({ title }) => title);
const pushed = (world: World, member: Actor) => world.told.some((event) => event.type === 'notice.added' && event.member === member.id);

onBothDatabases((aWorld) => {
	test('an answer to a mask reaches the member behind it, and no row or event names them', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await maskedStory(world, wren);
		world.later(1000);
		await anAnswer(world, finch, thread);
		expect(await world.notices.unread(wren)).toBe(true);
		const [told] = await world.notices.list(wren, nothing);
		expect(told).toMatchObject({ title: 'New reply', unread: true });
		expect(told?.text).toContain(finch.name);
		expect(await titles(world, finch)).toEqual([]);
		expect(pushed(world, wren)).toBe(false);
		const rows = await world.db.read.select().from(world.db.tables.notices);
		expect(rows).toMatchObject([{ memberId: null, forPost: post, readAt: null }]);
	});

	test('reading it is kept where nobody sees whose it is', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const one = await maskedStory(world, wren);
		const two = await maskedStory(world, wren);
		world.later(1000);
		await anAnswer(world, finch, one.thread);
		await anAnswer(world, finch, two.thread);
		const [first] = await world.notices.list(wren, nothing);
		await world.notices.read(wren, [first?.id ?? '']);
		expect((await world.notices.list(wren, nothing)).map(({ unread }) => unread).sort()).toEqual([false, true]);
		await world.reads.markRead(wren, one.thread);
		await world.reads.markRead(wren, two.thread);
		expect(await world.notices.unread(wren)).toBe(false);
		world.later(1000);
		await anAnswer(world, finch, one.thread, one.post, 'And again.');
		expect(await world.notices.unread(wren)).toBe(true);
		const [newest] = await world.notices.list(wren, nothing);
		await world.notices.read(wren, { upTo: newest?.id ?? '' });
		expect(await world.notices.unread(wren)).toBe(false);
		const rows = await world.db.read.select().from(world.db.tables.notices);
		expect(rows.map(({ readAt }) => readAt)).toEqual([null, null, null]);
	});

	test('nobody hears of what they wrote behind a mask themselves, though the rows say the same of everybody', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		await world.follows.followThread(finch, thread, true);
		world.later(1000);
		await maskedAnswer(world, wren, thread);
		const { notices } = world.db.tables;
		const rows = await world.db.read.select({ memberId: notices.memberId, kind: notices.kind }).from(notices);
		expect(rows.map(({ memberId }) => memberId).sort()).toEqual([wren.id, finch.id].sort());
		expect(await titles(world, wren)).toEqual([]);
		expect(await world.notices.unread(wren)).toBe(false);
		expect(await world.notices.unread(finch)).toBe(true);
		world.later(1000);
		await anAnswer(world, finch, thread);
		expect(await titles(world, wren)).toContain('New reply');
	});

	test('a member who follows a board is not told of their own story behind a mask', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		for (const member of [wren, finch]) await world.follows.followBoard(member, 'harbour', true);
		await maskedStory(world, wren);
		expect(await titles(world, finch)).toEqual(['New story']);
		expect(await titles(world, wren)).toEqual([]);
		expect(await world.notices.unread(wren)).toBe(false);
	});

	test('a board that is muted stays quiet behind a mask too', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await maskedStory(world, wren);
		await world.follows.muteBoard(wren, 'harbour', true);
		world.later(1000);
		await anAnswer(world, finch, thread);
		expect(await world.notices.unread(wren)).toBe(false);
		await world.follows.muteBoard(wren, 'harbour', false);
		expect(await world.notices.unread(wren)).toBe(true);
	});

	test('what a moderator decides about a mask is read by its author with the reason and the words', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await maskedStory(world, wren, { body: 'Words that go.' });
		await reportedBy(world, 1, post);
		world.later(1000);
		await decided(world, moderator, post);
		const [told] = await world.notices.forMember(wren);
		expect(told).toMatchObject({ title: 'Your post was removed', copy: 'Words that go.' });
		expect(told?.text).toContain('Please say it about yourself.');
	});
});
