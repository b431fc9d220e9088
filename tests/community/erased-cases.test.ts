// What remains of a case whose post was erased: nobody of staff judges themselves by it, and a mistake can still be put right.
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Actor } from '#server/community/means.ts';
import { onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, casesHeard, decided, leaving, reportedBy, theCaseOf } from './desk.ts';
import { maskedStory } from './masked.ts';

const puttingBack = { postAction: 'restore', authorAction: 'none', reason: 'I was wrong.' };
const silencing = { postAction: 'fold', authorAction: 'silence', duration: '30d' };

async function erased(world: World, author: Actor, post: string) {
	await world.posts.withdraw(author, post, true);
	await world.leaving.erasePost(author, post);
}

onBothDatabases((aWorld) => {
	test.each([
		['by name', false],
		['behind a mask', true]
	])('the case of a post that one of staff wrote %s and erased stays away from them, and no row tells it from others', async (_, mask) => {
		const world = await aWorld();
		const [robin, other] = [await world.someone({ role: 'moderator' }), await world.someone({ role: 'moderator' })];
		const wren = await world.someone();
		const ids: string[] = [];
		for (const author of [robin, wren]) {
			const { post } = mask ? await maskedStory(world, author) : await aStory(world, author);
			await reportedBy(world, 1, post, 'threat');
			ids.push((await theCaseOf(world, post)).id);
			await erased(world, author, post);
		}
		const [own = '', ofWren = ''] = ids;
		expect((await world.cases.queue(robin)).cases.map(({ id }) => id)).toEqual([ofWren]);
		for (const ask of [world.cases.theCase, world.cases.claim]) await expect(ask(robin, own)).rejects.toMatchObject({ code: 'not_found' });
		expect((await world.cases.theCase(other, own)).log.at(-1)?.words).toBe('The author erased the post for good.');
		await world.cases.claim(other, own);
		expect([await casesHeard(world, robin), (await world.cases.queue(other)).cases.length]).toEqual([[ofWren], 2]);
		const { caseEvents } = world.db.tables;
		const lines = await world.db.read.select({ detail: caseEvents.detail }).from(caseEvents).where(eq(caseEvents.kind, 'target_erased'));
		const marks = lines.map(({ detail }) => JSON.stringify(detail).replace(/[\w-]{20,}/, 'a mark'));
		expect(marks).toHaveLength(2);
		expect(new Set(marks).size).toBe(1);
	});

	test('what a case did to its author is taken back with its reason also where they erased the post, about staff by an administrator', async () => {
		const world = await aWorld();
		const [wren, robin] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const [ash, chief] = [await world.someone({ role: 'moderator' }), await world.someone({ role: 'administrator' })];
		const { thread } = await aStory(world, await world.someone());
		const mayRestore = async (actor: Actor, id: string) => (await world.cases.theCase(actor, id)).may.restore.allowed;
		for (const [author, by] of [
			[wren, ash],
			[robin, chief]
		] as const) {
			const { post } = await aStory(world, author);
			await reportedBy(world, 1, post);
			const id = await decided(world, chief, post, silencing);
			await erased(world, author, post);
			await expect(anAnswer(world, author, thread)).rejects.toMatchObject({ code: 'silenced' });
			expect(await mayRestore(ash, id)).toBe(by === ash);
			if (by === chief) await expect(decided(world, ash, post, puttingBack)).rejects.toMatchObject({ code: 'gone' });
			await decided(world, by, post, puttingBack);
			await expect(anAnswer(world, author, thread)).resolves.toBeTruthy();
			const [told] = await world.notices.forMember(author);
			expect(told).toMatchObject({
				title: 'What was asked of you no longer holds',
				text: expect.stringContaining('I was wrong.'),
				href: undefined
			});
			// Nothing is left to take back, and the words are gone.
			expect(await mayRestore(chief, id)).toBe(false);
			await expect(decided(world, chief, post, puttingBack)).rejects.toMatchObject({ code: 'gone' });
		}
	});

	test('about the author of an erased post nothing is decided, in words that do not say that they left', async () => {
		const world = await aWorld();
		const [wren, ash] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await aStory(world, wren);
		await reportedBy(world, 1, post, 'threat');
		await erased(world, wren, post);
		await expect(decided(world, ash, post, { ...silencing, postAction: 'none' })).rejects.toMatchObject({
			problems: { author_action: expect.stringContaining('erased the post') }
		});
		await decided(world, ash, post, leaving);
	});
});
