// What the small scripts leave alone: words being typed, the place where somebody reads, and a browser that cannot do their work.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { launch, noBrowser, visit } from './chromium.ts';
import { join, passphrase } from './joining.ts';

describe.skipIf(noBrowser)('the small scripts', () => {
	let site: BuiltSite;
	let browser: Browser;
	beforeAll(async () => {
		[site, browser] = await Promise.all([startSite({ PROOF_OF_WORK: 'on', SIGN_UP: 'open' }), launch()]);
	});
	afterAll(async () => {
		await browser?.close();
		await site?.stop();
	});

	test('the desk does not reload itself over words that are being typed', async () => {
		const [{ page: wren }, { page: moderator }] = [await visit(browser, site.url), await visit(browser, site.url)];
		await join(wren);
		await wren.goto('/boards/harbour/new');
		await wren.locator('input[name=title]').fill('A story');
		await wren.locator('textarea[name=body]').fill('How it was.');
		await wren.getByRole('button', { name: 'Share', exact: true }).click();
		await wren.waitForURL(/\/threads\//);
		const thread = wren.url();
		site.staff('appoint', await join(moderator), 'moderator');
		const { page: finch } = await visit(browser, site.url);
		await join(finch);
		await finch.goto(thread);
		await finch.locator('.opening').getByRole('link', { name: 'Report' }).click();
		await finch
			.getByRole('button', { name: /^Unkind/ })
			.locator('visible=true')
			.click();
		await expect.poll(() => finch.locator('[role=status]').first().textContent()).toContain('Thank you');
		await moderator.goto('/moderation');
		await moderator.locator('a[href*="/moderation/cases/"]').first().click();
		await moderator.waitForURL(/\/moderation\/cases\//);
		await moderator.clock.install();
		await moderator.locator('form[action*="decide"] textarea[name=reason]').fill('Please be kind.');
		await moderator.locator('form[action*="decide"] input[name=post_action][value=none]').check();
		await moderator.locator('form[action*="decide"] input[name=author_action][value=none]').check();
		await moderator.getByRole('button', { name: /^Decide/ }).click();
		await moderator.locator('[data-waiting]').first().waitFor();
		// As the form has that asks to look behind a mask.
		await moderator.evaluate(() => {
			document.body.append(document.createElement('textarea'));
			document.body.dataset.before = 'yes';
		});
		const field = moderator.locator('body > textarea');
		await field.fill('Because they said');
		await moderator.clock.runFor(20_000);
		expect(await field.inputValue()).toBe('Because they said');
		await field.fill('');
		await moderator.clock.runFor(3000);
		await expect.poll(() => moderator.evaluate(() => document.body?.dataset.before).catch(() => 'on its way')).toBeUndefined();
	});

	test('a touch that the system takes away holds the feed no longer than one that ends', async () => {
		const { page } = await visit(browser, site.url);
		await page.clock.install();
		await page.goto('/live');
		const list = page.locator('[data-live]');
		for (const ended of ['touchend', 'touchcancel']) {
			await list.dispatchEvent('touchstart');
			await list.dispatchEvent(ended);
			expect(await list.getAttribute('data-touched')).toBe('yes');
			await page.clock.runFor(4000);
			expect(await list.getAttribute('data-touched')).toBe('');
		}
	});

	test.each(['no workers at all', 'workers that fail'])('a browser with scripts and %s joins with its invitation', async (kind) => {
		const code = site.staff('invite', '1', '3').split('\n')[0] ?? '';
		const { page } = await visit(browser, site.url);
		await page.addInitScript((none) => {
			class Failing extends EventTarget {
				onerror: (() => void) | undefined;
				postMessage() {
					setTimeout(() => this.onerror?.());
				}
				terminate() {}
			}
			Reflect.set(window, 'Worker', none ? undefined : Failing);
		}, kind === 'no workers at all');
		await page.goto('/join');
		await page.locator('input[name=name]').first().check();
		await page.locator('input[name=passphrase]').fill(passphrase);
		await page.locator('input[name=adult]').check();
		await page.locator('input[name=agree]').check();
		await page.getByText('I have an invitation').click();
		await page.getByLabel('Your invitation').fill(code);
		await page.locator('form:has(input[name=passphrase]) button.lamp').click();
		await page.waitForURL(/\/settings\/codes/);
	});
});
