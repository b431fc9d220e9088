// Five hundred requests from known addresses, agents, cookies and tokens, some of them failing: afterwards nothing that the site wrote
// holds any of it, in any writing (issue "Nothing to leak", no traces).
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import WebSocket from 'ws';
import { startSite, type BuiltSite } from '../built-site.ts';
import { call, form, joinAt, sendBytes, type Answer } from '../caller.ts';
import { tracesIn, writingsOf, type Sentinel } from '../traces.ts';

const word = (name: string) => `${name}-${randomBytes(6).toString('hex')}`;
const many = <T>(number: number, make: (i: number) => T) => Array.from({ length: number }, (_, i) => make(i));

const loopback = many(25, (i) => `127.77.${130 + i}.${31 + i}`);
const forwarded = [...many(20, (i) => `198.51.${100 + i}.${77 + i}`), ...many(10, (i) => `2001:db8:7a${i}::c0de:${i}1`)];
const agents = many(25, () => word('Wandering Browser/7'));
const cookies = many(10, () => word('planted-cookie'));
const queries = many(10, () => word('looked-for'));
const bodies = many(10, () => word('said-in-private'));
const paths = many(10, () => word('walked-path'));
const secrets = many(5, () => word('an-entirely-wrong-passphrase'));

let site: BuiltSite | undefined;
afterEach(async () => {
	await site?.stop();
	site = undefined;
});

const named = (what: string, texts: string[]): Sentinel[] => texts.map((text) => ({ what: `${what} ${text}`, text }));

/** Asks in each of the ways in which a site is asked, well-formed and not; answers with all that was said back. */
async function fiveHundred(url: string, members: { cookie: string }[], thread: string): Promise<Answer[]> {
	const answers: Answer[] = [];
	const pick = <T>(list: T[], i: number): T => list[i % list.length] as T;
	const origin = url;
	const posting = { origin, 'content-type': 'application/x-www-form-urlencoded' };
	for (let i = 0; i < 500; i++) {
		const headers = {
			accept: 'text/html',
			'user-agent': pick(agents, i),
			referer: `${url}/${pick(paths, i)}`,
			cookie: `${pick(members, i).cookie}; other=${pick(cookies, i)}`,
			...(i % 2
				? { 'x-forwarded-for': pick(forwarded, i >> 1), 'x-real-ip': pick(forwarded, i >> 1), forwarded: `for=${pick(forwarded, i >> 1)}` }
				: {})
		};
		const from = pick(loopback, i);
		const ask = (path: string, more: { method?: string; headers?: Record<string, string>; body?: string | URLSearchParams } = {}) =>
			call(url + path, { from, ...more, headers: { ...headers, ...more.headers } });
		const post = (path: string, fields: Record<string, string>, more: Record<string, string> = {}) =>
			ask(path, { method: 'POST', headers: { ...posting, ...more }, body: form(fields) });
		const [query, body] = [pick(queries, i), pick(bodies, i)];
		const ways: (() => Promise<Answer>)[] = [
			() => ask('/'),
			() => ask(`/search?q=${query}`),
			() => ask(`/${pick(paths, i)}?from=${query}`),
			() => ask(thread),
			() => post(`${thread}?/reply`, { body: '', note: body }),
			() => post('/sign-in', { name: 'Quiet Nobody', passphrase: pick(secrets, i) }),
			() => post(`${thread}?/reply`, { body }, { origin: 'https://elsewhere.example' }),
			() => post('/join', { passphrase: pick(secrets, i), invitation: body }),
			() => ask('/join', { method: 'POST', headers: { ...posting, 'content-encoding': 'gzip' }, body: body }),
			() => ask(`/threads/%E0%A4%A${query}`),
			() => ask(`/boards/harbour?after=${query}`),
			() => ask('/notices', { method: 'DELETE', headers: { origin } }),
			() => post(`${thread}?/report`, { post: query, reason: body }),
			() => ask('/livez'),
			() => ask('/readyz'),
			() => ask('/settings', { headers: { cookie: `lamplight=${pick(cookies, i)}` } }),
			() => post('/boards/harbour/new', { body }, { cookie: `lamplight=${pick(cookies, i)}` }),
			() => ask('/join', { method: 'POST', headers: { ...posting, 'content-length': '400000' }, body: '' }).catch(() => nothing),
			() => socket(url, { ...headers, ...(i % 3 ? { origin } : { origin: `https://${query}.example` }) }, from),
			() => broken(url, i, pick(agents, i), query)
		];
		answers.push(await pick(ways, i)());
	}
	return answers;
}

