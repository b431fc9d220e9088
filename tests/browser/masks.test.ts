// Posting without a name in a real browser, with and without JavaScript.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#server/store/database.ts';
import { startSite, type BuiltSite } from '../built-site.ts';
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

	/** The three minutes pass, for whatever waits. */
	async function threeMinutesLater() {
		const db = await openDatabase(`file:${site.folder}/site.db`);
		await db.write((tx) => tx.update(db.tables.waitingMasks).set({ showAt: 0 }));
		await expect.poll(() => db.read.$count(db.tables.waitingMasks)).toBe(0);
		await db.close();
	}

	test('a story and an answer are posted without a name, kept from others at first, and stay their author’s', async () => {
		const [wren, finch] = [await someone(), await someone()];
		await join(wren);
		const finchName = await join(finch);

		await wren.goto('/boards/harbour/new');
		await wren.locator('input[name=title]').fill('Something I never said');
		await wren.locator('textarea[name=body]').fill('My sister lives here too. My number is 0171 5551234.');
		await wren.getByLabel('Without my name here').check();
		await wren.getByRole('button', { name: 'Share', exact: true }).click();
		await wren.getByText('This seems to hold').waitFor();
		expect(await wren.getByLabel('Without my name here').isChecked()).toBe(true);
		await wren.locator('textarea[name=body]').fill('My sister lives here too.');
		await wren.getByRole('button', { name: 'Check again' }).click();
		await wren.waitForURL(/\/masks\?done=story/);
		await wren.getByRole('heading', { name: 'Something I never said' }).waitFor();
		await finch.goto('/boards/harbour');
		expect(await finch.getByText('Something I never said').count()).toBe(0);

		await threeMinutesLater();
		await wren.reload();
		await wren.getByRole('link', { name: 'Something I never said' }).click();
		const thread = new URL(wren.url()).pathname;
		const alias = (await wren.locator('article.opening .by b').textContent()) ?? '';
		expect(await wren.getByRole('link', { name: 'Edit' }).count()).toBe(1);
		await finch.goto(thread);
		expect(await finch.locator('article.opening .by b').textContent()).toBe(alias);
		expect(await finch.getByRole('link', { name: 'Edit' }).count()).toBe(0);

		await finch.locator('#compose textarea[name=body]').fill('Me too. I am here.');
		await finch.locator('#compose').getByLabel('Without my name here').check();
		await finch.locator('#compose').getByRole('button', { name: 'Post answer' }).click();
		await finch.waitForURL(/done=waits/);
		await finch.locator('article.waiting', { hasText: 'Me too. I am here.' }).waitFor();
		await wren.goto(thread);
		expect(await wren.getByText('Me too. I am here.').count()).toBe(0);

		await threeMinutesLater();
		await wren.goto('/notices');
		await wren.getByText('answered you in “Something I never said”').waitFor();
		await wren.goto(thread);
		const answer = wren.locator('article.answer', { hasText: 'Me too. I am here.' });
		expect([finchName, alias]).not.toContain(await answer.locator('.by b').textContent());
		await finch.goto('/masks');
		await finch.getByText('Take back', { exact: true }).click();
		await finch.getByRole('button', { name: 'Take it back' }).click();
		await finch.getByRole('button', { name: 'Put it back' }).waitFor();
		await wren.reload();
		expect(await wren.getByText('Me too. I am here.').count()).toBe(0);
	});

	test('what waits can be taken back into the drafts', async () => {
		const wren = await someone();
		await join(wren);
		await wren.goto('/boards/harbour/new');
		await wren.locator('input[name=title]').fill('Too soon');
		await wren.locator('textarea[name=body]').fill('I would rather not.');
		await wren.getByLabel('Without my name here').check();
		await wren.getByRole('button', { name: 'Share', exact: true }).click();
		await wren.waitForURL(/\/masks/);
		await wren.getByRole('button', { name: 'Take it back into your drafts' }).click();
		await wren.waitForURL(/\/boards\/harbour\/new/);
		expect(await wren.locator('textarea[name=body]').inputValue()).toBe('I would rather not.');
		expect(await wren.getByLabel('Without my name here').isChecked()).toBe(true);
		await wren.goto('/masks');
		expect(await wren.getByText('Too soon').count()).toBe(0);
	});
});
