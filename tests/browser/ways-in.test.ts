// The ways into an account as people go them: with a device that keeps passkeys, and without any script.
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { axeFinds, launch, noBrowser, visit, type Visitor } from './chromium.ts';
import { join, passphrase } from './joining.ts';

let site: BuiltSite;
let browser: Browser;
const visitors: Visitor[] = [];
const another = 'another light by the shore';

beforeAll(async () => {
	if (noBrowser) return;
	site = await startSite({ STAFF_SECOND_FACTOR: 'required' });
	browser = await launch();
});
afterEach(async () => {
	for (const { context } of visitors.splice(0)) await context.close();
});
afterAll(async () => {
	await browser?.close();
	await site?.stop();
});

async function visitor(javaScriptEnabled: boolean) {
	const one = await visit(browser, site.url, { javaScriptEnabled });
	visitors.push(one);
	return one;
}

/** A phone that keeps passkeys and is opened by its owner at once. */
async function keeper(context: BrowserContext, page: Page) {
	const line = await context.newCDPSession(page);
	await line.send('WebAuthn.enable');
	const { authenticatorId } = await line.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
	return {
		opens: (isUserVerified: boolean) => line.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
		kept: async () => (await line.send('WebAuthn.getCredentials', { authenticatorId })).credentials
	};
}

const codesOn = async (page: Page) => (await page.locator('.codes li').allInnerTexts()).map((code) => code.replace(/\s+/g, ' ').trim());
const isIn = async (page: Page) => (await page.goto('/notices'))?.url() === `${site.url}/notices`;

async function signOut(page: Page) {
	await page.goto('/settings');
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.waitForURL(`${site.url}/`);
}

async function signIn(page: Page, name: string, typed: { passphrase?: string; code?: string }) {
	await page.goto('/sign-in');
	await page.locator('#name').fill(name);
	if (typed.passphrase) await page.locator('#passphrase').fill(typed.passphrase);
	if (typed.code) {
		await page.getByText('I have a code', { exact: true }).click();
		await page.locator('#code').fill(typed.code);
	}
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
}

async function setUpApp(page: Page): Promise<string> {
	await page.goto('/settings/ways-in');
	await page.locator('#app summary').first().click();
	await page.locator('#app-again').fill(passphrase);
	await page.getByRole('button', { name: 'Show me the secret' }).click();
	await page.waitForURL(/settings\/app/);
	const secret = (await page.locator('.secret').innerText()).replace(/\s/g, '');
	await page.locator('#code').fill(codeOf(secret, 0));
	await page.getByRole('button', { name: 'Turn it on' }).click();
	await page.waitForURL(/done=app/);
	return secret;
}

const codeOf = (secret: string, stepsOn: number) =>
	new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + stepsOn * 30_000 });

