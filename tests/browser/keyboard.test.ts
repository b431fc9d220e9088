// Everything by the keyboard alone: coming in, writing, answering and reporting; what opens is shut by Escape and gives the focus back.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { launch, noBrowser, visit } from './chromium.ts';
import { passphrase } from './joining.ts';

/** What has the focus, in a word: its field's name, or what it says. Where nothing shows that, it says so. */
const focused = () => {
	const one = document.activeElement;
	if (!(one instanceof HTMLElement) || one === document.body) return '';
	const box = one.closest('.choice') ?? one;
	const seen = [getComputedStyle(box), getComputedStyle(one, '::after')].some(
		({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
	);
	const name = one.getAttribute('name');
	const said = name && !(one instanceof HTMLButtonElement) ? name : one.textContent.trim().replace(/\s+/g, ' ');
	return seen ? said : `${said} (nothing shows the focus)`;
};

async function tabTo(page: Page, wanted: string | RegExp): Promise<void> {
	const passed: string[] = [];
	for (let i = 0; i < 120; i++) {
		const now = await page.evaluate(focused);
		if (now === wanted || (wanted instanceof RegExp && wanted.test(now))) return;
		expect(now).not.toContain('(nothing shows the focus)');
		passed.push(now);
		await page.keyboard.press('Tab');
	}
	throw new Error(`The focus never came to ${wanted}: ${passed.join(', ')}`);
}

async function press(page: Page, wanted: string | RegExp, key = 'Enter'): Promise<void> {
	await tabTo(page, wanted);
	await page.keyboard.press(key);
}

describe.skipIf(noBrowser)('by the keyboard alone', () => {
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

	async function comesIn(): Promise<Page> {
		const { page } = await visit(browser, site.url, { viewport: { width: 1280, height: 900 } });
		await page.goto('/join');
		await press(page, 'name', 'Space');
		await tabTo(page, 'passphrase');
		await page.keyboard.type(passphrase);
		await press(page, 'adult', 'Space');
		await press(page, 'agree', 'Space');
		await press(page, 'Come in');
		await page.waitForURL(/settings\/codes/);
		await press(page, 'I have them, go on');
		await page.waitForURL(({ pathname }) => pathname.startsWith('/boards/'));
		return page;
	}

	test('somebody comes in, shares a story, answers, and reports', async () => {
		const wren = await comesIn();
		await wren.goto('/boards/harbour');
		await press(wren, 'Share a story');
		await wren.waitForURL(/\/new$/);
		await tabTo(wren, 'title');
		await wren.keyboard.type('By keys alone');
		await tabTo(wren, 'body');
		await wren.keyboard.type('I typed all of this.');
		await press(wren, 'Share');
		await wren.waitForURL(/\/threads\//);
		// Their story is what they see, not the form below it.
		expect(await wren.evaluate(() => scrollY)).toBe(0);

		const finch = await comesIn();
		await finch.goto(wren.url());
		await press(finch, 'Answer');
		expect(await finch.evaluate(focused)).toBe('body');
		await finch.keyboard.press('Escape');
		expect(await finch.evaluate(focused)).toBe('Answer');
		await finch.keyboard.press('Enter');
		await finch.keyboard.type('I read all of it.');
		await press(finch, 'Post answer');
		await finch.locator('.answer.target').waitFor();

		await press(finch, 'Report');
		// Whoever presses Enter once more stays here.
		expect(await finch.evaluate(focused)).toBe('What worries you?');
		await finch.keyboard.press('Escape');
		expect(await finch.evaluate(focused)).toBe('Report');
		await finch.keyboard.press('Enter');
		await press(finch, /^Unkind/);
		await finch.waitForURL(/done=reported/);
		await finch.getByText('You reported this').waitFor();
	});

	test('what waits behind More is reached, and Escape shuts it and gives the focus back', async () => {
		const wren = await comesIn();
		await wren.goto('/boards/harbour');
		await press(wren, 'By keys alone');
		await wren.waitForURL(/\/threads\//);
		await press(wren, 'More');
		await tabTo(wren, 'Block or mute');
		await wren.keyboard.press('Escape');
		expect(await wren.evaluate(focused)).toBe('More');
		expect(await wren.locator('.menu[open]').count()).toBe(0);
		await wren.goto(wren.url());
		await press(wren, 'Encourage …');
		await expect.poll(() => wren.evaluate(focused)).toBe('With you');
		await wren.keyboard.press('Enter');
		await wren.locator('button[aria-pressed=true]').waitFor();
	});
});
