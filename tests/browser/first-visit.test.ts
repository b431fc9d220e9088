// What somebody's first page costs on an old phone at night: few bytes, nothing that jumps, nothing that waits for a script.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settingsFrom } from '#server/config.ts';
import { onTerminal, openCommunity } from '#server/wiring.ts';
import { startSite, type BuiltSite } from '../built-site.ts';
import { launch, noBrowser, visit } from './chromium.ts';

const budget = { islandsInAll: 12_000, scriptOnAThread: 6_000, firstVisit: 30_000 };
const folder = mkdtempSync(join(tmpdir(), 'lamplight-first-visit-'));
const DATABASE_URL = `file:${join(folder, 'site.db')}`;
const KEYS_FILE = join(folder, 'keys.json');
const day = 86_400_000;
const words =
	'It is three in the morning and the kettle is on again. I counted the tiles over the sink, then I counted them backwards, and I did not go out. My sister says that counting counts.'.split(
		' '
	);
/** No two paragraphs alike, or compression would flatter the page. */
const paragraph = (number: number) => Array.from({ length: 45 }, (_, i) => words[(i * (number + 3) + number * 7) % words.length]).join(' ');

let site: BuiltSite;
let browser: Browser;
let path: string;

/** A story with thirty answers, some of them to one another. */
async function aThread(): Promise<string> {
	let clock = Date.now() - 60 * day;
	const { community, db, hub } = await openCommunity(settingsFrom({ DATABASE_URL, KEYS_FILE }), onTerminal, () => clock);
	await community.boards.furnish();
	const people = [];
	for (let i = 0; i < 4; i++) {
		const { offer, names } = await community.members.offerNames();
		people.push(
			await community.members.join({ offer, name: names[0] ?? '', passphrase: 'a lamp in the far window', adult: true, agree: true })
		);
	}
	const [wren] = people;
	if (!wren) throw new Error('Nobody joined.');
	clock = Date.now() - 3 * day;
	const said = (number: number) => ({ body: `${paragraph(number)}\n\n${paragraph(number + 50)}`, warnings: [], anyway: true });
	const { thread } = await community.threads.open(wren, 'harbour', { title: 'The kettle is on again', ...said(0) });
	let parent: string | undefined;
	for (let i = 1; i <= 30; i++) {
		clock += 600_000;
		const { post } = await community.posts.reply(people[i % 4] ?? wren, { thread, parent, ...said(i) });
		parent = i % 3 === 0 ? undefined : post;
	}
	await hub.settled();
	await db.close();
	return `/threads/${thread}`;
}

/** Everything the page loaded, compressed as it came over the line; what comes plain is counted as a proxy would send it. */
async function loaded(page: Page) {
	const files = await page.evaluate(() =>
		[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((entry) => {
			const { name, encodedBodySize, decodedBodySize } = entry as PerformanceResourceTiming;
			return { name, encodedBodySize, decodedBodySize };
		})
	);
	const sized = await Promise.all(
		files.map(async ({ name, encodedBodySize, decodedBodySize }) => {
			if (encodedBodySize < decodedBodySize || /\.woff2$/.test(name)) return { name, bytes: encodedBodySize };
			return { name, bytes: brotliCompressSync(Buffer.from(await (await fetch(name)).arrayBuffer())).length };
		})
	);
	const sum = (which: (name: string) => boolean) => sized.filter(({ name }) => which(name)).reduce((total, { bytes }) => total + bytes, 0);
	return { sized, scripts: sum((name) => name.endsWith('.js')), withoutFonts: sum((name) => !name.endsWith('.woff2')) };
}

test('all islands together stay small', () => {
	const islands = 'build/client/_app/immutable/islands';
	const sizes = readdirSync(islands)
		.filter((name) => name.endsWith('.js.br'))
		.map((name) => statSync(join(islands, name)).size);
	expect(sizes.length).toBeGreaterThan(4);
	expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThanOrEqual(budget.islandsInAll);
});

describe.skipIf(noBrowser)('the first visit of a thread with thirty answers', () => {
	beforeAll(async () => {
		path = await aThread();
		site = await startSite({ DATABASE_URL, KEYS_FILE });
		browser = await launch();
	});
	afterAll(async () => {
		await browser.close();
		await site.stop();
		rmSync(folder, { recursive: true });
	});

	test('fits its budget of bytes', async () => {
		const { page } = await visit(browser, site.url);
		await page.goto(path, { waitUntil: 'networkidle' });
		const { sized, scripts, withoutFonts } = await loaded(page);
		expect(sized.some(({ name }) => name.endsWith('.css'))).toBe(true);
		expect(scripts).toBeGreaterThan(0);
		expect(scripts).toBeLessThanOrEqual(budget.scriptOnAThread);
		expect(withoutFonts).toBeLessThanOrEqual(budget.firstVisit);
	});

	test.each([360, 1280])('nothing jumps at %i px, not even when the fonts come late', async (width) => {
		const { context, page } = await visit(browser, site.url, { viewport: { width, height: 780 } });
		let late = 0;
		await context.route('**/*.woff2', async (route) => {
			late++;
			await pause(700);
			await route.continue();
		});
		await context.addInitScript(() => {
			const shifts: { value: number; who: string }[] = [];
			Object.assign(window, { shifts });
			new PerformanceObserver((list) => {
				for (const entry of list.getEntries()) {
					const { value, sources = [] } = entry as PerformanceEntry & { value: number; sources?: { node?: Element | null }[] };
					shifts.push({ value, who: sources.map(({ node }) => `${node?.nodeName} ${node?.textContent?.slice(0, 40)}`).join(' | ') });
				}
			}).observe({ type: 'layout-shift', buffered: true });
		});
		await page.goto(path, { waitUntil: 'networkidle' });
		await page.evaluate(() => document.fonts.ready.then(() => undefined));
		await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
		expect(late).toBeGreaterThan(0);
		expect(await page.evaluate(() => (window as unknown as { shifts: unknown[] }).shifts)).toEqual([]);
	});

	test('is painted while no script has come', async () => {
		const { context, page } = await visit(browser, site.url);
		const held: (() => void)[] = [];
		let released = false;
		await context.route('**/*.js', async (route) => {
			if (!released) await new Promise<void>((go) => held.push(go));
			await route.continue();
		});
		await page.goto(path, { waitUntil: 'commit' });
		await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
		await expect.poll(() => held.length).toBeGreaterThan(0);
		expect(await page.locator('main').innerText()).toContain('The kettle is on again');
		released = true;
		for (const go of held) go();
		await page.waitForLoadState('load');
	});

	test('has no script in the page, none that holds up the page, and reads the same without any', async () => {
		const { page } = await visit(browser, site.url);
		await page.goto(path, { waitUntil: 'networkidle' });
		const scripts = await page.evaluate(() =>
			[...document.scripts].map(({ src, type, defer, async }) => ({ src, waits: !(type === 'module' || defer || async) }))
		);
		expect(scripts.length).toBeGreaterThan(0);
		for (const script of scripts) expect(script).toMatchObject({ src: expect.stringContaining(site.url), waits: false });
		const html = await (await fetch(site.url + path)).text();
		expect(html).not.toMatch(/ on[a-z]+="|javascript:/);
		const { page: still } = await visit(browser, site.url, { javaScriptEnabled: false });
		await still.goto(path);
		expect(await page.locator('main').innerText()).toBe(await still.locator('main').innerText());
	});
});