describe.skipIf(noBrowser)('with a device that keeps passkeys', () => {
	test('a passkey is added, comes in without a name, and is removed', async () => {
		const { context, page } = await visitor(true);
		const device = await keeper(context, page);
		const name = await join(page);
		await page.goto('/settings/ways-in');
		await page.getByText('Add one on this device').click();
		await page.locator('#passkey-again').fill('not the passphrase');
		await page.getByRole('button', { name: 'Add a passkey' }).click();
		await expect.poll(() => page.locator('#passkeys [role=status]').textContent()).toContain('not your passphrase');
		expect(await device.kept()).toEqual([]);
		await page.locator('#passkey-again').fill(passphrase);
		await page.getByRole('button', { name: 'Add a passkey' }).click();
		await page.waitForURL(/done=passkey/);
		expect(await axeFinds(page)).toEqual([]);
		const [kept] = await device.kept();
		expect(kept).toMatchObject({ rpId: 'localhost', isResidentCredential: true, userName: 'Lamplight', userDisplayName: 'Lamplight' });
		expect(JSON.stringify(kept)).not.toContain(name);

		await signOut(page);
		await page.goto('/sign-in?to=/drafts');
		await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
		await page.waitForURL(`${site.url}/drafts`);
		await page.goto('/settings');
		expect(await page.locator('.by b').first().textContent()).toBe(name);

		await page.goto('/settings/ways-in');
		await page.locator('#passkeys li summary').click();
		await page.locator('#remove-passkey-again').fill(passphrase);
		await page.getByRole('button', { name: 'Let it open nothing any more' }).click();
		await page.waitForURL(/done=removed/);
		await signOut(page);
		await page.goto('/sign-in');
		await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
		await page.waitForURL(/sign-in\/passkey/);
		expect(await page.locator('[role=alert]').textContent()).toContain('did not fit');
		expect(await axeFinds(page)).toEqual([]);
	});

	test('a device that its owner does not open says so on the page, and nothing changes', async () => {
		const { context, page } = await visitor(true);
		const device = await keeper(context, page);
		await join(page);
		await device.opens(false);
		await page.goto('/settings/ways-in');
		await page.getByText('Add one on this device').click();
		await page.locator('#passkey-again').fill(passphrase);
		await page.getByRole('button', { name: 'Add a passkey' }).click();
		await expect.poll(() => page.locator('#passkeys [role=status]').textContent()).toContain('Nothing came back');
		expect(await device.kept()).toEqual([]);
	});

	test('a moderator’s desk opens with a passkey where a second factor is required', async () => {
		const { context, page } = await visitor(true);
		await keeper(context, page);
		const name = await join(page);
		site.staff('appoint', name, 'moderator');
		await page.goto('/moderation');
		expect(page.url()).toBe(`${site.url}/settings/ways-in`);
		expect(await page.locator('#desk').textContent()).toContain('one thing more');
		expect(await axeFinds(page)).toEqual([]);
		await page.getByText('Add one on this device').click();
		await page.locator('#passkey-again').fill(passphrase);
		await page.getByRole('button', { name: 'Add a passkey' }).click();
		await page.waitForURL(/done=passkey/);
		await page.goto('/moderation');
		expect(page.url()).toBe(`${site.url}/moderation`);

		await signOut(page);
		await signIn(page, name, { passphrase });
		await page.goto('/moderation');
		expect(page.url()).toBe(`${site.url}/settings/ways-in`);
		await page.getByRole('button', { name: 'Open the desk with a passkey' }).click();
		await page.waitForURL(`${site.url}/moderation`);
	});
});

