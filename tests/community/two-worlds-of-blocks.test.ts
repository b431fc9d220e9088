// No oracle: whoever is blocked gets what they would get had the other taken back everything at each moment they look, and everybody
// else what they would get had nobody blocked anybody. Generated lives are lived in both worlds, and every answer is compared.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq, inArray } from 'drizzle-orm';
import fc from 'fast-check';
import { Client } from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { allKinds } from '#lib/leaving-choices.ts';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { CommunityEvent } from '#server/community/events.ts';
import { blockedReporter, unblockedReporter } from '#server/community/case-withdrawals.ts';
import { indexPost } from '#server/community/indexing.ts';
import type { Actor } from '#server/community/means.ts';
import { recount } from '#server/community/thread-counts.ts';
import type { Moment } from '#server/community/write-and-tell.ts';
import { frameOf } from '#server/live/frames.ts';
import { isFor } from '#server/live/hub.ts';
import { openDatabase, type Database } from '#server/store/database.ts';
import { meansOf, people as peopleOf } from '../two-worlds.ts';
import { onBothDatabases, peopled, type World } from '../world.ts';
import { decided, leaving, removing, theCaseOf } from './desk.ts';

// Pages of a few, so that short lives turn them.
Object.assign(limits, { threadsPerPage: 2, answersPerPage: 3, answersBefore: 1, resultsPerPage: 2, celebrationsPerPage: 2 });

const plain = { country: undefined, hardDay: false, warnings: {} };
const names = ['ash', 'birch', 'cedar', 'elm'] as const;
type Who = (typeof names)[number];
const boards = ['harbour', 'nightlight'];
const words = ['lantern', 'river', 'bread'];

type Op =
	| { do: 'open'; who: Who; board: number; word: number; warned: boolean }
	| { do: 'reply'; who: Who; at: number; word: number }
	| { do: 'encourage' | 'bookmark' | 'cheer' | 'follow' | 'withdraw'; who: Who; at: number; on: boolean }
	| { do: 'followBoard' | 'muteBoard'; who: Who; board: number; on: boolean }
	| { do: 'report' | 'draft' | 'read' | 'edit'; who: Who; at: number }
	| { do: 'celebrate'; who: Who; word: number }
	| { do: 'look' }
	| { do: 'wait'; minutes: number }
	| { do: 'part'; on: boolean };

const who = fc.constantFrom(...names);
const at = fc.nat(30);
const anOp: fc.Arbitrary<Op> = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('open' as const), who, board: fc.nat(1), word: fc.nat(2), warned: fc.boolean() }) },
	{ weight: 8, arbitrary: fc.record({ do: fc.constant('reply' as const), who, at, word: fc.nat(2) }) },
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constantFrom('encourage' as const, 'bookmark' as const, 'cheer' as const, 'follow' as const, 'withdraw' as const),
			who,
			at,
			on: fc.boolean()
		})
	},
	{
		weight: 1,
		arbitrary: fc.record({ do: fc.constantFrom('followBoard' as const, 'muteBoard' as const), who, board: fc.nat(1), on: fc.boolean() })
	},
	{
		weight: 4,
		arbitrary: fc.record({ do: fc.constantFrom('report' as const, 'draft' as const, 'read' as const, 'edit' as const), who, at })
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('celebrate' as const), who, word: fc.nat(2) }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'look' as const }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 5, max: 50 }) }) }
);
const aLife = fc
	.record({
		before: fc.array(anOp, { minLength: 4, maxLength: 14 }),
		together: fc.array(anOp, { minLength: 2, maxLength: 10 }),
		after: fc.array(anOp, { maxLength: 4 }),
		blocker: fc.boolean()
	})
	.map(({ before, together, after, blocker }) => ({
		blocker: blocker ? ('ash' as const) : ('birch' as const),
		ops: [
			...before,
			{ do: 'part', on: true } as const,
			...together,
			{ do: 'look' } as const,
			{ do: 'part', on: false } as const,
			...after,
			{ do: 'look' } as const
		]
	}));
type Life = typeof aLife extends fc.Arbitrary<infer T> ? T : never;

