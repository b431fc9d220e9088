import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import type { Actor } from '#server/community/means.ts';
import { sealerOver } from '#server/sealer.ts';
import { day, onBothDatabases, peopled, type World } from '../world.ts';
import { aStory, anAnswer, decided, reportedBy } from './desk.ts';
import { maskedAnswer, maskedStory, seenBy, shown } from './masked.ts';

async function rowOf(world: World, post: string) {
	const { posts } = world.db.tables;
	const [row] = await world.db.read.select().from(posts).where(eq(posts.id, post));
	if (!row) throw new Error('There is no such post.');
	return row;
}
const waits = (world: World) => world.db.read.$count(world.db.tables.waitingMasks);

onBothDatabases((aWorld) => {
	test('a member has one alias in a thread and another in the next, and neither is their name', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await aStory(world, finch);
		const one = await maskedAnswer(world, wren, thread);
		const two = await maskedAnswer(world, wren, thread, one);
		const other = await maskedStory(world, wren);
		const here = await seenBy(world, undefined, thread);
		const alias = here.the(one).name;
		expect(here.the(two)).toMatchObject({ name: alias, masked: true });
		expect(here.the(post)).toMatchObject({ name: finch.name, masked: false });
		const elsewhere = await seenBy(world, undefined, other.thread);
		expect(new Set([alias, wren.name, elsewhere.the(other.post).name]).size).toBe(3);
		expect((await rowOf(world, one)).maskTag).toBe((await rowOf(world, two)).maskTag);
		expect((await rowOf(world, one)).maskTag).not.toBe((await rowOf(world, other.post)).maskTag);
	});

	test('two members in one thread never wear one alias', async () => {
		const world = await aWorld();
		const { thread } = await aStory(world, await world.someone());
		const members = await Promise.all(Array.from({ length: 12 }, () => world.someone()));
		for (const member of members) await world.posts.reply(member, { thread, body: `From ${member.id}`, warnings: [], mask: true });
		await shown(world);
		const { names } = await seenBy(world, undefined, thread);
		expect(new Set(names).size).toBe(13);
	});

	test('nobody but its author sees a post with a mask before a random moment within three minutes', async () => {
		const picked: number[] = [];
		const world = await aWorld({ pick: (below) => (picked.push(below), below === limits.maskDelay + 1 ? 120_000 : picked.length % below) });
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		const { post, waits: waiting } = await world.posts.reply(wren, { thread, body: 'Not with my name.', warnings: [], mask: true });
		expect(waiting).toBe(true);
		expect(picked.at(-1)).toBe(limits.maskDelay + 1);
		world.later(119_999);
		await world.masks.showDue();
		expect((await seenBy(world, wren, thread)).names).toHaveLength(1);
		expect(world.told.filter(({ type }) => type === 'reply.posted')).toEqual([]);
		const pressedAt = world.now();
		world.later(1);
		await world.masks.showDue();
		expect((await seenBy(world, finch, thread)).the(post).own).toBe(false);
		expect((await rowOf(world, post)).postedAt).toBe(pressedAt + 1);
		expect(world.told).toContainEqual({ type: 'reply.posted', thread, post });
		expect(await waits(world)).toBe(0);
	});

	test('a row of a post with a mask ties nothing to its author', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await maskedStory(world, wren);
		await maskedAnswer(world, finch, thread);
		const { threads, posts, follows, notices, caseEvents, stream, waitingMasks, sealedRows } = world.db.tables;
		const rows = await Promise.all(
			[threads, posts, follows, notices, caseEvents, stream, waitingMasks, sealedRows].map((table) => world.db.read.select().from(table))
		);
		const text = JSON.stringify(rows);
		for (const { id, name } of [wren, finch]) {
			expect(text).not.toContain(id);
			expect(text).not.toContain(name);
		}
		expect(rows[2]).toEqual([]);
		const sizes = (await world.db.read.select().from(posts)).map(({ sealedAuthor }) => sealedAuthor?.length);
		expect(new Set(sizes).size).toBe(1);
	});

	test('the key of the form is not the key of the post, which could come again under a name', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await aStory(world, await world.someone());
		const written = { thread, body: 'Once.', warnings: [], key: 'the-key-of-the-form', mask: true };
		const first = await world.posts.reply(wren, written);
		const again = await world.posts.reply(wren, written);
		expect(again.post).toBe(first.post);
		await shown(world);
		expect((await world.posts.reply(wren, written)).post).toBe(first.post);
		expect((await rowOf(world, first.post)).key).not.toBe('the-key-of-the-form');
		expect((await seenBy(world, wren, thread)).read.answers).toBe(1);
	});

	test('its author edits, takes back and puts back a post with a mask; nobody else can', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		const post = await maskedAnswer(world, wren, thread);
		const own = (await seenBy(world, wren, thread)).the(post);
		expect(own).toMatchObject({ own: true, may: { edit: true, withdraw: true, encourage: false, report: false } });
		expect(own.body).toContain('Me too.');
		for (const other of [finch, await world.someone({ role: 'moderator' })]) {
			expect((await seenBy(world, other, thread)).the(post)).toMatchObject({ own: false, body: '', may: { edit: false, report: true } });
			await expect(world.posts.edit(other, { post, body: 'Mine.', warnings: [], version: 1 })).rejects.toMatchObject({
				code: 'not_allowed'
			});
			await expect(world.posts.withdraw(other, post, true)).rejects.toMatchObject({ code: 'not_allowed' });
		}
		await world.posts.edit(wren, { post, body: 'Me too, and for long.', warnings: ['grief'], version: 1 });
		expect((await rowOf(world, post)).body).toBe('Me too, and for long.');
		await world.posts.withdraw(wren, post, true);
		expect((await rowOf(world, post)).state).toBe('withdrawn');
		await world.posts.withdraw(wren, post, false);
		expect((await rowOf(world, post)).state).toBe('standing');
		await expect(world.encouragements.encourage(wren, post, 'with_you', true)).rejects.toMatchObject({ code: 'own_post' });
		await expect(world.reports.report(wren, { post, reason: 'unkind' })).rejects.toMatchObject({ code: 'own_post' });
		await world.encouragements.encourage(finch, post, 'with_you', true);
	});

	test('a mask and the name behind it count as two: neither opened the story of the other', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const both = async (author: Actor) => {
			const { thread } = await aStory(world, wren);
			const post = await maskedAnswer(world, author, thread, undefined, 'An answer.');
			await world.posts.withdraw(author, post, true);
			await world.posts.withdraw(author, post, false);
			const { read, the } = await seenBy(world, finch, thread);
			const { threads } = world.db.tables;
			const [{ answered } = {}] = await world.db.read.select({ answered: threads.answered }).from(threads).where(eq(threads.id, thread));
			return { answered, answers: read.answers, opener: the(post).opener };
		};
		expect(await both(wren)).toEqual(await both(finch));
		expect(await both(wren)).toEqual({ answered: 1, answers: 1, opener: false });
		const { thread } = await maskedStory(world, wren);
		const [masked, named] = [await maskedAnswer(world, wren, thread), await anAnswer(world, wren, thread)];
		const { the } = await seenBy(world, finch, thread);
		expect(the(masked).opener).toBe(true);
		expect(the(named).opener).toBe(false);
	});

	test('everything another party reads is the same, whichever of two members wrote behind the mask', async () => {
		const seen = async (index: 0 | 1) => {
			const world = await aWorld();
			const pair = [await world.someone(), await world.someone()] as const;
			const [finch, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
			const { thread } = await aStory(world, pair[0], 'A story.');
			const author = pair[index];
			await world.follows.followThread(pair[0], thread, true);
			const post = await maskedAnswer(world, author, thread, undefined, 'The same words.');
			await world.encouragements.encourage(finch, post, 'with_you', true);
			await world.reports.report(finch, { post, reason: 'unkind' });
			const [found] = (await world.cases.queue(moderator)).cases;
			const nothing = { country: undefined, hardDay: false, warnings: {} };
			const parties = [undefined, finch, moderator];
			const everything = {
				threads: await Promise.all(parties.map(async (reader) => (await seenBy(world, reader, thread)).read)),
				search: await Promise.all(
					parties.map((reader) => world.search.find(reader, { q: 'same words', board: '', sort: 'new', after: null }, nothing))
				),
				notices: await Promise.all([finch, moderator].map((reader) => world.notices.list(reader, nothing))),
				case: await world.cases.theCase(moderator, found?.id ?? ''),
				told: world.told
			};
			const { alias } = await rowOf(world, post);
			const { posts } = world.db.tables;
			const ids = (await world.db.read.select({ id: posts.id }).from(posts)).map(({ id }) => id);
			const names: [string, string][] = [
				[alias ?? '', 'ALIAS'],
				[pair[0].name, 'THE OPENER'],
				[pair[0].id, 'THE-OPENER'],
				[pair[1].name, 'THE OTHER'],
				[finch.name, 'FINCH'],
				[moderator.name, 'MODERATOR'],
				[post, 'POST'],
				[thread, 'THREAD'],
				...ids.map((id): [string, string] => [id, 'ANY POST'])
			];
			return (
				names
					.reduce((text, [word, sign]) => text.replaceAll(word, sign), JSON.stringify(everything))
					.replaceAll(/(A story\.|Me too\.) \(\d+\)/g, '$1')
					.replaceAll(/"(id|case|at|after|cursor)":("[\w-]{22}"|\d+)/g, '"$1"')
					.replaceAll(/"member":"[\w-]{22}"/g, '"member"')
					// Whom of staff the frame is kept from: it never leaves the server.
					.replaceAll(/mask\/THREAD\/[\w.-]+/g, 'mask')
			);
		};
		expect(await seen(0)).toBe(await seen(1));
	});

	test('on a first day posts with a mask count like the others', async () => {
		const world = await aWorld();
		const wren = await world.someone({ newcomer: true });
		await maskedStory(world, wren);
		await aStory(world, wren);
		await maskedStory(world, wren);
		const more = { title: 'One more', body: 'Again.', warnings: [] };
		await expect(world.threads.open(wren, 'harbour', more)).rejects.toMatchObject({ code: 'first_day_threads' });
		await expect(world.threads.open(wren, 'harbour', { ...more, mask: true })).rejects.toMatchObject({ code: 'first_day_threads' });
	});

	test('what can no longer be answered goes back to its author, and no further', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post: opening } = await aStory(world, finch);
		const { post } = await world.posts.reply(wren, { thread, body: 'Too late.', warnings: [], mask: true });
		await world.posts.withdraw(finch, opening, true);
		await shown(world);
		await shown(world);
		expect((await seenBy(world, finch, thread)).names).toHaveLength(1);
		const { returned } = await world.masks.mine(wren);
		expect(returned).toMatchObject([{ post, body: 'Too late.' }]);
		expect((await world.masks.mine(finch)).returned).toEqual([]);
		await expect(world.masks.letGo(finch, post)).rejects.toMatchObject({ code: 'not_found' });
		await world.masks.letGo(wren, post);
		expect(await world.masks.mine(wren)).toMatchObject({ waiting: [], returned: [], standing: [] });
	});

	test('what waits is taken back before anybody saw it', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { post } = await world.threads.open(wren, 'harbour', { title: 'No', body: 'Better not.', warnings: [], mask: true });
		expect((await world.masks.mine(wren)).waiting).toMatchObject([{ post, title: 'No', body: 'Better not.' }]);
		await world.masks.letGo(wren, post);
		await shown(world);
		expect(await world.db.read.$count(world.db.tables.posts)).toBe(0);
		expect((await world.masks.mine(wren)).waiting).toEqual([]);
	});

	test('what others see by now does not come back in words: it is answered so, and no draft is kept', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const words = { title: 'No', body: 'Better not.', warnings: [] };
		const early = await world.threads.open(wren, 'harbour', { ...words, mask: true });
		const late = await world.threads.open(wren, 'harbour', { ...words, body: 'Too late.', mask: true });
		expect(await world.masks.takeBack(wren, early.post)).toBe('/boards/harbour/new');
		await shown(world);
		await expect(world.masks.takeBack(wren, late.post)).rejects.toMatchObject({ code: 'shown_meanwhile' });
		await expect(world.masks.letGo(wren, late.post)).rejects.toMatchObject({ code: 'shown_meanwhile' });
		expect((await world.drafts.all(wren)).map(({ body }) => body)).toEqual(['Better not.']);
		expect((await world.masks.mine(wren)).standing).toMatchObject([{ post: late.post }]);
	});

	test('a story behind a mask is found by its author, and by the author alone', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await maskedStory(world, wren, { title: 'Unsaid' });
		world.later(2 * 365 * day);
		await world.pruning.pruneDue();
		expect((await world.masks.mine(wren)).standing).toMatchObject([{ post, thread, title: 'Unsaid' }]);
		expect((await world.masks.mine(finch)).standing).toEqual([]);
	});

	test('two answers of one member at once get one alias, and two processes show each once', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await aStory(world, await world.someone());
		const bodies = ['The first.', 'The second.'];
		await Promise.all(bodies.map((body) => world.posts.reply(wren, { thread, body, warnings: [], mask: true })));
		world.later(limits.maskDelay + 1);
		await Promise.all([world.masks.showDue(), world.masks.showDue(), world.masks.showDue()]);
		const { read } = await seenBy(world, undefined, thread);
		expect(read.answers).toBe(2);
		expect(new Set(read.replies.map(({ name }) => name)).size).toBe(1);
		expect(world.told.filter(({ type }) => type === 'reply.posted')).toHaveLength(2);
	});

	test('a thread keeps the key it began with when the file holds a newer one', async () => {
		const secret = (id: string) => Buffer.alloc(32, id);
		const old = await aWorld({ sealer: sealerOver({ ids: () => ['old'], secret }) });
		const wren = await old.someone();
		const { thread } = await aStory(old, wren);
		const before = await maskedAnswer(old, wren, thread);
		const world = await peopled(old.db, old.url, { sealer: sealerOver({ ids: () => ['old', 'new'], secret }), start: old.now() });
		const after = await maskedAnswer(world, wren, thread);
		const { the } = await seenBy(world, wren, thread);
		expect(the(after)).toMatchObject({ name: the(before).name, own: true });
		expect(the(before).own).toBe(true);
		const elsewhere = await maskedStory(world, wren);
		expect((await rowOf(world, elsewhere.post)).maskTag).toMatch(/^new\./);
		expect((await world.masks.mine(wren)).standing.map(({ post }) => post)).toEqual([elsewhere.post, after, before]);
	});

	test('nobody follows or bookmarks a story behind a mask while it waits for a moderator, its author no more than others', async () => {
		const world = await aWorld();
		const [wren, finch, desk] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const first = await maskedStory(world, wren);
		await reportedBy(world, 1, first.post);
		await decided(world, desk, first.post, { postAction: 'none', authorAction: 'hold_posts', duration: '7d' });
		const { thread, post } = await maskedStory(world, wren);
		const marks = async () => [
			await world.db.read.$count(world.db.tables.follows, eq(world.db.tables.follows.target, thread)),
			await world.db.read.$count(world.db.tables.bookmarks)
		];
		for (const who of [wren, finch, desk]) {
			await expect(world.follows.followThread(who, thread, true)).rejects.toMatchObject({ code: 'not_found' });
			await expect(world.bookmarks.bookmark(who, post, true)).rejects.toMatchObject({ code: 'not_found' });
		}
		expect(await marks()).toEqual([0, 0]);
		await decided(world, desk, post, { postAction: 'none', rule: '', reason: '' });
		await world.follows.followThread(wren, thread, true);
		await world.bookmarks.bookmark(wren, post, true);
		await world.posts.withdraw(wren, post, true);
		await expect(world.bookmarks.bookmark(wren, post, true)).rejects.toMatchObject({ code: 'gone' });
		await expect(world.follows.followThread(wren, thread, true)).rejects.toMatchObject({ code: 'gone' });
		await world.follows.followThread(wren, thread, false);
		expect(await marks()).toEqual([0, 1]);
	});
});