const nothing: Answer = { status: 0, headers: {}, raw: [], body: '' };

function socket(url: string, headers: Record<string, string>, from: string): Promise<Answer> {
	const line = new WebSocket(`${url.replace('http', 'ws')}/live/socket?after=${headers['user-agent']?.slice(-6)}`, {
		headers,
		localAddress: from
	});
	return new Promise((done) => {
		line.on('open', () => line.send(`{"type":"thread.watched","thread":"${headers['user-agent']}"}`));
		line.on('unexpected-response', (_, answer) => done({ ...nothing, status: answer.statusCode ?? 0, raw: answer.rawHeaders }));
		line.on('close', () => done(nothing));
		line.on('error', () => done(nothing));
	});
}

async function broken(url: string, i: number, agent: string, query: string): Promise<Answer> {
	const heads = [
		`GET /${query} HTTP/9.9\r\nUser-Agent: ${agent}\r\n\r\n`,
		`GET / HTTP/1.1\r\nHost: x\r\nUser-Agent ${agent}\r\n\r\n`,
		`\u0016\u0003\u0001${agent}\r\n\r\n`,
		`GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ${`${query}; `.repeat(1200)}\r\n\r\n`
	];
	const { text } = await sendBytes(url, heads[i % heads.length] ?? '');
	return { ...nothing, body: text };
}

/** Everything in the site's folder, and on PostgreSQL every row of every table as text. */
async function written(folder: string, database: string | undefined): Promise<Record<string, Buffer>> {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());
	const places = Object.fromEntries(files.map((name): [string, Buffer] => [name, readFileSync(join(folder, name))]));
	if (database === undefined) return places;
	const client = new Client({ connectionString: database });
	await client.connect();
	const { rows: tables } = await client.query<{ name: string }>(
		"select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'"
	);
	for (const { name } of tables) {
		const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
		places[name] = Buffer.from(rows.map(({ row }) => row).join('\n'));
	}
	await client.end();
	return places;
}

/** Takes a table away under the running site, so that pages fail in the middle. */
async function breakTables(folder: string, database: string | undefined) {
	const statements = ['alter table bookmarks rename to bookmarks_gone', 'alter table sealed_rows rename to sealed_rows_gone'];
	if (database === undefined) {
		const client = new Sqlite(join(folder, 'site.db'));
		for (const statement of statements) client.exec(statement);
		return client.close();
	}
	const client = new Client({ connectionString: database });
	await client.connect();
	for (const statement of statements) await client.query(statement);
	await client.end();
}

async function freshPostgres(): Promise<string> {
	const server = inject('postgres');
	const name = `traces_${randomBytes(5).toString('hex')}`;
	const client = new Client({ connectionString: server });
	await client.connect();
	await client.query(`create database ${name}`);
	await client.end();
	return server.replace(/[^/]*$/, name);
}

test('the search for traces itself sees each writing', () => {
	const sentinels = named('', ['203.0.113.77', '2001:db8::7a:1', word('Agent')]);
	for (const sentinel of sentinels)
		for (const [writing, needle] of writingsOf(sentinel)) {
			const around = writing.startsWith('base64') ? Buffer.from('x=') : randomBytes(3);
			expect(tracesIn({ file: Buffer.concat([around, needle, around]) }, [sentinel]).join(), writing).toContain(writing);
		}
	const [, second] = sentinels;
	const inside = Buffer.from(`the address ${second?.text} stood here`).toString('base64');
	expect(tracesIn({ file: Buffer.from(inside) }, sentinels)).not.toEqual([]);
	expect(tracesIn({ file: randomBytes(100_000) }, sentinels)).toEqual([]);
});