/** A refusal is an answer too. */
async function answer<T>(work: () => Promise<T>): Promise<T | string> {
	try {
		return await work();
	} catch (problem) {
		if (problem instanceof Refusal) return `${problem.status} ${problem.code} ${problem.message} ${problem.retryAfter}`;
		if (problem instanceof Invalid) return JSON.stringify(problem.problems);
		throw problem;
	}
}

/** Every page of a list, to its end. */
async function pages<T>(list: (after: string | null) => Promise<T & { next?: string | null | undefined }>) {
	const found: unknown[] = [];
	for (let after: string | null | undefined = null; after !== undefined && found.length < 40;) {
		const page = await answer(() => list(after ?? null));
		found.push(page);
		after = typeof page === 'string' ? undefined : (page.next ?? undefined);
	}
	return found;
}

/** `block`: the block stands. `taken back`: nobody blocks, and what ash wrote is taken back whenever birch looks. */
class Lived {
	readonly answers: unknown[] = [];
	private readonly world: World;
	private readonly way: 'block' | 'taken back';
	private readonly blocker: 'ash' | 'birch';
	private readonly people: Record<Who | 'moderator', Actor>;
	private readonly posts: { id: string; thread: string; by: Who }[] = [];
	private readonly celebrations: { id: string; by: Who }[] = [];
	private readonly told: { event: CommunityEvent; apart: boolean }[] = [];
	private apart = false;
	private block = '';

	constructor(world: World, way: 'block' | 'taken back', blocker: 'ash' | 'birch', people: Record<Who | 'moderator', Actor>) {
		[this.world, this.way, this.blocker, this.people] = [world, way, blocker, people];
		world.listen((event) => this.told.push({ event, apart: this.apart }));
	}

	async live({ ops }: Life, step: (op: number) => void) {
		for (const [i, op] of ops.entries()) {
			step(i);
			this.world.later(61_000);
			if (op.do === 'look') await this.look();
			else if (op.do === 'wait') this.world.later(op.minutes * 60_000);
			else if (op.do === 'part') await this.part(op.on);
			else this.answers.push([op.who, await this.act(op)]);
		}
		this.answers.push(await this.frames());
	}

	/** One of the two presses Block, from something the other shared at the very beginning. */
	private async part(on: boolean) {
		const other = this.blocker === 'ash' ? 'birch' : 'ash';
		this.apart = on;
		if (this.way !== 'block') return this.takesBack(on);
		const { blocks } = this.world.db.tables;
		if (!on) return this.world.people.unblock(this.people[this.blocker], this.block);
		const first = this.celebrations.find(({ by }) => by === other);
		if (first) this.block = (await this.world.people.block(this.people[this.blocker], { celebration: first.id })).id;
		expect(await this.world.db.read.$count(blocks)).toBe(1);
	}

	/** What taking back tells who reported is told in both worlds; that it is what the real verb tells has a test of its own. */
	private async takesBack(on: boolean) {
		if (this.blocker !== 'ash') return;
		const { world, people } = this;
		// The block itself takes the first, and what is told the next.
		world.newKey();
		const moment: Moment = { at: world.now(), newId: world.newKey, tells: [] };
		const { ash, birch } = people;
		await world.db.write((tx) =>
			on ? blockedReporter(tx, world.db.tables, moment, ash.id, birch.id) : unblockedReporter(tx, world.db.tables, ash.id, birch.id)
		);
		for (const event of moment.tells) this.told.push({ event, apart: this.apart });
	}

