// Leave, in a real browser: blank at once, and no page of the visit one step back.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { launch, noBrowser, visit } from './chromium.ts';

let site: BuiltSite;
let browser: Browser;

beforeAll(async () => {
	if (noBrowser) return;
	site = await startSite();
	browser = await launch();
});
afterAll(async () => {
	await browser?.close();
	await site?.stop();
});

const pages = ['/', '/boards', '/boards/harbour', '/live', '/help-now', '/agreement', '/privacy', '/join', '/sign-in', '/settings'];
const shows = async (page: Page) => `${await page.title()} ${(await page.locator('body').textContent()) ?? ''}`;

describe.skipIf(noBrowser)('leaving', () => {
	test('after ten pages and Leave, neither back nor forward shows the site [ASVS 14.3.1]', async () => {
		const asAtHome = await launch({ backAndForth: true });
		const { page } = await visit(asAtHome, site.url);
		await page.goto('about:blank');
		for (const path of pages) await page.goto(path);
		await page.getByRole('link', { name: 'Leave' }).click();
		await page.waitForURL(/\/leave$/);
		await page.waitForFunction(() => history.length <= 4);
		for (const step of ['goBack', 'goBack', 'goForward', 'goForward', 'goForward'] as const) {
			await page[step]().catch(() => undefined);
			expect(await shows(page)).not.toMatch(/lamplight|boards|help now/i);
		}
		await asAtHome.close();
	});

	test('three presses of Shift blank the page before the next one is asked for', async () => {
		const { page } = await visit(browser, site.url);
		await page.goto('/boards');
		await page.goto('/boards/harbour');
		// The blank sheet is not asked for until the test has looked.
		let asked = () => undefined as void;
		const held = new Promise<void>((go) => (asked = go));
		await page.route('**/*', async (route) => {
			await held;
			await route.continue().catch(() => undefined);
		});
		const took = await page.evaluate(() => {
			const press = (type: string) => document.dispatchEvent(new KeyboardEvent(type, { key: 'Shift', bubbles: true }));
			const began = performance.now();
			for (let time = 0; time < 3; time++) {
				press('keydown');
				press('keyup');
			}
			return { blank: document.body.childElementCount === 0, title: document.title, ms: performance.now() - began };
		});
		expect(took).toMatchObject({ blank: true, title: 'A page' });
		expect(took.ms).toBeLessThan(1000);
		asked();
		await page.waitForURL(/\/leave$/);
	});

	test('without scripts Leave is a plain link to an empty page, and pages are not kept', async () => {
		const { page } = await visit(browser, site.url, { javaScriptEnabled: false });
		const answer = await page.goto('/boards');
		expect(answer?.headers()['cache-control']).toBe('no-store');
		await page.getByRole('link', { name: 'Leave' }).click();
		expect(page.url()).toBe(`${site.url}/leave`);
		expect(await shows(page)).not.toMatch(/lamplight/i);
	});

	test('who asked for it leaves one step in the history', async () => {
		const { page } = await visit(browser, site.url);
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Leave less in the history' }).click();
		await page.waitForURL(/done=history/);
		const steps = await page.evaluate(() => history.length);
		await page.getByRole('link', { name: 'Boards' }).click();
		await page.waitForURL(/\/boards$/);
		await page.getByRole('link', { name: 'Live' }).click();
		await page.waitForURL(/\/live$/);
		expect(await page.evaluate(() => history.length)).toBe(steps);
	});

	test('a link in a post leads first to a page that names where it really goes', async () => {
		const { page } = await visit(browser, site.url, { javaScriptEnabled: false });
		await page.goto(`/away?to=${encodeURIComponent('https://xn--pple-43d.example/sign-in')}`);
		expect(await page.locator('main').textContent()).toContain('xn--pple-43d.example');
		const link = page.getByRole('link', { name: /^Go to/ });
		expect(await link.getAttribute('rel')).toBe('nofollow noopener noreferrer');
		for (const bad of ['javascript:alert(1)', 'https://bank.example@evil.example', '/boards', ''])
			expect((await page.goto(`/away?to=${encodeURIComponent(bad)}`))?.status()).toBe(400);
	});
});
