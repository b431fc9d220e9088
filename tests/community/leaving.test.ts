// Leaving: what goes, what stays without a name, and that nothing in the store leads back to anybody.
import Sqlite from 'better-sqlite3';
import { and, eq, ne, type SQL } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { allKinds } from '#lib/leaving-choices.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Actor, Erasure } from '#server/community/means.ts';
import { maskHolds } from '#server/community/mask-holds.ts';
import { neverTurned } from '#server/community/turned-rows.ts';
import { openDatabase } from '#server/store/database.ts';
import { rowsOf } from '../every-row.ts';
import { aFullLife } from '../full-life.ts';
import { decided } from './desk.ts';
import { day, onBothDatabases, peopled, type World } from '../world.ts';

const passphrase = 'a lamp in the far window';
const chosen = (choice: 'keep' | 'erase') => ({ passphrase, choices: Object.fromEntries(allKinds.map((kind) => [kind, choice])) });
const erase = chosen('erase');
const keep = chosen('keep');
const plain = { country: undefined, hardDay: false, warnings: {} };
const refused = (code: string) => expect.objectContaining({ code });

/** Which of these still stand in some row. */
async function left(world: World, words: string[]): Promise<string[]> {
	const rows = JSON.stringify(await rowsOf(world));
	return words.filter((one) => rows.includes(one));
}
const storyOf = (world: World, who: Actor, body = 'How it was.') =>
	world.threads.open(who, 'harbour', { title: 'A title of mine', body, warnings: [] });
const answer = (world: World, who: Actor, thread: string, body: string, parent?: string) =>
	world.posts.reply(who, { thread, body, warnings: [], parent });

