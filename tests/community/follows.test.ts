import { expect, test } from 'vitest';
import { onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, decided } from './desk.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };
const rows = (world: World) => world.db.read.$count(world.db.tables.follows);

onBothDatabases((aWorld) => {
	test('following twice is following once, and so is stopping', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		await Promise.all(Array.from({ length: 6 }, () => world.follows.followThread(wren, thread, true)));
		await Promise.all(Array.from({ length: 6 }, () => world.follows.followBoard(wren, 'harbour', true)));
		expect(await rows(world)).toBe(3);
		expect(await world.follows.of(wren, thread)).toEqual({ following: true, muted: false });
		expect(await world.follows.of(undefined, thread)).toEqual({ following: false, muted: false });
		await Promise.all(Array.from({ length: 6 }, () => world.follows.followThread(wren, thread, false)));
		expect(await world.follows.of(wren, thread)).toEqual({ following: false, muted: false });
	});

	test('whoever opens a thread follows it', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await aStory(world, wren);
		expect((await world.follows.of(wren, thread)).following).toBe(true);
		expect(await world.follows.all(wren)).toEqual({ boards: [], muted: [], threads: [{ id: thread, title: 'A long night' }] });
	});

	test('a board is followed or muted: the last word holds', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { id } = await world.boards.theBoard(wren, 'harbour');
		await world.follows.followBoard(wren, 'harbour', true);
		await world.follows.muteBoard(wren, 'harbour', true);
		expect(await world.follows.of(wren, id)).toEqual({ following: false, muted: true });
		expect(await world.follows.mutedBoards(wren)).toEqual([id]);
		await world.follows.followBoard(wren, 'harbour', true);
		expect(await world.follows.of(wren, id)).toEqual({ following: true, muted: false });
		await world.follows.muteBoard(wren, 'harbour', false);
		expect((await world.follows.all(wren)).boards).toMatchObject([{ slug: 'harbour' }]);
	});

	test('a muted board’s stories leave the home page of whoever muted it and stay reachable', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		const elsewhere = (await world.boards.bySection())
			.flatMap(({ boards }) => boards)
			.find(({ slug, membersOnly }) => slug !== 'harbour' && !membersOnly);
		const { thread: other } = await world.threads.open(finch, elsewhere?.slug ?? '', { title: 'Here', body: 'Day one.', warnings: [] });
		const home = async (reader = wren) => (await world.threads.forHome(reader, plain)).waiting.map(({ id }) => id).sort();
		expect(await home()).toEqual([thread, other].sort());
		await world.follows.muteBoard(wren, 'harbour', true);
		expect(await home()).toEqual([other]);
		expect((await world.threads.forHome(undefined, plain)).waiting).toHaveLength(2);
		const { id } = await world.boards.theBoard(wren, 'harbour');
		expect((await world.threads.list(id, 'new', null, plain, wren)).threads).toHaveLength(1);
		expect((await world.posts.read(wren, thread, plain)).id).toBe(thread);
	});

	test('what is not there, or waits for a moderator, is not followed', async () => {
		const world = await aWorld();
		const [wren, finch, moderator] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await aStory(world, finch);
		await world.reports.report(wren, { post, reason: 'unkind' });
		await decided(world, moderator, post, { postAction: 'none', authorAction: 'hold_posts', duration: '7d' });
		const { thread } = await aStory(world, finch);
		for (const id of [thread, 'nowhere', ''])
			await expect(world.follows.followThread(wren, id, true)).rejects.toMatchObject({ code: 'not_found' });
		await expect(world.follows.followBoard(wren, 'nowhere', true)).rejects.toMatchObject({ code: 'not_found' });
		await expect(world.follows.muteBoard(wren, '', true)).rejects.toMatchObject({ code: 'not_found' });
	});

	test('a bookmark is found again, newest first, and only by its owner', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await aStory(world, finch);
		const answer = await anAnswer(world, finch, thread);
		await Promise.all(Array.from({ length: 6 }, () => world.bookmarks.bookmark(wren, post, true)));
		world.later(1000);
		await world.bookmarks.bookmark(wren, answer, true);
		const list = async () => (await world.bookmarks.list(wren, plain, null)).kept;
		expect((await list()).map((kept) => kept.post)).toEqual([answer, post]);
		expect((await list())[0]).toMatchObject({
			title: 'A long night',
			name: finch.name,
			href: `/threads/${thread}?post=${answer}#p-${answer}`,
			excerpt: expect.stringContaining('With you')
		});
		expect((await world.posts.read(wren, thread, plain)).opening.bookmarked).toBe(true);
		expect((await world.posts.read(finch, thread, plain)).opening.bookmarked).toBe(false);
		expect((await world.bookmarks.list(finch, plain, null)).kept).toEqual([]);
		await world.bookmarks.bookmark(wren, post, false);
		await world.bookmarks.bookmark(wren, post, false);
		expect(await list()).toHaveLength(1);
	});

	test('a bookmark says no more than its post may', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		const { post: heavy } = await world.posts.reply(finch, { thread, body: 'Heavy.', warnings: ['suicide'] });
		const gone = await anAnswer(world, finch, thread);
		for (const post of [heavy, gone]) await world.bookmarks.bookmark(wren, post, true);
		await world.posts.withdraw(finch, gone, true);
		const { kept } = await world.bookmarks.list(wren, plain, null);
		expect(kept.find(({ post }) => post === heavy)).toMatchObject({ excerpt: '', warnings: ['suicide'], open: true });
		expect(kept.find(({ post }) => post === gone)).toMatchObject({ excerpt: '', name: '', open: false });
		await world.bookmarks.bookmark(wren, gone, false);
		await expect(world.bookmarks.bookmark(wren, gone, true)).rejects.toMatchObject({ code: 'gone' });
		await expect(world.bookmarks.bookmark(wren, 'nowhere', true)).rejects.toMatchObject({ code: 'not_found' });
	});

	test('bookmarks come in pages, each once, and a made-up page is refused', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		for (let i = 0; i < 35; i++) await world.bookmarks.bookmark(wren, await anAnswer(world, finch, thread), true);
		const first = await world.bookmarks.list(wren, plain, null);
		const second = await world.bookmarks.list(wren, plain, first.next);
		expect([first.kept.length, second.kept.length, second.next]).toEqual([30, 5, null]);
		expect(new Set([...first.kept, ...second.kept].map(({ post }) => post)).size).toBe(35);
		for (const after of ['x', Buffer.from('bookmarks\nabc\ndef').toString('base64url')])
			await expect(world.bookmarks.list(wren, plain, after)).rejects.toMatchObject({ code: 'bad_cursor' });
	}, 60_000);
});
