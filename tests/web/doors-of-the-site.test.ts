// Fastify in front of the pages: where a form may come from, what every answer carries, what is never logged.
import { afterEach, expect, test, vi } from 'vitest';
import { aSite as openSite } from './a-site.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const close of open.splice(0)) await close();
});

/** The real Fastify over a real store; the page behind it only says that it was reached. */
async function aSite(env: Record<string, string> = {}) {
	const { app, close } = await openSite(env);
	open.push(close);
	return app;
}

const ours = 'http://localhost:3000';

test.each([
	['our own origin', { origin: ours }, 200],
	['our own origin and same-origin', { origin: ours, 'sec-fetch-site': 'same-origin' }, 200],
	['no origin, but the browser’s word', { 'sec-fetch-site': 'same-origin' }, 200],
	['nothing at all', {}, 403],
	['another site', { origin: 'https://elsewhere.example' }, 403],
	['another port', { origin: 'http://localhost:3001' }, 403],
	['https for http', { origin: 'https://localhost:3000' }, 403],
	['a null origin', { origin: 'null' }, 403],
	['our origin with a cross-site word', { origin: ours, 'sec-fetch-site': 'cross-site' }, 403],
	['a sister site', { origin: ours, 'sec-fetch-site': 'same-site' }, 403],
	['another name of loopback than the host’s', { origin: 'http://127.0.0.1:3000' }, 403]
])('a form from %s is answered with its status', async (_, headers, status) => {
	const app = await aSite();
	const answer = await app.inject({ method: 'POST', url: '/join', headers: { host: 'localhost:3000', ...headers }, payload: 'a=b' });
	expect(answer.statusCode).toBe(status);
});

test('on loopback the three names are one site, each to itself', async () => {
	const app = await aSite();
	for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000']) {
		const answer = await app.inject({ method: 'POST', url: '/join', headers: { host, origin: `http://${host}` }, payload: 'a=b' });
		expect(answer.body).toBe(`reached by POST at http://${host}/join`);
	}
});

test('a strange host is read as our own name', async () => {
	const app = await aSite({ ORIGIN: 'https://lamp.example' });
	const answer = await app.inject({ url: '/boards', headers: { host: 'evil.example' } });
	expect(answer.body).toBe('reached by GET at https://lamp.example/boards');
});

test('every answer carries the headers that keep a page to itself', async () => {
	const app = await aSite();
	for (const url of ['/', '/livez', '/file.txt', '/robots.txt']) {
		const { headers } = await app.inject(url);
		expect(headers).toMatchObject({
			'content-security-policy': expect.stringMatching(/^default-src 'none';script-src 'self';.*frame-ancestors 'none'/),
			'referrer-policy': 'same-origin',
			'x-content-type-options': 'nosniff',
			'cross-origin-opener-policy': 'same-origin',
			'x-robots-tag': 'noindex'
		});
		expect(headers).not.toHaveProperty('x-powered-by');
	}
});

test('indexing is on only where the operator says so', async () => {
	const app = await aSite({ INDEXING: 'on' });
	expect((await app.inject('/')).headers).not.toHaveProperty('x-robots-tag');
	expect((await app.inject('/robots.txt')).body).not.toContain('Disallow: /\n');
	expect((await (await aSite()).inject('/robots.txt')).body).toContain('Disallow: /\n');
});

test('a form larger than the limit is refused with what to do', async () => {
	const app = await aSite();
	const answer = await app.inject({
		method: 'POST',
		url: '/join',
		headers: { host: 'localhost:3000', origin: ours, accept: 'text/html' },
		payload: 'a'.repeat(300_000)
	});
	expect(answer.statusCode).toBe(413);
	expect(answer.body).toContain('your browser still has your words');
});

test('other methods than GET, HEAD and POST find nothing', async () => {
	const app = await aSite();
	for (const method of ['PUT', 'DELETE', 'PATCH'] as const)
		expect((await app.inject({ method, url: '/', headers: { host: 'localhost:3000', origin: ours } })).statusCode).toBe(404);
	expect((await app.inject({ method: 'HEAD', url: '/' })).statusCode).toBe(200);
});

test('a flood of forms from one address is slowed down, reading is not', async () => {
	const app = await aSite();
	const post = () => app.inject({ method: 'POST', url: '/join', headers: { host: 'localhost:3000', origin: ours }, payload: 'a=b' });
	for (let i = 0; i < 300; i++) expect((await post()).statusCode).toBe(200);
	expect((await post()).statusCode).toBe(429);
	expect((await post()).headers).toHaveProperty('retry-after');
	expect((await app.inject('/')).statusCode).toBe(200);
});

test('a log line holds a route, a status and an id, and nothing of who asked for what', async () => {
	const written: string[] = [];
	const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(written.push(String(text))));
	const app = await aSite({ LOG_LEVEL: 'info' });
	await app.inject({
		url: '/help-now?country=FR',
		remoteAddress: '203.0.113.77',
		headers: { 'user-agent': 'Sentinel/1.0', cookie: 'lamplight=secret-token' }
	});
	out.mockRestore();
	const lines = written.join('');
	expect(lines).toMatch(/"status":200/);
	expect(lines).not.toMatch(/203\.0\.113\.77|Sentinel|secret-token|country|help-now/);
});