describe.each(['sqlite', 'postgres'])('on %s', (dialect) => {
	test('no file, row, log line or answer holds an address, an agent, a cookie, a token or what was asked [ASVS 16.2.5] [ASVS 14.2.1]', async () => {
		const database = dialect === 'postgres' ? await freshPostgres() : undefined;
		site = await startSite({ LOG_LEVEL: 'trace', TRUST_PROXY: '127.0.0.0/8', ...(database ? { DATABASE_URL: database } : {}) });
		const { url, folder, log } = site;
		const members = [];
		for (const [i, agent] of agents.slice(0, 4).entries())
			members.push(await joinAt(url, { from: loopback[i], headers: { 'user-agent': agent } }));
		const headers = {
			origin: url,
			accept: 'text/html',
			cookie: members[0]?.cookie ?? '',
			'content-type': 'application/x-www-form-urlencoded'
		};
		const opened = await call(`${url}/boards/harbour/new`, {
			method: 'POST',
			headers,
			body: form({ title: 'A story', body: 'How it was.' })
		});
		const answers = await fiveHundred(url, members, String(opened.headers.location));
		await breakTables(folder, database);
		const failing = [
			await call(`${url}/bookmarks?after=${queries[0]}`, { from: loopback[0], headers }),
			await call(`${url}/drafts`, {
				from: loopback[1],
				method: 'POST',
				headers,
				body: form({ place: '/boards/harbour/new', body: bodies[0] ?? '' })
			}),
			await call(`${url}/boards/harbour/new?/keep`, { method: 'POST', headers, body: form({ body: bodies[1] ?? '', title: 't' }) }),
			await call(`${url}/boards/harbour/new`, { headers: { ...headers, 'user-agent': agents[0] } })
		];
		expect(failing.map(({ status }) => status)).toContain(500);
		const seen = new Set([...answers, ...failing].map(({ status }) => status));
		for (const status of [200, 303, 400, 403, 404, 413, 415, 422, 500])
			expect([...seen], `${status} is among the answers`).toContain(status);

		const who = [...named('address', [...loopback, ...forwarded]), ...named('agent', agents), ...named('cookie', cookies)];
		const private_ = [...named('query', queries), ...named('path', paths), ...named('passphrase', secrets)];
		// A session is known again by the SHA-256 of its token, and by nothing else.
		const tokens = members.map(({ token, name }): Sentinel => ({ what: `token of ${name}`, text: token, except: ['sha256 hex'] }));
		const names = named(
			'name',
			members.map(({ name }) => name)
		);
		const logged = { log: Buffer.from(log()) };
		expect(tracesIn(logged, [...who, ...private_, ...tokens, ...named('words', bodies), ...names])).toEqual([]);
		const running = await written(folder, database);
		expect(Object.keys(running).length).toBeGreaterThan(database ? 20 : 2);
		expect(tracesIn(running, [...who, ...private_, ...tokens])).toEqual([]);
		const said = Object.fromEntries(
			[...answers, ...failing].map(({ status, raw, body }, i) => [`answer ${i} (${status})`, Buffer.from(`${raw.join('\n')}\n${body}`)])
		);
		const joined = Buffer.concat(Object.values(said));
		expect(tracesIn({ answers: joined }, [...who, ...named('passphrase', secrets), ...tokens])).toEqual([]);
		await site.stop();
	});
});

test('a log line is a route’s pattern, a status, milliseconds and a request’s id, and its time is the minute [ASVS 16.2.1]', async () => {
	site = await startSite({ LOG_LEVEL: 'trace' });
	await call(`${site.url}/boards/harbour?after=x`);
	await call(`${site.url}/nowhere/at/all`);
	await call(`${site.url}/robots.txt`);
	await sendBytes(site.url, 'no http\r\n\r\n');
	const lines = site
		.log()
		.split('\n')
		.filter((line) => line.startsWith('{'))
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	const answered = lines.filter(({ msg }) => msg === 'answered');
	expect(answered.length).toBeGreaterThanOrEqual(3);
	for (const line of answered) expect(Object.keys(line).sort()).toEqual(['level', 'ms', 'msg', 'reqId', 'route', 'status', 'time']);
	expect(answered.map(({ route }) => route)).toEqual(expect.arrayContaining(['/boards/[slug]', 'other', '/robots.txt', '/readyz']));
	for (const line of lines) {
		expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
		expect(['answered', 'bug', 'a message of a library']).toContain(line.msg);
	}
});
