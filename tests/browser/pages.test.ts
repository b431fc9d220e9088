// Every page of a lived-in site, as a guest, a member and a moderator: accessible in light and dark, nothing wider than a phone,
// no script that a reading page does not need, nothing asked of anybody else.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { axeFinds, launch, noBrowser, visit } from './chromium.ts';
import { zoomFinds } from './zoom.ts';

const folder = mkdtempSync(join(tmpdir(), 'lamplight-demo-'));
const DATABASE_URL = `file:${join(folder, 'demo.db')}`;
const KEYS_FILE = join(folder, 'keys.json');
const passphrase = 'a lamp in the far window';
let site: BuiltSite;
let browser: Browser;
let names: Record<string, string>;
let told: string;

async function signIn(page: Page, name: string) {
	await page.goto('/sign-in');
	await page.locator('input[name=name]').fill(name);
	await page.locator('input[name=passphrase]').fill(passphrase);
	await page.locator('form:has(input[name=passphrase]) button.lamp').click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
}

const threadOn = async (page: Page, board: string) => {
	await page.goto(`/boards/${board}?sort=active`);
	return (await page.locator('a[href^="/threads/"]').first().getAttribute('href')) ?? '';
};

describe.skipIf(noBrowser)('a lived-in site', () => {
	beforeAll(async () => {
		const demo = spawnSync(process.execPath, ['build/server/demo.js', 'demo'], {
			env: { ...process.env, DATABASE_URL, KEYS_FILE },
			encoding: 'utf8'
		});
		expect(demo.stderr).toBe('');
		told = demo.stdout;
		names = Object.fromEntries([...demo.stdout.matchAll(/^ {2}(.+) \((\w+)\)$/gm)].map(([, name, role]) => [role, name]));
		site = await startSite({ DATABASE_URL, KEYS_FILE });
		browser = await launch();
	});
	afterAll(async () => {
		await browser.close();
		await site.stop();
		rmSync(folder, { recursive: true });
	});

	test('the demo holds at least 40 stories and 300 answers, open and closed cases, and fills only an empty site', () => {
		const [stories = 0, answers = 0, , open = 0, closed = 0] = (
			/(\d+) stories, (\d+) answers, (\d+) members, (\d+) open and (\d+) closed cases/.exec(told) ?? []
		)
			.slice(1)
			.map(Number);
		expect(stories).toBeGreaterThanOrEqual(40);
		expect(answers).toBeGreaterThanOrEqual(300);
		expect(open).toBeGreaterThanOrEqual(3);
		expect(closed).toBeGreaterThanOrEqual(2);
		const again = spawnSync(process.execPath, ['build/server/demo.js', 'demo'], {
			env: { ...process.env, DATABASE_URL, KEYS_FILE },
			encoding: 'utf8'
		});
		expect(again.stderr).toContain('only fills an empty site');
	});

	test.each(['light', 'dark'] as const)(
		'every page is accessible and fits a phone, enlarged fourfold too, in %s',
		{ timeout: 300_000 },
		async (colorScheme) => {
			const guest = await visit(browser, site.url, { colorScheme, viewport: { width: 360, height: 780 } });
			const member = await visit(browser, site.url, { colorScheme, viewport: { width: 360, height: 780 } });
			const moderator = await visit(browser, site.url, { colorScheme, viewport: { width: 1280, height: 900 } });
			const administrator = await visit(browser, site.url, { colorScheme, viewport: { width: 360, height: 780 } });
			await signIn(member.page, names.member ?? '');
			await signIn(moderator.page, names.moderator ?? '');
			await signIn(administrator.page, names.administrator ?? '');
			const [long, deep, foreign] = [
				await threadOn(guest.page, 'garden'),
				await threadOn(guest.page, 'nightlight'),
				await threadOn(guest.page, 'doorstep')
			];
			await moderator.page.goto('/moderation');
			const cases = await moderator.page
				.locator('a[href*="/moderation/cases/"]')
				.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
			const readable = [
				'/',
				'/boards',
				'/boards/harbour',
				'/boards/nightlight?sort=new',
				long,
				deep,
				foreign,
				'/agreement',
				'/privacy',
				'/moderation-explained',
				'/live',
				'/search',
				'/search?q=coffee',
				'/search?q=xylophonist',
				'/help-now',
				'/help-now?country=US',
				'/help-now?country=ZZ',
				'/join',
				'/sign-in',
				'/sign-in/passkey',
				'/settings',
				'/settings/ways-in',
				'/settings/codes',
				'/settings/leaving',
				'/settings/left',
				'/nothing-here'
			];
			await member.page.goto(long);
			const toAvoid = (await member.page.locator('a[href^="/settings/people?post="]').first().getAttribute('href')) ?? '';
			const found: string[] = [];
			const look = async ({ page }: { page: Page }, paths: string[]) => {
				// Tall enough that the bar at the bottom of a phone covers nothing: a half covered link counts as a small one.
				await page.setViewportSize({ width: page.viewportSize()?.width ?? 360, height: 6000 });
				for (const path of paths) {
					await page.goto(path);
					// What is folded is read too.
					await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
					found.push(...(await axeFinds(page)).map((finding) => `${path} ${finding}`));
					const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					if (over > 0) found.push(`${path} is ${over} px wider than the screen`);
					// Colours change no width: once is enough.
					if (colorScheme === 'light') found.push(...(await zoomFinds(page)).map((finding) => `${path} ${finding}`));
					expect(await page.title()).not.toMatch(/recover|alcohol|drug|sober/i);
				}
			};
			await look(guest, readable);
			await look(member, [
				'/',
				'/live',
				'/journey',
				'/notices',
				'/drafts',
				'/masks',
				'/bookmarks',
				'/settings/people',
				toAvoid,
				'/search?q=evening',
				long,
				`${deep}?answer=x`,
				'/boards/harbour/new',
				'/settings'
			]);
			await look(moderator, ['/moderation', ...cases.slice(0, 3), deep]);
			await look(administrator, [
				'/moderation',
				'/moderation/boards',
				'/moderation/boards/harbour',
				'/moderation/joining',
				'/moderation/joining?since=all'
			]);
			expect(found).toEqual([]);
		}
	);

	test('Leave and Help now come first on every page, before anything else', async () => {
		const { page } = await visit(browser, site.url);
		for (const path of ['/', '/boards', await threadOn(page, 'harbour'), '/join', '/nothing-here']) {
			await page.goto(path);
			const first = await page.locator('a[href], button').evaluateAll((all) => all.slice(0, 3).map((one) => one.getAttribute('href')));
			expect(first).toEqual(['#content', '/leave', '/help-now']);
		}
	});

	test('Leave goes to an empty page that says nothing', async () => {
		const { page } = await visit(browser, site.url);
		await page.goto('/boards/nightlight');
		await page.getByRole('link', { name: 'Leave' }).click();
		await page.waitForURL(/\/leave$/);
		expect((await page.locator('body').textContent())?.trim()).toBe('');
		expect(await page.title()).not.toMatch(/lamplight/i);
	});

	test('a reading page asks for no framework script', async () => {
		const { page } = await visit(browser, site.url);
		const scripts: string[] = [];
		page.on('request', (request) => request.resourceType() === 'script' && scripts.push(new URL(request.url()).pathname));
		for (const path of ['/', '/boards', await threadOn(page, 'garden'), '/help-now?country=DE']) await page.goto(path);
		expect(scripts.filter((path) => !path.startsWith('/_app/immutable/islands/'))).toEqual([]);
	});

	test('help shows at most three signposts, the emergency number among them, and says they are unconfirmed', async () => {
		const { page } = await visit(browser, site.url, { javaScriptEnabled: false });
		await page.goto('/help-now');
		await page.locator('select[name=country]').selectOption('US');
		await page.locator('form:has(select[name=country]) button').click();
		const numbers = new Set(await page.locator('a[href^="tel:"]').evaluateAll((links) => links.map((link) => link.getAttribute('href'))));
		expect(numbers.size).toBeLessThanOrEqual(3);
		expect(numbers).toContain('tel:911');
		expect(await page.locator('main').textContent()).toMatch(/not yet confirmed/i);
	});

	test('the keyboard alone answers a story', async () => {
		const { page } = await visit(browser, site.url, { viewport: { width: 1280, height: 900 } });
		await signIn(page, names.member ?? '');
		await page.goto(await threadOn(page, 'porch'));
		const press = async (until: () => Promise<boolean>) => {
			for (let i = 0; i < 400 && !(await until()); i++) await page.keyboard.press('Tab');
			expect(await until()).toBe(true);
		};
		await press(() =>
			page.evaluate(() => document.activeElement?.getAttribute('data-answer') !== null && document.activeElement?.tagName === 'A')
		);
		await page.keyboard.press('Enter');
		await press(() => page.evaluate(() => document.activeElement?.getAttribute('name') === 'body'));
		await page.keyboard.type('I read this. I am here.');
		await page.keyboard.press('Control+Enter');
		await expect.poll(() => page.locator('.answer.target').textContent()).toContain('I am here.');
	});

	test('a hard day folds and hides the heavy stories with one press, for a guest too', async () => {
		const { page } = await visit(browser, site.url, { javaScriptEnabled: false });
		await page.goto('/boards/estuary');
		await page.getByRole('button', { name: 'Fold the heavy stories' }).click();
		expect(await page.locator('body').textContent()).toContain('Hard day is on');
		await page.goto('/boards');
		expect(await page.locator('body').textContent()).toContain('Hard day is on');
		await page.getByRole('button', { name: 'Turn it off' }).click();
		await page.goto('/boards');
		expect(await page.locator('body').textContent()).not.toContain('Hard day is on');
	});
});