	private async act(op: Exclude<Op, { do: 'look' | 'part' | 'wait' }>): Promise<unknown> {
		const { world, people } = this;
		const actor = people[op.who];
		const post = 'at' in op && this.posts.length > 0 ? this.posts[op.at % this.posts.length] : undefined;
		const celebration = 'at' in op ? this.celebrations[op.at % this.celebrations.length] : undefined;
		// Out of sight is out of reach for ash too; in the other world ash leaves birch alone.
		const aimed = op.do === 'cheer' ? celebration : post;
		if (op.who === 'ash' && this.apart && aimed?.by === 'birch' && op.do !== 'read' && op.do !== 'follow') return 'apart';
		const did = () => {
			switch (op.do) {
				case 'open':
					return this.opens(op.who, boards[op.board] ?? '', words[op.word] ?? '', op.warned);
				case 'celebrate':
					return this.celebrates(op.who, words[op.word] ?? '');
				case 'followBoard':
				case 'muteBoard':
					return world.follows[op.do](actor, boards[op.board] ?? '', op.on);
				case 'cheer':
					return world.celebrations.cheer(actor, celebration?.id ?? '', op.on);
			}
			if (!post) return Promise.resolve('nothing there');
			switch (op.do) {
				case 'reply':
					return this.replies(op.who, post, words[op.word] ?? '');
				case 'encourage':
					return world.encouragements.encourage(actor, post.id, 'with_you', op.on);
				case 'bookmark':
					return world.bookmarks.bookmark(actor, post.id, op.on);
				case 'follow':
					return world.follows.followThread(actor, post.thread, op.on);
				case 'withdraw':
					// What ash really takes back is taken back in both worlds.
					return world.posts.withdraw(actor, post.id, op.on);
				case 'edit':
					return world.posts.edit(actor, { post: post.id, body: 'Said in another way: river.', warnings: [], version: 1 });
				case 'report':
					return world.reports.report(actor, { post: post.id, reason: 'unkind' });
				case 'draft':
					return world.drafts.keep(actor, { place: `/threads/${post.thread}#${post.id}`, title: '', body: 'Not yet.', warnings: [] });
				case 'read':
					return world.reads.markRead(actor, post.thread);
			}
		};
		if (op.who === 'birch') return this.asBirchSees(() => answer<unknown>(did));
		return this.apart && op.who === 'ash' ? this.unheard(() => answer<unknown>(did)) : answer<unknown>(did);
	}

	private async opens(by: Who, board: string, word: string, warned: boolean) {
		const title = `About a ${word}, ${this.posts.length}`;
		const { thread, post } = await this.world.threads.open(this.people[by], board, {
			title,
			body: `How it was with the ${word}.`,
			warnings: warned ? ['grief'] : []
		});
		this.posts.push({ id: post, thread, by });
	}

	private async replies(by: Who, to: { id: string; thread: string }, word: string) {
		const body = `With you, and a ${word}. ${this.posts.length}`;
		const { post } = await this.world.posts.reply(this.people[by], { thread: to.thread, parent: to.id, body, warnings: [] });
		this.posts.push({ id: post, thread: to.thread, by });
	}

	async celebrates(by: Who, word: string) {
		const line = `I found a ${word}. ${this.celebrations.length}`;
		const { id } = await this.world.celebrations.victory(this.people[by], { words: line, when: 'now' });
		this.celebrations.push({ id, by });
	}

	/** Everything that everybody can look at. */
	private async look() {
		for (const name of [...names.slice(1), 'moderator', 'guest'] as const) {
			const seen = () => this.seenBy(name);
			this.answers.push([name, name === 'birch' ? this.toldTheirOwn(await this.asBirchSees(seen)) : await seen()]);
		}
	}

	/** Whoever blocked is told of their own block, and nobody else is. */
	private toldTheirOwn(seen: unknown): unknown {
		if (this.blocker !== 'birch') return seen;
		return JSON.parse(JSON.stringify(seen, (key: string, value: unknown) => (key === 'blocked' ? undefined : value)));
	}

	private async seenBy(name: Who | 'moderator' | 'guest') {
		const { world } = this;
		const reader = name === 'guest' ? undefined : this.people[name];
		const found: Record<string, unknown> = {
			home: await world.threads.forHome(reader, plain),
			newest: await world.threads.newest(reader),
			rail: (await world.rails.rail(reader, undefined, '')) ?? null,
			feed: await pages((before) => world.celebrations.feed(reader, before ?? undefined))
		};
		for (const slug of boards) {
			const { id } = await world.boards.theBoard(this.people.elm, slug);
			for (const sort of ['unanswered', 'active', 'new'] as const)
				found[`${slug} ${sort}`] = await pages((after) => world.threads.list(id, sort, after, plain, reader));
			found[`on ${slug}`] = await world.follows.of(reader, id);
		}
		for (const q of words)
			for (const sort of ['new', 'best'] as const)
				found[`${q} ${sort}`] = await pages((after) => world.search.find(reader, { q, board: '', sort, after }, plain));
		for (const thread of new Set(this.posts.map((post) => post.thread))) {
			found[thread] = await pages((after) => world.posts.read(reader, thread, plain, { after }));
			if (reader) found[`drafts in ${thread}`] = await world.drafts.inThread(reader, thread);
			found[`on ${thread}`] = await world.follows.of(reader, thread);
		}
		for (const { id, thread } of this.posts.slice(-4))
			found[id] = await answer(() => world.posts.read(reader, thread, plain, { post: id }));
		if (!reader) return found;
		found.notices = await world.notices.list(reader, plain);
		found.unread = await world.notices.unread(reader);
		found.bookmarks = await pages((after) => world.bookmarks.list(reader, plain, after));
		found.follows = await world.follows.all(reader);
		found.drafts = await world.drafts.all(reader);
		found.queue = await answer(() => world.cases.queue(reader));
		return found;
	}

