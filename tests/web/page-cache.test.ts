// Guests are answered from kept pages; everybody else, and every other address, never is.
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { community } from '#server/community/community.ts';
import { Refusal } from '#lib/refusals.ts';
import { openDatabase } from '#server/store/database.ts';
import { pageCache, type Rendered } from '#server/web/page-cache.ts';
import type { PageServer } from '#server/web/pages.ts';
import { anAnswer, aStory } from '../community/desk.ts';
import { liveSite } from '../live-site.ts';
import { hour, onBothDatabases, type World } from '../world.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };
const open: (() => Promise<unknown>)[] = [];

/** A page server that shows a thread as a guest sees it, and notes what it was asked. */
function pagesOver(world: World) {
	const asked: { url: string; headers: Record<string, string> }[] = [];
	const held: Promise<unknown>[] = [];
	const pages: PageServer = {
		async respond(request, { platform }) {
			asked.push({ url: new URL(request.url).pathname + new URL(request.url).search, headers: Object.fromEntries(request.headers) });
			platform.seen.route = '/threads/[id]';
			const id = new URL(request.url).pathname.split('/')[2] ?? '';
			const headers = { 'content-type': 'text/html', 'cache-control': 'no-store', link: '<./a.css>; rel="preload"' };
			try {
				const thread = await world.posts.read(undefined, id, plain);
				await Promise.all(held);
				return new Response(`<h1>${thread.title}</h1>${'<p>A line.</p>'.repeat(50)}${thread.answers} answers`, { headers });
			} catch (problem) {
				return new Response('not here', { status: problem instanceof Refusal ? problem.status : 500, headers });
			}
		}
	};
	return { pages, asked, held };
}

