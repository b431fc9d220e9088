// What others are told of when something happened grows coarse after a day: no page, header, address or frame holds a finer moment.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { openDatabase, type Database } from '#server/store/database.ts';
import { sealerOver } from '#server/sealer.ts';
import { sealingKeys } from '#server/sealing-keys.ts';
import { keysFile, startSite, type BuiltSite } from '../built-site.ts';
import { call, form, joinAt } from '../caller.ts';
import { aFullLife } from '../full-life.ts';
import { day, peopled, type World } from '../world.ts';

let site: BuiltSite;
let db: Database;
let world: World;
let life: Awaited<ReturnType<typeof aFullLife>>;
const began = Date.now() - 5 * day;
const folder = mkdtempSync(join(tmpdir(), 'lamplight-times-'));
beforeAll(async () => {
	const url = `file:${folder}/site.db`;
	db = await openDatabase(url);
	// Under the site's own keys, without which it could not say whose a masked post is; and before the site runs, whose clock is days ahead
	// and lets go of names that are held here.
	const sealer = sealerOver(sealingKeys(keysFile, []));
	world = await peopled(db, url, { start: began, sealer });
	life = await aFullLife(world);
	site = await startSite({ DATABASE_URL: url });
});
afterAll(async () => {
	await db.close();
	await site.stop();
	rmSync(folder, { recursive: true });
});

/** Numbers of the days in question in milliseconds or seconds, moments as text, and both inside of anything in base64 or base36. */
function moments(text: string): string[] {
	const near = (number: number) => Math.abs(number - began) < 6 * day || Math.abs(number * 1000 - began) < 6 * day;
	const numbers = (inside: string) => (inside.match(/\d{10,13}/g) ?? []).filter((digits) => near(Number(digits)));
	const coded = (text.match(/[A-Za-z0-9_-]{12,}/g) ?? []).map((word) => Buffer.from(word, 'base64url').toString('latin1'));
	const short = (text.match(/\b[0-9a-z]{8,9}\b/g) ?? []).filter((word) => near(Number.parseInt(word, 36)));
	const written = text.match(/\d{4}-\d\d-\d\dT\d\d|\b([01]\d|2[0-3]):[0-5]\d(:\d\d)?\b|(minutes?|hours?) ago|just now/g) ?? [];
	return [...numbers(text), ...coded.flatMap(numbers), ...short, ...written];
}

test('the search for moments sees them', () => {
	const hidden = Buffer.from(`bookmarks\n${began}\nid`).toString('base64url');
	for (const text of [
		`at ${began}`,
		`at ${Math.floor(began / 1000)}`,
		hidden,
		began.toString(36),
		new Date(began).toISOString(),
		'3 hours ago',
		'21:30 UTC'
	])
		expect(moments(text), text).not.toEqual([]);
	expect(moments('this week, March 2026, 12 answers, ids of random letters')).toEqual([]);
});

test('no page or header that others get tells the hour of what is older than a day', async () => {
	const reader = await joinAt(site.url);
	const paths = ['/', '/boards', '/boards/harbour', '/boards/harbour?sort=new', '/boards/harbour?sort=active', `/threads/${life.thread}`];
	const more = [`/threads/${life.thread}?post=${life.answer}`, '/search?q=story', '/search?q=story&sort=new', '/live'];
	const found: string[] = [];
	for (const cookie of ['', reader.cookie])
		for (const path of [...paths, ...more]) {
			const { status, raw, body } = await call(site.url + path, { headers: { accept: 'text/html', cookie } });
			expect(status, path).toBe(200);
			const own = raw.filter((_, at) => !/^date$/i.test(raw[at - 1] ?? ''));
			// The reader's own cookie and one-time keys are random, and so now and then look like a moment in base36: only pages are read for those.
			// What a script fills in for a celebration of this moment stands in a template.
			const page = body.replace(/<template[\s\S]*?<\/template>/g, '');
			found.push(...moments(`${page}\n${own.join('\n')}`).map((moment) => `${path}: ${moment}`));
		}
	expect(found).toEqual([]);
	const shown = (await call(`${site.url}/threads/${life.thread}`, { headers: { accept: 'text/html' } })).body;
	expect(shown).toMatch(
		/this week|this month|(January|February|March|April|May|June|July|August|September|October|November|December) \d{4}/
	);
});

test('a frame tells the minute, no finer', async () => {
	const { cookie } = await joinAt(site.url);
	const socket = new WebSocket(`${site.url.replace('http', 'ws')}/live/socket`, { origin: site.url });
	await new Promise((opened) => socket.on('open', opened));
	const heard = new Promise<{ at: number; id: string }>((done) => socket.on('message', (text) => done(JSON.parse(String(text)))));
	const headers = { accept: 'text/html', origin: site.url, cookie, 'content-type': 'application/x-www-form-urlencoded' };
	await call(`${site.url}/boards/harbour/new`, { method: 'POST', headers, body: form({ title: 'Now', body: 'Just now.' }) });
	const frame = await heard;
	socket.close();
	expect([frame.at % 60_000, /^s[0-9a-z]{1,4}$/.test(frame.id)]).toEqual([0, true]);
});