	/** In the other world ash's posts are taken back while birch looks, and afterwards are where they were. */
	private async asBirchSees<T>(work: () => Promise<T>): Promise<T> {
		if (this.way === 'block' || !this.apart) return work();
		const { db } = this.world;
		const { posts, celebrations } = db.tables;
		const [ash] = [this.people.ash.id];
		const theirs = await db.read
			.select({ id: posts.id, thread: posts.threadId })
			.from(posts)
			.where(and(eq(posts.authorId, ash), eq(posts.state, 'standing')));
		const lines = await db.read
			.select({ id: celebrations.id })
			.from(celebrations)
			.where(and(eq(celebrations.memberId, ash), eq(celebrations.state, 'shared')));
		const put = (state: 'withdrawn' | 'standing', line: 'undone' | 'shared') =>
			db.write(async (tx) => {
				if (theirs.length > 0)
					await tx
						.update(posts)
						.set({ state })
						.where(
							inArray(
								posts.id,
								theirs.map(({ id }) => id)
							)
						);
				for (const { id } of theirs) await indexPost(tx, db, id);
				for (const thread of new Set(theirs.map((post) => post.thread))) await recount(tx, db.tables, thread);
				if (lines.length > 0)
					await tx
						.update(celebrations)
						.set({ state: line })
						.where(
							inArray(
								celebrations.id,
								lines.map(({ id }) => id)
							)
						);
			});
		await put('withdrawn', 'undone');
		const result = await work();
		await put('standing', 'shared');
		return result;
	}

	/** Nothing that ash does while they are apart is told to birch. */
	private async unheard<T>(work: () => Promise<T>): Promise<T> {
		if (this.way === 'block') return work();
		const { db } = this.world;
		const { follows } = db.tables;
		const mine = eq(follows.memberId, this.people.birch.id);
		const kept = await db.read
			.select({ id: follows.id, memberId: follows.memberId, kind: follows.kind, target: follows.target, at: follows.at })
			.from(follows)
			.where(mine);
		await db.write((tx) => tx.delete(follows).where(mine));
		const result = await work();
		if (kept.length > 0) await db.write((tx) => tx.insert(follows).values(kept));
		return result;
	}

	/** What open pages hear: birch of everything but ash's doings while they were apart. */
	private async frames() {
		const { world, way } = this;
		const heard: Record<string, string[]> = {};
		for (const { event, apart } of this.told.splice(0)) {
			const before = await world.stream.newest();
			await world.stream.append([event]);
			for (const row of await world.stream.next(before)) {
				for (const name of ['birch', 'cedar', 'moderator'] as const) {
					const { id: member, role } = this.people[name];
					for (const watching of [undefined, 'thread' in event ? event.thread : undefined]) {
						const open = {
							member,
							session: undefined,
							staff: role === 'moderator',
							watching,
							send: () => undefined,
							close: () => undefined
						};
						const hides = name === 'birch' && apart && row.by === this.people.ash.id;
						// A block that stands as it did then.
						const unheard =
							name === 'moderator'
								? await world.people.unheard(this.people.moderator)
								: way === 'block' && name === 'birch' && apart
									? await this.asItStood()
									: undefined;
						const hears = row.audience !== 'doors' && isFor(row, { ...open, unheard }) && !(way === 'taken back' && hides);
						if (hears) (heard[name] ??= []).push(frameOf({ ...row, number: 0 }));
					}
				}
			}
		}
		return heard;
	}

