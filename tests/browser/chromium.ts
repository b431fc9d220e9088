// A real browser for the tests. Every context counts requests that leave the site and complaints on the console: both must be none.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';
import { afterEach, expect } from 'vitest';

const places = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
];
const found = places.find((path) => path !== undefined && existsSync(path));

/** Without a browser these tests are skipped, in so many words; where nothing may be skipped they stop the run. */
export const noBrowser = found === undefined;
if (noBrowser) {
	const sentence =
		'No Chromium was found, so the browser tests were SKIPPED. Install one (Debian: apt-get install chromium) or set CHROMIUM to its path.';
	if (process.env.LAMPLIGHT_NO_SKIPS) throw new Error(sentence);
	console.warn(sentence);
}

export type Visitor = { context: BrowserContext; page: Page; outside: string[]; complaints: string[] };

/** `backAndForth`: with the cache of whole pages that people's browsers have; Playwright switches it off. */
export async function launch({ backAndForth = false } = {}): Promise<Browser> {
	return chromium.launch({
		...(backAndForth ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
		executablePath: found ?? '',
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync'
		]
	});
}

const visitors: Visitor[] = [];
/** After every browser test: nothing left the site and nothing complained, whoever visited. */
afterEach(() => {
	for (const { outside, complaints } of visitors.splice(0)) {
		expect(outside).toEqual([]);
		expect(complaints).toEqual([]);
	}
});

export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
	const context = await browser.newContext({ baseURL: url, viewport: { width: 390, height: 780 }, ...options });
	const page = await context.newPage();
	const visitor: Visitor = { context, page, outside: [], complaints: [] };
	visitors.push(visitor);
	context.on('request', (request) => {
		if (!request.url().startsWith(url) && !/^(data|blob|about):/.test(request.url())) visitor.outside.push(request.url());
	});
	context.on('console', (message) => {
		// A 4xx answer is the point of some tests, and the browser reports each.
		// So does a line that finds nobody while a test restarts its site.
		const expected = /status of 4\d\d|WebSocket connection to .*ERR_CONNECTION_REFUSED/;
		if (message.type() === 'error' && !expected.test(message.text())) visitor.complaints.push(`${page.url()} ${message.text()}`);
	});
	page.on('pageerror', (problem) => {
		// Going to a page that takes part in no view transitions, such as the empty one of Leave, is reported as an error of the page left.
		if (!String(problem).includes('ViewTransition')) visitor.complaints.push(String(problem));
	});
	return visitor;
}

export async function axeFinds(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
		.analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
