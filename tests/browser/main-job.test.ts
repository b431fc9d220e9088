// The whole main job in a real browser: two members and a moderator, each in a browser of their own, with and without JavaScript,
// on both databases.
import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { join, passphrase } from './joining.ts';
import { launch, noBrowser, visit } from './chromium.ts';

async function databaseFor(dialect: string): Promise<Record<string, string>> {
	if (dialect === 'sqlite') return {};
	const name = `site_${randomBytes(6).toString('hex')}`;
	const client = new Client({ connectionString: inject('postgres') });
	await client.connect();
	await client.query(`create database ${name}`);
	await client.end();
	return { DATABASE_URL: inject('postgres').replace(/[^/]*$/, name) };
}

describe.skipIf(noBrowser).each([
	['sqlite', true],
	['sqlite', false],
	['postgres', true],
	['postgres', false]
] as const)('on %s, with JavaScript %s', (dialect, javaScriptEnabled) => {
	let site: BuiltSite;
	let browser: Browser;
	const someone = async () => {
		return (await visit(browser, site.url, { javaScriptEnabled })).page;
	};

	beforeAll(async () => {
		site = await startSite(await databaseFor(dialect));
		browser = await launch();
	});
	afterAll(async () => {
		await browser.close();
		await site.stop();
	});

	test('a story is shared, answered, encouraged, reported and decided', async () => {
		const [wren, finch, moderator] = [await someone(), await someone(), await someone()];

		const wrenName = await join(wren);
		await wren.goto('/boards/harbour');
		await wren.getByRole('link', { name: 'Share a story' }).click();
		await wren.locator('input[name=title]').fill('Nine days, and the evenings are long');
		await wren.locator('textarea[name=body]').fill('I keep reaching for a glass.\n\n*What did you do with your hands?*');
		await wren.getByText('Add a content warning').click();
		await wren.getByLabel('grief').check();
		await wren.getByRole('button', { name: 'See how it looks' }).click();
		expect(await wren.locator('.card em').first().textContent()).toBe('What did you do with your hands?');
		expect(await wren.locator('input[name=title]').inputValue()).toBe('Nine days, and the evenings are long');
		expect(await wren.getByLabel('grief').isChecked()).toBe(true);
		await wren.getByRole('button', { name: 'Share', exact: true }).click();
		await wren.waitForURL(/\/threads\//);
		const thread = new URL(wren.url()).pathname;

		const finchName = await join(finch);
		await finch.goto('/boards/harbour');
		await finch.getByRole('link', { name: 'Nine days, and the evenings are long' }).click();
		expect(await finch.locator('.opening .by').first().textContent()).toContain(wrenName);
		await finch
			.locator('.opening')
			.getByRole('button', { name: 'With you' })
			.or(finch.locator('.opening').getByText('Encourage …'))
			.first()
			.click();
		const kind = finch.locator('.opening button[value=with_you]');
		if ((await kind.getAttribute('aria-pressed')) !== 'true') await kind.click();
		await expect.poll(() => finch.locator('.opening button[value=with_you]').getAttribute('aria-pressed')).toBe('true');
		await finch.locator('form#compose textarea[name=body]').fill('Bread. I made terrible bread for two months.');
		await finch.getByRole('button', { name: 'Post answer' }).click();
		await finch.locator('.answer .prose').first().waitFor();

		await wren.goto(thread);
		expect(await wren.locator('.opening').textContent()).toContain('1');
		await wren.locator('.answer').getByRole('link', { name: 'Answer', exact: true }).click();
		await wren.locator('.answer form#compose textarea[name=body]').fill('I have flour.');
		await wren.getByRole('button', { name: 'Post answer' }).click();
		await expect.poll(() => wren.locator('.answer.depth-2 .prose').textContent()).toContain('I have flour.');

		await finch.goto(thread);
		await finch.locator('form#compose textarea[name=body]').fill('Some people only like to talk, and you are one of them.');
		await finch.getByRole('button', { name: 'Post answer' }).click();
		await expect.poll(() => finch.locator('.answer').count()).toBe(3);

		// Two presses: Report, and the reason.
		await wren.goto(thread);
		const unkind = wren.locator('.answer', { hasText: 'only like to talk' });
		await unkind.getByRole('link', { name: 'Report' }).click();
		await wren
			.getByRole('button', { name: /^Unkind/ })
			.locator('visible=true')
			.click();
		await expect.poll(() => wren.locator('[role=status]').first().textContent()).toContain('Thank you');
		expect(await unkind.textContent()).toContain('You reported this');

		const moderatorName = await join(moderator);
		expect(site.staff('appoint', moderatorName, 'moderator')).toContain(`${moderatorName} is now moderator`);
		await moderator.goto('/moderation');
		await moderator.locator('a[href*="/moderation/cases/"]').first().click();
		await moderator.locator('form[action*="claim"] button').first().click();
		const form = moderator.locator('form[action*="decide"]');
		await form.locator('input[name=post_action][value=remove]').check();
		await form.locator('input[name=author_action][value=formal_notice]').check();
		await form.locator('select[name=rule]').selectOption('be-kind');
		await form.locator('textarea[name=reason]').fill('Everybody here is doing their best. Please speak of yourself.');
		await form.getByRole('button', { name: /^Decide/ }).click();
		await moderator.locator('form[action*="undo"]').waitFor();

		// The decision takes effect by itself after its twelve seconds.
		await expect
			.poll(async () => (await wren.goto(thread), wren.locator('main').textContent()), { timeout: 30_000, interval: 1500 })
			.toContain('A moderator removed this');
		expect(await wren.locator('main').textContent()).not.toContain('only like to talk');
		expect(await wren.locator('.answer').count()).toBe(3);
		await wren.goto('/settings');
		expect(await wren.locator('main').textContent()).toMatch(/report/i);
		await finch.goto('/settings');
		const told = await finch.locator('main').textContent();
		expect(told).toContain('Please speak of yourself');
		expect(told).not.toContain(wrenName);
		expect(finchName).not.toBe(wrenName);
	});

	test('a session that ends in the middle of writing keeps the words through the sign-in', async () => {
		const page = await someone();
		const name = await join(page);
		await page.goto('/boards/harbour/new');
		await page.locator('input[name=title]').fill('Kept');
		await page.locator('textarea[name=body]').fill('These words survive the sign-in.');
		await page.context().clearCookies();
		await page.getByRole('button', { name: 'Share', exact: true }).click();
		await page.waitForURL(/\/sign-in/);
		await page.locator('input[name=name]').fill(name.toUpperCase());
		await page.locator('input[name=passphrase]').fill(passphrase);
		await page.locator('form:has(input[name=passphrase]) button.lamp').click();
		await page.waitForURL(/\/boards\/harbour\/new/);
		expect(await page.locator('input[name=title]').inputValue()).toBe('Kept');
		expect(await page.locator('textarea[name=body]').inputValue()).toBe('These words survive the sign-in.');
		await page.getByRole('button', { name: 'Share', exact: true }).click();
		await page.waitForURL(/\/threads\//);
		expect(await page.locator('.opening .prose').textContent()).toContain('These words survive');
	});
});
