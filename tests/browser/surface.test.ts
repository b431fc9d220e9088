// The whole set of headers on every kind of answer, what a form may carry, and what signing out clears.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startSite, type BuiltSite } from '../built-site.ts';
import { call, form, joinAt, sendBytes, type Asked } from '../caller.ts';

let site: BuiltSite;
let cookie: string;
let asset: string;
beforeAll(async () => {
	site = await startSite();
	({ cookie } = await joinAt(site.url));
	asset = /\/_app\/immutable\/[^"]+\.js/.exec((await call(`${site.url}/`)).body)?.[0] ?? '';
	expect(asset).not.toBe('');
});
afterAll(() => site.stop());

const always = {
	'content-security-policy':
		"default-src 'none';script-src 'self';style-src 'self';font-src 'self';worker-src 'self';img-src 'self' data:;connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types lamplight",
	'cross-origin-embedder-policy': 'require-corp',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'origin-agent-cluster': '?1',
	'permissions-policy': expect.stringMatching(/^accelerometer=\(\), .*geolocation=\(\), .*publickey-credentials-get=\(self\)$/),
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	'x-dns-prefetch-control': 'off',
	'x-frame-options': 'DENY',
	'x-permitted-cross-domain-policies': 'none',
	'x-robots-tag': 'noindex'
};
/** What an answer may carry besides: about its own body, and about the connection. */
const own =
	/^(cache-control|content-type|content-length|etag|last-modified|accept-ranges|vary|link|location|allow|set-cookie|clear-site-data|retry-after|upgrade|date|connection|keep-alive|transfer-encoding)$/;

function checked(headers: Record<string, unknown>, what: string) {
	const { ...rest } = headers;
	expect(Object.fromEntries(Object.entries(rest).filter(([name]) => !own.test(name))), what).toEqual(always);
}
const html = () => ({ accept: 'text/html', cookie, origin: site.url });
const kinds: [string, number, (ask: (path: string, more?: Asked) => ReturnType<typeof call>) => ReturnType<typeof call>][] = [
	['a page', 200, (ask) => ask('/')],
	['a member’s page', 200, (ask) => ask('/settings')],
	['a page asked for by HEAD', 200, (ask) => ask('/', { method: 'HEAD' })],
	['a script', 200, (ask) => ask(asset)],
	['a picture', 200, (ask) => ask('/favicon.svg')],
	['a medallion', 200, (ask) => ask('/medallions/7d')],
	[
		'a file that has not changed',
		304,
		async (ask) => ask('/favicon.svg', { headers: { 'if-none-match': String((await ask('/favicon.svg')).headers.etag) } })
	],
	['Leave', 200, (ask) => ask('/leave')],
	['health', 200, (ask) => ask('/livez')],
	['readiness', 200, (ask) => ask('/readyz')],
	['robots', 200, (ask) => ask('/robots.txt')],
	['what methods there are', 204, (ask) => ask('/', { method: 'OPTIONS' })],
	['a page that is not there', 404, (ask) => ask('/nowhere')],
	['a method that is not there', 404, (ask) => ask('/', { method: 'PUT' })],
	['a staff page for others', 404, (ask) => ask('/moderation')],
	['bare data of a page', 404, (ask) => ask('/boards/__data.json')],
	['an address that is broken', 400, (ask) => ask('/threads/%E0%A4%A')],
	['a bad cursor', 400, (ask) => ask('/boards/harbour?after=x')],
	['a form from elsewhere', 403, (ask) => ask('/join', { method: 'POST', headers: { origin: 'https://elsewhere.example' } })],
	['a compressed form', 415, (ask) => ask('/join', { method: 'POST', headers: { 'content-encoding': 'gzip' }, body: 'x' })],
	[
		'a form that is too large',
		413,
		(ask) => ask('/join', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'a'.repeat(300_000) })
	],
	['a way on', 303, (ask) => ask('/journey', { headers: { cookie: '' } })],
	['a socket without an upgrade', 404, (ask) => ask('/live/socket')]
];

