// What can happen between a decision and its taking effect: other words, a graver report, somebody of staff.
import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import { day, hour, onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, casesOf, decided, leaving, postNow, removing, reportedBy, reportsOn, theCaseOf, titlesFor } from './desk.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };

onBothDatabases((aWorld) => {
	async function aHeldAnswer() {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread, post: opening } = await aStory(world, wren);
		await reportedBy(world, 1, opening);
		await decided(world, moderator, opening, { postAction: 'none', authorAction: 'hold_posts' });
		const post = await anAnswer(world, wren, thread, undefined, 'INNOCENT');
		const bodies = async () => (await world.posts.read(undefined, thread, plain)).replies.map(({ html }) => html).join();
		return { world, wren, moderator, thread, post, bodies };
	}

	async function decide(world: World, moderator: Awaited<ReturnType<World['someone']>>, post: string, choice: object) {
		const { id, version } = await theCaseOf(world, post);
		await world.decisions.decide(moderator, id, { ...removing, ...choice, version });
		world.later(1000);
		return id;
	}

	async function tookEffect(world: World) {
		world.later(limits.undoWithin);
		await world.decisions.applyDue();
	}

	test.each([
		['leave', leaving],
		['restore', { postAction: 'restore' }],
		['lock', { postAction: 'lock' }]
	])('words edited into a held post after the decision stay unread by others: %s', async (_, choice) => {
		const { world, wren, moderator, post, bodies } = await aHeldAnswer();
		await decide(world, moderator, post, choice);
		await world.posts.edit(wren, { post, body: 'UNSEEN', warnings: [], version: 1 });
		await tookEffect(world);
		expect(await bodies()).not.toContain('UNSEEN');
		expect(await postNow(world, post)).toMatchObject({ state: 'held', locked: false });
		expect(await casesOf(world, post)).toMatchObject([{ state: 'open', outcome: null, claimedBy: null, reopened: 1 }]);
		expect(await titlesFor(world, wren)).not.toContain('Your post is open');
		const { log } = await world.cases.theCase(moderator, (await theCaseOf(world, post)).id);
		expect(log.at(-1)?.words).toContain('changed the words in the meantime');
		await decided(world, moderator, post, leaving);
		expect(await bodies()).toContain('UNSEEN');
	});

	test('taking the post back and putting it up again is no way past either', async () => {
		const { world, wren, moderator, post, bodies } = await aHeldAnswer();
		world.later(7 * day - hour);
		await decide(world, moderator, post, leaving);
		await world.posts.edit(wren, { post, body: 'UNSEEN', warnings: [], version: 1 });
		await world.posts.withdraw(wren, post, true);
		await tookEffect(world);
		world.later(hour);
		await world.posts.withdraw(wren, post, false);
		expect(await bodies()).not.toContain('UNSEEN');
	});

	test('an edit in the twelve seconds does not spare its author what was decided about them', async () => {
		const { world, wren, moderator, thread, post } = await aHeldAnswer();
		await decide(world, moderator, post, { postAction: 'none', authorAction: 'silence', duration: '24h' });
		await world.posts.edit(wren, { post, body: 'UNSEEN', warnings: [], version: 1 });
		await tookEffect(world);
		expect((await postNow(world, post)).state).toBe('held');
		await expect(anAnswer(world, wren, thread)).rejects.toThrow(new Refusal('silenced'));
	});

	test('removing, or taking the words out, takes whatever words there are', async () => {
		const { world, wren, moderator, post } = await aHeldAnswer();
		await decide(world, moderator, post, { postAction: 'redact' });
		await world.posts.edit(wren, { post, body: 'UNSEEN', warnings: [], version: 1 });
		await tookEffect(world);
		expect(await postNow(world, post)).toMatchObject({ state: 'standing', body: 'A moderator took these words out.' });
	});

	test('a folded post whose author wrote on is not unfolded by a restoration of what it said before', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread } = await aStory(world, await world.someone());
		const post = await anAnswer(world, wren, thread);
		await reportedBy(world, 1, post);
		await decided(world, moderator, post, { postAction: 'fold', rule: 'no-methods' });
		world.later(hour);
		await decide(world, moderator, post, { postAction: 'restore' });
		await world.posts.edit(wren, { post, body: 'UNSEEN', warnings: [], version: 1 });
		await tookEffect(world);
		expect((await postNow(world, post)).folded).toBe('methods');
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', reopened: 1, dueAt: world.now() + 12 * hour });
	});

	test('a grave report that came while a closed case was being restored is not lost when that is undone', async () => {
		const world = await aWorld();
		const moderator = await world.someone({ role: 'moderator' });
		const { post } = await aStory(world, await world.someone());
		await reportedBy(world, 1, post);
		await decided(world, moderator, post, { postAction: 'fold' });
		const id = await decide(world, moderator, post, { postAction: 'restore' });
		await reportedBy(world, 1, post, 'worry_life');
		await world.decisions.undo(moderator, id);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', outcome: null, priority: 0, reopened: 1 });
		expect((await reportsOn(world, post)).map(({ status }) => status)).toContain('open');
		expect((await world.cases.queue(moderator)).cases.map((one) => one.id)).toEqual([id]);
	});

	test('what an administrator decided about one of staff, a moderator does not lift by putting the post back', async () => {
		const world = await aWorld();
		const [colleague, moderator, administrator] = [
			await world.someone({ role: 'moderator' }),
			await world.someone({ role: 'moderator' }),
			await world.someone({ role: 'administrator' })
		];
		const { post } = await aStory(world, colleague);
		await reportedBy(world, 1, post);
		await decided(world, administrator, post, { postAction: 'fold', authorAction: 'silence', duration: '7d' });
		await expect(decide(world, moderator, post, { postAction: 'restore' })).rejects.toThrow(new Refusal('not_allowed'));
		const { id } = await theCaseOf(world, post);
		expect((await world.cases.theCase(moderator, id)).may.restore.allowed).toBe(false);
		expect((await world.cases.theCase(administrator, id)).may.restore.allowed).toBe(true);
		await decided(world, administrator, post, { postAction: 'restore' });
		await anAnswer(world, colleague, (await aStory(world, await world.someone())).thread);
	});
});
