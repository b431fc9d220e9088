// Nobody loses what they write or who answered them: drafts, notices and marks in a real browser, with and without JavaScript.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { axeFinds, launch, noBrowser, visit, type Visitor } from './chromium.ts';
import { join } from './joining.ts';

let site: BuiltSite;
let browser: Browser;
const visitors: Visitor[] = [];
const words = 'I am typing this\nwith “ü” and 🕯';

beforeAll(async () => {
	if (noBrowser) return;
	site = await startSite();
	browser = await launch();
});
afterEach(async () => {
	for (const visitor of visitors.splice(0)) {
		await visitor.context.close();
	}
});
afterAll(async () => {
	await browser?.close();
	await site?.stop();
});

async function member(javaScriptEnabled = true): Promise<{ page: Page; name: string; visitor: Visitor }> {
	const visitor = await visit(browser, site.url, { javaScriptEnabled });
	visitors.push(visitor);
	const { page } = visitor;
	const name = await join(page);
	return { page, name, visitor };
}

async function aStory(page: Page, title: string) {
	await page.goto('/boards/harbour/new');
	await page.locator('input[name=title]').fill(title);
	await page.locator('textarea[name=body]').fill(`The story of ${title}.`);
	await page.locator('form.composer button.lamp').click();
	await page.waitForURL(/\/threads\//);
	return page.url().replace(/[?#].*/, '');
}

describe.skipIf(noBrowser)('with JavaScript', () => {
	test('a draft survives a crash of the tab', async () => {
		const { page, visitor } = await member();
		await page.goto('/boards/harbour/new');
		await page.locator('input[name=title]').fill('Tonight');
		await page.locator('textarea[name=body]').pressSequentially(words);
		await expect.poll(() => page.locator('[data-draft-status]').textContent(), { timeout: 5000 }).toBe('Draft kept');
		await page.waitForTimeout(1300);
		const again = await visitor.context.newPage();
		// Nothing of the page runs any more: no event, no last request.
		await page.goto('chrome://crash').catch(() => undefined);
		await again.goto('/boards/harbour/new');
		expect(await again.locator('textarea[name=body]').inputValue()).toBe(words);
		expect(await again.locator('input[name=title]').inputValue()).toBe('Tonight');
		expect(await again.locator('form.draft').textContent()).toContain('Your draft from');
		expect(await axeFinds(again)).toEqual([]);
		await again.locator('form.composer button.lamp').click();
		await again.waitForURL(/\/threads\//);
		await again.waitForTimeout(1300);
		await again.goto('/drafts');
		expect(await again.locator('.empty').count()).toBe(1);
		expect(await axeFinds(again)).toEqual([]);
	});

	test('leaving the page within the second keeps what was typed, without being asked', async () => {
		const { page } = await member();
		await page.goto('/boards/harbour/new');
		await page.locator('textarea[name=body]').pressSequentially('Quick words');
		page.on('dialog', (dialog) => void dialog.accept());
		await page.goto('/');
		await page.waitForTimeout(500);
		await page.goto('/drafts');
		expect(await page.locator('.all').first().textContent()).toBe('Quick words');
	});

	test('a network that fails is retried, and typing is never held up', async () => {
		const { page, visitor } = await member();
		await page.goto('/boards/harbour/new');
		await page.route('**/drafts?/keep', (route) => route.abort());
		await page.locator('textarea[name=body]').pressSequentially('Against the wind');
		await expect.poll(() => page.locator('[data-draft-status]').textContent(), { timeout: 4000 }).toContain('Trying again');
		await page.unroute('**/drafts?/keep');
		await expect.poll(() => page.locator('[data-draft-status]').textContent(), { timeout: 10_000 }).toBe('Draft kept');
		visitor.complaints.length = 0;
	});

	test('the form that moves takes its draft along; a post with a draft opens with it', async () => {
		const { page } = await member();
		const thread = await aStory(page, 'A moving form');
		await page.locator('textarea[name=body]').fill('First answer');
		await page.locator('form.composer button.lamp').click();
		await page.waitForURL(/post=/);
		await page.goto(thread);
		await page.locator('textarea[name=body]').pressSequentially('To the opening');
		await expect.poll(() => page.locator('[data-draft-status]').textContent(), { timeout: 5000 }).toBe('Draft kept');
		await page.locator('article.answer a[data-answer]').click();
		await page.locator('textarea[name=body]').pressSequentially(', no, to the answer');
		await page.waitForTimeout(2500);
		await page.goto('/drafts');
		expect(await page.locator('article.story').count()).toBe(1);
		await page.goto(thread);
		expect(await page.locator('textarea[name=body]').inputValue()).toBe('');
		await page.locator('article.answer a', { hasText: 'Go on with your answer' }).click();
		await page.waitForURL(/answer=/);
		expect(await page.locator('article.answer textarea[name=body]').inputValue()).toBe('To the opening, no, to the answer');
		expect(await axeFinds(page)).toEqual([]);
	});

	test('letting a draft go is final, also for a request on its way', async () => {
		const { page } = await member();
		await page.goto('/boards/harbour/new');
		await page.locator('textarea[name=body]').pressSequentially('Not this');
		await expect.poll(() => page.locator('[data-draft-status]').textContent(), { timeout: 5000 }).toBe('Draft kept');
		await page.reload();
		page.on('dialog', (dialog) => void dialog.accept());
		await page.locator('textarea[name=body]').pressSequentially('More');
		await page.locator('form.draft summary').click();
		await page.locator('form.draft button').click();
		await page.waitForURL('**/boards/harbour/new');
		await page.waitForTimeout(1500);
		await page.reload();
		expect(await page.locator('textarea[name=body]').inputValue()).toBe('');
	});
});

describe.skipIf(noBrowser).each([true, false])('with JavaScript %s', (javaScriptEnabled) => {
	test('“Keep draft” keeps, the list leads back, posting lets go', async () => {
		const { page } = await member(javaScriptEnabled);
		const thread = await aStory(page, `A place for drafts ${javaScriptEnabled}`);
		await page.goto(thread);
		await page.locator('textarea[name=body]').fill(words);
		await page.locator('button', { hasText: 'Keep draft' }).click();
		if (javaScriptEnabled) await expect.poll(() => page.locator('[data-draft-status]').textContent(), { timeout: 5000 }).toBe('Draft kept');
		else await expect.poll(() => page.locator('form.draft').count()).toBe(1);
		await page.goto('/settings');
		await page.locator('a', { hasText: 'Drafts' }).first().click();
		if (javaScriptEnabled) expect(await axeFinds(page)).toEqual([]);
		await page.locator('a', { hasText: 'Go on' }).click();
		await page.waitForURL(/\/threads\//);
		expect(await page.locator('textarea[name=body]').inputValue()).toBe(words);
		await page.locator('form.composer button.lamp').click();
		await page.waitForURL(/post=/);
		await page.goto('/drafts');
		expect(await page.locator('.empty').count()).toBe(1);
	});

	test('a member is told quietly who answered, and opening it reads it', async () => {
		const [wren, finch] = [await member(javaScriptEnabled), await member(javaScriptEnabled)];
		const thread = await aStory(wren.page, `A lamp in the window ${javaScriptEnabled}`);
		const dot = wren.page.locator('.places .dot:visible');
		expect(await dot.count()).toBe(0);
		await finch.page.goto(thread);
		await finch.page.locator('textarea[name=body]').fill('I see it.');
		await finch.page.locator('form.composer button.lamp').click();
		await finch.page.waitForURL(/post=/);

		await wren.page.goto('/boards/harbour?sort=new');
		expect(await dot.count()).toBe(1);
		expect(await wren.page.title()).toBe('A board · Lamplight');
		expect(await wren.page.locator('.story', { hasText: `A lamp in the window ${javaScriptEnabled}` }).textContent()).toContain(
			'new since you were here'
		);
		await wren.page.locator('.places a', { hasText: 'You' }).click();
		await wren.page.locator('main a', { hasText: 'Notices' }).click();
		await wren.page.waitForURL('**/notices');
		if (javaScriptEnabled) expect(await axeFinds(wren.page)).toEqual([]);
		await wren.page.reload();
		expect(await wren.page.locator('li.unread').count()).toBe(1);
		await wren.page.locator('li.unread a', { hasText: 'New reply' }).click();
		await wren.page.waitForURL(/\/threads\//);
		expect(await wren.page.locator('article.answer .fresh').textContent()).toContain('new');
		expect(await dot.count()).toBe(0);
		if (javaScriptEnabled) expect(await axeFinds(wren.page)).toEqual([]);
		// A form of the page brings it back with its marks.
		await wren.page.locator('article.answer').getByText('More', { exact: true }).click();
		await wren.page.locator('article.answer').getByRole('button', { name: 'Bookmark' }).click();
		await expect.poll(() => wren.page.locator('button', { hasText: 'Bookmarked' }).count()).toBe(1);
		expect(await wren.page.locator('article.answer .fresh').count()).toBe(1);
		await wren.page.goto('/bookmarks');
		expect(await wren.page.locator('article.story').textContent()).toContain('I see it.');
		if (javaScriptEnabled) expect(await axeFinds(wren.page)).toEqual([]);
	});

	test('a board is followed, muted and heard again', async () => {
		const { page } = await member(javaScriptEnabled);
		await page.goto('/boards/harbour');
		await page.locator('button', { hasText: 'Follow' }).click();
		await expect.poll(() => page.locator('button', { hasText: 'Following' }).count()).toBe(1);
		await page.locator('button', { hasText: 'Mute' }).click();
		await expect.poll(() => page.locator('button', { hasText: 'Muted' }).count()).toBe(1);
		expect(await page.locator('button', { hasText: 'Following' }).count()).toBe(0);
		if (javaScriptEnabled) expect(await axeFinds(page)).toEqual([]);
		await page.locator('button', { hasText: 'Muted' }).click();
		await expect.poll(() => page.locator('button', { hasText: 'Muted' }).count()).toBe(0);
	});
});

test.skipIf(noBrowser)('words sent to be kept after the session ended wait behind the sign-in', async () => {
	const { page, name } = await member(false);
	await page.goto('/boards/harbour/new');
	await page.context().clearCookies();
	await page.locator('textarea[name=body]').fill(words);
	await page.locator('button', { hasText: 'Keep draft' }).click();
	await page.waitForURL(/\/sign-in/);
	await page.locator('input[name=name]').fill(name);
	await page.locator('input[name=passphrase]').fill('a lamp in the far window');
	await page.locator('form:has(input[name=passphrase]) button.lamp').click();
	await page.waitForURL('**/drafts');
	expect(await page.locator('textarea[name=body]').inputValue()).toBe(words);
	await page.locator('button', { hasText: 'Keep as a draft' }).click();
	await page.waitForURL('**/boards/harbour/new');
	expect(await page.locator('textarea[name=body]').inputValue()).toBe(words);
});
