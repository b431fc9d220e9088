// What remains of a case whose post was erased: nobody of staff judges themselves by it, and a mistake can still be put right.
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import type { Actor } from '#server/community/means.ts';
import { onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, casesHeard, decided, leaving, postNow, removing, reportedBy, theCaseOf, titlesFor } from './desk.ts';
import { maskedStory, shown } from './masked.ts';

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

	test.each(['formal_notice', 'hold_posts', 'silence', 'board_ban', 'suspend'] as const)(
		'who erases the post in the twelve seconds does not get out of what was decided about them: %s',
		async (authorAction) => {
			const world = await aWorld();
			const [wren, ash] = [await world.someone(), await world.someone({ role: 'moderator' })];
			const { post } = await aStory(world, wren);
			const [finch] = await reportedBy(world, 1, post);
			const { id, version } = await theCaseOf(world, post);
			const duration = authorAction === 'formal_notice' ? '' : '7d';
			await world.decisions.decide(ash, id, { ...removing, authorAction, duration, version });
			world.later(5000);
			await erased(world, wren, post);
			world.later(limits.undoWithin);
			await world.decisions.applyDue();
			const { sanctions } = world.db.tables;
			const asked = await world.db.read.select({ kind: sanctions.kind, of: sanctions.memberId, why: sanctions.reason }).from(sanctions);
			expect(asked).toEqual([{ kind: authorAction, of: wren.id, why: removing.reason }]);
			expect((await world.notices.forMember(wren)).filter(({ text }) => text.includes(removing.reason)).length).toBeGreaterThan(0);
			expect(await theCaseOf(world, post)).toMatchObject({ state: 'closed', outcome: 'upheld' });
			expect((await postNow(world, post)).state).toBe('erased');
			expect(finch && (await titlesFor(world, finch))).toEqual(['About your report', 'We have your report']);
			// In effect, so it is put right as any other, and not undone.
			await expect(world.decisions.undo(ash, id)).rejects.toMatchObject({ code: 'too_late' });
			await decided(world, ash, post, puttingBack);
			const until = await world.db.read.select({ until: sanctions.until }).from(sanctions);
			expect(until).toEqual(authorAction === 'formal_notice' ? [] : [{ until: world.now() }]);
		}
	);

	test.each(['hold_posts', 'silence'])('nor who wrote it behind a mask, and nobody learns who that is: %s', async (authorAction) => {
		const world = await aWorld();
		const [wren, ash] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const birch = await world.someone({ role: 'moderator' });
		const { post } = await maskedStory(world, wren);
		await reportedBy(world, 1, post, 'threat');
		const { id } = await theCaseOf(world, post);
		await world.cases.askUnmasking(ash, id, 'Somebody is in danger.');
		await world.cases.confirmUnmasking(birch, id);
		const { version } = await theCaseOf(world, post);
		await world.decisions.decide(ash, id, { ...removing, authorAction, duration: '7d', version });
		await erased(world, wren, post);
		world.later(limits.undoWithin);
		await world.decisions.applyDue();
		const story = { title: 'Another evening', body: 'How it was.', warnings: [], mask: true };
		const again = world.threads.open(wren, 'harbour', story);
		if (authorAction === 'silence') await expect(again).rejects.toMatchObject({ code: 'silenced' });
		else {
			const { post: next } = await again;
			await shown(world);
			expect((await postNow(world, next)).state).toBe('held');
		}
		expect(await world.db.read.$count(world.db.tables.sanctions)).toBe(0);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'closed', outcome: 'upheld' });
	});

	test('what is being taken back no longer holds also where its author erases the post meanwhile, behind a mask too', async () => {
		const world = await aWorld();
		const [wren, ash] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await maskedStory(world, wren);
		await reportedBy(world, 1, post);
		await decided(world, ash, post, { postAction: 'fold', authorAction: 'hold_posts', duration: '7d' });
		const { id, version } = await theCaseOf(world, post);
		await world.decisions.decide(ash, id, { ...removing, ...puttingBack, version });
		await erased(world, wren, post);
		const { post: next } = await maskedStory(world, wren);
		expect((await postNow(world, next)).state).toBe('standing');
	});

	test('a decision about the post alone has nothing to act on once it is erased, and may be undone until then', async () => {
		const world = await aWorld();
		const [wren, ash] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await aStory(world, wren);
		await reportedBy(world, 1, post);
		const { id, version } = await theCaseOf(world, post);
		await world.decisions.decide(ash, id, { ...removing, version });
		await erased(world, wren, post);
		await world.decisions.undo(ash, id);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'claimed', outcome: null });
		await decided(world, ash, post, removing);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'closed', outcome: 'upheld' });
		expect(await titlesFor(world, wren)).toEqual([]);
		expect((await postNow(world, post)).state).toBe('erased');
	});

	test('whoever erases in the very moment in which a decision is set or takes effect meets it once', async () => {
		const world = await aWorld();
		const ash = await world.someone({ role: 'moderator' });
		const { sanctions } = world.db.tables;
		for (const due of [false, true]) {
			const wren = await world.someone();
			const { post } = await aStory(world, wren);
			await reportedBy(world, 1, post, 'threat');
			const { id, version } = await theCaseOf(world, post);
			const decide = () => world.decisions.decide(ash, id, { ...removing, ...silencing, version: version + 1 });
			await world.posts.withdraw(wren, post, true);
			if (due) {
				await decide();
				world.later(limits.undoWithin);
			}
			const [, other] = await Promise.allSettled([world.leaving.erasePost(wren, post), due ? world.decisions.applyDue() : decide()]);
			world.later(limits.undoWithin);
			await world.decisions.applyDue();
			// Where erasing came first, whose it was is gone and the moderator is told so.
			const meets = other.status === 'fulfilled' ? 1 : 0;
			if (due) expect(meets).toBe(1);
			expect(await world.db.read.$count(sanctions, eq(sanctions.memberId, wren.id))).toBe(meets);
		}
	});
});
