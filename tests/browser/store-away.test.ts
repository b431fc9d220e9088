// The store hangs, is gone or is locked: every page says so kindly and when to come back, and help is there as ever.
import { spawnSync } from 'node:child_process';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { sealerOver } from '#server/sealer.ts';
import { sealingKeys } from '#server/sealing-keys.ts';
import { openDatabase } from '#server/store/database.ts';
import { keysFile, startSite } from '../built-site.ts';
import { call } from '../caller.ts';
import { startPostgres } from '../postgres.ts';
import { peopled } from '../world.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

/** A site with a story, and somebody who is signed in there. */
async function aSite(DATABASE_URL?: string) {
	const site = await startSite(DATABASE_URL ? { DATABASE_URL } : {});
	ends.push(site.stop);
	const url = DATABASE_URL ?? `file:${site.folder}/site.db`;
	const db = await openDatabase(url);
	const world = await peopled(db, url, { start: Date.now() - 3_600_000, sealer: sealerOver(sealingKeys(keysFile, [])) });
	const [wren, finch] = [await world.someone(), await world.someone()];
	const { thread } = await world.threads.open(wren, 'harbour', { title: 'A story', body: 'How it was.', warnings: [] });
	const { cookie } = await world.sessions.begin(finch, { secure: false });
	await db.close();
	const cookies = `${cookie.name}=${cookie.value}`;
	const get = async (path: string, signedIn = false) =>
		call(`${site.url}${path}`, { headers: { accept: 'text/html', ...(signedIn && { cookie: cookies }) } });
	expect((await get(`/threads/${thread}`)).status).toBe(200);
	return { site, get, thread };
}

type Answer = Awaited<ReturnType<typeof call>>;
function saysComeBack(answer: Answer) {
	expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
	for (const words of ['Help now', 'not your', 'in a minute']) expect(answer.body).toContain(words);
	expect(answer.body).not.toMatch(/give (them )?this|lot of people/);
}

test.each(['hangs', 'is gone'])(
	'where PostgreSQL %s pages answer 503 with when to come back, and help is there',
	{ timeout: 120_000 },
	async (how) => {
		const { url, pid, stop } = await startPostgres();
		ends.push(stop);
		const { site, get, thread } = await aSite(url);
		const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
		const all = [pid, ...stdout.split('\n').filter(Boolean).map(Number)].map(String);
		const send = (signal: string) => void spawnSync('kill', ['-s', signal, ...all]);
		ends.push(() => send('CONT'));
		send('STOP');
		if (how === 'is gone') send('KILL');
		const began = Date.now();
		const pages = ['/', `/threads/${thread}`, '/boards/harbour', '/search?q=night'];
		const [help, away, leave, ...answers] = await Promise.all([
			get('/help-now'),
			get('/help-now', true),
			get('/leave', true),
			...pages.map((path) => get(path)),
			...[...pages, '/settings', '/notices'].map((path) => get(path, true))
		]);
		for (const answer of answers) saysComeBack(answer);
		expect(Date.now() - began).toBeLessThan(25_000);
		expect([help.status, away.status, leave.status]).toEqual([200, 200, 200]);
		expect(away.body).toContain('country');
		expect(site.log()).not.toContain('"bug"');
		expect(site.log()).toContain('the store does not answer');
		if (how === 'is gone') return;
		send('CONT');
		await expect.poll(async () => (await get('/', true)).status, { timeout: 20_000 }).toBe(200);
	}
);

test(
	'where another program locks the SQLite file people read on, and a page that has to write answers 503 with when to come back',
	{ timeout: 60_000 },
	async () => {
		const { site, get, thread } = await aSite();
		const other = new Sqlite(`${site.folder}/site.db`);
		ends.push(() => other.close());
		other.exec('begin immediate');
		const reading = ['/help-now', '/', '/boards/harbour', `/threads/${thread}`, '/notices'].map((path) => get(path, true));
		const [answer, ...read] = await Promise.all([get('/join'), get('/boards'), ...reading]);
		expect(read.map(({ status }) => status)).toEqual(read.map(() => 200));
		saysComeBack(answer);
		other.exec('rollback');
		expect((await get('/join')).status).toBe(200);
	}
);
