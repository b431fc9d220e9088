import { readFileSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { eq, inArray } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Actor, Reader } from '#server/community/means.ts';
import type { Preferences } from '#server/community/preferences.ts';
import { search as searchOver } from '#server/community/search.ts';
import type { SearchAsked } from '#server/store/search.ts';
import { documentTokens, encodeToken, queryTokens } from '#server/community/search-tokens.ts';
import { day, onBothDatabases, type World } from '../world.ts';
import { anAnswer, decided, leaving, reportedBy } from './desk.ts';

const plain: Preferences = { country: undefined, hardDay: false, warnings: {} };
type Asked = Partial<Parameters<World['search']['find']>[1]>;

function look(world: World, q: string, asked: Asked = {}, reader: Reader = undefined, preferences = plain) {
	return world.search.find(reader, { q, board: '', sort: 'best', after: null, ...asked }, preferences);
}
const text = (pieces: { text: string }[]) => pieces.map((piece) => piece.text).join('');

/** The bodies found, as excerpts, in order. */
async function found(world: World, q: string, asked: Asked = {}, reader?: Reader, preferences = plain) {
	return (await look(world, q, asked, reader, preferences)).results.map(({ excerpt }) => text(excerpt));
}

async function story(world: World, author: Actor, body: string, more: { title?: string; board?: string; warnings?: string[] } = {}) {
	world.later(1000);
	return world.threads.open(author, more.board ?? 'harbour', {
		title: more.title ?? 'A story',
		body,
		warnings: more.warnings ?? [],
		anyway: true
	});
}

async function postsAreHeldOf(world: World, author: Actor, moderator: Actor, thread: string) {
	const post = await anAnswer(world, author, thread);
	await reportedBy(world, 1, post);
	await decided(world, moderator, post, {
		postAction: 'none',
		authorAction: 'hold_posts',
		rule: 'be-kind',
		reason: 'Please take a breath.',
		duration: '7d'
	});
}