onBothDatabases((aWorld) => {
	// Before the world's own end: sites close first, with all they still tell.
	afterEach(async () => {
		for (const close of open.splice(0).reverse()) await close();
	});

	async function aSite() {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		const shown = pagesOver(world);
		const site = await liveSite(world, { pages: shown.pages });
		open.push(async () => (await site.hub.settled(), await site.close()));
		const url = `/threads/${thread}`;
		const get = (headers: Record<string, string> = {}, at = url, method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
			site.app.inject({ method, url: at, headers });
		return { world, wren, finch, thread, url, get, site, ...shown };
	}

	test('a page is made once for all guests, and anew after a change', async () => {
		const { world, finch, thread, get, asked } = await aSite();
		const [first, second] = [await get(), await get()];
		expect(first.statusCode).toBe(200);
		expect(second.body).toBe(first.body);
		expect(asked).toHaveLength(1);
		await anAnswer(world, finch, thread);
		expect((await get()).body).toContain('1 answers');
		expect(asked).toHaveLength(2);
	});

	test('whoever brings a cookie or a wish of their own gets a page of their own, and leaves none behind', async () => {
		const { get, asked } = await aSite();
		const own: Record<string, string>[] = [
			{ cookie: 'lamplight=abc' },
			{ cookie: 'preferences=h=1' },
			{ cookie: '' },
			{ authorization: 'Bearer abc' },
			{ range: 'bytes=0-10' },
			{ accept: 'application/json' }
		];
		for (const headers of [...own, ...own]) {
			const before = asked.length;
			await get(headers);
			expect([headers, asked.length - before]).toEqual([headers, 1]);
		}
		await get();
		const before = asked.length;
		for (const headers of own) await get(headers);
		expect(asked.length - before).toBe(own.length);
	});

	test('a member never gets the guests’ page', async () => {
		const { wren, get, asked, site } = await aSite();
		await get();
		const { cookie } = await site.cookieFor(wren);
		const answer = await get({ cookie });
		expect(asked).toHaveLength(2);
		expect(asked[1]?.headers.cookie).toBe(cookie);
		expect(answer.headers).not.toHaveProperty('content-encoding');
	});

	test('an address with anything unknown in it is made each time', async () => {
		const { url, get, asked } = await aSite();
		const queries = ['?fresh=1', '?done=edited', '?answer=abc', '?after=', '?post=a&post=b', '?post=%41', '?post=a?post=b', '?sort=new'];
		for (const query of [...queries, ...queries]) await get({}, url + query);
		for (const path of ['/search', '/help-now', '/threads', '/boards/harbour/new', `${url}/`, `//${url}`]) await get({}, path);
		for (const path of ['/search', '/help-now', '/threads', '/boards/harbour/new', `${url}/`, `//${url}`]) await get({}, path);
		expect(asked).toHaveLength(2 * queries.length + 12);
	});

	test('an address’s parts may come in either order', async () => {
		const { url, get, asked } = await aSite();
		await get({}, `${url}?post=abc&after=def`);
		await get({}, `${url}?after=def&post=abc`);
		expect(asked.map((one) => one.url)).toEqual([`${url}?after=def&post=abc`]);
		await get({}, `${url}?after=abc`);
		expect(asked).toHaveLength(2);
	});

	test('what is sent packed is the same page, each with a name of its own', async () => {
		const { get, asked } = await aSite();
		const [whole, br, gz] = [
			await get(),
			await get({ 'accept-encoding': 'gzip, deflate, br, zstd' }),
			await get({ 'accept-encoding': 'gzip' })
		];
		expect([whole, br, gz].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
		expect(brotliDecompressSync(br.rawPayload).toString()).toBe(whole.body);
		expect(gunzipSync(gz.rawPayload).toString()).toBe(whole.body);
		expect(br.rawPayload.length).toBeLessThan(whole.rawPayload.length);
		expect(new Set([whole, br, gz].map(({ headers }) => headers.etag)).size).toBe(3);
		for (const { headers } of [whole, br, gz]) expect(headers.vary).toBe('Accept-Encoding, Cookie');
		expect((await get({ 'accept-encoding': 'br;q=0, gzip;q=0.5' })).headers['content-encoding']).toBe('gzip');
		expect((await get({ 'accept-encoding': 'br;q=0.0, brotli' })).body).toBe(whole.body);
		expect((await get()).body).toBe(whole.body);
		expect(asked).toHaveLength(1);
	});

	test('who has the page already is told so, until it changes', async () => {
		const { world, finch, thread, get, asked } = await aSite();
		const { headers } = await get({ 'accept-encoding': 'br' });
		const etag = String(headers.etag);
		for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
			const answer = await get({ 'accept-encoding': 'br', 'if-none-match': tags });
			expect([answer.statusCode, answer.body, answer.headers.etag]).toEqual([304, '', etag]);
			expect(answer.headers).not.toHaveProperty('content-encoding');
			expect(answer.headers).toHaveProperty('content-security-policy');
		}
		expect((await get({ 'if-none-match': etag })).statusCode).toBe(200);
		expect(asked).toHaveLength(1);
		await anAnswer(world, finch, thread);
		expect((await get({ 'accept-encoding': 'br', 'if-none-match': etag })).statusCode).toBe(200);
	});

	test('HEAD is answered from the same page', async () => {
		const { url, get, asked } = await aSite();
		const [head, whole] = [await get({}, url, 'HEAD'), await get()];
		expect([head.statusCode, head.body]).toEqual([200, '']);
		const { date: _, ...headers } = head.headers;
		expect(whole.headers).toMatchObject(headers);
		expect(asked).toHaveLength(1);
	});

	test('a kept page carries the headers of one that was made for this request', async () => {
		const { url, get } = await aSite();
		await get();
		const [kept, own] = [await get(), await get({}, `${url}?fresh=1`)];
		const shared = ({ headers }: typeof kept) => {
			const { etag: _, date: __, vary: ___, 'content-length': ____, 'transfer-encoding': _____, ...rest } = headers;
			return rest;
		};
		expect(shared(kept)).toEqual(shared(own));
	});

	test('a hundred who ask at once wait for one page', async () => {
		const { get, asked, held } = await aSite();
		let letGo = () => undefined as void;
		held.push(new Promise<void>((done) => (letGo = done)));
		const answers = Array.from({ length: 100 }, (_, i) => get({ 'accept-encoding': i % 2 === 0 ? 'br' : 'gzip' }));
		await expect.poll(() => asked.length).toBe(1);
		letGo();
		const encodings = (await Promise.all(answers)).map(({ headers }) => headers['content-encoding']);
		expect(encodings.filter((encoding) => encoding === 'br')).toHaveLength(50);
		expect(asked).toHaveLength(1);
	});

	test('who asks after a change never waits for a page that was begun before it', async () => {
		const { world, finch, thread, get, asked, held } = await aSite();
		let letGo = () => undefined as void;
		held.push(new Promise<void>((done) => (letGo = done)));
		const before = get();
		await expect.poll(() => asked.length).toBe(1);
		await anAnswer(world, finch, thread);
		const after = get();
		await expect.poll(() => asked.length).toBe(2);
		letGo();
		expect((await before).body).toContain('0 answers');
		expect((await after).body).toContain('1 answers');
		expect((await get()).body).toContain('1 answers');
	});

	test('nothing of the first who asks reaches the page', async () => {
		const { get, asked } = await aSite();
		await get({ 'user-agent': 'Sentinel/1.0', 'accept-language': 'de', referer: 'https://elsewhere.example', host: 'evil.example' });
		expect(asked[0]?.headers).toEqual({ accept: 'text/html' });
	});

	test('what is not there, or not for guests, is made each time and never kept', async () => {
		const { world, url, get, asked } = await aSite();
		for (let i = 0; i < 2; i++) expect((await get({}, '/threads/nothing')).statusCode).toBe(404);
		expect(asked).toHaveLength(2);
		const administrator = await world.someone({ role: 'administrator' });
		expect((await get()).statusCode).toBe(200);
		const { id: _, slug, ...board } = await world.boards.theBoard(administrator, 'harbour');
		await world.boards.edit(administrator, slug, { ...board, membersOnly: true });
		for (let i = 0; i < 2; i++) expect((await get({}, url)).statusCode).toBe(404);
		expect(asked).toHaveLength(5);
	});

	test('after an hour’s turn the page is made anew', async () => {
		const { world, get, asked } = await aSite();
		await get();
		world.later(hour - (world.now() % hour));
		await get();
		expect(asked).toHaveLength(2);
	});

	test('a change by one process is seen at once in another on the same store', async () => {
		const { world, finch, thread, url, get } = await aSite();
		const db = await openDatabase(world.url);
		open.push(db.close);
		const means = { db, now: world.now, newId: () => 'id', pick: () => 0, tell: () => undefined };
		// Only reads: two writers of one file cannot wait for one another in one thread.
		const second = { ...world, ...community(means), db, listen: () => undefined };
		const other = await liveSite(second, { pages: pagesOver(second).pages });
		open.push(async () => (await other.hub.settled(), await other.close()));
		for (let answers = 0; answers < 5; answers++) {
			for (const body of [(await get()).body, (await other.app.inject(url)).body]) expect(body).toContain(`${answers} answers`);
			await anAnswer(world, finch, thread);
		}
	});

	test('however many addresses are asked for, what is kept stays within its room', async () => {
		const world = await aWorld();
		const room = 200_000;
		const cache = pageCache(world.pages, room);
		const bytes = Buffer.alloc(10_000, 'a');
		const page: Rendered = { status: 200, headers: { 'content-type': 'text/html' }, bytes, route: null };
		for (let i = 0; i < 100; i++) {
			await cache.find({ address: `/?${i}`, page: { kind: 'home' }, encoding: 'identity' }, async () => page);
			expect(cache.bytes()).toBeLessThanOrEqual(room);
		}
		expect(cache.pages()).toBeGreaterThan(10);
		const large = { ...page, bytes: Buffer.alloc(room * 2) };
		const found = await cache.find({ address: '/', page: { kind: 'home' }, encoding: 'identity' }, async () => large);
		expect(found?.body.bytes.length).toBe(room * 2);
		expect(cache.bytes()).toBeLessThanOrEqual(room);
	});

	test('an answer that failed, leads elsewhere, sets a cookie or is no page is not kept', async () => {
		const world = await aWorld();
		const cache = pageCache(world.pages);
		const whole: Rendered = { status: 200, headers: { 'content-type': 'text/html' }, bytes: Buffer.from('a'), route: null };
		const others: Partial<Rendered>[] = [
			{ status: 500 },
			{ status: 303 },
			{ headers: { 'content-type': 'text/html', 'set-cookie': 'a=b' } },
			{ headers: { 'content-type': 'application/json' } }
		];
		const asked = { address: '/', page: { kind: 'home' }, encoding: 'br' } as const;
		for (const other of others) await cache.find(asked, async () => ({ ...whole, ...other }));
		expect(cache.pages()).toBe(0);
		await cache.find(asked, async () => whole);
		expect(cache.pages()).toBe(1);
	});
});
