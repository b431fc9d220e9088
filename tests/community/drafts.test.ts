import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import { shelveOldDrafts } from '#server/community/draft-shelf.ts';
import type { Actor } from '#server/community/means.ts';
import { onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, decided, theCaseOf } from './desk.ts';

const story = '/boards/harbour/new';
const words = { title: 'Tonight', body: '  As typed,\twith  spaces \n\n\n\n\nand “ü” 🕯\n', warnings: ['grief'] };
const keep = (world: World, actor: Actor, place = story, more = {}) => world.drafts.keep(actor, { ...words, place, ...more });

onBothDatabases((aWorld) => {
	test('a draft is kept exactly as typed and found again where it belongs', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		expect(await keep(world, wren)).toEqual({ kept: true, form: story });
		expect(await world.drafts.find(wren, story)).toEqual({ place: story, ...words, mask: '', age: 'just now' });
		await keep(world, wren, story, { body: 'one\r\ntwo\0' });
		expect((await world.drafts.find(wren, story))?.body).toBe('one\ntwo');
	});

	test('nobody else finds it', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		await keep(world, wren);
		expect(await world.drafts.find(finch, story)).toBeUndefined();
		expect(await world.drafts.find(undefined, story)).toBeUndefined();
		expect(await world.drafts.all(finch)).toEqual([]);
		await world.drafts.letGo(finch, story);
		expect(await world.drafts.find(wren, story)).toBeDefined();
	});

	test('ten keeps at once leave one draft, whole', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await Promise.all(Array.from({ length: 10 }, (_, i) => keep(world, wren, story, { title: `Title ${i}`, body: `Body ${i}` })));
		expect(await world.drafts.all(wren)).toHaveLength(1);
		const found = await world.drafts.find(wren, story);
		expect(found?.title.replace('Title', 'Body')).toBe(found?.body);
	});

	test('an emptied form lets its draft go', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await keep(world, wren);
		expect((await keep(world, wren, story, { title: ' ', body: '\n ' })).kept).toBe(false);
		expect(await world.drafts.all(wren)).toEqual([]);
	});

	test('a place is a form that this member could open', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await aStory(world, wren);
		const invented = 'a'.repeat(22);
		for (const place of [
			'',
			'/',
			'/settings',
			'/boards/harbour',
			'/boards/../new',
			`/threads/${thread}/`,
			`/threads/${thread}#`,
			`/threads/${thread}#edit-`,
			`//evil.example/boards/harbour/new`
		])
			await expect(keep(world, finch, place)).rejects.toThrow('where it belongs');
		for (const place of ['/boards/nowhere/new', `/threads/${invented}`, `/threads/${thread}#${invented}`, `/threads/${invented}#${post}`])
			await expect(keep(world, finch, place)).rejects.toMatchObject({ code: 'not_found' });
		await expect(keep(world, finch, `/threads/${thread}#edit-${post}`)).rejects.toMatchObject({ code: 'not_allowed' });
		expect(await world.db.read.$count(world.db.tables.sealedRows)).toBe(0);
	});

	test('a held story is no place for others', async () => {
		const world = await aWorld();
		const [wren, finch, moderator] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const { post: first } = await aStory(world, wren);
		await world.reports.report(finch, { post: first, reason: 'unkind' });
		await decided(world, moderator, first, { postAction: 'none', authorAction: 'hold_posts', duration: '7d' });
		const { thread } = await aStory(world, wren);
		await expect(keep(world, finch, `/threads/${thread}`)).rejects.toMatchObject({ code: 'not_found' });
	});

	test('what is longer than a post is refused, and the draft from before stays', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await keep(world, wren);
		await expect(keep(world, wren, story, { body: 'x'.repeat(limits.body + 1) })).rejects.toMatchObject({
			problems: { body: expect.stringContaining('20001') }
		});
		await expect(keep(world, wren, story, { title: 'x'.repeat(481) })).rejects.toMatchObject({ problems: { title: expect.any(String) } });
		expect((await world.drafts.find(wren, story))?.body).toBe(words.body);
		await keep(world, wren, story, { body: '語'.repeat(limits.body), warnings: ['grief', 'grief', 'nonsense'] });
		expect((await world.drafts.find(wren, story))?.warnings).toEqual(['grief']);
	});

	test('of fifty-one drafts the oldest goes', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		const places = [story, `/threads/${thread}`];
		for (let i = 0; i < 49; i++) places.push(`/threads/${thread}#${await anAnswer(world, finch, thread)}`);
		for (const place of places) {
			await keep(world, wren, place);
			world.later(1000);
		}
		const all = await world.drafts.all(wren);
		expect(all.map(({ place }) => place)).toEqual(places.slice(1).reverse());
	}, 60_000);

	test('posting lets the draft go in the same write: a refused post keeps it', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		await keep(world, wren);
		await expect(world.threads.open(wren, 'harbour', { title: '', body: 'x', warnings: [] })).rejects.toThrow();
		expect(await world.drafts.find(wren, story)).toBeDefined();
		const { thread, post } = await aStory(world, wren);
		expect(await world.drafts.find(wren, story)).toBeUndefined();

		const answer = await anAnswer(world, finch, thread);
		const places = [`/threads/${thread}`, `/threads/${thread}#${answer}`, `/threads/${thread}#edit-${post}`];
		for (const [i, place] of places.entries()) await keep(world, wren, place, { title: '', body: `Draft ${i}` });
		await world.posts.reply(wren, { thread, body: 'To the opening.', warnings: [] });
		expect((await world.drafts.inThread(wren, thread)).map(({ place }) => place).sort()).toEqual(places.slice(1).sort());
		await world.posts.reply(wren, { thread, parent: answer, body: 'To the answer.', warnings: [] });
		await expect(world.posts.edit(wren, { post, version: 7, title: 'A', body: 'B', warnings: [] })).rejects.toMatchObject({
			code: 'stale'
		});
		expect((await world.drafts.inThread(wren, thread)).map(({ place }) => place)).toEqual(places.slice(2));
		await world.posts.edit(wren, { post, version: 1, title: 'A', body: 'B', warnings: [] });
		expect(await world.drafts.inThread(wren, thread)).toEqual([]);
	});

	test('a locked conversation refuses the answer and keeps its draft', async () => {
		const world = await aWorld();
		const [wren, finch, moderator] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread, post } = await aStory(world, wren);
		await world.reports.report(finch, { post, reason: 'unkind' });
		await keep(world, finch, `/threads/${thread}`);
		await decided(world, moderator, post, { postAction: 'lock' });
		await expect(world.posts.reply(finch, { thread, body: words.body, warnings: [] })).rejects.toMatchObject({ code: 'locked' });
		expect(await world.drafts.all(finch)).toMatchObject([{ what: 'answer', title: 'A long night', body: words.body, href: undefined }]);
	});

	test('what a form sends late, after it was posted, is not kept again', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread, post } = await world.threads.open(wren, 'harbour', { title: 'T', body: 'Said.', warnings: [], key: 'form-1' });
		expect((await keep(world, wren, story, { body: 'Sai', key: 'form-1' })).kept).toBe(false);
		expect((await keep(world, wren, story, { body: 'Another', key: 'form-2' })).kept).toBe(true);
		await world.posts.edit(wren, { post, version: 1, title: 'T', body: 'Said anew.', warnings: [] });
		const edit = `/threads/${thread}#edit-${post}`;
		expect((await keep(world, wren, edit, { body: 'Said ane', version: 1 })).kept).toBe(false);
		expect((await keep(world, wren, edit, { body: 'Said anew, again', version: 2 })).kept).toBe(true);
		// Somebody who went back and writes on is no late sender.
		world.later(limits.sameWordsWithin);
		expect((await keep(world, wren, story, { body: 'More', key: 'form-1' })).kept).toBe(true);
	});

	test('while a post is sent and kept at once, no draft stays behind', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		const place = `/threads/${thread}`;
		await Promise.all([
			...Array.from({ length: 5 }, (_, i) => keep(world, wren, place, { body: `With yo${i}`, key: 'press' })),
			world.posts.reply(wren, { thread, body: 'With you.', warnings: [], key: 'press' }),
			...Array.from({ length: 5 }, (_, i) => keep(world, wren, place, { body: `With yo${i}`, key: 'press' }))
		]);
		expect(await world.drafts.all(wren)).toEqual([]);
	});

	test('the same words kept under another post go too, where the form stood before it moved', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		const answer = await anAnswer(world, finch, thread);
		await keep(world, wren, `/threads/${thread}`, { title: '', body: 'With you. ' });
		await keep(world, wren, story, { title: '', body: 'Something else.' });
		await world.posts.reply(wren, { thread, parent: answer, body: 'With you. ', warnings: [] });
		expect((await world.drafts.all(wren)).map(({ place }) => place)).toEqual([story]);
	});

	test('an answer to the opening is one place, however it is named', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread, post } = await aStory(world, wren);
		expect(await keep(world, wren, `/threads/${thread}#${post}`)).toEqual({ kept: true, form: `/threads/${thread}#compose` });
		expect((await world.drafts.find(wren, `/threads/${thread}`))?.body).toBe(words.body);
		expect(await world.drafts.letGo(wren, `/threads/${thread}#${post}`)).toBe(`/threads/${thread}#compose`);
		expect(await world.drafts.all(wren)).toEqual([]);
		await expect(world.drafts.letGo(wren, '//elsewhere.example')).rejects.toMatchObject({ code: 'not_found' });
	});

	test('an edit that says what the post already says is no draft', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread, post } = await world.threads.open(wren, 'harbour', { title: 'T', body: 'Said.', warnings: ['grief'] });
		const place = `/threads/${thread}#edit-${post}`;
		expect((await keep(world, wren, place, { title: 'T', body: 'Said.', warnings: ['grief'] })).kept).toBe(false);
		expect((await keep(world, wren, place, { title: 'T', body: 'Said.', warnings: [] })).kept).toBe(true);
	});

	test('the list says where each draft belongs and leads back to its form', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await aStory(world, finch);
		const mine = await anAnswer(world, wren, thread);
		for (const place of [story, `/threads/${thread}`, `/threads/${thread}#${mine}`, `/threads/${thread}#edit-${mine}`]) {
			await keep(world, wren, place, { body: `**For** ${place.length}` });
			world.later(1000);
		}
		expect(await world.drafts.all(wren)).toMatchObject([
			{ what: 'edit', title: 'Tonight', href: `/threads/${thread}?post=${mine}&edit=${mine}#edit` },
			{ what: 'answer', title: 'A long night', href: `/threads/${thread}?post=${mine}&answer=${mine}#compose` },
			{ what: 'answer', title: 'A long night', href: `/threads/${thread}#compose` },
			{ what: 'story', title: 'Tonight', href: story, excerpt: `For ${story.length}`, board: expect.any(String), age: 'just now' }
		]);
		await world.posts.withdraw(finch, post, true);
		const [, , toOpening] = await world.drafts.all(wren);
		expect(toOpening).toMatchObject({ title: '', href: undefined, body: expect.stringContaining('For') });
	});

	test('a draft of a held post’s edit leads its author back', async () => {
		const world = await aWorld();
		const [wren, finch, moderator] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread, post } = await aStory(world, wren);
		await world.reports.report(finch, { post, reason: 'unkind' });
		await decided(world, moderator, post, { postAction: 'none', authorAction: 'hold_posts', duration: '7d' });
		const held = await anAnswer(world, wren, thread);
		await theCaseOf(world, held);
		await keep(world, wren, `/threads/${thread}#edit-${held}`);
		expect((await world.drafts.all(wren))[0]?.href).toContain(`edit=${held}`);
	});

	test('nothing in the store says whose a draft is, where it belongs or what it says', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await aStory(world, finch);
		const place = `/threads/${thread}#${post}`;
		await keep(world, wren, place, { title: '', body: 'very own words' });
		const { sealedRows, drafts } = world.db.tables;
		const rows = await world.db.read.select({ tag: sealedRows.tag, sealed: sealedRows.sealed, keptOn: sealedRows.keptOn }).from(sealedRows);
		for (const known of [wren.id, thread, post, 'very own', Buffer.from('very own').toString('base64url').slice(0, 8)])
			expect(JSON.stringify(rows)).not.toContain(known);
		expect(new Set(rows.map(({ keptOn }) => keptOn))).toEqual(new Set(['2026-03-14']));
		expect(await world.db.read.$count(drafts)).toBe(0);
	});

	test('drafts that an older version kept by name are moved to the shelf, every word of them', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { id: boardId } = await world.boards.theBoard(undefined, 'harbour');
		const { thread } = await aStory(world, finch);
		const { drafts } = world.db.tables;
		const old = (memberId: string, place: string, i: number) => ({
			id: `old ${i} of ${memberId}`,
			memberId,
			place,
			boardId,
			...words,
			keptAt: world.now() - i
		});
		const of = (memberId: string) =>
			Array.from({ length: 130 }, (_, i) => old(memberId, `/threads/${thread}#${String(i).padStart(22, '0')}`, i));
		await world.db.write((tx) => tx.insert(drafts).values([...of(wren.id), ...of(finch.id)]));
		await Promise.all([shelveOldDrafts(world), shelveOldDrafts(world)]);
		expect(await world.db.read.$count(drafts)).toBe(0);
		const all = await world.drafts.all(wren);
		expect(all).toHaveLength(130);
		expect(all[0]).toMatchObject({ place: `/threads/${thread}#${'0'.repeat(22)}`, body: words.body });
		expect(await world.drafts.find(finch, all[129]?.place ?? '')).toEqual({ place: all[129]?.place, ...words, mask: '', age: 'just now' });
	}, 60_000);
});
