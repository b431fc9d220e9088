// Leaving for good on the built site, by plain forms: nothing is left in a file or the log, and an old backup does not bring it back.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { allKinds } from '#lib/leaving-choices.ts';
import { startSite, type BuiltSite } from '../built-site.ts';
import { call, form, joinAt } from '../caller.ts';
import { tracesIn, type Sentinel } from '../traces.ts';
import { unzip } from '../unzip.ts';

const passphrase = 'a lamp in the far window';
const letters = (length: number) => Array.from({ length }, () => String.fromCharCode(97 + randomInt(26))).join('');
const choices = Object.fromEntries(allKinds.map((kind) => [kind, 'erase']));
const offDisk = 'what was erased is off the disk';

let site: BuiltSite | undefined;
const folder = mkdtempSync(join(tmpdir(), 'lamplight-leaving-'));
const [KEYS_FILE, ERASURES_FILE] = [join(folder, 'keys.json'), join(folder, 'erasures.jsonl')];
afterEach(async () => {
	await site?.stop();
	site = undefined;
	for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
});

function visitor({ url }: BuiltSite, cookie: string) {
	const headers = { accept: 'text/html', origin: url, cookie };
	const posting = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
	return {
		get: (path: string, more = '') => call(url + path, { headers: { ...headers, cookie: `${cookie}; ${more}` } }),
		post: (path: string, fields: Record<string, string>) => call(url + path, { method: 'POST', headers: posting, body: form(fields) })
	};
}

/** Somebody with words in every form that one page or another has. */
async function aLife(running: BuiltSite) {
	const { cookie, name } = await joinAt(running.url);
	const { get, post } = visitor(running, cookie);
	const sentinels: Sentinel[] = [{ what: 'name', text: name }];
	const word = (what: string) => {
		const text = letters(24);
		sentinels.push({ what, text }, { what: `the middle of ${what}`, text: text.slice(4, 16) });
		return text;
	};
	const done: number[] = [];
	const does = async (path: string, fields: Record<string, string>) => {
		const { status, headers } = await post(path, fields);
		done.push(status);
		return String(headers.location ?? '').split('?')[0] ?? '';
	};
	const thread = await does('/boards/harbour/new', { title: word('title'), body: word('body') });
	const opening = /id="p-([\w-]+)"/.exec((await get(thread)).body)?.[1] ?? '';
	await does(`${thread}?/edit`, { post: opening, title: word('title after'), body: word('body after'), version: '1' });
	await does(`${thread}?/reply`, { body: word('answer') });
	await does('/drafts?/keep', { place: '/boards/harbour/new', title: word('draft title'), body: word('draft') });
	await does('/journey?/victory', { words: word('victory'), when: 'now' });
	return { cookie, name, thread, opening, sentinels, done, get, post };
}

function filesIn(where: string): Record<string, Buffer> {
	const files = readdirSync(where, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(where, name)).isFile());
	return Object.fromEntries(files.filter((name) => !name.endsWith('.ballast')).map((name) => [name, readFileSync(join(where, name))]));
}

/** A backup as operators make one. */
function backUp(running: BuiltSite): string {
	const copy = join(folder, 'backup.db');
	const client = new Sqlite(join(running.folder, 'site.db'));
	client.exec(`vacuum into '${copy}'`);
	client.close();
	return copy;
}

const settings = { KEYS_FILE, ERASURES_FILE, LOG_LEVEL: 'debug' };
const told = ({ log }: BuiltSite) => expect.poll(log, { timeout: 30_000 }).toContain(offDisk);

test('after leaving no file and no log line holds a word, and a restored backup is erased before it serves', async () => {
	const running = (site = await startSite(settings));
	const { cookie, name, thread, opening, sentinels, done, get, post } = await aLife(running);
	expect(done).toEqual(done.map(() => 303));
	const other = await joinAt(running.url);
	const { post: otherPosts } = visitor(running, other.cookie);
	await otherPosts(`${thread}?/reply`, { body: 'An answer that stays.', parent: opening });
	const backup = backUp(running);
	const before = tracesIn(filesIn(running.folder), sentinels).join('\n');
	for (const { what } of sentinels) if (!/draft/.test(what)) expect(before, what).toContain(what);

	expect((await post('/settings/leaving?/leave', { ...choices, again: 'not this one at all' })).status).toBe(422);
	const left = await post('/settings/leaving?/leave', { ...choices, again: passphrase });
	expect([left.status, left.headers.location, left.headers['clear-site-data']]).toEqual([303, '/settings/left', '"cache", "cookies"']);
	await told(running);
	expect(tracesIn({ ...filesIn(running.folder), log: Buffer.from(running.log()), list: readFileSync(ERASURES_FILE) }, sentinels)).toEqual(
		[]
	);
	expect((await get('/settings/leaving')).headers.location).toContain('/sign-in');
	expect((await call(running.url + thread)).body).toContain('This is no longer here.');
	const list = readFileSync(ERASURES_FILE, 'utf8');
	expect(list).toMatch(/^\{"on":"\d{4}-\d\d-\d\d","member":"[\w-]+","kept":\[\]\}\n$/);

	await running.stop();
	const restored = mkdtempSync(join(tmpdir(), 'lamplight-restored-'));
	copyFileSync(backup, join(restored, 'site.db'));
	expect(tracesIn(filesIn(restored), sentinels)).not.toEqual([]);
	const again = (site = await startSite({ ...settings, DATABASE_URL: `file:${join(restored, 'site.db')}` }));
	const answer = await call(`${again.url}/sign-in`, {
		method: 'POST',
		headers: { accept: 'text/html', origin: again.url, 'content-type': 'application/x-www-form-urlencoded' },
		body: form({ name, passphrase })
	});
	expect(answer.status).toBe(422);
	expect((await visitor(again, cookie).get('/settings')).body).not.toContain(name);
	await told(again);
	expect(tracesIn({ ...filesIn(restored), log: Buffer.from(again.log()) }, sentinels)).toEqual([]);
	rmSync(restored, { recursive: true });
});