onBothDatabases((aWorld, dialect) => {
	test.each([
		['English', 'The Ninth night was the long one.', 'ninth NIGHT'],
		['German', 'Heute größere Übelkeit, aber drüber weg. Die Straße war leer.', 'strasse grossere'],
		['Spanish', 'Mañana cumplo un año sin beber, ¡qué alegría!', 'manana año alegria'],
		['Russian', 'Ещё один день. Это замо́к на двери.', 'еще замок'],
		['Arabic', 'اليومُ الأوَّلُ صَعبٌ', 'اليوم الأول'],
		['Hebrew', 'שָׁלוֹם לכולם, היום הראשון', 'שלום'],
		['Hindi', 'मैंने आज शराब नहीं पी।', 'शराब'],
		['Chinese', '我戒酒三年了，今天没有喝。', '戒酒'],
		['Chinese, one sign', '我戒酒三年了，今天没有喝。', '喝'],
		['Japanese', '今日もお酒を飲まなかった。', 'お酒'],
		['Thai', 'วันนี้ผมเลิกเหล้าแล้ว', 'เหล้า'],
		['Korean', '어제 술을 끊었다.', '술'],
		['Vietnamese', 'Tôi không uống rượu nữa', 'uong ruou']
	])('%s is found as people type it', async (_, body, q) => {
		const world = await aWorld();
		const wren = await world.someone();
		await story(world, wren, 'Something else altogether, 別の話, другое, שונה, อย่างอื่น.');
		await story(world, wren, body);
		const { results } = await look(world, q);
		expect(results.map(({ excerpt }) => text(excerpt))).toEqual([body]);
		expect(results[0]?.excerpt.some(({ hit }) => hit)).toBe(true);
	});

	test('a result leads to its post, names its board and says who wrote it how long ago', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await story(world, wren, 'The evenings are long.', { title: 'Lanterns at dusk', warnings: ['grief'] });
		const { post: answer } = await world.posts.reply(finch, {
			thread,
			body: 'A *lan*tern here too. [A link](https://hidden.example/dusk)',
			warnings: [],
			anyway: true
		});
		const { results } = await look(world, 'lantern');
		expect(results).toMatchObject([
			{ post, thread, opens: true, name: wren.name, board: { slug: 'harbour' }, warnings: ['grief'], folded: false },
			{ post: answer, thread, opens: false, name: finch.name, age: 'just now', title: [{ text: 'Lanterns at dusk', hit: false }] }
		]);
		expect(results[0]?.title).toEqual([
			{ text: 'Lanterns', hit: true },
			{ text: ' at dusk', hit: false }
		]);
		expect(results[1]?.excerpt).toContainEqual({ text: 'lantern', hit: true });
		// Where a link leads is no word of the post.
		expect(await found(world, 'hidden')).toEqual([]);
	});

	test('all words in the title come first, then some of them, then the newest', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		for (const [title, body] of [
			['Quiet harbour', 'first'],
			['Quiet', 'the harbour, second'],
			['Else', 'a quiet harbour, third'],
			['Harbour, quiet', 'fourth'],
			['Else', 'harbour quiet, fifth'],
			['Else', 'only a harbour']
		])
			await story(world, wren, body ?? '', { title: title ?? '' });
		const order = (sort: 'best' | 'new') =>
			found(world, 'quiet harbour', { sort }).then((all) => all.map((body) => /\w+$/.exec(body)?.[0]));
		expect(await order('best')).toEqual(['fourth', 'first', 'second', 'fifth', 'third']);
		expect(await order('new')).toEqual(['fifth', 'fourth', 'third', 'second', 'first']);
	});

	test('pages hold every result once, and what is taken back in between is skipped', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const made: string[] = [];
		for (let i = 0; i < 47; i++) {
			const { post } = await world.threads.open(wren, 'harbour', {
				title: i % 7 === 0 ? `lamp ${i}` : `story ${i}`,
				body: `the lamp ${i}`,
				warnings: [],
				anyway: true
			});
			made.push(post);
			// Several share a moment: the order still has one answer.
			if (i % 5 === 0) world.later(1000);
		}
		for (const sort of ['best', 'new'] as const) {
			const seen: string[] = [];
			let after: string | null = null;
			do {
				const page: Awaited<ReturnType<typeof look>> = await look(world, 'lamp', { sort, after });
				seen.push(...page.results.map(({ post }) => post));
				if (sort === 'new' && after === null) await world.posts.withdraw(wren, page.results.at(-1)?.post ?? '', true);
				after = page.next;
			} while (after);
			expect(seen.toSorted()).toEqual(made.toSorted());
		}
	});

	test('a cursor of another list, a broken or a made-up one is refused', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		for (let i = 0; i <= limits.resultsPerPage; i++) await story(world, wren, `lamp ${i}`);
		const { next } = await look(world, 'lamp');
		const made = (words: string) => Buffer.from(words).toString('base64url');
		const { post } = await story(world, wren, 'lamp');
		for (const after of [
			'',
			'x',
			'%',
			'a'.repeat(9000),
			made('search-new\n0'),
			made('search-best\n0\nnobody'),
			made(`search-best\n9\n${post}`),
			made(`search-best\n\n${post}`)
		])
			await expect(look(world, 'lamp', { after })).rejects.toMatchObject({ status: 400 });
		await expect(look(world, 'lamp', { after: next, sort: 'new' })).rejects.toMatchObject({ status: 400 });
	});

	test('what stands on a members-only board is found by members alone', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		await story(world, wren, 'a heron in the hearth', { board: 'hearth' });
		await story(world, wren, 'a heron in the harbour');
		expect(await found(world, 'heron')).toEqual(['a heron in the harbour']);
		expect(await found(world, 'heron', { sort: 'new' }, finch)).toEqual(['a heron in the harbour', 'a heron in the hearth']);
		expect(await found(world, 'heron', { board: 'hearth' }, finch)).toEqual(['a heron in the hearth']);
		expect(await found(world, 'heron', { board: 'harbour' }, finch)).toEqual(['a heron in the harbour']);
		const refusals = await Promise.all(
			['hearth', 'no-such-board', "' or 1=1 --"].map((board) => look(world, 'heron', { board }).catch((problem: unknown) => problem))
		);
		expect(refusals).toEqual([new Refusal('unknown_board'), new Refusal('unknown_board'), new Refusal('unknown_board')]);
		// A guest's page is as full as if the other board were not there.
		for (let i = 0; i <= limits.resultsPerPage; i++) await story(world, wren, `heron ${i}`, { board: 'hearth' });
		for (const sort of ['best', 'new'] as const)
			expect(await look(world, 'heron', { sort })).toMatchObject({ results: [{ board: { slug: 'harbour' } }], hidden: 0, next: null });
		expect((await look(world, '')).boards.map(({ slug }) => slug)).not.toContain('hearth');
		// A board that becomes members-only takes its posts with it at once.
		await world.db.write((tx) =>
			tx.update(world.db.tables.boards).set({ membersOnly: true }).where(eq(world.db.tables.boards.slug, 'harbour'))
		);
		expect(await found(world, 'heron')).toEqual([]);
	});

	test('where one board is open the index walks past no other, and where none is it is not asked', async () => {
		const world = await aWorld();
		const { boards } = world.db.tables;
		const wren = await world.someone();
		await story(world, wren, 'a heron in the harbour');
		await story(world, wren, 'a heron at the hearth', { board: 'hearth' });
		const close = (all: string[]) => world.db.write((tx) => tx.update(boards).set({ membersOnly: true }).where(inArray(boards.slug, all)));
		const all = (await world.db.read.select({ id: boards.id, slug: boards.slug }).from(boards)).filter(({ slug }) => slug !== 'harbour');
		await close(all.map(({ slug }) => slug));
		const asked: SearchAsked[] = [];
		const find = world.db.search.find.bind(world.db.search);
		world.db.search.find = (one) => (asked.push(one), find(one));
		expect(await found(world, 'heron')).toEqual(['a heron in the harbour']);
		expect(asked.map(({ board }) => board).filter((board) => board === undefined || all.some(({ id }) => id === board))).toEqual([]);
		await close(['harbour']);
		asked.splice(0);
		expect(await found(world, 'heron')).toEqual([]);
		expect(asked).toEqual([]);
	});

	test('a held post is found by nobody until it is let through', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread, post: early } = await story(world, wren, 'an early egret');
		await anAnswer(world, await world.someone(), thread, undefined, 'an egret below');
		await postsAreHeldOf(world, wren, moderator, thread);
		const { post } = await story(world, wren, 'a late egret');
		for (const reader of [undefined, wren, moderator]) expect(await found(world, 'late', {}, reader)).toEqual([]);
		await decided(world, moderator, post, leaving);
		expect(await found(world, 'late egret')).toEqual(['a late egret']);
		// An opening that is put back waits again, and nobody can open its thread: its answers are not found either.
		await world.posts.withdraw(wren, early, true);
		expect(await found(world, 'early')).toEqual([]);
		expect((await look(world, 'below')).results.map(({ title }) => text(title))).toEqual(['A story that is no longer here']);
		await world.posts.withdraw(wren, early, false);
		expect(await found(world, 'egret')).toEqual(['a late egret']);
		await decided(world, moderator, early, leaving);
		expect(await found(world, 'egret')).toHaveLength(3);
	});

	test('what is withdrawn, removed, edited or redacted is not found, and is found again when it is back', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread, post: opening } = await story(world, wren, 'about a kestrel', { title: 'Kestrel' });
		const answer = await anAnswer(world, wren, thread, undefined, 'another kestrel');
		expect(await found(world, 'kestrel')).toHaveLength(2);
		await world.posts.withdraw(wren, opening, true);
		expect((await look(world, 'kestrel')).results.map(({ post }) => post)).toEqual([answer]);
		await world.posts.withdraw(wren, opening, false);
		expect(await found(world, 'kestrel')).toHaveLength(2);
		await reportedBy(world, 1, answer);
		await decided(world, moderator, answer);
		expect((await look(world, 'kestrel')).results.map(({ post }) => post)).toEqual([opening]);
		await decided(world, moderator, answer, { postAction: 'restore', reason: 'It may stand.' });
		expect(await found(world, 'kestrel')).toHaveLength(2);
		await world.posts.edit(wren, { post: opening, title: 'Merlin', body: 'about a merlin', warnings: [], version: 1, anyway: true });
		expect((await look(world, 'kestrel')).results.map(({ post }) => post)).toEqual([answer]);
		expect((await look(world, 'merlin')).results.map(({ post }) => post)).toEqual([opening]);
		await reportedBy(world, 1, opening);
		await decided(world, moderator, opening, { postAction: 'redact' });
		expect(await found(world, 'about')).toEqual([]);
		// The title was taken out with the words.
		expect(await found(world, 'merlin')).toEqual([]);
	});

	test('folded words are found and not shown, and what a reader hides is only counted', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await story(world, wren, 'a plover by the tide');
		await reportedBy(world, 1, post);
		await decided(world, moderator, post, { postAction: 'fold' });
		const { thread } = await story(world, wren, 'a plover at night', { title: 'Plover', warnings: ['suicide'] });
		await anAnswer(world, await world.someone(), thread, undefined, 'the plover again');
		expect((await look(world, 'plover')).results).toMatchObject([
			{ folded: true, excerpt: [], warnings: ['suicide'], title: [{ text: 'Plover', hit: true }] },
			{ folded: false },
			{ folded: true, excerpt: [], warnings: [] }
		]);
		const hiding: Preferences = { ...plain, warnings: { suicide: 'hide' } };
		const hidden = await look(world, 'plover', {}, undefined, hiding);
		expect([hidden.results.map((result) => result.post), hidden.hidden]).toEqual([[post], 2]);
		expect((await look(world, 'plover', {}, undefined, { ...plain, hardDay: true })).hidden).toBe(2);
	});

	test('a write that fails leaves the index as it was', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { post } = await story(world, wren, 'a patient bittern');
		const { put, drop } = world.db.search;
		const entry = { post, board: 'b', at: 1, rules: 1, title: [], body: ['whimbrel'] };
		await expect(
			world.db.write(async (tx) => {
				await drop(tx, post);
				await put(tx, entry);
				throw new Error('no');
			})
		).rejects.toThrow('no');
		expect(await found(world, 'bittern')).toHaveLength(1);
		await expect(
			world.posts.edit(wren, { post, title: 'A story', body: 'a whimbrel', warnings: [], version: 7, anyway: true })
		).rejects.toMatchObject({ code: 'stale' });
		expect(await found(world, 'whimbrel')).toEqual([]);
		await expect(world.db.write((tx) => put(tx, { ...entry, body: ['two words'] }))).rejects.toThrow('Not a search token.');
	});

	test('an empty search asks for nothing, one of signs alone gets a hint, and one that is too long a sentence', async () => {
		const world = await aWorld();
		await story(world, await world.someone(), 'a word');
		expect(await look(world, ' \u200B ')).toMatchObject({ asked: false, hint: undefined, results: [], q: '' });
		expect(await look(world, '«?!» 🙂')).toMatchObject({ asked: false, hint: expect.stringMatching(/\.$/), q: '«?!» 🙂' });
		expect(await look(world, 'w'.repeat(200))).toMatchObject({ asked: true, results: [] });
		await expect(look(world, 'w'.repeat(201))).rejects.toThrow(Invalid);
		await expect(look(world, 'w '.repeat(50_000))).rejects.toMatchObject({ problems: { q: expect.stringMatching(/\.$/) } });
	});

	test('no text that can be typed breaks a search or becomes an operator', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await story(world, wren, 'left or right and not near');
		const syntax = fc.constantFrom(
			'"',
			"'",
			'*',
			'(',
			')',
			'^',
			':',
			'-',
			'+',
			'&',
			'|',
			'!',
			'<->',
			':*',
			'\\',
			';',
			'--',
			'%',
			'$$',
			'\0',
			'\uD800',
			' AND ',
			' OR ',
			' NOT ',
			' NEAR(',
			'title:',
			'rowid',
			' left',
			'_',
			'酒',
			'ﷺ',
			'${}',
			'é'
		);
		const typed = fc.oneof(
			fc.array(syntax, { maxLength: 30 }).map((parts) => parts.join('')),
			fc.string({ unit: 'binary', maxLength: 180 })
		);
		await fc.assert(
			fc.asyncProperty(typed, fc.constantFrom('best', 'new'), async (q, sort) => {
				const answer = await look(world, q, { sort }).catch((problem: unknown) => problem);
				if (!(answer instanceof Invalid)) expect(answer).toMatchObject({ q: expect.any(String) });
			}),
			{ numRuns: 300 }
		);
		expect(await found(world, 'left OR absent')).toEqual([]);
		expect(await found(world, 'left NOT right')).toHaveLength(1);
		expect(await found(world, 'NEAR(left right)')).toHaveLength(1);
		expect(await found(world, 'title:left')).toEqual([]);
	});

	test('any corpus is answered as the plain rules say, so on both databases the same', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const vocabulary = ['lamp', 'lamplight', 'Lampe', 'night', 'Nächte', '酒', '戒酒了', 'お酒を', 'кот', 'котёнок', 'เหล้า', 'a', '9'];
		const words = (most: number) =>
			fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: most }).map((parts) => parts.join(' '));
		const corpus = fc.sample(fc.record({ title: words(3), body: words(6), later: fc.nat({ max: 2 }) }), { numRuns: 45, seed: 7 });
		const posts: { post: string; title: string[]; body: string[]; at: number }[] = [];
		for (const { title, body, later } of corpus) {
			world.later(later);
			const { post } = await world.threads.open(wren, 'harbour', { title, body, warnings: [], anyway: true });
			if (!posts.some((known) => known.post === post))
				posts.push({ post, title: documentTokens(title), body: documentTokens(body), at: world.now() });
		}
		await fc.assert(
			fc.asyncProperty(words(3), fc.constantFrom('', ' '), async (q, end) => {
				const asked = queryTokens(q + end);
				const holds = (tokens: string[]) => (word: (typeof asked)[number]) =>
					tokens.some((token) => token === word.token || (word.prefix && token.startsWith(word.token)));
				const hits = posts
					.filter(({ title, body }) => asked.every(holds([...title, ...body])))
					.map(({ post, title, at }) => ({ post, at, score: asked.every(holds(title)) ? 2 : asked.some(holds(title)) ? 1 : 0 }))
					.toSorted((one, other) => other.score - one.score || other.at - one.at || (one.post < other.post ? 1 : -1));
				const answer = (limit: number, after?: (typeof hits)[number]) =>
					world.db.search.find({ words: asked, sort: 'best', board: undefined, except: [], after, limit });
				const of = (some: typeof hits) => some.map(({ post, score }) => ({ post, score }));
				expect(await answer(100)).toEqual(of(hits));
				// More than two pages are found in another way than few posts.
				for (let done = 0; done < hits.length; done += 3) expect(await answer(3, hits[done - 1])).toEqual(of(hits.slice(done, done + 3)));
			}),
			{ numRuns: 60 }
		);
	});

	test('a crowd of one second that is longer than the minute after it is found to its last page', async () => {
		const world = await aWorld();
		const { db } = world;
		const { posts } = db.tables;
		const { thread, post } = await story(world, await world.someone(), 'hello');
		const at = world.now();
		async function atOnce(name: string, number: number, postedAt: number) {
			const crowd = Array.from({ length: number }, (_, i) => `${name}${i}`);
			const blank = {
				threadId: thread,
				parentId: post,
				depth: 1,
				body: '',
				html: '',
				warnings: [],
				encouraged: {},
				state: 'standing' as const
			};
			await db.write(async (tx) => {
				await tx.insert(posts).values(crowd.map((id) => ({ ...blank, id, key: id, place: id, postedAt })));
				for (const id of crowd) await db.search.put(tx, { post: id, board: 'b', at: postedAt, rules: 0, title: [], body: ['dunlin'] });
			});
			return crowd;
		}
		// Numbers of a second spill into those after it: here up to what the last one holds, and beyond.
		const all = [...(await atOnce('later', 64, at + 63_000)), ...(await atOnce('now', 70, at))];
		const seen: string[] = [];
		for (let after: SearchAsked['after']; ;) {
			const asked = { words: queryTokens('dunlin '), sort: 'new' as const, board: undefined, except: [], after, limit: 10 };
			const page = await db.search.find(asked);
			seen.push(...page.map((hit) => hit.post));
			const last = page.at(-1);
			if (!last) break;
			after = { ...last, at: last.post.startsWith('now') ? at : at + 63_000 };
		}
		expect(seen.toSorted()).toEqual(all.toSorted());
	});

	test('numbers are found where they were written, and not in what the index calls a board', async () => {
		const world = await aWorld();
		await story(world, await world.someone(), 'It has been 412 days.');
		const [board] = await world.db.read.select({ id: world.db.tables.boards.id }).from(world.db.tables.boards);
		const called = Buffer.from(board?.id ?? '').toString('hex');
		for (const q of [called, called.slice(0, 3), `4${called.slice(0, 3)}`]) expect(await found(world, q)).toEqual([]);
		expect(await found(world, '412')).toHaveLength(1);
	});

	if (dialect === 'sqlite')
		test('the parts of the index are joined a little by each write and wholly by the chores, and the same is found as before', async () => {
			const world = await aWorld();
			const { thread } = await story(world, await world.someone(), 'hello');
			const finch = await world.someone();
			const client = new Sqlite(world.url.slice(5), { readonly: true });
			const parts = () => Number(client.prepare('select count(distinct segid) from search_words_idx').pluck().get());
			for (let i = 0; i < 7; i++) await anAnswer(world, finch, thread, undefined, `pipit ${i} by the water`);
			expect(parts()).toBeLessThan(3);

			const written: number[] = [];
			const log = () => statSync(`${world.url.slice(5)}-wal`).size;
			for (let i = 0; i < 5; i++) {
				const words = Array.from({ length: 900 }, (_, word) => `pipit${(i * 900 + word) * 7919}`);
				const before = log();
				await anAnswer(world, finch, thread, undefined, `pipit ${words.join(' ')}`);
				written.push(log() - before);
			}
			// Nobody's write joins what all before it left.
			expect(Math.max(...written)).toBeLessThan(1.5 * Math.min(...written));
			const [before, answers] = [parts(), await found(world, 'pipit')];
			for (let second = 0; second < 30; second++) await world.db.tidy();
			expect(before).toBeGreaterThan(2);
			expect(parts()).toBe(1);
			expect(answers).toHaveLength(12);
			expect(await found(world, 'pipit')).toEqual(answers);
			client.close();
		});

	test('answers that come at once are all found', async () => {
		const world = await aWorld();
		const { thread } = await story(world, await world.someone(), 'hello');
		const people = await Promise.all(Array.from({ length: 12 }, () => world.someone()));
		await Promise.all(people.map((one, i) => world.posts.reply(one, { thread, body: `dunlin ${i}`, warnings: [] })));
		expect(await found(world, 'dunlin')).toHaveLength(12);
	});

	test('of writes that meet, one that fails changes nothing in the index, and of two changes of one post the later one counts', async () => {
		const world = await aWorld();
		const { db } = world;
		const wren = await world.someone();
		const [failing, dropped, doubled] = [
			(await story(world, wren, 'knot one')).post,
			(await story(world, wren, 'knot two')).post,
			(await story(world, wren, 'knot three')).post
		];
		const entry = { board: 'b', at: 1, rules: 0, title: new Array<string>() };
		await Promise.allSettled([
			db.write((tx) => db.search.drop(tx, dropped)),
			db.write(async (tx) => {
				await db.search.drop(tx, failing);
				throw new Error('broken');
			}),
			db.write(async (tx) => {
				await db.search.put(tx, { ...entry, post: doubled, body: documentTokens('knot before') });
				await db.search.put(tx, { ...entry, post: doubled, body: documentTokens('knot again') });
			})
		]);
		const everywhere = { sort: 'new' as const, board: undefined, except: [], after: undefined, limit: 9 };
		const hits = async (word: string) => (await db.search.find({ ...everywhere, words: queryTokens(word) })).map(({ post }) => post);
		expect((await hits('knot')).toSorted()).toEqual([failing, doubled].toSorted());
		expect(await hits('again')).toEqual([doubled]);
		expect(await hits('before')).toEqual([]);
	});

	if (dialect === 'sqlite')
		test('of writes that meet and are all undone none changes the index, now or with the next one', async () => {
			const world = await aWorld();
			const { db } = world;
			const wren = await world.someone();
			const { post } = await story(world, wren, 'dunlin');
			// As on a full disk, SQLite throws away all of them.
			const other = new Sqlite(world.url.slice(5));
			other.exec(`create trigger undoes_all before insert on kept_forms begin select raise(rollback, 'undone'); end`);
			other.close();
			const undone = await Promise.allSettled([
				db.write((tx) => db.search.drop(tx, post)),
				db.write((tx) => tx.insert(db.tables.keptForms).values({ id: 'a', sealed: 'words', expiresAt: 1 }))
			]);
			expect(undone.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
			await anAnswer(world, wren, (await story(world, wren, 'sanderling')).thread);
			expect(await found(world, 'dunlin')).toEqual(['dunlin']);
		});

	test('a post that is deleted by a write that meets the one that indexes it is in no index, and keeps nobody else out', async () => {
		const world = await aWorld();
		const { db } = world;
		const wren = await world.someone();
		const { thread } = await story(world, wren, 'hello');
		const { post } = await world.posts.reply(wren, { thread, body: 'dunlin', warnings: [] });
		const entry = { post, board: 'b', at: 1, rules: 0, title: [], body: documentTokens('sanderling') };
		const [, , answered] = await Promise.allSettled([
			db.write((tx) => db.search.put(tx, entry)),
			db.write((tx) => tx.delete(db.tables.posts).where(eq(db.tables.posts.id, post))),
			world.posts.reply(wren, { thread, body: 'turnstone', warnings: [] })
		]);
		expect(answered.status).toBe('fulfilled');
		expect(await found(world, 'sanderling')).toEqual([]);
		expect(await found(world, 'turnstone')).toHaveLength(1);
	});

	test('posts that the index lacks, or knows by old rules, are put in by the hundred, and then it is quiet', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const ids: string[] = [];
		for (let i = 0; i < 105; i++)
			ids.push((await world.threads.open(wren, 'harbour', { title: `story ${i}`, body: `curlew ${i}`, warnings: [] })).post);
		const { post: gone } = await story(world, wren, 'gone curlew');
		await world.posts.withdraw(wren, gone, true);
		await world.db.write(async (tx) => {
			for (const id of ids.slice(0, 104)) await world.db.search.drop(tx, id);
			await world.db.search.put(tx, { post: ids[104] ?? '', board: 'b', at: 1, rules: 0, title: [], body: [] });
		});
		expect(await found(world, 'curlew')).toEqual([]);
		// Of the first hundred that are looked at one may be the story that was taken back.
		const [first, second] = [await world.search.catchUp(), await world.search.catchUp()];
		expect([first, first + second]).toEqual([expect.toSatisfy((count) => count === 99 || count === 100), 105]);
		expect([await world.search.catchUp(), await world.search.catchUp()]).toEqual([0, 0]);
		expect(await found(world, 'curlew 104')).toHaveLength(1);
		const seen = await world.db.search.find({
			words: queryTokens('curlew'),
			sort: 'new',
			board: undefined,
			except: [],
			after: undefined,
			limit: 200
		});
		expect(seen.map(({ post }) => post).toSorted()).toEqual(ids.toSorted());
		expect(await searchOver({ ...world, newId: () => '', pick: () => 0, tell: () => undefined }).catchUp()).toBe(0);
	});

	test('nothing is left of words that were withdrawn, edited, removed or erased', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		// Not ASCII: so the index's own writing of a word differs from the post's, which staff may still read.
		const secrets = ['щурогривыч', 'жарковидюк', 'цыплокорощ', 'эхолюбовья'];
		const { thread } = await story(world, wren, 'Слова остаются здесь: фонариковень.');
		const [withdrawn = '', edited = '', removed = '', erased = ''] = await Promise.all(
			secrets.map((secret) => anAnswer(world, wren, thread, undefined, `Тут ${secret} ${'и ещё слово '.repeat(30)}`))
		);
		for (let i = 0; i < 60; i++)
			await anAnswer(world, wren, thread, undefined, `Другие слова: щурогр${i} цыплок${i} эхолюб${i} жарков${i}`);
		world.later(day);
		expect(await left(world, secrets)).toEqual(secrets);
		await world.posts.withdraw(wren, withdrawn, true);
		await world.posts.edit(wren, { post: edited, body: 'Ничего.', warnings: [], version: 1, anyway: true });
		await reportedBy(world, 1, removed);
		await decided(world, moderator, removed);
		await world.db.write((tx) => tx.delete(world.db.tables.posts).where(eq(world.db.tables.posts.id, erased)));
		expect(await left(world, [...secrets, 'фонариковень'])).toEqual(['фонариковень']);
		for (const secret of secrets) expect(await found(world, secret)).toEqual([]);
		expect(await found(world, 'фонариковень')).toHaveLength(1);
	});

	/** Which of these words stand anywhere in the database's files (SQLite) or in its index (PostgreSQL keeps dead rows until it vacuums). */
	async function left(world: World, words: string[]): Promise<string[]> {
		if (!world.url.startsWith('file:')) {
			const hits = await Promise.all(
				words.map((word) =>
					world.db.search.find({ words: queryTokens(word), sort: 'new', board: undefined, except: [], after: undefined, limit: 1 })
				)
			);
			return words.filter((_, i) => hits[i]?.length);
		}
		const file = world.url.replace('file:', '');
		const client = new Sqlite(file);
		expect(client.pragma('wal_checkpoint(TRUNCATE)')).toMatchObject([{ busy: 0 }]);
		client.exec(`insert into search_words(search_words, rank) values ('integrity-check', 1)`);
		client.pragma('wal_checkpoint(TRUNCATE)');
		client.close();
		const bytes = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]);
		// FTS5 writes only what differs from the word before: the last four letters give a word away.
		return words.filter((word) => bytes.includes(encodeToken(word).slice(-20)));
	}
});
