import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import type { Actor } from '#server/community/means.ts';
import { onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, casesOf, decided, leaving, postNow } from './desk.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };
const list = (world: World, member: Actor, preferences: Parameters<World['notices']['list']>[1] = plain) =>
	world.notices.list(member, preferences);
const texts = async (world: World, member: Actor) => (await list(world, member)).map(({ text }) => text);

/** A member whose posts wait for a moderator. */
async function heldBack(world: World, moderator: Actor) {
	const member = await world.someone();
	const { post } = await aStory(world, member);
	await world.reports.report(await world.someone(), { post, reason: 'unkind' });
	await decided(world, moderator, post, { postAction: 'none', authorAction: 'hold_posts', duration: '7d' });
	await world.notices.read(
		member,
		(await list(world, member)).map(({ id }) => id)
	);
	world.told.length = 0;
	return member;
}

onBothDatabases((aWorld) => {
	test('whoever is answered is told once, in neutral words, and led to the answer', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		const press = { thread, body: 'With you.', warnings: [], key: 'one-press' };
		const presses = await Promise.all(Array.from({ length: 5 }, () => world.posts.reply(finch, press)));
		const answer = presses[0]?.post;
		expect(await list(world, wren)).toMatchObject([
			{
				title: 'New reply',
				text: `${finch.name} answered you in “A long night”.`,
				href: `/threads/${thread}?post=${answer}#p-${answer}`,
				unread: true,
				age: 'just now'
			}
		]);
		expect(world.told.filter(({ type }) => type === 'notice.added')).toEqual([{ type: 'notice.added', member: wren.id }]);
		expect(await world.notices.unread(wren)).toBe(true);
		expect(await world.notices.unread(finch)).toBe(false);
		expect(await world.notices.unread(undefined)).toBe(false);
	});

	test('each answer to an answer is told to whoever wrote that, and to nobody twice', async () => {
		const world = await aWorld();
		const [wren, finch, robin] = [await world.someone(), await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		const first = await anAnswer(world, finch, thread);
		await anAnswer(world, robin, thread, first);
		expect(await texts(world, finch)).toEqual([`${robin.name} answered you in “A long night”.`]);
		// The opener follows: told of the answer to them, and of the one to somebody else.
		expect((await texts(world, wren)).sort()).toEqual(
			[`${finch.name} answered you in “A long night”.`, '“A long night” has new answers.'].sort()
		);
		expect(await texts(world, robin)).toEqual([]);
	});

	test('nobody is told about their own answer', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await aStory(world, wren);
		await world.follows.followBoard(wren, 'harbour', true);
		await anAnswer(world, wren, thread, await anAnswer(world, wren, thread));
		await aStory(world, wren);
		expect(await list(world, wren)).toEqual([]);
	});

	test('a followed thread tells once until that is read', async () => {
		const world = await aWorld();
		const [wren, finch, robin] = [await world.someone(), await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		await world.follows.followThread(robin, thread, true);
		const first = await anAnswer(world, finch, thread);
		await Promise.all([anAnswer(world, finch, thread), anAnswer(world, wren, thread), anAnswer(world, finch, thread)]);
		expect(await list(world, robin)).toMatchObject([
			{ title: 'New reply', text: '“A long night” has new answers.', href: `/threads/${thread}?post=${first}#p-${first}` }
		]);
		await world.reads.markRead(robin, thread);
		expect(await world.notices.unread(robin)).toBe(false);
		await anAnswer(world, finch, thread);
		expect((await list(world, robin)).map(({ unread }) => unread).sort()).toEqual([false, true]);
		await world.follows.followThread(robin, thread, false);
		await world.reads.markRead(robin, thread);
		await anAnswer(world, finch, thread);
		expect(await list(world, robin)).toHaveLength(2);
	});

	test('a followed board tells of each new story', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		await world.follows.followBoard(finch, 'harbour', true);
		const { thread, post } = await aStory(world, wren);
		await anAnswer(world, wren, thread);
		expect(await list(world, finch)).toMatchObject([
			{
				title: 'New story',
				text: 'There is a new story, “A long night”, on a board you follow.',
				href: `/threads/${thread}?post=${post}#p-${post}`
			}
		]);
	});

	test('a muted board tells nothing', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		const mine = await anAnswer(world, finch, thread);
		await world.follows.followThread(finch, thread, true);
		await world.follows.muteBoard(finch, 'harbour', true);
		await anAnswer(world, wren, thread, mine);
		await anAnswer(world, wren, thread);
		expect(await list(world, finch)).toEqual([]);
		await world.follows.muteBoard(finch, 'harbour', false);
		await anAnswer(world, wren, thread, mine);
		expect(await list(world, finch)).toHaveLength(1);
	});

	test('a held answer tells nobody until a moderator lets it stand, then each once', async () => {
		const world = await aWorld();
		const [wren, robin, moderator] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const finch = await heldBack(world, moderator);
		const { thread } = await aStory(world, wren);
		await world.follows.followThread(robin, thread, true);
		const held = await anAnswer(world, finch, thread);
		const removed = await anAnswer(world, finch, thread);
		expect([await texts(world, wren), await texts(world, robin)]).toEqual([[], []]);
		await decided(world, moderator, removed);
		expect([await texts(world, wren), await texts(world, robin)]).toEqual([[], []]);
		await decided(world, moderator, held, leaving);
		expect(await texts(world, wren)).toEqual([`${finch.name} answered you in “A long night”.`]);
		expect(await texts(world, robin)).toEqual(['“A long night” has new answers.']);
		expect(world.told.filter((event) => event.type === 'notice.added' && event.member === wren.id)).toHaveLength(1);
		// Taken back and put up again it waits again, and tells nobody anew.
		await world.posts.withdraw(finch, held, true);
		await world.posts.withdraw(finch, held, false);
		expect((await postNow(world, held)).state).toBe('held');
		const again = (await casesOf(world, held)).find(({ state }) => state !== 'closed');
		await world.decisions.decide(moderator, again?.id ?? '', { ...leaving, version: again?.version ?? 0 });
		world.later(limits.undoWithin);
		await world.decisions.applyDue();
		expect((await postNow(world, held)).state).toBe('standing');
		expect(await list(world, wren)).toHaveLength(1);
	});

	test('a held story reaches followers of its board when it stands', async () => {
		const world = await aWorld();
		const [robin, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const finch = await heldBack(world, moderator);
		await world.follows.followBoard(robin, 'harbour', true);
		const { post } = await aStory(world, finch);
		expect(await list(world, robin)).toEqual([]);
		await decided(world, moderator, post, leaving);
		expect((await list(world, robin)).map(({ title }) => title)).toEqual(['New story']);
	});

	test('what a reader hides is told in neutral words only', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await world.threads.open(wren, 'harbour', { title: 'About my brother', body: 'He died.', warnings: ['grief'] });
		await world.posts.reply(finch, { thread, body: 'With you.', warnings: ['suicide'] });
		const [hidden] = await list(world, wren, { ...plain, warnings: { grief: 'hide', suicide: 'hide' } });
		expect(hidden).toMatchObject({ title: 'New reply', text: 'Somebody answered you.' });
		expect((await list(world, wren))[0]?.text).toBe(`${finch.name} answered you in “About my brother”.`);
	});

	test('an answer that is gone leaves no name and leads nowhere', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		await world.posts.withdraw(finch, await anAnswer(world, finch, thread), true);
		expect(await list(world, wren)).toMatchObject([{ text: 'Somebody answered you. The answer is no longer here.', href: undefined }]);
	});

	test('opening the thread reads its notices and no others; the list alone reads nothing', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const [one, two] = [await aStory(world, wren), await aStory(world, wren)];
		for (const { thread } of [one, two]) await anAnswer(world, finch, thread);
		await world.reports.report(wren, { post: await anAnswer(world, finch, one.thread), reason: 'unkind' });
		await list(world, wren);
		expect((await list(world, wren)).every(({ unread }) => unread)).toBe(true);
		await world.reads.markRead(wren, one.thread);
		const left = (await list(world, wren)).filter(({ unread }) => unread);
		expect(left.map(({ title }) => title).sort()).toEqual(['New reply', 'We have your report']);
		expect(left.find(({ title }) => title === 'New reply')?.href).toContain(two.thread);
	});

	test('marking as read is one’s own, and takes nothing that came after the page', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		for (let i = 0; i < 3; i++) {
			await anAnswer(world, finch, thread);
			world.later(1000);
		}
		const seen = await list(world, wren);
		await anAnswer(world, finch, thread);
		const upTo = seen[0]?.id ?? '';
		await world.notices.read(finch, { upTo });
		await world.notices.read(
			finch,
			seen.map(({ id }) => id)
		);
		expect((await list(world, wren)).filter(({ unread }) => unread)).toHaveLength(4);
		await world.notices.read(wren, [seen[1]?.id ?? '', 'invented']);
		expect((await list(world, wren)).filter(({ unread }) => unread)).toHaveLength(3);
		await world.notices.read(wren, { upTo });
		await world.notices.read(wren, { upTo: 'invented' });
		expect((await list(world, wren)).map(({ unread }) => unread)).toEqual([true, false, false, false]);
	});

	test('the list of outcomes in settings holds no answers', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		await anAnswer(world, finch, thread);
		expect(await world.notices.forMember(wren)).toEqual([]);
	});

	test('a thousand followers are told in one write', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		const { members, follows } = world.db.tables;
		const ids = Array.from({ length: 1000 }, (_, i) => `follower-${i}`);
		await world.db.write(async (tx) => {
			for (let i = 0; i < ids.length; i += 250) {
				const some = ids.slice(i, i + 250);
				await tx
					.insert(members)
					.values(
						some.map((id) => ({ id, name: id, nameFolded: id, passphraseHash: '', joinedAt: 0, agreementVersion: 1, warningChoices: {} }))
					);
				await tx.insert(follows).values(some.map((id) => ({ id, memberId: id, kind: 'thread' as const, target: thread, at: 0 })));
			}
		});
		await anAnswer(world, finch, thread);
		expect(world.told.filter(({ type }) => type === 'notice.added')).toHaveLength(1001);
	});
});
