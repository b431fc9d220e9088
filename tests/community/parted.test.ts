// What a block and a mute do, seen by each of those they touch. That they tell nothing is the business of two-worlds-of-blocks.
import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import type { Actor } from '#server/community/means.ts';
import { onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, casesHeard, leaving, reportedBy, theCaseOf } from './desk.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };
const celebrating = async (world: World, who: Actor, words = 'I made the bed.') =>
	(await world.celebrations.victory(who, { words, when: 'now' })).id;
const blocked = async (world: World, who: Actor, whom: Actor) => world.people.block(who, { celebration: await celebrating(world, whom) });
const refused = (code: string) => expect.objectContaining({ code });

onBothDatabases((aWorld) => {
	test('where one blocks, neither answers, encourages, cheers, bookmarks or reports the other, and undoing brings it all back', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { id } = await blocked(world, wren, finch);
		const place = async (who: Actor) => ({ ...(await aStory(world, who)), celebration: await celebrating(world, who) });
		const [hers, his] = [await place(wren), await place(finch)];
		const verbs = (who: Actor, { thread, post, celebration }: typeof hers) => [
			() => world.posts.reply(who, { thread, body: 'With you.', warnings: [] }),
			() => world.posts.reply(who, { thread, body: 'With you, behind a mask.', warnings: [], mask: true }),
			() => world.encouragements.encourage(who, post, 'with_you', true),
			() => world.bookmarks.bookmark(who, post, true),
			() => world.celebrations.cheer(who, celebration)
		];
		for (const [who, where] of [
			[finch, hers],
			[wren, his]
		] as const) {
			for (const verb of verbs(who, where)) await expect(verb()).rejects.toEqual(refused('gone'));
			await expect(world.reports.report(who, { post: where.post, reason: 'unkind' })).rejects.toEqual(refused('not_found'));
		}
		await world.people.unblock(wren, id);
		for (const verb of [...verbs(finch, hers), ...verbs(wren, his)]) await verb();
		await world.reports.report(finch, { post: hers.post, reason: 'unkind' });
	});

	test('who blocked is told so in the place of the words, and who was blocked is told what taking back says', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, await world.someone());
		const [hers, his] = [await anAnswer(world, wren, thread), await anAnswer(world, finch, thread)];
		await blocked(world, wren, finch);
		const seen = async (reader: Actor, post: string) =>
			(await world.posts.read(reader, thread, plain)).replies.find(({ id }) => id === post);
		expect(await seen(wren, his)).toMatchObject({ state: 'withdrawn', html: '', blocked: true });
		expect(await seen(finch, hers)).toMatchObject({ state: 'withdrawn', html: '', blocked: false });
		expect((await world.posts.read(finch, thread, plain)).answers).toBe(1);
		expect((await world.posts.read(undefined, thread, plain)).answers).toBe(2);
	});

	test('two who block each other learn nothing of the other’s block, also when one takes theirs back', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const [hers, his] = [await celebrating(world, wren), await celebrating(world, finch)];
		const { thread, post } = await aStory(world, finch);
		const both = await Promise.allSettled([
			world.people.block(wren, { celebration: his }),
			world.people.block(finch, { celebration: hers })
		]);
		// The second of them finds the other out of sight already, as if taken back.
		expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
		const mine = both[0]?.status === 'fulfilled' ? both[0].value : undefined;
		if (mine) {
			await world.db.write((tx) =>
				tx
					.insert(world.db.tables.blocks)
					.values({ id: 'other', memberId: finch.id, blockedId: wren.id, at: '2026-03-14' })
					.onConflictDoNothing()
			);
			await world.people.unblock(wren, mine.id);
		}
		expect((await world.posts.read(wren, thread, plain)).opening).toMatchObject({ id: post, state: 'withdrawn', blocked: false });
	});

	test('an answer that is being written while its author is blocked arrives or does not, and tells the other nothing', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await aStory(world, wren);
		const celebration = await celebrating(world, finch);
		await Promise.allSettled([
			...Array.from({ length: 4 }, (_, i) => world.posts.reply(finch, { thread, parent: post, body: `With you, ${i}.`, warnings: [] })),
			world.people.block(wren, { celebration }),
			...Array.from({ length: 4 }, (_, i) =>
				world.posts.reply(finch, { thread, parent: post, body: `Still with you, ${i}.`, warnings: [] })
			)
		]);
		const { replies, answers } = await world.posts.read(wren, thread, plain);
		expect(replies.every(({ state, html }) => state === 'withdrawn' && html === '')).toBe(true);
		expect(answers).toBe(0);
		await expect(world.posts.reply(finch, { thread, parent: post, body: 'Once more.', warnings: [] })).rejects.toEqual(refused('gone'));
		for (const { text } of await world.notices.list(wren, plain)) expect(text).not.toContain(finch.name);
	});

	test('nobody is told of what somebody out of sight, or muted, wrote', async () => {
		const world = await aWorld();
		const [wren, finch, robin] = [await world.someone(), await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		const under = await anAnswer(world, wren, thread);
		await blocked(world, wren, finch);
		await world.people.mute(wren, { celebration: await celebrating(world, robin) });
		await world.follows.followBoard(wren, 'harbour', true);
		const { thread: other } = await aStory(world, await world.someone());
		await world.follows.followThread(wren, other, true);
		await world.notices.read(wren, { upTo: (await world.notices.list(wren, plain))[0]?.id ?? '' });
		for (const who of [finch, robin]) {
			await anAnswer(world, who, other);
			await aStory(world, who);
		}
		await anAnswer(world, robin, thread, under);
		expect(await world.notices.unread(wren)).toBe(false);
		await anAnswer(world, await world.someone(), other);
		expect(await world.notices.unread(wren)).toBe(true);
	});

	test('what stands behind a mask is hidden by no block', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await world.threads.open(finch, 'harbour', { title: 'Nobody’s', body: 'How it was.', warnings: [], mask: true });
		world.later(10 * 60_000);
		await world.masks.showDue();
		await blocked(world, wren, finch);
		expect((await world.posts.read(wren, thread, plain)).opening).toMatchObject({ state: 'standing', may: { avoid: false, answer: true } });
	});

	test('an author who blocks one after the other does not find out who answers behind a mask', async () => {
		const world = await aWorld();
		const [wren, finch, kite] = [await world.someone(), await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		const answers = (who: Actor) => world.posts.reply(who, { thread, body: `Once more, ${world.now()}.`, warnings: [], mask: true });
		await blocked(world, wren, kite);
		await expect(answers(kite)).rejects.toEqual(refused('gone'));
		await answers(finch);
		for (const hours of [0, 30]) {
			world.later(hours * 60 * 60_000 + 10 * 60_000);
			const { id } = await blocked(world, wren, finch);
			await answers(finch);
			await expect(world.posts.reply(finch, { thread, body: 'By name.', warnings: [] })).rejects.toEqual(refused('gone'));
			await world.people.unblock(wren, id);
		}
	});

	test('a mask that came into the conversation after a block does not answer across it, whatever it answered before', async () => {
		const world = await aWorld();
		const [wren, finch, kite] = [await world.someone(), await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		const parent = await anAnswer(world, wren, thread);
		await blocked(world, wren, kite);
		world.later(30 * 60 * 60_000);
		const answers = (to?: string) => world.posts.reply(kite, { thread, parent: to, body: `Here, ${to}.`, warnings: [], mask: true });
		await answers();
		world.later(30 * 60 * 60_000);
		await expect(answers(parent)).rejects.toEqual(refused('gone'));
	});

	test('a moderator’s word reaches whoever blocked them, and at the desk they see everything', async () => {
		const world = await aWorld();
		const [wren, robin, other] = [
			await world.someone(),
			await world.someone({ role: 'moderator' }),
			await world.someone({ role: 'moderator' })
		];
		await blocked(world, wren, robin);
		const { post } = await aStory(world, wren);
		await reportedBy(world, 1, post);
		const { id, version } = await theCaseOf(world, post);
		expect((await world.cases.theCase(robin, id)).post.html).toContain('still here');
		await expect(world.cases.claim(robin, id)).rejects.toEqual(refused('conflict_of_interest'));
		await expect(world.decisions.decide(robin, id, { ...leaving, version })).rejects.toEqual(refused('conflict_of_interest'));
		await world.cases.claim(other, id);
	});

	test('a moderator’s own block of an author keeps them from the case, and their blocks of others never tell who reported', async () => {
		const world = await aWorld();
		const [wren, robin] = [await world.someone(), await world.someone({ role: 'moderator' })];
		await world.someone({ role: 'moderator' });
		const { post } = await aStory(world, wren);
		const [reporter = wren] = await reportedBy(world, 1, post);
		const { id } = await theCaseOf(world, post);
		const before = await world.cases.theCase(robin, id);
		const block = await blocked(world, robin, reporter);
		expect(await world.cases.theCase(robin, id)).toEqual(before);
		await world.people.unblock(robin, block.id);
		await blocked(world, robin, wren);
		await expect(world.cases.claim(robin, id)).rejects.toEqual(refused('conflict_of_interest'));
	});

	test('a case is not there for a moderator whom its reporter had blocked, while somebody else is free, and no later block moves it', async () => {
		const world = await aWorld();
		const [robin, other] = [await world.someone({ role: 'moderator' }), await world.someone({ role: 'moderator' })];
		const [wary, later, wren] = [await world.someone(), await world.someone(), await world.someone()];
		const block = await blocked(world, wary, robin);
		const [kept, open] = [(await aStory(world, wren)).post, (await aStory(world, wren)).post];
		await world.reports.report(wary, { post: kept, reason: 'unkind' });
		await world.reports.report(later, { post: open, reason: 'unkind' });
		await blocked(world, later, robin);
		// Who comes to a case that is there already moves it for nobody.
		await world.reports.report(wary, { post: open, reason: 'unkind' });
		await world.people.unblock(wary, block.id);
		const [hidden, seen] = [(await theCaseOf(world, kept)).id, (await theCaseOf(world, open)).id];
		const queued = async (who: Actor) => (await world.cases.queue(who)).cases.map(({ id }) => id);
		expect(await queued(robin)).toEqual([seen]);
		expect(await casesHeard(world, robin)).toEqual([seen]);
		expect(new Set(await queued(other))).toEqual(new Set([hidden, seen]));
		await expect(world.cases.theCase(robin, hidden)).rejects.toEqual(refused('not_found'));
		await expect(world.cases.claim(robin, hidden)).rejects.toEqual(refused('not_found'));
		await world.cases.claim(robin, seen);
		await world.members.appoint(other.name, 'member');
		await world.cases.claim(robin, hidden);
	});

	test('a page of the queue is as long for whom a case is kept from as for others', async () => {
		const world = await aWorld();
		const [robin, other] = [await world.someone({ role: 'moderator' }), await world.someone({ role: 'moderator' })];
		const wary = await world.someone();
		await blocked(world, wary, robin);
		const first = await aStory(world, await world.someone());
		await world.reports.report(wary, { post: first.post, reason: 'unkind' });
		world.later(60_000);
		for (let i = 0; i < 3; i++) await reportedBy(world, 1, (await aStory(world, await world.someone())).post);
		const before = limits.casesPerPage;
		Object.assign(limits, { casesPerPage: 2 });
		try {
			const pages = async (who: Actor) => {
				const one = await world.cases.queue(who);
				const two = await world.cases.queue(who, one.next);
				return [one.cases.length, two.cases.length, two.next];
			};
			expect(await pages(other)).toEqual([2, 2, null]);
			expect(await pages(robin)).toEqual([2, 1, null]);
		} finally {
			Object.assign(limits, { casesPerPage: before });
		}
	});

	test('nobody gets out of reach by blocking everybody at the desk', async () => {
		const world = await aWorld();
		const [wren, ...staff] = [
			await world.someone(),
			await world.someone({ role: 'moderator' }),
			await world.someone({ role: 'administrator' })
		];
		for (const one of staff) await blocked(world, wren, one);
		const [robin = wren] = staff;
		const { post } = await aStory(world, wren);
		await reportedBy(world, 1, post);
		await world.cases.claim(robin, (await theCaseOf(world, post)).id);
		// Nor does a reporter keep the only people at the desk from hearing of it.
		const other = await aStory(world, await world.someone());
		await world.reports.report(wren, { post: other.post, reason: 'unkind' });
		const { id } = await theCaseOf(world, other.post);
		for (const one of staff) expect(await casesHeard(world, one)).toContain(id);
	});

	test('a muted member waits behind one press everywhere, and only for who muted them', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await aStory(world, finch);
		const celebration = await celebrating(world, finch);
		await world.people.mute(wren, { post });
		const read = await world.posts.read(wren, thread, plain);
		expect(read).toMatchObject({ title: 'A story from somebody you muted', opening: { quiet: 'member', titleWaiting: 'A long night' } });
		expect(read.opening.html).toContain('still here');
		const { id } = await world.boards.theBoard(wren, 'harbour');
		const listed = async (reader: Actor) => (await world.threads.list(id, 'new', null, plain, reader)).threads[0];
		expect(await listed(wren)).toMatchObject({ title: 'A story from somebody you muted', quiet: 'member', excerpt: '' });
		expect(await listed(finch)).toMatchObject({ title: 'A long night', quiet: null });
		expect((await world.threads.forHome(wren, plain)).waiting).toEqual([]);
		expect((await world.threads.newest(wren)).map(({ title }) => title)).toEqual([]);
		const [line] = (await world.celebrations.feed(wren)).celebrations;
		expect(line).toMatchObject({ id: celebration, quiet: 'member' });
		const { results } = await world.search.find(wren, { q: 'night', board: '', sort: 'new', after: null }, plain);
		expect(results).toMatchObject([{ quiet: 'member', excerpt: [], title: [{ text: 'A story from somebody you muted', hit: false }] }]);
		// They notice nothing: each can answer the other.
		await anAnswer(world, finch, (await aStory(world, wren)).thread);
		await anAnswer(world, wren, thread);
	});

	test('what holds a muted word waits behind one press, and a card does not name the word', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		await world.people.muteWords(wren, 'whisky');
		await world.people.muteWords(wren, '飲酒');
		const { thread } = await world.threads.open(finch, 'harbour', { title: 'The Whisky', body: 'I poured it away.', warnings: [] });
		await world.posts.reply(finch, { thread, body: '昨日は飲酒をしなかった。', warnings: [] });
		await world.posts.reply(finch, { thread, body: 'Whiskyless, and glad.', warnings: [] });
		const read = await world.posts.read(wren, thread, plain);
		expect([read.opening.quiet, ...read.replies.map(({ quiet }) => quiet)]).toEqual(['words', 'words', null]);
		const { id } = await world.boards.theBoard(wren, 'harbour');
		const card = (await world.threads.list(id, 'new', null, plain, wren)).threads[0];
		expect(card).toMatchObject({ quiet: 'words', title: 'A story that holds a word you muted', excerpt: '' });
		await celebrating(world, finch, 'No whisky today.');
		expect((await world.celebrations.feed(wren)).celebrations[0]).toMatchObject({ quiet: 'words' });
		expect((await world.posts.read(finch, thread, plain)).opening.quiet).toBeNull();
		expect((await world.threads.newest(wren)).map(({ title }) => title)).toEqual([]);
	});

	test('who mutes and blocks nobody asks one thing more of the store, and once in a request', async () => {
		const asked: string[] = [];
		const world = await aWorld({ logQuery: (sql) => asked.push(sql) });
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, finch);
		await world.posts.read({ ...wren }, thread, plain);
		const about = () => asked.filter((sql) => /muted_words/.test(sql)).length;
		const reader = { ...wren };
		world.people.lookOnce(reader);
		const before = about();
		await world.posts.read(reader, thread, plain);
		await world.threads.forHome(reader, plain);
		await world.rails.rail(reader);
		await world.notices.list(reader, plain);
		expect(about() - before).toBe(1);
		expect(asked.filter((sql) => /not in \(select/.test(sql))).toEqual([]);
	});
});