describe.skipIf(noBrowser)('without JavaScript', () => {
	test('eight codes are shown after joining, print as eight lines and nothing else, and are gone when they are kept', async () => {
		const { page } = await visitor(false);
		const name = await join(page);
		expect(page.url()).toBe(`${site.url}/settings/codes?to=%2Fboards%2Fdoorstep`);
		const codes = await codesOn(page);
		expect(codes).toHaveLength(8);
		expect(await page.title()).toBe('A list · Lamplight');
		await page.emulateMedia({ media: 'print' });
		const printed = await page.evaluate(() => document.body.innerText);
		expect(printed.replace(/[\s\d.]/g, '')).toBe(codes.join('').replace(/[\s\d]/g, ''));
		expect(printed).not.toContain(name);
		await page.emulateMedia({ media: 'screen' });
		await page.getByRole('button', { name: 'I have them' }).click();
		expect(page.url()).toBe(`${site.url}/boards/doorstep`);
		await page.goto('/settings/codes');
		expect(await page.locator('main').textContent()).not.toContain(codes[0]?.slice(0, 4));
	});

	test('a lost passphrase: a code on paper, a new passphrase, a new paper, and every other session has ended', async () => {
		const { page } = await visitor(false);
		const elsewhere = await visitor(false);
		const name = await join(page);
		const [first = '', second = ''] = await codesOn(page);
		await signIn(elsewhere.page, name, { passphrase });
		await signOut(page);
		await signIn(page, name, { code: first.toLowerCase().replaceAll(' ', '-') });
		expect(page.url()).toBe(`${site.url}/sign-in/new-passphrase`);
		expect(await isIn(elsewhere.page)).toBe(false);
		// Not in before the new passphrase.
		expect(await isIn(page)).toBe(false);
		await page.goto('/sign-in/new-passphrase');
		await page.locator('#passphrase').fill('leavemealone!!!');
		await page.getByRole('button', { name: 'Take this passphrase' }).click();
		expect(await page.locator('[role=alert]').textContent()).toContain('strangers try first');
		await page.locator('#passphrase').fill(another);
		await page.getByRole('button', { name: 'Take this passphrase' }).click();
		await page.waitForURL(/settings\/codes/);
		expect(await codesOn(page)).toHaveLength(8);
		expect(await codesOn(page)).not.toContain(second);
		expect(await isIn(page)).toBe(true);
		await page.goto('/sign-in/new-passphrase');
		expect(page.url()).toBe(`${site.url}/`);
	});

	test('an app for codes is set up by hand, and from then on asked for', async () => {
		const { page } = await visitor(false);
		const name = await join(page);
		const secret = await setUpApp(page);
		await signOut(page);
		await signIn(page, name, { passphrase });
		expect(page.url()).toBe(`${site.url}/sign-in/code`);
		expect(await isIn(page)).toBe(false);
		await page.goto('/sign-in/code');
		await page.locator('#code').fill('000000');
		await page.getByRole('button', { name: 'Go on' }).click();
		expect(await page.locator('[role=alert]').textContent()).toContain('does not fit');
		await page.locator('#code').fill(codeOf(secret, 1));
		await page.getByRole('button', { name: 'Go on' }).click();
		await page.waitForURL(`${site.url}/`);
		expect(await isIn(page)).toBe(true);
	});

	test('[ASVS 7.2.4] a moderator’s desk opens with a code from the app, under a new token', async () => {
		const { page, context } = await visitor(false);
		const name = await join(page);
		site.staff('appoint', name, 'moderator');
		const token = async () => (await context.cookies()).find((cookie) => cookie.name === 'lamplight')?.value;
		const before = await token();
		const secret = await setUpApp(page);
		expect(await token()).not.toBe(before);
		await page.goto('/moderation');
		expect(page.url()).toBe(`${site.url}/moderation`);
		const planted = await visitor(false);
		await planted.context.addCookies([{ name: 'lamplight', value: before ?? '', url: site.url }]);
		expect(await isIn(planted.page)).toBe(false);
		await signOut(page);
		await signIn(page, name, { passphrase, code: codeOf(secret, 1) });
		await page.goto('/moderation');
		expect(page.url()).toBe(`${site.url}/moderation`);
	});

	test('all other sessions end with one press', async () => {
		const { page } = await visitor(false);
		const name = await join(page);
		const others = [await visitor(false), await visitor(false)];
		for (const other of others) await signIn(other.page, name, { passphrase });
		await page.goto('/settings');
		await page.getByRole('button', { name: 'End all the others' }).click();
		await page.waitForURL(/done=sessions/);
		for (const other of others) expect(await isIn(other.page)).toBe(false);
		expect(await isIn(page)).toBe(true);
	});
});

test('forms of the ways in answer nonsense with a sentence, never with a 5xx', async () => {
	if (noBrowser) return;
	const post = (path: string, fields: Record<string, string>, cookie = '') =>
		fetch(site.url + path, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: site.url, accept: 'text/html', cookie },
			body: new URLSearchParams(fields)
		});
	for (const answer of [
		'',
		'{}',
		'[]',
		'null',
		'"x"',
		'{"id":"a","rawId":"a","type":"public-key","response":{}}',
		'x'.repeat(60_000),
		'\u0000'
	])
		for (const cookie of ['', 'passkey=x', 'passkey=a.b; doorway=x; paper=x; app=x'])
			expect((await post('/sign-in/passkey', { answer }, cookie)).status).toBe(422);
	for (const path of ['/sign-in/code', '/sign-in/new-passphrase'])
		expect((await post(path, { code: '1', passphrase: another }, 'doorway=x')).headers.get('location')).toBe('/sign-in?late=1');
	expect((await post('/sign-in', { name: 'Quiet Heron', code: 'U'.repeat(24) })).status).toBe(422);
	expect((await post('/sign-in', { code: 'A'.repeat(24) })).status).toBe(422);
	const asked = await post('/sign-in/passkey/asked', {});
	expect([asked.status, asked.headers.get('cache-control')]).toEqual([200, 'no-store']);
	expect(asked.headers.get('set-cookie')).toMatch(/^passkey=.*HttpOnly/i);
	expect((await post('/settings/ways-in/asked', { again: passphrase })).status).toBe(303);
	expect((await fetch(`${site.url}/sign-in/passkey/asked`)).status).toBe(405);
});
