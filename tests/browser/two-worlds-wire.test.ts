// Two worlds in which Wren or Finch wrote what is behind the mask, each with a built site over it: pages, headers, sizes and the frames of
// real sockets are the same to everybody else, byte by byte (security.md, "Proofs").
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eq, inArray } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Actor } from '#server/community/means.ts';
import { startSite, type BuiltSite } from '../built-site.ts';
import { call, form } from '../caller.ts';
import { casesOf } from '../community/desk.ts';
import { answerOf, heard, meansOf, people, type Which } from '../two-worlds.ts';
import { act, playedMasks, type Act } from '../two-worlds-acts.ts';
import { day, onBothDatabases, type World } from '../world.ts';

/** Both sites are called by one name, so that not even their ports differ. */
const host = 'localhost:4990';
const origin = `http://${host}`;
const folder = mkdtempSync(join(tmpdir(), 'lamplight-wire-'));
const keysFile = join(folder, 'keys.json');
writeFileSync(keysFile, JSON.stringify({ keys: [{ id: 'of-the-world', secret: Buffer.alloc(32, 7).toString('base64url') }] }));
const running: BuiltSite[] = [];
const stopAll = () => Promise.all(running.splice(0).map((site) => site.stop()));
afterEach(stopAll);
afterAll(() => rmSync(folder, { recursive: true }));

/** A masked story with a masked answer, reported, answered and encouraged by others, stands in every script. */
const always: Act[] = [
	{ what: 'masked story' },
	{ what: 'later', seconds: 200 },
	{ what: 'masked answer', on: 1 },
	{ what: 'masked answer', on: 0 },
	{ what: 'later', seconds: 200 },
	...([1, 2] as const).map((on): Act => ({ what: 'report', who: 'robin', on })),
	{ what: 'encourage', who: 'heron', on: 2 },
	{ what: 'bookmark', who: 'robin', on: 1 },
	{ what: 'follow', who: 'heron', on: 1 },
	{ what: 'answer', who: 'robin', on: 2 }
];

/** What makes one of the two worlds different, to see that it shows. */
type Change = (world: World, author: Actor, masked: string[]) => Promise<unknown>;
type Side = Awaited<ReturnType<typeof aSide>>;

/** One of the two worlds, lived and then served. */
async function aSide(world: World, which: Which, script: readonly Act[], at: number, change?: Change) {
	// Long enough ago that no age on a page changes between two requests.
	world.later(at - 20 * day - world.now());
	const { lark } = await people(world, 1, { lark: 'member' });
	const { cast, author, placed, word } = await playedMasks(world, which, 1, [...always, ...script]);
	await heard(world);
	world.later(at - world.now());
	const masked = placed.filter((one) => one.masked);
	const ids = masked.map(({ post }) => post);
	await change?.(world, author, ids);
	const cookies: Record<string, string> = { guest: '' };
	const drawn = new Map<string, string>();
	for (const actor of [lark, cast.robin, cast.heron, cast.desk]) {
		if (!actor) throw new Error('Somebody is missing.');
		const { cookie } = await world.sessions.begin(actor, { secure: false });
		cookies[actor.id.split('-')[0] ?? ''] = `${cookie.name}=${cookie.value}`;
	}
	const cases = (await Promise.all(placed.map(({ post }) => casesOf(world, post)))).flat().map(({ id }) => id);
	const site = await startSite({ DATABASE_URL: world.url, KEYS_FILE: keysFile, ORIGIN: origin, TRUST_PROXY: '127.0.0.1' });
	running.push(site);
	return { world, site, author, placed, masked, word, cookies, cases, known: await idsIn(world), drawn };
}

/** All ids that stood in the store before the site was asked: they have to be the same in both worlds. */
async function idsIn({ db }: World): Promise<Set<string>> {
	const { posts, threads, members, cases, boards } = db.tables;
	const rows = [];
	for (const table of [posts, threads, members, cases, boards]) rows.push(...(await db.read.select({ id: table.id }).from(table)));
	return new Set(rows.map(({ id }) => id));
}

/**
 * What the site drew by lot while it was asked (the key of a form, the id of a new answer) by the order in which it first showed. Ids that
 * stood there before, members' above all, stay as they are.
 */
const worn = ({ known, drawn }: Side, text: string) =>
	text.replace(/(?<![\w-])([a-z]+-)*([\w-]{22})(?![\w-])/g, (whole: string, _, id: string) => {
		if (known.has(id)) return whole;
		if (!drawn.has(id)) drawn.set(id, `drawn ${drawn.size}`);
		return whole.replace(id, drawn.get(id) ?? '');
	});