	private stood: ReturnType<World['people']['unheard']> | undefined;
	private asItStood() {
		const { people, world } = this;
		return (this.stood ??= (async () => {
			const { id } = await world.people.block(people.ash, { celebration: this.celebrations.find(({ by }) => by === 'birch')?.id });
			const unheard = await world.people.unheard(people.birch);
			await world.people.unblock(people.ash, id);
			return unheard;
		})());
	}
}

const scripts = Number(process.env.SCRIPTS ?? 100);

describe.each([
	['sqlite', scripts],
	['postgres', Math.ceil(scripts / 8)]
] as const)('on %s', (dialect, numRuns) => {
	test('a block is no oracle: in every answer it is what taking back would be, and for others it is nothing', async () => {
		const make = await template(dialect);
		const lived = async (life: Life, way: 'block' | 'taken back') => {
			const { db, url, drop } = await make.copy();
			let [op, ids, picked] = [0, 0, 0];
			const step = (next: number) => ([op, ids, picked] = [next + 1, 0, 0]);
			const world = await peopled(db, url, {
				newId: () => `op${String(op).padStart(4, '0')}id${String(ids++).padStart(14, '0')}`,
				pick: (below) => (op * 7 + picked++) % below
			});
			const one = new Lived(world, way, life.blocker, make.people);
			for (const name of names) await one.celebrates(name, 'door');
			await one.live(life, step);
			await drop();
			return one.answers;
		};
		await fc.assert(
			fc.asyncProperty(aLife, async (life) => {
				const [block, taken] = [await lived(life, 'block'), await lived(life, 'taken back')];
				expect(block).toEqual(taken);
			}),
			{ numRuns }
		);
		await make.drop();
	}, 900_000);
});

onBothDatabases((aWorld) => {
	test.each(['looked at', 'never looked at', 'grave', 'in somebody’s hands', 'put back'] as const)(
		'who reported and is blocked gets what they would get had the author really taken it back: %s',
		async (way) => {
			const lived = async (which: 'block' | 'take back') => {
				const world = await aWorld(meansOf('this', 'blocked reporter'));
				const cast = await peopleOf(world, 1, { ash: 'member', birch: 'member', desk: 'moderator' });
				const the = (name: string): Actor => cast[name] ?? { id: '', name: '', role: 'member' };
				const [ash, birch, desk] = [the('ash'), the('birch'), the('desk')];
				const { thread, post } = await world.threads.open(ash, 'harbour', { title: 'A night', body: 'How it was.', warnings: [] });
				const { id: celebration } = await world.celebrations.victory(birch, { words: 'I made the bed.', when: 'now' });
				await world.reports.report(birch, { post, reason: way === 'grave' ? 'threat' : 'unkind' });
				if (way === 'in somebody’s hands') await world.cases.claim(desk, (await theCaseOf(world, post)).id);
				world.later(60_000);
				const seen: unknown[] = [];
				const look = async () => {
					const held: unknown[] = [];
					for await (const { table, rows } of world.held.rows(birch.id, 'member')) if (table === 'reports') held.push(rows);
					// Only in one of two worlds there is a case left to be changed: numbers cannot be the same where staff hear of it.
					const { cursor: _, ...page } = await world.posts.read(birch, thread, plain);
					seen.push(held, await world.notices.list(birch, plain), page);
					seen.push([...(await world.reports.mine(birch, [post]))]);
					await world.stream.append(world.told.splice(0));
					const frames = (await world.stream.next(0)).filter(({ audience }) => audience === `member:${birch.id}`);
					seen.push(frames.map((row) => frameOf({ ...row, number: 0 })));
				};
				const block = which === 'block' ? await world.people.block(ash, { celebration }) : await world.posts.withdraw(ash, post, true);
				await look();
				world.later(60_000);
				const looks = way === 'looked at' || way === 'grave' || way === 'in somebody’s hands';
				if (looks && (await theCaseOf(world, post)).state !== 'closed') await decided(world, desk, post, leaving);
				else world.later(limits.undoWithin);
				if (way === 'put back') {
					if (block && 'id' in block) await world.people.unblock(ash, block.id);
					else await world.posts.withdraw(ash, post, false);
				}
				await look();
				return seen;
			};
			const withoutIds = (seen: unknown) => JSON.stringify(seen).replaceAll(/"[\w-]{22}"/g, '"an id"');
			expect(withoutIds(await lived('block'))).toBe(withoutIds(await lived('take back')));
		}
	);

	test.each([
		['no rule was broken', leaving],
		['a rule was broken', removing]
	])('who closes a case sees the same whether or not its author blocked a reporter meanwhile: %s', async (_, choice) => {
		const lived = async (blocks: boolean) => {
			const world = await aWorld(meansOf('this', 'desk of the blocked'));
			const cast = await peopleOf(world, 1, { ash: 'member', birch: 'member', desk: 'moderator' });
			const the = (name: string): Actor => cast[name] ?? { id: '', name: '', role: 'member' };
			const { post } = await world.threads.open(the('ash'), 'harbour', { title: 'A night', body: 'How it was.', warnings: [] });
			const { id: celebration } = await world.celebrations.victory(the('birch'), { words: 'I made the bed.', when: 'now' });
			await world.reports.report(the('birch'), { post, reason: 'unkind' });
			world.later(60_000);
			if (blocks) await world.people.block(the('ash'), { celebration });
			const id = await decided(world, the('desk'), post, choice);
			return JSON.stringify(await world.cases.theCase(the('desk'), id)).replaceAll(/"[\w-]{22}"/g, '"an id"');
		};
		const [blocked, plainly] = [await lived(true), await lived(false)];
		expect(plainly).toContain('upheld');
		expect(blocked).toBe(plainly);
	});
});

