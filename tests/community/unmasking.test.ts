import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Actor } from '#server/community/means.ts';
import { day, onBothDatabases, type World } from '../world.ts';
import { anAnswer, decided, reportedBy, theCaseOf, titlesFor } from './desk.ts';
import { maskedAnswer, maskedStory, seenBy, shown } from './masked.ts';

const danger = 'They say that they have taken the tablets tonight.';

async function reportedMask(world: World) {
	const [wren, ash, birch] = [
		await world.someone(),
		await world.someone({ role: 'moderator' }),
		await world.someone({ role: 'moderator' })
	];
	const { thread, post } = await maskedStory(world, wren);
	await reportedBy(world, 1, post, 'worry_life');
	return { wren, ash, birch, thread, post, id: (await theCaseOf(world, post)).id };
}
const seen = async (world: World, actor: Actor, id: string) => (await world.cases.theCase(actor, id)).unmasking;
const holding = { postAction: 'none', authorAction: 'hold_posts', duration: '24h' };

onBothDatabases((aWorld) => {
	test('the name behind a mask is shown to the two who asked and confirmed, for a day', async () => {
		const world = await aWorld();
		const { wren, ash, birch, id } = await reportedMask(world);
		const third = await world.someone({ role: 'administrator' });
		expect(await seen(world, ash, id)).toMatchObject({ asked: null, name: null, may: { ask: true, confirm: false } });
		await world.cases.askUnmasking(ash, id, danger);
		expect(await seen(world, ash, id)).toMatchObject({ name: null, may: { ask: false, confirm: false } });
		expect(await seen(world, birch, id)).toMatchObject({ asked: { reason: danger }, name: null, may: { confirm: true } });
		expect(await titlesFor(world, wren)).toEqual([]);
		await world.cases.confirmUnmasking(birch, id);
		for (const one of [ash, birch]) expect((await seen(world, one, id))?.name).toBe(wren.name);
		expect((await seen(world, third, id))?.name).toBe(null);
		expect(JSON.stringify(await world.cases.theCase(third, id))).not.toContain(wren.name);
		const [told] = await world.notices.forMember(wren);
		expect(told?.title).toBe('Two moderators looked up who wrote this');
		expect(told?.text).toContain(danger);
		world.later(day);
		expect(await seen(world, ash, id)).toMatchObject({ asked: null, name: null });
	});

	test('nobody confirms their own request, and none is confirmed twice or without a reason', async () => {
		const world = await aWorld();
		const { wren, ash, birch, id } = await reportedMask(world);
		await expect(world.cases.askUnmasking(ash, id, ' ')).rejects.toMatchObject({ problems: { unmask_reason: expect.any(String) } });
		await expect(world.cases.confirmUnmasking(birch, id)).rejects.toMatchObject({ code: 'stale' });
		await world.cases.askUnmasking(ash, id, danger);
		await expect(world.cases.confirmUnmasking(ash, id)).rejects.toMatchObject({ code: 'second_person' });
		await expect(world.cases.askUnmasking(await world.someone(), id, danger)).rejects.toMatchObject({ code: 'not_found' });
		const others = [birch, await world.someone({ role: 'moderator' })];
		await Promise.all(others.map((one) => world.cases.confirmUnmasking(one, id)));
		const { unmaskings } = world.db.tables;
		expect(await world.db.read.$count(unmaskings, eq(unmaskings.step, 'confirmed'))).toBe(1);
		expect(await titlesFor(world, wren)).toHaveLength(1);
	});

	test('whoever is part of the conversation stays out of it, also behind a mask', async () => {
		const world = await aWorld();
		const { ash, birch, thread, id } = await reportedMask(world);
		await anAnswer(world, ash, thread);
		await maskedAnswer(world, birch, thread);
		for (const one of [ash, birch])
			await expect(world.cases.askUnmasking(one, id, danger)).rejects.toMatchObject({ code: 'conflict_of_interest' });
	});

	test('a moderator behind the mask finds no case about it', async () => {
		const world = await aWorld();
		const ash = await world.someone({ role: 'moderator' });
		const { post } = await maskedStory(world, ash);
		await reportedBy(world, 1, post);
		const { id } = await theCaseOf(world, post);
		expect((await world.cases.queue(ash)).cases).toEqual([]);
		await expect(world.cases.theCase(ash, id)).rejects.toMatchObject({ code: 'conflict_of_interest' });
		await expect(world.cases.claim(ash, id)).rejects.toMatchObject({ code: 'conflict_of_interest' });
	});

	test('who looked behind a mask can be neither changed nor taken away', async () => {
		const world = await aWorld();
		const { ash, id } = await reportedMask(world);
		await world.cases.askUnmasking(ash, id, danger);
		const { unmaskings } = world.db.tables;
		await expect(world.db.write((tx) => tx.update(unmaskings).set({ reason: 'none' }))).rejects.toThrow();
		await expect(world.db.write((tx) => tx.delete(unmaskings))).rejects.toThrow();
		await world.db.write((tx) => tx.update(unmaskings).set({ actorId: null }));
	});

	test('what is written behind masks waits when a moderator asks so, and nobody learns of whom', async () => {
		const world = await aWorld();
		const { wren, ash, post } = await reportedMask(world);
		await decided(world, ash, post, holding);
		expect(await titlesFor(world, wren)).toContain('Posts without your name wait for a moderator');
		expect(await world.db.read.$count(world.db.tables.sanctions)).toBe(0);
		const next = await maskedStory(world, wren);
		const held = (await seenBy(world, wren, next.thread)).the(next.post);
		expect(held.state).toBe('held');
		await expect(seenBy(world, await world.someone(), next.thread)).rejects.toMatchObject({ code: 'not_found' });
		expect((await theCaseOf(world, next.post)).kind).toBe('held_post');
		const named = await world.threads.open(wren, 'harbour', { title: 'By name', body: 'Here I am.', warnings: [] });
		expect((await seenBy(world, undefined, named.thread)).the(named.post).state).toBe('standing');
		world.later(day);
		const later = await maskedStory(world, wren);
		expect((await seenBy(world, undefined, later.thread)).the(later.post).state).toBe('standing');
	});

	test('putting the post back lifts what was asked of its author', async () => {
		const world = await aWorld();
		const { wren, ash, post } = await reportedMask(world);
		await decided(world, ash, post, { ...holding, postAction: 'fold' });
		await decided(world, ash, post, { postAction: 'restore', authorAction: 'none' });
		expect(await titlesFor(world, wren)).toContain('What was asked of you no longer holds');
		const next = await maskedStory(world, wren);
		expect((await seenBy(world, undefined, next.thread)).the(next.post).state).toBe('standing');
	});

	test('what needs a name is refused for a mask, with what to do instead', async () => {
		const world = await aWorld();
		const { ash, post, id } = await reportedMask(world);
		for (const authorAction of ['silence', 'board_ban', 'suspend']) {
			const { version } = await theCaseOf(world, post);
			const decision = { postAction: 'none', authorAction, rule: 'be-kind', reason: 'Please.', duration: '24h', version };
			await expect(world.decisions.decide(ash, id, decision)).rejects.toMatchObject({ problems: { author_action: expect.any(String) } });
		}
	});

	test('while a hold stands on the name, masks rest: a mask that waits would tell staff whose it is', async () => {
		const world = await aWorld();
		const [wren, ash] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const masked = await maskedStory(world, wren);
		const waiting = await world.posts.reply(wren, { thread: masked.thread, body: 'Pressed before.', warnings: [], mask: true });
		const named = await world.threads.open(wren, 'harbour', { title: 'By name', body: 'Unkind words.', warnings: [] });
		await reportedBy(world, 1, named.post);
		await decided(world, ash, named.post, holding);
		const story = { title: 'Without', body: 'No name.', warnings: [], mask: true };
		await expect(world.threads.open(wren, 'harbour', story)).rejects.toMatchObject({ code: 'masks_rest' });
		await expect(
			world.posts.edit(wren, { post: masked.post, title: 'A long night', body: 'Changed.', warnings: [], version: 1 })
		).rejects.toMatchObject({ code: 'masks_rest' });
		await shown(world);
		expect((await world.masks.mine(wren)).returned).toMatchObject([{ post: waiting.post }]);
		expect((await seenBy(world, undefined, masked.thread)).names).toHaveLength(1);
	});
});