/** The moment of the answer, and the key of what a guest typed, are new each time; all other headers are compared in their order. */
const wornHeaders = (side: Side, raw: string[]) =>
	raw.map((value, i) => {
		if (raw[i - 1]?.toLowerCase() === 'date') return 'now';
		if (raw[i - 1]?.toLowerCase() === 'set-cookie') return value.replace(/=[\w.-]{22,}/, (lot) => `=lot of ${lot.length}`);
		return i % 2 === 0 ? value : worn(side, value);
	});

type Asked = { who: string; at: string; fields?: Record<string, string>; encoding?: string };

async function answered(side: Side, from: number, { who, at, fields, encoding }: Asked) {
	const headers = {
		...{ host, origin, accept: 'text/html', cookie: side.cookies[who] ?? '' },
		...(encoding ? { 'accept-encoding': encoding } : {}),
		...(fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
		// Each from an address of its own, so that no limit speaks.
		'x-forwarded-for': `198.51.${100 + (from >> 8)}.${from & 255}`
	};
	const answer = await call(side.site.url + at, { method: fields ? 'POST' : 'GET', headers, ...(fields ? { body: form(fields) } : {}) });
	const { status, raw, body } = answer;
	return { status, headers: wornHeaders(side, raw), bytes: Buffer.byteLength(body), body: worn(side, body) };
}

/** Where two answers part, with what stands around it. */
function alike(what: unknown, one: unknown, other: unknown): void {
	const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
	if (a === b) return;
	let at = 0;
	while (a[at] === b[at]) at++;
	const around = (text: string) => text.slice(Math.max(0, at - 200), at + 200);
	throw new Error(`The worlds part at ${JSON.stringify(what)}:\n${around(a)}\n${around(b)}`);
}

/**
 * A real socket that watches a thread; every frame as it came, but for the minute, which may turn between two sites, and the number of a
 * notice: who hears first of a case's end goes by the ids of the reports, which each site drew by lot.
 */
async function listening(side: Side, who: string, thread: string) {
	const headers = { host, origin, cookie: side.cookies[who] ?? '', 'x-forwarded-for': '198.51.99.9' };
	const socket = new WebSocket(`${side.site.url.replace('http:', 'ws:').replace('localhost', '127.0.0.1')}/live/socket`, { headers });
	const frames: string[] = [];
	socket.on('message', (data) =>
		frames.push(
			worn(side, String(data))
				.replace(/"at":\d{13}/, '"at":minute')
				.replace(/^\{"id":"\w+","type":"notice.added"/, '{"type":"notice.added"')
		)
	);
	await new Promise((opened, failed) => socket.once('open', opened).once('error', failed));
	socket.send(JSON.stringify({ type: 'thread.watched', thread }));
	return { frames, close: () => socket.terminate() };
}

/** What each reader looks at. */
function pages({ placed, cases, word, masked }: Side): Asked[] {
	const threads = [...new Set(placed.map(({ thread }) => thread))];
	const after = (post: string) => Buffer.from(['answers', post].join('\n')).toString('base64url');
	const shared = [
		...['/', '/boards/harbour', '/boards/harbour?sort=active', '/boards/harbour?sort=new', '/live', '/nowhere'],
		...[`/search?q=${word}`, `/search?q=${word}&sort=new`, '/search?q=story'],
		...threads.map((thread) => `/threads/${thread}`),
		...masked.map(({ thread, post }) => `/threads/${thread}?post=${post}`),
		...threads.map((thread) => `/threads/${thread}?after=${after(masked[0]?.post ?? '')}`)
	];
	const own = ['/notices', '/bookmarks', '/drafts', '/masks', '/moderation', ...cases.map((id) => `/moderation/cases/${id}`)];
	return [
		...shared.filter((at) => !at.includes('?')).map((at) => ({ who: 'guest', at, encoding: 'gzip' })),
		...shared.map((at) => ({ who: 'guest', at })),
		...['lark', 'robin', 'heron', 'desk'].flatMap((who) => [...shared, ...own].map((at) => ({ who, at })))
	];
}

/** What others send to what is behind a mask: some of it is taken, most of it refused. */
const presses = ({ masked }: Side): Asked[] =>
	masked.slice(0, 2).flatMap(({ thread, post }, i) => {
		const to = (who: string, action: string, fields: Record<string, string>) => ({
			...{ who, at: `/threads/${thread}?/${action}` },
			fields: { post, ...fields }
		});
		return [
			to('guest', 'reply', { parent: post, body: 'With you.' }),
			...['lark', 'heron'].flatMap((who) => [
				to(who, 'reply', { parent: post, body: `With you. ${i}`, anyway: 'yes' }),
				to(who, 'reply', { parent: post, body: '' }),
				to(who, 'report', { post, reason: 'unkind' }),
				to(who, 'report', { post, reason: 'unkind' }),
				to(who, 'encourage', { kind: 'with_you' }),
				to(who, 'encourage', { kind: 'nothing' }),
				to(who, 'edit', { version: '1', title: 'Mine', body: 'Mine now.' }),
				to(who, 'withdraw', {}),
				to(who, 'erase', {}),
				{ who, at: `/settings/people?post=${post}` },
				{ who, at: '/settings/people?/block', fields: { post } }
			])
		];
	});

/** Lives the script twice and compares all that others are sent. How much was compared comes back. */
async function compared(aWorld: (means: ReturnType<typeof meansOf>) => Promise<World>, script: readonly Act[], change?: Change) {
	const at = Date.now();
	const lived = async (which: Which) =>
		aSide(await aWorld(meansOf(which, 'wire')), which, script, at, which === 'this' ? change : undefined);
	const [one, other] = await Promise.all([lived('this'), lived('that')]);
	const statuses: Record<number, number> = {};
	const found = { statuses, frames: 0, words: 0 };
	let from = 0;
	async function ask(asked: Asked[]) {
		for (const each of asked) {
			from++;
			const [a, b] = await Promise.all([answered(one, from, each), answered(other, from, each)]);
			alike(each, a, b);
			statuses[a.status] = (statuses[a.status] ?? 0) + 1;
			if (each.fields && each.who !== 'guest' && a.status === 303) await settled(each);
			found.words += a.body.split(one.word).length - 1;
		}
	}
	/** What a press told the stream is written just after its answer: whoever asks next would be told sooner in one world than in the other. */
	const patience = one.world.url.startsWith('file:') ? 30 : 60;
	async function settled(what: unknown) {
		const newest = () => Promise.all([one.world.stream.newest(), other.world.stream.newest()]);
		let before = await newest();
		for (let tried = 0; tried < 50; tried++) {
			await pause(patience);
			const [a, b] = await newest();
			if (a === b && a === before[0] && b === before[1]) return;
			before = [a, b];
		}
		alike({ 'stream after': what }, before[0], before[1]);
	}
	alike('the scripts', one.placed, other.placed);
	alike('their cases', one.cases, other.cases);
	await ask(pages(one));
	const [story] = one.masked;
	const lines = await Promise.all(
		[one, other].map((side) => Promise.all(['guest', 'lark', 'robin', 'desk'].map((who) => listening(side, who, story?.thread ?? ''))))
	);
	// Nobody is told when a line begins to watch.
	await pause(700);
	await ask(presses(one));
	// Its author takes the answer back, and the thread of the story is locked, while everybody looks on.
	const taken: unknown[] = [];
	for (const side of [one, other]) {
		taken.push(await answerOf(side.world.posts.withdraw(side.author, side.masked[1]?.post ?? '', true)));
		const { threads } = side.world.db.tables;
		await side.world.db.write((tx) =>
			tx
				.update(threads)
				.set({ locked: true })
				.where(eq(threads.id, story?.thread ?? ''))
		);
		await side.world.stream.append(side.world.told.splice(0));
	}
	await settled('taking back');
	alike('taking back', taken[0], taken[1]);
	await ask(presses(one).filter(({ fields }) => fields));
	await ask(pages(one).filter(({ who, at }) => ['lark', 'heron'].includes(who) && !at.includes('?')));
	const frames = () => lines.map((side) => side.map((line) => line.frames));
	for (let tried = 0; tried < 30 && JSON.stringify(frames()[0]) !== JSON.stringify(frames()[1]); tried++) await pause(100);
	alike('what the sockets were told', frames()[0], frames()[1]);
	found.frames = frames().flat(2).length;
	for (const line of lines.flat()) line.close();
	await stopAll();
	return found;
}

onBothDatabases((aWorld) => {
	test('whoever of two wrote behind the mask, the built site sends everybody else the very same bytes [ASVS 14.2.4]', async () => {
		const sqlite = (await aWorld()).url.startsWith('file:');
		await fc.assert(
			fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 8 }), async (script) => {
				const found = await compared(aWorld, script);
				for (const status of [200, 303, 403, 404]) expect(found.statuses[status]).toBeGreaterThan(0);
				expect(found.words).toBeGreaterThan(100);
				expect(found.frames).toBeGreaterThan(0);
			}),
			{ numRuns: sqlite ? 6 : 2, seed: 20261127, endOnFailure: true }
		);
	}, 200_000);

	test('the comparison sees a mask that keeps its author’s id', async () => {
		const kept: Change = ({ db }, author, masked) =>
			db.write((tx) => tx.update(db.tables.posts).set({ authorId: author.id }).where(inArray(db.tables.posts.id, masked)));
		await expect(compared(aWorld, [], kept)).rejects.toThrow('The worlds part');
	});
});
