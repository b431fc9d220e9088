// What is turned away while the event loop is late, and what is not.
import { setTimeout as pause } from 'node:timers/promises';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import type { PageServer } from '#server/web/pages.ts';
import { strainOf } from '#server/web/pressure.ts';
import { aSite, ours } from './a-site.ts';

const headers = { host: 'localhost:3000', origin: ours, accept: 'text/html' };
const strained = () => true;

test.each(['/', '/help-now', '/boards', '/threads/x', '/search', '/sign-in', '/live', '/leave'])(
	'[ASVS 15.1.3] %s is read also while the site is strained',
	async (url) => {
		expect((await (await aSite({}, { strained })).inject({ url, headers })).statusCode).toBe(200);
	}
);

test.each(['/search?q=night', '/join', '/join?to=/'])('%s is turned away with 503 while the site is strained', async (url) => {
	const answer = await (await aSite({}, { strained })).inject({ url, headers });
	expect([answer.statusCode, answer.headers['retry-after'], answer.headers['cache-control']]).toEqual([503, '5', 'no-store']);
	expect(answer.body).toContain(`<a href="${url}">Try again</a>`);
	expect(answer.body).toContain('Help now');
});

test('[ASVS 15.1.3] of what is turned away no page is made', async () => {
	const made: string[] = [];
	const pages: PageServer = { respond: async ({ method, url }) => (made.push(`${method} ${url}`), new Response('a page')) };
	const app = await aSite({}, { pages, strained });
	for (const url of ['/search?q=night', '/join']) await app.inject({ url, headers });
	const typed = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
	await app.inject({ method: 'POST', url: '/sign-in', headers: typed, payload: 'name=Quiet+Heron&passphrase=x' });
	expect(made).toEqual([]);
});

test('a sign-in that is turned away comes back with the name in its form, and never the passphrase', async () => {
	const app = await aSite({}, { strained });
	const answer = await app.inject({
		method: 'POST',
		url: '/sign-in?to=%2Fdrafts%22',
		headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
		payload: new URLSearchParams({ name: 'Quiet "Heron"', passphrase: 'a lamp in the far window' }).toString()
	});
	expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
	expect(answer.body).toContain('name="name" value="Quiet &quot;Heron&quot;"');
	expect(answer.body).toContain('action="/sign-in?to=%2Fdrafts%22"');
	expect(answer.body).not.toContain('far window');
});

test('a form that is not one of ours is turned away all the same', async () => {
	const app = await aSite({}, { strained });
	for (const [type, payload] of [
		['multipart/form-data; boundary=x', '--x'],
		['application/x-www-form-urlencoded', 'name='.padEnd(20_000, 'x')],
		['application/x-www-form-urlencoded', '%E0%A4%A&name=%FF']
	] as const) {
		const answer = await app.inject({ method: 'POST', url: '/sign-in', headers: { ...headers, 'content-type': type }, payload });
		expect(answer.statusCode).toBe(503);
	}
});

test('writing and joining forms are never cut off by strain: what was typed stays', async () => {
	const app = await aSite({}, { strained });
	for (const url of ['/join', '/threads/x?/reply', '/boards/harbour/new'])
		expect((await app.inject({ method: 'POST', url, headers, payload: 'a=b' })).statusCode).toBe(200);
});

test.each(['/sign-in/new-passphrase', '/sign-in/code', '/sign-in/passkey'])(
	'while the site is strained %s never answers with the form of another step',
	async (url) => {
		const app = await aSite({}, { strained });
		const answer = await app.inject({ method: 'POST', url, headers, payload: 'passphrase=a+new+one+of+mine' });
		expect([answer.statusCode, answer.body]).toEqual([200, `reached by POST at ${ours}${url}`]);
	}
);

test('[ASVS 15.1.3] asking only for the head of a search is turned away like asking for all of it', async () => {
	const app = await aSite({}, { strained });
	for (const url of ['/search?q=night', '/join']) expect((await app.inject({ method: 'HEAD', url, headers })).statusCode).toBe(503);
});

test('[ASVS 15.1.3] while every place in the queue of searches is taken, no page is made for one more, and others read', async () => {
	let [made, refused] = [0, 0];
	const pages: PageServer = {
		async respond(_, { platform }) {
			made++;
			const asked = { q: 'night', board: '', sort: 'best' as const, after: null };
			await platform?.community.search.find(undefined, asked, { country: undefined, hardDay: false, warnings: {} }).catch(() => refused++);
			return new Response('found');
		}
	};
	const app = await aSite({}, { pages, strained: () => false });
	const answers = await Promise.all(Array.from({ length: 60 }, () => app.inject({ url: '/search?q=night', headers })));
	const turned = answers.filter(({ statusCode }) => statusCode === 503);
	expect(turned.length).toBeGreaterThan(0);
	for (const { headers: sent, body } of turned) expect([sent['retry-after'], body.includes('Try again')]).toEqual(['5', true]);
	expect([made + turned.length, refused]).toEqual([60, 0]);
	const among = await Promise.all([
		...Array.from({ length: 40 }, () => app.inject({ url: '/search?q=night', headers })),
		app.inject({ url: '/threads/x', headers })
	]);
	expect(among.at(-1)?.statusCode).toBe(200);
});

test('the event loop is known to be late while it is held, and not after', async () => {
	const app = fastify();
	const late = strainOf(app, 0);
	const until = Date.now() + 5000;
	while (!late() && Date.now() < until) {
		const held = Date.now() + 150;
		while (Date.now() < held);
		await pause(1);
	}
	expect(late()).toBe(true);
	while (late() && Date.now() < until + 5000) await pause(50);
	expect(late()).toBe(false);
	await app.close();
});

test('a late loop is no strain while few are here, and those who left do not count', async () => {
	const app = fastify();
	const late = strainOf(app, 3);
	let said = 0;
	app.get('/', async () => {
		const held = Date.now() + 400;
		while (Date.now() < held) said += late() ? 1 : 0;
		await pause(1);
		said += late() ? 1 : 0;
		return 'a page';
	});
	for (let i = 0; i < 6; i++) await app.inject('/');
	expect(said).toBe(0);
	await app.close();
});
