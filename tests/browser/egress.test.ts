// The server asks nobody anything: it runs with every way out refused and written down, and a day's use leaves no line.
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Client } from 'pg';
import { startSite, type BuiltSite } from '../built-site.ts';
import { call, form, joinAt } from '../caller.ts';

const hook = new URL('../no-egress.mjs', import.meta.url).pathname;
const sites: BuiltSite[] = [];
beforeAll(async () => {
	const server = inject('postgres');
	const client = new Client({ connectionString: server });
	await client.connect();
	await client.query('create database egress');
	await client.end();
	const databases: Record<string, string>[] = [{}, { DATABASE_URL: server.replace(/[^/]*$/, 'egress') }];
	for (const database of databases)
		sites.push(await startSite({ NODE_OPTIONS: `--import ${hook}`, LEAVE_TO: 'https://weather.example/today', ...database }));
});
afterAll(async () => {
	for (const site of sites) await site.stop();
});

test('the hook itself refuses connections, names, datagrams and programs', () => {
	const attempts = [
		"require('net').connect(80, '203.0.113.1')",
		"require('http').get('http://elsewhere.example/')",
		"fetch('https://elsewhere.example/').catch(() => 0)",
		"require('dns').lookup('elsewhere.example', () => 0)",
		"require('dns').promises.resolve4('elsewhere.example').catch(() => 0)",
		"require('dgram').createSocket('udp4').send('x', 53, '203.0.113.1')",
		"require('child_process').spawn('ls')"
	];
	for (const attempt of attempts) {
		const { stderr } = spawnSync(process.execPath, ['--import', hook, '-e', attempt], { encoding: 'utf8' });
		expect(stderr, attempt).toContain('EGRESS');
	}
});

test('a tour of everything makes no request to anywhere, on both databases [ASVS 1.3.6] [ASVS 14.2.3]', async () => {
	for (const site of sites) {
		const { url } = site;
		const { cookie, name } = await joinAt(url);
		site.staff('appoint', name, 'administrator');
		const headers = { accept: 'text/html', origin: url, cookie, 'content-type': 'application/x-www-form-urlencoded' };
		const links = '![a picture](https://elsewhere.example/x.png) https://elsewhere.example/page [here](http://203.0.113.9/)';
		const opened = await call(`${url}/boards/harbour/new`, {
			method: 'POST',
			headers,
			body: form({ title: 'Links', body: links, anyway: 'yes' })
		});
		const thread = opened.headers.location ?? '/threads/none';
		await call(`${url}${thread}?/reply`, { method: 'POST', headers, body: form({ body: links, anyway: 'yes' }) });
		await call(`${url}/journey?/begin`, {
			method: 'POST',
			headers,
			body: form({ kind: 'stop', words: '', started_on: '2026-01-01', zone: 'UTC' })
		});
		const pages = [
			'/',
			'/boards',
			'/boards/harbour',
			thread,
			'/search?q=links',
			'/help-now?country=IE',
			'/journey',
			'/live',
			'/notices',
			'/drafts'
		];
		for (const page of [
			...pages,
			'/bookmarks',
			'/settings',
			'/moderation',
			'/moderation/boards',
			'/leave',
			'/privacy',
			'/agreement',
			'/nowhere'
		])
			await call(url + page, { headers });
		await call(`${url}/sign-in`, {
			method: 'POST',
			headers: { ...headers, cookie: '' },
			body: form({ name, passphrase: 'wrong words entirely' })
		});
		await call(`${url}/sign-out`, { method: 'POST', headers });
		expect(site.log()).not.toContain('EGRESS');
	}
});
