// The live feed as people see it: a lantern lit in one browser shines in the others, over a restart too, and between two processes.
import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { axeFinds, launch, noBrowser, visit } from './chromium.ts';
import { join } from './joining.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

async function beginJourney(page: Page, days: number) {
	await page.goto('/journey');
	await page.locator('input[name=kind][value=stop]').check();
	await page.locator('[name=words]').first().fill('drinking');
	await page.locator('input[name=started_on]').fill(daysAgo(days));
	await page.locator('form[action*="begin"] button.lamp').click();
	await page.locator('form[action*="celebrate"]').first().waitFor();
}

/** Looks at what others will see, then shares it at once. */
async function celebrate(page: Page, words: string) {
	const form = page.locator('form#celebrate');
	await form.locator('[name=words]').fill(words);
	await form.getByRole('button', { name: 'See what others will see' }).click();
	await form.locator('input[name=when][value=now]').check();
	await form.getByRole('button', { name: 'Share it' }).click();
	await page.waitForURL(/\/journey(\?|#|$)/);
}

describe.skipIf(noBrowser)('the lamp burns', () => {
	let browser: Browser;
	beforeAll(async () => {
		browser = await launch();
	});
	afterAll(() => browser.close());

	test('three browsers see a celebration and its cheers at once, in the dark on a phone', async () => {
		const site = await startSite();
		const dark = { colorScheme: 'dark' as const, viewport: { width: 360, height: 780 } };
		const visitors = await Promise.all([visit(browser, site.url, dark), visit(browser, site.url, dark), visit(browser, site.url, dark)]);
		const [wren, finch, guest] = visitors.map(({ page }) => page);
		if (!wren || !finch || !guest) throw new Error('three visitors');
		const name = await join(wren);
		await join(finch);
		for (const page of [finch, guest]) await page.goto('/live');
		await finch.waitForTimeout(400);
		await beginJourney(wren, 100);
		await celebrate(wren, 'First spring I can smell the rain.');
		const arrived = (page: Page) => page.locator('[data-live] li', { hasText: name });
		await Promise.all([finch, guest].map((page) => arrived(page).waitFor({ timeout: 5000 })));
		expect(await arrived(guest).textContent()).toContain('First spring I can smell the rain.');
		expect(await arrived(guest).textContent()).not.toMatch(/\d{4}/);
		expect(
			await arrived(guest)
				.locator('img')
				.evaluate((img) => img instanceof HTMLImageElement && img.complete && img.naturalWidth > 0)
		).toBe(true);
		await wren.goto('/live');
		await arrived(finch).getByRole('button', { name: 'Cheer' }).click();
		const began = Date.now();
		await Promise.all(
			[wren, guest].map((page) =>
				expect.poll(() => arrived(page).locator('[data-cheers]').textContent(), { timeout: 5000, interval: 20 }).toBe('1')
			)
		);
		expect(Date.now() - began).toBeLessThan(5000);
		expect(await axeFinds(finch)).toEqual([]);
		await site.stop();
	});

	test('the feed waits while it is hovered, and nothing moves for those who asked for that', async () => {
		const site = await startSite();
		const { page: wren } = await visit(browser, site.url);
		const { page: guest } = await visit(browser, site.url, { reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } });
		const name = await join(wren);
		await beginJourney(wren, 40);
		await celebrate(wren, 'The first one.');
		await guest.goto('/live');
		await guest.locator('[data-live] li').first().hover();
		await guest.waitForTimeout(400);
		const victory = wren.locator('form#victory');
		await wren.goto('/journey');
		await victory.evaluate((form) => form.closest('details')?.setAttribute('open', ''));
		await victory.locator('[name=words]').fill('Answered the phone.');
		await victory.getByRole('button', { name: 'See what others will see' }).click();
		await victory.locator('input[name=when][value=now]').check();
		await victory.getByRole('button', { name: 'Share it' }).click();
		await guest.waitForTimeout(1500);
		expect(await guest.locator('[data-live] li').count()).toBe(1);
		await guest.mouse.move(2, 2);
		await guest.locator('[data-live] li', { hasText: 'Answered the phone.' }).waitFor({ timeout: 5000 });
		expect(await guest.locator('[data-announce]').textContent()).toContain(name);
		expect(await guest.locator('li.arriving').evaluate((entry) => getComputedStyle(entry).animationName)).toBe('none');
		await site.stop();
	});

	test('a page that was away while the site restarted hears what it missed, once', async () => {
		const name = `lamp_${randomBytes(4).toString('hex')}`;
		const DATABASE_URL = await freshPostgres(name);
		const first = await startSite({ DATABASE_URL });
		const other = await startSite({ DATABASE_URL });
		const port = new URL(first.url).port;
		const { page: guest } = await visit(browser, first.url);
		await guest.goto('/live');
		await guest.waitForTimeout(400);
		const { page: wren } = await visit(browser, other.url);
		await join(wren);
		await beginJourney(wren, 10);
		await first.stop();
		await celebrate(wren, 'While you were away.');
		await wren.waitForTimeout(500);
		const again = await startSite({ DATABASE_URL, PORT: port });
		await guest.locator('[data-live] li', { hasText: 'While you were away.' }).waitFor({ timeout: 30_000 });
		await guest.waitForTimeout(500);
		expect(await guest.locator('[data-live] li', { hasText: 'While you were away.' }).count()).toBe(1);
		await again.stop();
		await other.stop();
	});

	test('two processes on one PostgreSQL show each other’s events', async () => {
		const DATABASE_URL = await freshPostgres(`two_${randomBytes(4).toString('hex')}`);
		const [one, two] = await Promise.all([startSite({ DATABASE_URL }), startSite({ DATABASE_URL })]);
		const watching = await openThread(one, browser);
		const { page } = await visit(browser, two.url);
		await join(page);
		await page.goto(watching.path);
		await page.locator('form#compose textarea[name=body]').fill('From the other process.');
		await page.getByRole('button', { name: 'Post answer' }).click();
		await watching.page.getByRole('button', { name: '1 new answer, show' }).click({ timeout: 5000 });
		await watching.page.locator('.answer', { hasText: 'From the other process.' }).waitFor();
		// Keyboard and screen reader go on at the new answer; what is being typed stays as it is.
		expect(await watching.page.evaluate(() => document.activeElement?.matches('.answer'))).toBe(true);
		expect(await watching.page.evaluate(() => document.activeElement?.textContent)).toContain('From the other process.');
		expect(await watching.page.locator('form#compose textarea[name=body]').inputValue()).toBe('half a sentence');
		await one.stop();
		await two.stop();
	});

	test('a draft survives a crash of the tab', async () => {
		const site = await startSite();
		const { page, context } = await visit(browser, site.url);
		await join(page);
		await page.goto('/boards/harbour/new');
		await page.locator('input[name=title]').fill('Half of it');
		await page.locator('textarea[name=body]').pressSequentially('I was just about to');
		await page.getByText('Draft kept').waitFor({ timeout: 5000 });
		const crash = await context.newPage();
		await page.goto('chrome://crash').catch(() => undefined);
		await crash.goto(`${site.url}/boards/harbour/new`);
		expect(await crash.locator('textarea[name=body]').inputValue()).toBe('I was just about to');
		await crash.goto(`${site.url}/drafts`);
		expect(await crash.locator('main').textContent()).toContain('I was just about to');
		await site.stop();
	});

	test('without JavaScript the feed is a list, and a cheer is a form', async () => {
		const site = await startSite();
		const [{ page: wren }, { page: finch }] = await Promise.all([
			visit(browser, site.url, { javaScriptEnabled: false }),
			visit(browser, site.url, { javaScriptEnabled: false })
		]);
		await join(wren);
		await join(finch);
		await beginJourney(wren, 31);
		await celebrate(wren, 'Plain paper works too.');
		await finch.goto('/live');
		await finch.getByRole('button', { name: 'Cheer' }).click();
		expect(await finch.locator('[data-cheers]').first().textContent()).toBe('1');
		await site.stop();
	});
});

async function freshPostgres(name: string): Promise<string> {
	const client = new Client({ connectionString: inject('postgres') });
	await client.connect();
	await client.query(`create database ${name}`);
	await client.end();
	return inject('postgres').replace(/[^/]*$/, name);
}

async function openThread(site: BuiltSite, browser: Browser) {
	const { page } = await visit(browser, site.url);
	await join(page);
	await page.goto('/boards/harbour/new');
	await page.locator('input[name=title]').fill('A story');
	await page.locator('textarea[name=body]').fill('How it was.');
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	await page.waitForURL(/\/threads\//);
	await page.locator('form#compose textarea[name=body]').fill('half a sentence');
	await page.waitForTimeout(400);
	return { page, path: new URL(page.url()).pathname };
}