/** A database with the people in it, and copies of it that cost little. */
async function template(dialect: 'sqlite' | 'postgres') {
	const folder = mkdtempSync(join(tmpdir(), 'lamplight-two-worlds-'));
	const server = dialect === 'postgres' ? inject('postgres') : '';
	const admin = async (statement: string) => {
		const client = new Client({ connectionString: server });
		await client.connect();
		await client.query(statement);
		await client.end();
	};
	const fresh = () => (dialect === 'sqlite' ? `${randomBytes(6).toString('hex')}.db` : `worlds_${randomBytes(6).toString('hex')}`);
	const urlOf = (name: string) => (dialect === 'sqlite' ? `file:${join(folder, name)}` : server.replace(/[^/]*$/, name));
	const base = fresh();
	if (dialect === 'postgres') await admin(`create database ${base}`);
	const db = await openDatabase(urlOf(base));
	const world = await peopled(db, urlOf(base));
	const someone = (role: 'member' | 'moderator' = 'member') => world.someone({ role });
	const people = {
		ash: await someone(),
		birch: await someone(),
		cedar: await someone(),
		elm: await someone(),
		moderator: await someone('moderator')
	};
	// Somebody who has left stays where they are, whoever blocks whom.
	const left = await someone();
	const { thread } = await world.threads.open(left, 'harbour', {
		title: 'Before I go: a lantern',
		body: 'A river, and bread.',
		warnings: []
	});
	await world.posts.reply(left, { thread, body: 'Thank you, lantern.', warnings: [] });
	await world.celebrations.victory(left, { words: 'I found the door.', when: 'now' });
	const choices = Object.fromEntries(allKinds.map((kind) => [kind, 'keep']));
	await world.leaving.leave(left, { passphrase: 'a lamp in the far window', choices });
	await db.close();
	async function copy(): Promise<{ db: Database; url: string; drop: () => Promise<void> }> {
		const name = fresh();
		if (dialect === 'sqlite') copyFileSync(join(folder, base), join(folder, name));
		else await admin(`create database ${name} template ${base}`);
		const copied = await openDatabase(urlOf(name));
		const drop = async () => {
			await copied.close();
			if (dialect === 'sqlite') for (const end of ['', '-wal', '-shm']) rmSync(join(folder, name + end), { force: true });
			else await admin(`drop database ${name} with (force)`);
		};
		return { db: copied, url: urlOf(name), drop };
	}
	return { people, copy, drop: async () => rmSync(folder, { recursive: true }) };
}
