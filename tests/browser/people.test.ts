// Blocking and muting in a real browser, with and without JavaScript; and over the wire, whoever is blocked gets the very bytes that they
// would get had the other taken everything back.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { eq } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { indexPost } from '#server/community/indexing.ts';
import type { Actor } from '#server/community/means.ts';
import { recount } from '#server/community/thread-counts.ts';
import { openDatabase } from '#server/store/database.ts';
import { startSite, type BuiltSite } from '../built-site.ts';
import { call, form } from '../caller.ts';
import { day, peopled, type World } from '../world.ts';
import { launch, noBrowser, visit } from './chromium.ts';
import { join } from './joining.ts';

describe.skipIf(noBrowser).each([true, false])('with JavaScript %s', (javaScriptEnabled) => {
	let site: BuiltSite;
	let browser: Browser;
	const someone = async () => (await visit(browser, site.url, { javaScriptEnabled })).page;
	beforeAll(async () => {
		site = await startSite();
		browser = await launch();
	});
	afterAll(async () => {
		await browser.close();
		await site.stop();
	});

	test('a member is blocked from a post, undone at once, muted, and found on the settings page', async () => {
		const [wren, finch, guest] = [await someone(), await someone(), await someone()];
		await join(wren);
		const finchName = await join(finch);
		await finch.goto('/boards/harbour/new');
		await finch.locator('input[name=title]').fill('A long evening');
		await finch.locator('textarea[name=body]').fill('The lantern is on.');
		await finch.getByRole('button', { name: 'Share', exact: true }).click();
		await finch.waitForURL(/\/threads\//);
		const thread = new URL(finch.url()).pathname;
		expect(await finch.getByRole('link', { name: 'Block or mute' }).count()).toBe(0);

		await wren.goto(thread);
		await wren.getByText('More', { exact: true }).click();
		await wren.getByRole('link', { name: 'Block or mute' }).click();
		expect(await wren.locator('h2').first().textContent()).toContain(finchName);
		await wren.getByRole('button', { name: `Block ${finchName}` }).click();
		expect(await wren.getByRole('status').textContent()).toContain(`You and ${finchName} do not meet any more`);
		await wren.goto(thread);
		expect(await wren.locator('h1').textContent()).toBe('A story that is no longer here');
		expect(await wren.getByText('Somebody you blocked wrote this.').count()).toBe(1);
		await wren.goto('/');
		expect(await wren.getByText('A long evening').count()).toBe(0);
		await guest.goto(thread);
		expect(await guest.locator('h1').textContent()).toBe('A long evening');

		await wren.goto('/settings');
		await wren.getByRole('link', { name: 'People and words' }).click();
		await wren.getByRole('button', { name: `Unblock ${finchName}` }).click();
		await wren.goto(thread);
		expect(await wren.locator('h1').textContent()).toBe('A long evening');

		await wren.getByText('More', { exact: true }).click();
		await wren.getByRole('link', { name: 'Block or mute' }).click();
		await wren.getByRole('button', { name: `Block ${finchName}` }).click();
		await wren.getByRole('button', { name: 'Undo' }).click();
		expect(await wren.getByRole('status').textContent()).toContain('you can meet each other again');
		await wren.goto(thread);
		await wren.getByText('More', { exact: true }).click();
		await wren.getByRole('link', { name: 'Block or mute' }).click();
		await wren.getByRole('button', { name: `Mute ${finchName}` }).click();
		await wren.getByRole('link', { name: 'Back to where you were' }).click();
		expect(new URL(wren.url()).pathname).toBe(thread);
		expect(await wren.locator('h1').textContent()).toBe('A story from somebody you muted');
		expect(await wren.getByText('The lantern is on.').isVisible()).toBe(false);
		await wren.getByText('From somebody you muted', { exact: true }).click();
		expect(await wren.getByText('The lantern is on.').isVisible()).toBe(true);

		await wren.goto('/settings/people');
		await wren.getByRole('button', { name: `Unmute ${finchName}` }).click();
		await wren.locator('input[name=words]').fill('Lantern');
		await wren.getByRole('button', { name: 'Mute it' }).click();
		expect(await wren.locator('details li').first().isVisible()).toBe(false);
		await wren.goto(thread);
		await wren.getByText('Holds a word you muted', { exact: true }).click();
		expect(await wren.getByText('The lantern is on.').isVisible()).toBe(true);
	});
});

/** What is new on each page, whatever happens: the keys of its forms, the place in the stream, the ids of what a form made just now. */
const worn = (text: string) =>
	text
		.replace(/name="key" value="[^"]*"/g, 'name="key"')
		.replace(/data-after="[^"]*"/g, 'data-after')
		.replace(/name="(up_to|notice)" value="[^"]*"/g, 'name="$1"')
		.replace(/value="[^"]*" name="key"/g, 'name="key"');

test('over the wire a block is what taking back is, byte for byte, on every page and for every form', async () => {
	const folder = mkdtempSync(path(tmpdir(), 'lamplight-parted-'));
	const file = (name: string) => path(folder, `${name}.db`);
	const db = await openDatabase(`file:${file('both')}`);
	const world = await peopled(db, '', { start: Date.now() - 20 * day });
	const [ash, birch, cedar] = [await world.someone(), await world.someone(), await world.someone()];
	const lived = await live(world, ash, birch, cedar);
	// Long ago, so that no age on a page changes while the two sites are asked one after the other.
	world.later(Date.now() - world.now());
	const { cookie } = await world.sessions.begin(birch, { secure: false });
	await db.close();
	const bodies: Record<string, unknown[]> = {};
	for (const way of ['block', 'taken back']) {
		copyFileSync(file('both'), file(way));
		const copy = await openDatabase(`file:${file(way)}`);
		if (way === 'block') await (await peopled(copy, '')).people.block(ash, { celebration: lived.shared });
		else await takeBack(await peopled(copy, ''), ash);
		await copy.close();
		const site = await startSite({ DATABASE_URL: `file:${file(way)}` });
		const headers = { accept: 'text/html', origin: site.url, cookie: `${cookie.name}=${cookie.value}` };
		const found: unknown[] = (bodies[way] = []);
		const see = async (at: string, fields?: Record<string, string>) => {
			const sent = fields && { method: 'POST', body: form(fields) };
			const type = fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
			const { status, headers: back, body } = await call(site.url + at, { ...sent, headers: { ...headers, ...type } });
			found.push({ at, fields, status, to: back.location, length: worn(body).length, body: worn(body) });
		};
		for (const at of lived.pages) await see(at);
		for (const [at, fields] of lived.forms) await see(at, fields);
		for (const at of lived.pages) await see(at);
		await site.stop();
	}
	const [block = [], taken = []] = [bodies.block, bodies['taken back']];
	for (const [i, one] of block.entries()) expect(difference(one, taken[i])).toBeUndefined();
	expect(block.length).toBeGreaterThan(50);
	expect(JSON.stringify(block)).not.toContain('ash wrote');
	rmSync(folder, { recursive: true });
}, 300_000);

/** Where two answers part, with what stands around it. */
function difference(one: unknown, other: unknown): string[] | undefined {
	const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
	if (a === b) return undefined;
	const at = [...a].findIndex((sign, i) => sign !== b[i]);
	return [a.slice(0, 60), a.slice(Math.max(0, at - 200), at + 200), b.slice(Math.max(0, at - 200), at + 200)];
}

/** A life in which all three wrote, answered, celebrated and followed, with what birch then looks at and sends. */
async function live(world: World, ash: Actor, birch: Actor, cedar: Actor) {
	const threads: { thread: string; post: string }[] = [];
	const posts: { thread: string; post: string }[] = [];
	const shared: string[] = [];
	for (const [i, who] of [ash, birch, cedar, ash, cedar].entries()) {
		world.later(60_000);
		const said = who === ash ? 'ash wrote' : 'somebody wrote';
		threads.push(
			await world.threads.open(who, 'harbour', { title: `${said} about bread ${i}`, body: `${said} of a river. ${i}`, warnings: [] })
		);
		shared.push((await world.celebrations.victory(who, { words: `${said} of a door. ${i}`, when: 'now' })).id);
	}
	for (const { thread } of threads)
		for (const who of [ash, birch, cedar, ash]) {
			world.later(61_000);
			const said = who === ash ? 'ash wrote' : 'somebody wrote';
			const { post } = await world.posts.reply(who, { thread, body: `${said} back, of a lantern. ${posts.length}`, warnings: [] });
			posts.push({ thread, post });
		}
	for (const { thread } of threads) await world.follows.followThread(birch, thread, true);
	for (const { post } of posts) await world.bookmarks.bookmark(birch, post, true);
	for (const { post, thread } of posts.slice(0, 6))
		await world.drafts.keep(birch, { place: `/threads/${thread}#${post}`, title: '', body: 'Not yet.', warnings: [] });
	const all = [...threads, ...posts.slice(0, 4)];
	const pages = [
		...['/', '/boards/harbour', '/boards/harbour?sort=active', '/boards/harbour?sort=new', '/live', '/notices', '/bookmarks', '/drafts'],
		...['/search?q=lantern', '/search?q=bread&sort=new', '/settings', '/settings/people', '/journey'],
		...threads.map(({ thread }) => `/threads/${thread}`),
		...posts.slice(0, 4).map(({ thread, post }) => `/threads/${thread}?post=${post}`),
		...[threads[0], posts[0]].map((one) => `/settings/people?post=${one?.post}`),
		`/settings/people?celebration=${shared[0]}`
	];
	const forms = all.flatMap(({ thread, post }): [string, Record<string, string>][] => [
		[`/threads/${thread}?/encourage`, { post, kind: 'with_you' }],
		[`/threads/${thread}?/bookmark`, { post, on: '1' }],
		[`/threads/${thread}?/report`, { post, reason: 'unkind' }],
		[`/threads/${thread}?/follow`, { on: '1' }],
		[`/threads/${thread}?/edit`, { post, body: 'Mine now.', version: '1' }],
		['/settings/people?/block', { post }]
	]);
	const answers = threads.map(({ thread, post }): [string, Record<string, string>] => [
		`/threads/${thread}?/reply`,
		{ parent: post, body: '', preview: '' }
	]);
	const cheers = shared.map((celebration): [string, Record<string, string>] => ['/live?/cheer', { celebration }]);
	return {
		shared: shared[1] ?? '',
		pages,
		forms: [...forms.filter(([at, { post }]) => !at.includes('block') || post === threads[0]?.post), ...answers, ...cheers]
	};
}

/** Everything of theirs, as if they had pressed the button under each. */
async function takeBack(world: World, who: Actor) {
	const { posts, celebrations } = world.db.tables;
	await world.db.write(async (tx) => {
		const theirs = await tx
			.update(posts)
			.set({ state: 'withdrawn' })
			.where(eq(posts.authorId, who.id))
			.returning({ id: posts.id, thread: posts.threadId });
		for (const { id } of theirs) await indexPost(tx, world.db, id);
		for (const thread of new Set(theirs.map((post) => post.thread))) await recount(tx, world.db.tables, thread);
		await tx.update(celebrations).set({ state: 'undone' }).where(eq(celebrations.memberId, who.id));
	});
}