describe.each(kinds)('%s', (what, status, ask) => {
	test('carries exactly the headers of every answer [ASVS 3.4.1] [ASVS 3.4.3] [ASVS 3.4.4] [ASVS 3.4.5] [ASVS 3.4.6]', async () => {
		const answer = await ask((path, more = {}) => call(site.url + path, { ...more, headers: { ...html(), ...more.headers } }));
		expect(answer.status).toBe(status);
		checked(answer.headers, what);
		if (/^text|xml/.test(answer.headers['content-type'] ?? '') && !asset.includes(what))
			expect(answer.headers['content-type'], what).toMatch(/charset=utf-8|image\/svg\+xml/);
	});
});

test.each([
	['/live/socket', 'https://elsewhere.example', 403],
	['/live/socket', undefined, 403],
	['/boards', undefined, 426]
])('a socket refused at %s from %s carries them too', async (path, origin, status) => {
	const socket = new WebSocket(`${site.url.replace('http', 'ws')}${path}`, { headers: origin ? { origin } : {} });
	const answer = await new Promise<{ status: number; headers: Record<string, unknown> }>((done) =>
		socket.on('unexpected-response', (_, { statusCode = 0, headers }) => done({ status: statusCode, headers })).on('error', () => undefined)
	);
	expect(answer.status).toBe(status);
	checked(answer.headers, path);
});

test('what is no request carries them too', async () => {
	const { text } = await sendBytes(site.url, 'no http\r\n\r\n');
	const headers = text.split('\r\n\r\n')[0]?.split('\r\n').slice(1) ?? [];
	checked(Object.fromEntries(headers.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)])), 'no http');
});

test('personal pages are kept nowhere, and carry no fingerprint [ASVS 14.3.2] [ASVS 14.2.2]', async () => {
	for (const path of ['/', '/settings', '/journey', '/notices', '/drafts', '/bookmarks', '/boards/harbour', '/nowhere']) {
		const { headers } = await call(site.url + path, { headers: html() });
		expect([path, headers['cache-control'], headers.etag, headers['last-modified']]).toEqual([path, 'no-store', undefined, undefined]);
	}
});

test('over https browsers are told to stay with it [ASVS 3.4.1]', async () => {
	const secure = await startSite({ ORIGIN: 'https://lamp.example', SIGN_UP: 'open' });
	const { headers } = await call(`${secure.url}/join`, { headers: { accept: 'text/html', host: 'lamp.example' } });
	await secure.stop();
	expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
	expect(headers['access-control-allow-origin']).toBeUndefined();
});

test('signing out clears cache and cookies, and leaves what was put aside for help without a network [ASVS 14.3.1]', async () => {
	const { cookie: own } = await joinAt(site.url);
	const answer = await call(`${site.url}/sign-out`, { method: 'POST', headers: { ...html(), cookie: own } });
	expect([answer.status, answer.headers['clear-site-data'], answer.headers['cache-control']]).toEqual([
		303,
		'"cache", "cookies"',
		'no-store'
	]);
	expect((await call(`${site.url}/settings`, { headers: { ...html(), cookie: own } })).body).not.toContain('Where you are signed in');
});

test('a session’s cookie is for this site, its own requests and no script [ASVS 3.3.2] [ASVS 3.3.4]', async () => {
	const headers = { accept: 'text/html', origin: site.url, 'content-type': 'application/x-www-form-urlencoded' };
	const { name } = await joinAt(site.url);
	const answer = await call(`${site.url}/sign-in`, {
		method: 'POST',
		headers,
		body: form({ name, passphrase: 'a lamp in the far window' })
	});
	const set = (answer.headers['set-cookie'] ?? []).find((one) => one.startsWith('lamplight=')) ?? '';
	expect(set).toMatch(/; Path=\/(;|$)/);
	expect(set).toMatch(/; HttpOnly/);
	expect(set).toMatch(/; SameSite=Lax/);
	expect(set).not.toMatch(/Domain/);
});

