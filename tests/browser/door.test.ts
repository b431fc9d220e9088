// The door of a site that strangers can reach: the sum in a real browser, the way in without scripts, and the desk where people are let in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { startSite, type BuiltSite } from '../built-site.ts';
import { axeFinds, launch, noBrowser, visit } from './chromium.ts';
import { join, passphrase } from './joining.ts';

describe.skipIf(noBrowser)('where proof of work is on', () => {
	let site: BuiltSite;
	let browser: Browser;
	beforeAll(async () => {
		[site, browser] = await Promise.all([startSite({ PROOF_OF_WORK: 'on' }), launch()]);
	});
	afterAll(async () => {
		await browser.close();
		await site.stop();
	});

	const signIn = (name: string, words: string, headers = {}) =>
		fetch(`${site.url}/sign-in`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: site.url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...headers },
			body: new URLSearchParams({ name, passphrase: words })
		});

	test('a browser does the sum by itself, also for somebody who presses at once, and comes in', async () => {
		const { page } = await visit(browser, site.url);
		const name = await join(page);
		// The codes for paper come first, and then the place for those who are new.
		expect(page.url()).toBe(`${site.url}/settings/codes?to=%2Fboards%2Fdoorstep`);
		await page.goto('/settings');
		expect(await page.locator('h1 + .row b').innerText()).toBe(name);
	});

	test('a sign-in that failed goes on with a sum', async () => {
		const { page } = await visit(browser, site.url);
		await page.goto('/sign-in');
		for (let tries = 0; tries < 2; tries++) {
			await page.locator('input[name=name]').fill('Quiet Nobody');
			await page.locator('input[name=passphrase]').fill('some words that fit nowhere');
			const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
			await page.locator('form:has(input[name=passphrase]) button').click();
			const answer = await answered;
			expect(answer.status()).toBe(422);
			expect(new URLSearchParams(answer.request().postData() ?? '').get('proof')?.length ?? 0).toBeGreaterThanOrEqual(tries * 300);
			await page.locator('.problems').waitFor();
		}
	});

	test('without scripts somebody waits, is let in at the desk, signs in, and signing out makes the device a stranger’s', async () => {
		const moderator = await visit(browser, site.url);
		site.staff('appoint', await join(moderator.page), 'administrator');
		const { page, context } = await visit(browser, site.url, { javaScriptEnabled: false });
		await page.goto('/join');
		expect(await axeFinds(moderator.page)).toEqual([]);
		const first = page.locator('input[name=name]').first();
		const name = await first.inputValue();
		await first.check();
		await page.locator('input[name=passphrase]').fill(passphrase);
		await page.locator('input[name=words]').fill('I read here for a year');
		await page.locator('input[name=adult]').check();
		await page.locator('input[name=agree]').check();
		const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
		await page.locator('form:has(input[name=passphrase]) button.lamp').click();
		expect((await answered).status()).toBe(202);
		await page.getByRole('heading', { name: 'A moderator will look' }).waitFor();
		expect((await signIn(name, passphrase)).status).toBe(403);

		await moderator.page.goto('/moderation/joining');
		expect(await axeFinds(moderator.page)).toEqual([]);
		await moderator.page.getByText('I read here for a year').waitFor();
		await moderator.page.getByRole('button', { name: `Let in ${name}` }).click();
		await moderator.page.getByRole('status').filter({ hasText: 'They are in' }).waitFor();

		await page.goto('/sign-in');
		await page.locator('input[name=name]').fill(name);
		await page.locator('input[name=passphrase]').fill(passphrase);
		await page.locator('form:has(input[name=passphrase]) button').click();
		await page.waitForURL(`${site.url}/`);
		const device = (await context.cookies()).find((cookie) => cookie.name === 'device');
		expect(device).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Sign out' }).click();
		await page.waitForURL(`${site.url}/`);
		expect(await context.cookies()).toEqual([]);
	});

	test('an administrator makes an invitation, hands it on and takes another back', async () => {
		const { page } = await visit(browser, site.url);
		site.staff('appoint', await join(page), 'administrator');
		await page.goto('/moderation/invitations');
		await page.getByRole('button', { name: 'Make an invitation' }).click();
		const code = await page.locator('code').innerText();
		expect(code).toMatch(/^([0-9a-z]{4}-){5}[0-9a-z]{4}$/);
		expect(await axeFinds(page)).toEqual([]);
		await page.goto('/moderation/invitations');
		expect(await page.locator('main').innerText()).not.toContain(code);
		await page.getByRole('button', { name: 'Take it back' }).click();
		await page.getByText('It no longer opens the door.').waitFor();
		expect(site.staff('invite', '2', '3')).toMatch(/^([0-9a-z]{4}-){5}[0-9a-z]{4}\n/);
	});

	test('[ASVS 6.3.8] an unknown name and a wrong passphrase are answered with the same bytes and headers', async () => {
		const { page } = await visit(browser, site.url);
		const name = await join(page);
		const nobody = `Zz${name.slice(2)}`;
		const seen = await Promise.all(
			[name, nobody].map(async (typed) => {
				const answer = await signIn(typed, 'some words that fit nowhere');
				// The challenge is random for both: only its length could differ.
				const text = (await answer.text()).replaceAll(typed, '').replace(/data-proof="[^"]*"/, (found) => `${found.length}`);
				const headers = [...answer.headers].filter(([header]) => !['date', 'etag'].includes(header));
				return { status: answer.status, text, headers };
			})
		);
		expect(seen[1]).toEqual(seen[0]);
	});

	test('a forged or used proof comes back with the form and a new sum', async () => {
		const page = await (await fetch(`${site.url}/join`, { headers: { accept: 'text/html' } })).text();
		const [, offer = ''] = /name="offer" value="([^"]+)"/.exec(page) ?? [];
		const [, name = ''] = /name="name" value="([^"]+)"/.exec(page) ?? [];
		for (const proof of ['x', 'e30=', 'A'.repeat(60_000)]) {
			const answer = await fetch(`${site.url}/join`, {
				method: 'POST',
				headers: { origin: site.url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
				body: new URLSearchParams({ offer, name, passphrase, adult: 'yes', agree: 'yes', proof })
			});
			const text = await answer.text();
			expect(answer.status).toBe(422);
			expect(text).toContain('please press once more');
			expect(text).toMatch(/data-proof="\{/);
			expect(text).toContain(name);
			expect(text).not.toContain(passphrase);
		}
	});
});

describe.each([
	['invited', 'Your invitation', 'Come in'],
	['reviewed', 'A line for the moderator', 'Ask to come in'],
	['closed', 'New members cannot join just now', 'Help now']
])('where sign-up is %s', (signUp, says, button) => {
	test('the page to join says so and asks for what is needed', async () => {
		const site = await startSite({ SIGN_UP: signUp });
		try {
			const page = await (await fetch(`${site.url}/join`, { headers: { accept: 'text/html' } })).text();
			expect(page).toContain(says);
			expect(page).toContain(button);
			expect(page).not.toContain('not built');
		} finally {
			await site.stop();
		}
	});
});