onBothDatabases((aWorld, dialect) => {
	test('after leaving no row holds the member, the name, or a word of theirs', async () => {
		const world = await aWorld();
		const { wren } = await aFullLife(world);
		await world.leaving.leave(wren, erase);
		expect(await left(world, [wren.id, wren.name, wren.name.toLowerCase(), 'wren’s'])).toEqual([]);
		// Sealed, no row says whose it is: in this world all of it was hers.
		const { sealed_rows: shelf, reading_marks: marks } = await rowsOf(world);
		expect([shelf, marks]).toEqual([[], []]);
	});

	if (dialect === 'sqlite')
		test('posts leave the search index a few in each write, so that others write in between, and those behind a mask with the member', async () => {
			const world = await aWorld();
			const [wren, finch] = [await world.someone(), await world.someone()];
			const { thread } = await storyOf(world, finch);
			for (let i = 0; i < 7; i++) await answer(world, wren, thread, `answer ${i}`);
			await world.posts.reply(wren, { thread, body: 'behind a mask', warnings: [], mask: true });
			world.later(4 * 60_000);
			await world.masks.showDue();
			const outside = new Sqlite(world.url.slice(5), { readonly: true });
			const indexed = () => Number(outside.prepare('select count(*) from search_posts').pluck().get());
			const counts = [indexed()];
			const write = world.db.write.bind(world.db);
			world.db.write = (work) => write(work).finally(() => indexed() !== counts.at(-1) && counts.push(indexed()));
			await world.leaving.leave(wren, erase);
			outside.close();
			// The story of another stays.
			expect(counts).toEqual([9, 7, 5, 3, 2, 1]);
		});

	test('what is let stand has no name, and what is private goes all the same', async () => {
		const world = await aWorld();
		const { wren, thread, answer } = await aFullLife(world);
		await world.leaving.leave(wren, keep);
		const read = await world.posts.read(undefined, thread, plain);
		expect([read.title, read.opening.name]).toEqual(['wren’s title', 'A former member']);
		expect(read.replies.find(({ id }) => id === answer)?.encouraged).toEqual({ with_you: 1 });
		const { celebrations } = await world.celebrations.feed(undefined);
		expect(celebrations.map(({ name, words, cheers }) => ({ name, words, cheers }))).toContainEqual({
			name: 'A former member',
			words: 'wren’s line',
			cheers: 0
		});
		expect(celebrations.find(({ words }) => words === 'finch’s line')?.cheers).toBe(1);
		const gone = [wren.id, wren.name, 'wren’s draft', 'wren’s journey', 'wren’s note', '"wren’s story"'];
		expect(await left(world, gone)).toEqual([]);
	});

	test('erased counts go down, and other people’s stay', async () => {
		const world = await aWorld();
		const [wren, finch, heron] = [await world.someone(), await world.someone(), await world.someone()];
		const { thread, post } = await storyOf(world, heron);
		for (const who of [wren, finch]) await world.encouragements.encourage(who, post, 'with_you', true);
		await world.encouragements.encourage(wren, post, 'been_there', true);
		const { id } = await world.celebrations.victory(heron, { words: 'The bed is made.', when: 'now' });
		for (const who of [wren, finch]) await world.celebrations.cheer(who, id);
		await world.leaving.leave(wren, erase);
		expect((await world.posts.read(undefined, thread, plain)).opening.encouraged).toEqual({ with_you: 1 });
		expect((await world.celebrations.feed(undefined)).celebrations[0]?.cheers).toBe(1);
	});

	test('an erased story that was answered keeps an empty place; one that was not is gone, with all the member’s own under it', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const answered = await storyOf(world, wren, 'Answered.');
		await answer(world, finch, answered.thread, 'Thank you for this.');
		const alone = await storyOf(world, wren, 'Alone.');
		const { post: own } = await answer(world, wren, alone.thread, 'And one thing more.');
		await answer(world, wren, alone.thread, 'And another.', own);
		await world.leaving.leave(wren, erase);
		const read = await world.posts.read(finch, answered.thread, plain);
		expect(read).toMatchObject({ title: 'A story that is no longer here', opening: { state: 'erased', html: '', body: '' } });
		expect(read.replies.map(({ html }) => html)).toEqual(['<p dir="auto">Thank you for this.</p>']);
		await expect(world.posts.read(finch, alone.thread, plain)).rejects.toThrow(Refusal);
		const { posts, threads } = world.db.tables;
		expect(await world.db.read.$count(posts, eq(posts.threadId, alone.thread))).toBe(0);
		expect(await world.db.read.$count(threads, eq(threads.id, alone.thread))).toBe(0);
	});

	test('an empty place goes with the last answer that it stayed for', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await storyOf(world, wren);
		await answer(world, finch, thread, 'Thank you for this.');
		await world.leaving.leave(wren, erase);
		await world.leaving.leave(finch, erase);
		expect(await world.db.read.$count(world.db.tables.posts)).toBe(0);
		expect(await world.db.read.$count(world.db.tables.threads)).toBe(0);
	});

	test('a thread that somebody who left had answered does not wait for an answer again', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await storyOf(world, finch);
		await answer(world, wren, thread, 'I have been there.');
		await world.leaving.leave(wren, keep);
		const card = (await world.threads.list((await world.boards.theBoard(undefined, 'harbour')).id, 'new', null, plain)).threads[0];
		expect([card?.answers, card?.answered]).toEqual([1, true]);
	});

	test('search finds nothing of what was erased', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await storyOf(world, wren, 'A periwinkle in the rain.');
		const found = async () =>
			(await world.search.find(undefined, { q: 'periwinkle', board: '', sort: 'new', after: null }, plain)).results.length;
		expect(await found()).toBe(1);
		await world.leaving.leave(wren, erase);
		expect(await found()).toBe(0);
	});

	test('nobody is offered the name again, whichever key is the newest', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await world.leaving.leave(wren, erase);
		const { nameOffers } = await import('#server/community/name-offers.ts');
		const { foldName, offerName } = await import('#server/community/pseudonyms.ts');
		const { erasedNames } = await import('#server/community/erased-names.ts');
		const { sealerOver } = await import('#server/sealer.ts');
		const secrets: Record<string, number> = { 'of-the-world': 7, newer: 8 };
		const sealer = sealerOver({ ids: () => Object.keys(secrets), secret: (id) => Buffer.alloc(32, secrets[id]) });
		expect(await erasedNames({ db: world.db, sealer }).among(world.db.read, [foldName(wren.name), 'somebody else'])).toEqual([
			foldName(wren.name)
		]);
		const only = (name: string) => {
			for (let noun = 0; ; noun++) {
				let drawn = -1;
				const pick = (below: number) => ((drawn = (drawn + 1) % 2) === 0 ? Math.floor(noun / 500) % below : (noun % 500) % below);
				if (noun > 500_000) throw new Error('no such name');
				if (foldName(offerName(pick)) === foldName(name)) return pick;
			}
		};
		const offers = nameOffers({ db: world.db, now: world.now, newId: () => 'an offer', pick: only(wren.name), sealer });
		await expect(offers.offerNames()).rejects.toEqual(refused('busy'));
	});

	test('their sessions end, and pages that are open close', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { cookie, session } = await world.sessions.begin(wren, { secure: false });
		await world.leaving.leave(wren, erase);
		expect(await world.sessions.find(cookie.value)).toBeUndefined();
		expect(world.told).toContainEqual({ type: 'sessions.ended', session });
	});

	test('the passphrase is asked for once more, and each kind has to be chosen', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await expect(world.leaving.leave(wren, { ...erase, passphrase: 'not this one at all' })).rejects.toThrow(Invalid);
		const unsaid = world.leaving.leave(wren, { passphrase, choices: { posts: 'erase', cheers: 'both' } });
		await expect(unsaid).rejects.toMatchObject({
			problems: { encouragements: expect.anything(), celebrations: expect.anything(), cheers: expect.anything() }
		});
		expect([await world.members.actorOf(wren), world.listed]).toEqual([wren, []]);
	});

	test('where the list outside has no room, room is made for it once, and otherwise nothing is erased', async () => {
		let refused = 0;
		let most = 1;
		const listed: Erasure[] = [];
		const note = (erasure: Erasure) => {
			if (refused++ < most) throw new Refusal('no_room');
			listed.push(erasure);
		};
		const world = await aWorld({ erasures: { note, all: () => listed } });
		const [wren, finch] = [await world.someone(), await world.someone()];
		await world.leaving.leave(wren, erase);
		expect(await world.held.find(wren.name)).toBeUndefined();
		most = Infinity;
		await expect(world.leaving.leave(finch, erase)).rejects.toThrow('There is no room left');
		expect([listed.length, (await world.held.find(finch.name))?.id]).toEqual([1, finch.id]);
	});

	test('pressing in two tabs at once erases once, and both are answered', async () => {
		const world = await aWorld();
		const { wren } = await aFullLife(world);
		await Promise.all([world.leaving.leave(wren, erase), world.leaving.leave(wren, keep)]);
		expect(await left(world, [wren.id])).toEqual([]);
	});

	test('what is posted from another tab in the same moment is erased too, or refused', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await storyOf(world, await world.someone());
		const writing = Array.from({ length: 10 }, (_, i) => answer(world, wren, thread, `wren’s answer ${i}`));
		await Promise.all([world.leaving.leave(wren, erase), ...writing.map((one) => one.catch(() => undefined))]);
		expect(await left(world, ['wren’s answer'])).toEqual([]);
	});

	test('a moderator who leaves is not named in the log of cases, and the case is free', async () => {
		const world = await aWorld();
		const { moderator, second, post } = await aFullLife(world);
		const { post: other } = await storyOf(world, await world.someone());
		await world.reports.report(await world.someone(), { post: other, reason: 'unkind' });
		const [open] = (await world.cases.queue(second)).cases;
		await world.cases.claim(moderator, open?.id ?? '');
		await world.leaving.leave(moderator, erase);
		expect(await left(world, [moderator.id])).toEqual([]);
		await world.cases.claim(second, open?.id ?? '');
		const { cases } = world.db.tables;
		const [closed] = await world.db.read.select({ id: cases.id }).from(cases).where(eq(cases.postId, post));
		const seen = await world.cases.theCase(second, closed?.id ?? '');
		expect(seen.decisions[0]?.by).toBe('Somebody who has left');
	});

	test('somebody of staff who leaves is not named in what the stream keeps a case from', async () => {
		const world = await aWorld();
		const [robin, finch] = [await world.someone({ role: 'moderator' }), await world.someone()];
		const { post } = await storyOf(world, robin);
		await world.reports.report(finch, { post, reason: 'unkind' });
		await world.stream.append(world.told.splice(0));
		expect(await left(world, [`member/${robin.id}`])).toHaveLength(1);
		await world.leaving.leave(robin, keep);
		await world.stream.append(world.told.splice(0));
		expect(await left(world, [robin.id])).toEqual([]);
	});

	test('a report in a grave case stays until the case closes, without a name, and then its words go', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const moderator = await world.someone({ role: 'moderator' });
		const { post } = await storyOf(world, wren, 'wren’s words');
		await world.reports.report(finch, { post, reason: 'worry_life', note: 'finch’s note' });
		await world.leaving.leave(wren, erase);
		await world.leaving.leave(finch, erase);
		const words = ['wren’s words', 'finch’s note'];
		expect(await left(world, [...words, wren.id, wren.name, finch.id, finch.name])).toEqual(words);
		await decided(world, moderator, post, { postAction: 'none', authorAction: 'none' });
		await world.leaving.finish();
		expect(await left(world, words)).toEqual([]);
	});

	test('an erased post that a case is about cannot be put back or written over', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await storyOf(world, wren);
		await world.reports.report(await world.someone(), { post, reason: 'worry_life' });
		await world.leaving.leave(wren, erase);
		await decided(world, moderator, post, { postAction: 'remove', authorAction: 'none' });
		await expect(decided(world, moderator, post, { postAction: 'restore', authorAction: 'none' })).rejects.toEqual(refused('gone'));
		const { posts } = world.db.tables;
		const [row] = await world.db.read.select({ state: posts.state, body: posts.body }).from(posts).where(eq(posts.id, post));
		expect(row).toEqual({ state: 'erased', body: '' });
	});

	test('a single post that was taken back can be erased for good, and nobody else’s', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await storyOf(world, wren, 'wren’s words');
		const { post: under } = await answer(world, finch, thread, 'Thank you.');
		await expect(world.leaving.erasePost(wren, post)).rejects.toEqual(refused('stale'));
		await world.posts.withdraw(wren, post, true);
		await expect(world.leaving.erasePost(finch, post)).rejects.toEqual(refused('not_allowed'));
		await world.leaving.erasePost(wren, post);
		await world.leaving.erasePost(wren, post);
		expect(await left(world, ['wren’s words'])).toEqual([]);
		const read = await world.posts.read(wren, thread, plain);
		expect([read.opening.state, read.opening.may.putBack, read.replies[0]?.id]).toEqual(['erased', false, under]);
		expect(world.listed).toEqual([{ on: '2026-03-14', post }]);
	});

	test('guests’ pages know that something they showed has changed', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await storyOf(world, wren);
		await world.celebrations.victory(wren, { words: 'A small thing.', when: 'now' });
		const version = async (scope: string) => (await world.db.versions([scope]))?.version ?? 0;
		const scopes = [`thread:${thread}`, 'stories', 'openings', 'celebrations', 'everything'];
		const before = await Promise.all(scopes.map(version));
		await world.leaving.leave(wren, erase);
		const after = await Promise.all(scopes.map(version));
		expect(after.map((now, i) => now > (before[i] ?? 0))).toEqual(scopes.map(() => true));
	});

	test('the log of cases still refuses every other change', async () => {
		const world = await aWorld();
		await aFullLife(world);
		const { caseEvents } = world.db.tables;
		const events = {
			words: () => ({ kind: 'other' }),
			actor: () => ({ actorId: 'somebody else' }),
			both: () => ({ actorId: null, kind: 'other' })
		};
		for (const change of Object.values(events)) await expect(world.db.write((tx) => tx.update(caseEvents).set(change()))).rejects.toThrow();
		await expect(world.db.write((tx) => tx.delete(caseEvents))).rejects.toThrow();
	});

	test('a celebration nobody has seen yet is never shared', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await world.celebrations.victory(wren, { words: 'wren’s small thing', when: 'later' });
		await world.leaving.leave(wren, keep);
		world.later(2 * day);
		expect(await world.celebrations.shareDue()).toBe(0);
		expect(await left(world, ['wren’s small thing'])).toEqual([]);
	});

	test('what was written behind a mask goes with its author, or stays without a change that would tell whose it was', async () => {
		for (const way of ['erase', 'keep'] as const) {
			const world = await aWorld();
			const [wren, finch] = [await world.someone(), await world.someone()];
			const { thread } = await storyOf(world, finch);
			const masked = (body: string) => world.masks.answer(wren, { thread, body, warnings: [] });
			const { post: shown } = await masked('wren’s mask that stands');
			world.later(4 * 60_000);
			await world.masks.showDue();
			const { posts } = world.db.tables;
			const rowOf = (id: string) => world.db.read.select().from(posts).where(eq(posts.id, id));
			const before = await rowOf(shown);
			expect(before.length).toBe(1);
			const { post: waiting } = await masked('wren’s mask that waits');
			const { sealedRows } = world.db.tables;
			const tags = async (only?: SQL) =>
				(await world.db.read.select({ tag: sealedRows.tag }).from(sealedRows).where(only)).map(({ tag }) => tag).sort();
			await world.drafts.keep(wren, { place: '/boards/harbour/new', title: '', body: 'wren’s draft', warnings: [] });
			const hold = { decision: 'one', until: world.now() + day, reason: 'wren’s reason' };
			await world.db.write((tx) => maskHolds(world).put(tx, wren.id, hold));
			const ofMasks = await tags(eq(sealedRows.turnedOn, neverTurned));
			expect(ofMasks.length).toBe(3);
			await world.leaving.leave(wren, { passphrase, choices: { ...erase.choices, masks: way } });
			world.later(4 * 60_000);
			await world.masks.showDue();
			expect(await rowOf(waiting)).toEqual([]);
			expect(await world.db.read.$count(world.db.tables.waitingMasks)).toBe(0);
			// The rows of their shelf that came with the posts: who has copies of two days would see them go with the account.
			expect(await tags()).toEqual(way === 'keep' ? ofMasks : []);
			expect(await rowOf(shown)).toEqual(way === 'keep' ? before : []);
		}
	});

	test('a post behind a mask can be erased by its author alone, and leaves their own list', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await storyOf(world, finch);
		const { post } = await world.masks.answer(wren, { thread, body: 'wren’s mask', warnings: [] });
		world.later(4 * 60_000);
		await world.masks.showDue();
		await world.posts.withdraw(wren, post, true);
		await expect(world.leaving.erasePost(finch, post)).rejects.toEqual(refused('not_allowed'));
		await world.leaving.erasePost(wren, post);
		expect(await world.db.read.$count(world.db.tables.posts, eq(world.db.tables.posts.id, post))).toBe(0);
		expect((await world.masks.mine(wren)).standing).toEqual([]);
	});

	test.each([1, 2])('a post behind a mask leaves its author’s list also where write %i of erasing it failed', async (failing) => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await storyOf(world, finch);
		const { post } = await world.masks.answer(wren, { thread, body: 'wren’s mask', warnings: [] });
		world.later(4 * 60_000);
		await world.masks.showDue();
		await world.posts.withdraw(wren, post, true);
		const listed = async () => {
			const rows: unknown[] = [];
			for await (const { table, rows: some } of world.held.rows(wren.id, 'member')) if (table === 'sealedRows') rows.push(...some);
			return JSON.stringify(rows).includes(post);
		};
		expect(await listed()).toBe(true);
		const { write } = world.db;
		let writes = 0;
		world.db.write = (work) => (++writes === failing ? Promise.reject(new Error('the database is busy')) : write(work));
		await expect(world.leaving.erasePost(wren, post)).rejects.toThrow('busy');
		world.db.write = write;
		await world.leaving.replay();
		expect(await left(world, ['wren’s mask'])).toEqual([]);
		expect(await listed()).toBe(false);
	});

	test('a post behind a mask that was erased alone is not shown by a backup in which it waited, and leaves no notice behind', async () => {
		const world = await aWorld();
		const [wren, finch, desk] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread } = await storyOf(world, finch);
		const { post } = await world.masks.answer(wren, { thread, body: 'wren’s mask', warnings: [] });
		const { waitingMasks, notices, sealedRows, posts } = world.db.tables;
		const backup = await world.db.read.select().from(waitingMasks);
		const list = await world.db.read.select().from(sealedRows);
		world.later(4 * 60_000);
		await world.masks.showDue();
		await world.reports.report(finch, { post, reason: 'unkind' });
		await decided(world, desk, post, { postAction: 'fold', authorAction: 'formal_notice' });
		await world.posts.withdraw(wren, post, true);
		expect(await world.db.read.$count(notices, eq(notices.forPost, post))).toBeGreaterThan(0);
		await world.leaving.erasePost(wren, post);
		expect(await world.db.read.$count(notices, eq(notices.forPost, post))).toBe(0);
		await world.db.write(async (tx) => {
			await tx.delete(sealedRows);
			await tx.insert(sealedRows).values(list);
			await tx.insert(waitingMasks).values(backup);
		});
		await world.leaving.replay();
		await world.masks.showDue();
		expect(await world.db.read.$count(posts, and(eq(posts.id, post), ne(posts.state, 'erased')))).toBe(0);
		expect(await world.db.read.$count(waitingMasks)).toBe(0);
		expect((await world.masks.mine(wren)).waiting).toEqual([]);
		expect((await world.masks.mine(wren)).standing).toEqual([]);
	});

	test('a hold on a mask whose author has left keeps no row for nobody', async () => {
		const world = await aWorld();
		const [wren, finch, desk] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread } = await storyOf(world, finch);
		const { post } = await world.masks.answer(wren, { thread, body: 'wren’s mask', warnings: [] });
		world.later(4 * 60_000);
		await world.masks.showDue();
		await world.leaving.leave(wren, keep);
		await world.reports.report(finch, { post, reason: 'unkind' });
		const before = await world.db.read.$count(world.db.tables.sealedRows);
		await decided(world, desk, post, { postAction: 'none', authorAction: 'hold_posts', duration: '7d' });
		expect(await world.db.read.$count(world.db.tables.sealedRows)).toBe(before);
	});

	if (dialect === 'postgres')
		test('two processes asked at once, while one of them posts, leave nothing between them', async () => {
			const world = await aWorld();
			// Two of SQLite's in one process would wait for one another in its only thread.
			const { wren, thread } = await aFullLife(world);
			const second = await openDatabase(world.url);
			const other = await peopled(second, world.url);
			try {
				const posting = Array.from({ length: 5 }, (_, i) => answer(other, wren, thread, `wren’s late words ${i}`).catch(() => undefined));
				await Promise.all([world.leaving.leave(wren, erase), other.leaving.leave(wren, erase), ...posting]);
			} finally {
				await second.close();
			}
			expect(await left(world, [wren.id, wren.name, 'wren’s'])).toEqual([]);
		});

	test('what was asked for is done by the chore where the write failed', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { write } = world.db;
		// The passphrase is looked at as ever; what fails is the write that comes after the list.
		world.db.write = (work) => (world.listed.length > 0 ? Promise.reject(new Error('the disk is full')) : write(work));
		await expect(world.leaving.leave(wren, erase)).rejects.toThrow('the disk is full');
		world.db.write = write;
		expect(await left(world, [wren.id])).toEqual([wren.id]);
		await world.leaving.finish();
		expect(await left(world, [wren.id, wren.name])).toEqual([]);
	});

	test('who asks again with other choices because the site was busy gets what was chosen first', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await storyOf(world, wren, 'wren’s words');
		const { write } = world.db;
		world.db.write = (work) => (world.listed.length > 0 ? Promise.reject(new Refusal('busy', 5)) : write(work));
		await expect(world.leaving.leave(wren, erase)).rejects.toThrow(new Refusal('busy').message);
		world.db.write = write;
		await world.leaving.leave(wren, keep);
		expect(world.listed.length).toBe(1);
		expect(await left(world, [wren.id, wren.name, 'wren’s words'])).toEqual([]);
	});

	test('what the list holds is erased again before a restored store serves, as it was chosen first', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		await storyOf(world, wren, 'wren’s words');
		const { post } = await storyOf(world, finch, 'finch’s words');
		await storyOf(world, finch, 'finch’s other words');
		const { members } = world.db.tables;
		const [row] = await world.db.read.select({ tombstone: members.tombstone }).from(members).where(eq(members.id, wren.id));
		const member = row?.tombstone ?? '';
		world.listed.push({ on: '2026-03-14', member, kept: ['posts'] }, { on: '2026-03-14', member, kept: [] }, { on: '2026-03-14', post });
		await world.leaving.replay();
		await world.leaving.replay();
		const words = ['wren’s words', 'finch’s other words'];
		expect(await left(world, [...words, 'finch’s words', wren.id, wren.name, finch.id])).toEqual([...words, finch.id]);
	});
});