test('every cookie over https is held to this host, this path and https by the browser itself [ASVS 3.3.1] [ASVS 3.3.3]', async () => {
	const secure = await startSite({ ORIGIN: 'https://lamp.example', SIGN_UP: 'open', PROOF_OF_WORK: 'off' });
	const there = { ...html(), origin: 'https://lamp.example', host: 'lamp.example', 'content-type': 'application/x-www-form-urlencoded' };
	const { cookie } = await joinAt(secure.url, { headers: there });
	const set: string[] = [];
	for (const [path, fields] of [
		['/settings?/country', { country: 'DE' }],
		['/settings?/history', { on: '1' }],
		['/boards/harbour/new', { title: 'A story', body: 'written without a session' }],
		['/sign-in/passkey/asked', {}]
	] as const) {
		const answer = await call(`${secure.url}${path}`, { method: 'POST', headers: there, body: form(fields) });
		set.push(...(answer.headers['set-cookie'] ?? []));
	}
	const out = await call(`${secure.url}/sign-out`, { method: 'POST', headers: { ...there, cookie }, body: '' });
	set.push(...(out.headers['set-cookie'] ?? []));
	await secure.stop();
	expect(cookie).toMatch(/^__Host-lamplight=/);
	expect(new Set(set.map((one) => one.split('=')[0]))).toEqual(
		new Set(['preferences', 'history', 'kept', 'passkey', 'lamplight', 'device'].map((name) => `__Host-${name}`))
	);
	for (const one of set) expect(one).toMatch(/; Path=\/(;|$)(?=.*Secure)(?!.*Domain)/);
});

test('files cannot be sent, and are refused kindly [ASVS 5.2.1]', async () => {
	const parts = ['Content-Disposition: form-data; name="body"; filename="me.jpg"', 'Content-Type: image/jpeg', '', 'bytes'];
	const answer = await call(`${site.url}/boards/harbour/new`, {
		method: 'POST',
		headers: { ...html(), 'content-type': 'multipart/form-data; boundary=x' },
		body: `--x\r\n${parts.join('\r\n')}\r\n--x--\r\n`
	});
	expect([answer.status, answer.body.includes('Files cannot be sent here.')]).toEqual([400, true]);
	expect((await call(`${site.url}/boards/harbour/new`, { headers: html() })).body).not.toContain('type="file"');
});

test('a form of more fields than any of ours is refused, and one field twice is read once [ASVS 15.3.7]', async () => {
	const headers = { ...html(), 'content-type': 'application/x-www-form-urlencoded' };
	const many = Array.from({ length: 101 }, (_, i) => `f${i}=x`).join('&');
	expect((await call(`${site.url}/boards/harbour/new`, { method: 'POST', headers, body: many })).status).toBe(400);
	const twice = await call(`${site.url}/boards/harbour/new`, { method: 'POST', headers, body: 'title=one&title=two&body=' });
	expect([twice.status, twice.body.includes('value="one"')]).toEqual([422, true]);
});

test('JSON, XML and nested forms are not read', async () => {
	for (const type of ['application/json', 'application/xml', 'text/xml', 'application/graphql']) {
		const headers = { ...html(), 'content-type': type };
		const answer = await call(`${site.url}/boards/harbour/new`, { method: 'POST', headers, body: '['.repeat(50_000) });
		expect(answer.status, type).toBe(415);
	}
});

test('a socket frame nested four thousand deep closes that socket and nothing else', async () => {
	const socket = new WebSocket(`${site.url.replace('http', 'ws')}/live/socket`, { origin: site.url });
	const closed = new Promise<number>((done) => socket.on('close', done));
	socket.on('open', () => socket.send('['.repeat(4000)));
	expect(await closed).toBe(1008);
	expect((await call(`${site.url}/livez`)).status).toBe(200);
});

test('nothing of the checkout, the data or the inside can be asked for [ASVS 13.4.1] [ASVS 13.4.3] [ASVS 13.4.5]', async () => {
	const inside = [
		'/.git/HEAD',
		'/.env',
		'/package.json',
		'/data/lamplight.db',
		'/site.db',
		'/keys.json',
		'/build/server/main.js',
		'/server/main.js'
	];
	const lists = [
		'/_app',
		'/_app/',
		'/_app/immutable/',
		'/_app/immutable/islands/',
		'/%2e%2e/package.json',
		'/..%2fpackage.json',
		'/_app/..%2f..%2fserver/main.js'
	];
	for (const path of [...inside, ...lists, '/metrics', '/debug', '/status', '/documentation'])
		expect([400, 404], path).toContain((await call(site.url + path, { headers: html() })).status);
});

test('connections that say nothing do not keep others out', async () => {
	const { port } = new URL(site.url);
	const idle = Array.from({ length: 300 }, () => connect(Number(port), '127.0.0.1'));
	expect((await call(`${site.url}/`)).status).toBe(200);
	for (const one of idle) one.destroy();
});
