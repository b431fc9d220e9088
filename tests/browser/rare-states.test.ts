// Pages in the states that the demo never reaches: blocking one member, erasing one post, and looking behind a mask.
// Each is read by axe in light and dark, and enlarged fourfold.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#server/store/database.ts';
import { startSite, type BuiltSite } from '../built-site.ts';
import { axeFinds, launch, noBrowser, visit } from './chromium.ts';
import { join } from './joining.ts';
import { zoomFinds } from './zoom.ts';

describe.skipIf(noBrowser)('a state that is seldom seen is accessible', () => {
	let site: BuiltSite;
	let browser: Browser;
	beforeAll(async () => {
		site = await startSite();
		browser = await launch();
	});
	afterAll(async () => {
		await browser.close();
		await site.stop();
	});

	const someone = async () => (await visit(browser, site.url, { viewport: { width: 360, height: 6000 } })).page;

	async function finds(page: Page): Promise<string[]> {
		const found: string[] = [];
		await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
		for (const colorScheme of ['light', 'dark'] as const) {
			// Colours that are on their way from one to the other are neither.
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			found.push(...(await axeFinds(page)).map((finding) => `${colorScheme} ${finding}`));
		}
		return [...found, ...(await zoomFinds(page))];
	}

	async function aStory(page: Page): Promise<string> {
		await page.goto('/boards/harbour/new');
		await page.locator('input[name=title]').fill('The first quiet Sunday');
		await page.locator('textarea[name=body]').fill('I made tea and sat by the window.');
		await page.getByRole('button', { name: 'Share', exact: true }).click();
		await page.waitForURL(/\/threads\//);
		return new URL(page.url()).pathname;
	}

	test('blocking one member, and whom one has blocked', async () => {
		const [wren, finch] = [await someone(), await someone()];
		await join(wren);
		const name = await join(finch);
		await wren.goto(await aStory(finch));
		await wren.getByText('More', { exact: true }).click();
		expect(await finds(wren)).toEqual([]);
		await wren.getByRole('link', { name: 'Block or mute' }).click();
		await wren.getByRole('button', { name: `Block ${name}` }).waitFor();
		expect(await finds(wren)).toEqual([]);
		await wren.getByRole('button', { name: `Block ${name}` }).click();
		await wren.getByRole('button', { name: `Unblock ${name}` }).waitFor();
		expect(await finds(wren)).toEqual([]);
	});

	test('erasing one post for good', async () => {
		const wren = await someone();
		await join(wren);
		await wren.goto(await aStory(wren));
		await wren.getByText('More', { exact: true }).click();
		await wren.getByText('Take back', { exact: true }).click();
		await wren.getByRole('button', { name: 'Take it back' }).click();
		await wren.getByText('Erase for good', { exact: true }).click();
		await wren.getByRole('button', { name: 'Erase it for good' }).waitFor();
		expect(await finds(wren)).toEqual([]);
	});

	test('two moderators look behind a mask', async () => {
		const [wren, finch, first, second] = [await someone(), await someone(), await someone(), await someone()];
		for (const page of [wren, finch]) await join(page);
		for (const page of [first, second]) site.staff('appoint', await join(page), 'moderator');
		const thread = await aStory(finch);
		await wren.goto(thread);
		await wren.getByLabel('Without my name here').check();
		await wren.locator('textarea[name=body]').fill('I am frightened of tonight.');
		await wren.getByRole('button', { name: 'Post answer' }).click();
		await wren.locator('article.waiting').waitFor();
		expect(await finds(wren)).toEqual([]);
		const db = await openDatabase(`file:${site.folder}/site.db`);
		await db.write((tx) => tx.update(db.tables.waitingMasks).set({ showAt: 0 }));
		await expect.poll(() => db.read.$count(db.tables.waitingMasks)).toBe(0);
		await db.close();

		await finch.goto(thread);
		await finch.locator('article.answer').getByRole('link', { name: 'Report' }).click();
		await finch.getByRole('button', { name: 'I’m worried about this person' }).click();
		await finch.getByText('You reported this').waitFor();
		await first.goto('/moderation');
		await first.locator('a[href*="/moderation/cases/"]').first().click();
		await first.getByText('Who is behind this name?').click();
		expect(await finds(first)).toEqual([]);
		await first.getByLabel('What danger is there?').fill('Somebody may be in danger tonight.');
		await first.getByRole('button', { name: 'Ask a second moderator' }).click();
		await first.getByText('Another moderator has to say yes.').waitFor();
		expect(await finds(first)).toEqual([]);
		await second.goto(first.url());
		await second.getByRole('button', { name: 'Yes, both of us see the name for a day' }).waitFor();
		expect(await finds(second)).toEqual([]);
		await second.getByRole('button', { name: 'Yes, both of us see the name for a day' }).click();
		await second.getByText('This was written by').waitFor();
		expect(await finds(second)).toEqual([]);
	});
});