test('a command run on a restored backup erases first, too', async () => {
	const running = (site = await startSite(settings));
	const { name, post } = await aLife(running);
	const backup = backUp(running);
	await post('/settings/leaving?/leave', { ...choices, again: passphrase });
	await running.stop();
	site = undefined;
	const env = { ...process.env, ...settings, DATABASE_URL: `file:${backup}` };
	const told = spawnSync(process.execPath, ['build/server/disclose.js', 'disclose', name], { env, encoding: 'utf8' });
	expect(told.stderr).toContain('Nobody here is called');
});

test('whoever asked is erased at the next start where the site died before it was done', async () => {
	const running = (site = await startSite(settings));
	const { name, thread } = await aLife(running);
	const client = new Sqlite(join(running.folder, 'site.db'), { readonly: true });
	const tombstone = client.prepare('select tombstone from members where name = ?').pluck().get(name);
	client.close();
	await running.kill();
	writeFileSync(ERASURES_FILE, `{"on":"2026-03-14","member":"${String(tombstone)}","kept":[]}\n{"on":"2026-03-`);
	const again = (site = await startSite({ ...settings, DATABASE_URL: `file:${join(running.folder, 'site.db')}` }));
	expect((await call(again.url + thread)).status).toBe(404);
	// What was cut off was promised to nobody.
	expect(readFileSync(ERASURES_FILE, 'utf8').split('\n').length).toBe(2);
});

test.each([
	['is not as Lamplight writes them', '{"who":"somebody"}\n'],
	['is not as Lamplight writes them', 'nonsense\n{"on":"2026-03-14","post":"x"}\n']
])('a list of erasures that %s refuses the start', async (sentence, text) => {
	writeFileSync(ERASURES_FILE, text);
	await expect(startSite(settings)).rejects.toThrow(sentence);
});

test('an erased account and one that never was get the same answer, byte for byte [ASVS 6.3.8]', async () => {
	const running = (site = await startSite(settings));
	const { name, post } = await aLife(running);
	const { cookie: _, ...other } = await joinAt(running.url);
	await post('/settings/leaving?/leave', { ...choices, again: passphrase });
	const trial = async (tried: string) => {
		const { status, headers, body } = await call(`${running.url}/sign-in`, {
			method: 'POST',
			headers: { accept: 'text/html', origin: running.url, 'content-type': 'application/x-www-form-urlencoded' },
			body: form({ name: tried, passphrase: 'surely not this one' })
		});
		const { date: __, etag: ___, 'content-length': ____, ...kept } = headers;
		return { status, kept, body: body.replaceAll(tried, 'NAME') };
	};
	// A name of the same two words that nobody ever had, and one that somebody has.
	const never = other.name.split(' ').toReversed().join(' ');
	expect(await trial(name)).toEqual(await trial(never));
	expect(await trial(name)).toEqual(await trial(other.name));
});

test('the file is a zip of a page and JSON, for one ticket', async () => {
	const running = (site = await startSite(settings));
	const { cookie, sentinels, get, post } = await aLife(running);
	expect((await post('/settings/leaving?/export', { again: 'not this one at all' })).status).toBe(422);
	const asked = await post('/settings/leaving?/export', { again: passphrase });
	expect([asked.status, asked.headers.location]).toEqual([303, '/settings/leaving/file']);
	const ticket = (asked.headers['set-cookie'] ?? []).find((one) => one.startsWith('export='))?.split(';')[0] ?? '';
	expect((await get('/settings/leaving/file')).headers.location).toBe('/settings/leaving?late');
	const file = await fetch(`${running.url}/settings/leaving/file`, { headers: { cookie: `${cookie}; ${ticket}` } });
	const said = ['content-type', 'content-disposition', 'cache-control'].map((name) => file.headers.get(name));
	expect(said).toEqual(['application/zip', 'attachment; filename="lamplight.zip"', 'no-store']);
	const { 'lamplight.json': json = '' } = unzip(Buffer.from(await file.arrayBuffer()));
	for (const { what, text } of sentinels) expect(json.includes(text), what).toBe(true);
	expect((await get('/settings/leaving/file', ticket)).headers.location).toBe('/settings/leaving?late');
	expect(existsSync(ERASURES_FILE)).toBe(true);
});
