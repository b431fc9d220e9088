// What was acknowledged is on the disk: traced, and after the process was killed in the middle of writing.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { aWriter, placeOf } from './a-writer.ts';

const noTrace = spawnSync('strace', ['-V']).status !== 0;
if (noTrace) {
	const sentence = 'No strace was found, so the trace of what reaches the disk was SKIPPED. Install it (Debian: apt-get install strace).';
	if (process.env.LAMPLIGHT_NO_SKIPS) throw new Error(sentence);
	console.warn(sentence);
}

const folders: string[] = [];
const sites: BuiltSite[] = [];
afterEach(async () => {
	for (const site of sites.splice(0)) await site.stop();
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function site(folder = mkdtempSync(join(tmpdir(), 'lamplight-durable-'))) {
	folders.push(folder);
	const begun = await startSite({ DATABASE_URL: `file:${join(folder, 'site.db')}` });
	sites.push(begun);
	return { ...begun, folder };
}

test.skipIf(noTrace)('no answer says that words are kept before they have reached the disk', async () => {
	const { url, pid, folder } = await site();
	const wren = await aWriter(url);
	const thread = placeOf((await wren.open('Traced', 'The first words.')).headers.location);
	const file = join(folder, 'trace');
	// -y names the file behind a number; only what is written and what is brought to the disk is traced.
	const trace = spawn('strace', [
		'-f',
		'-y',
		'-ttt',
		'-s',
		'200',
		'-e',
		'trace=fdatasync,fsync,write,writev,sendto',
		'-o',
		file,
		'-p',
		String(pid)
	]);
	const attached = new Promise<void>((done) => trace.stderr.on('data', (text) => String(text).includes('attached') && done()));
	await attached;
	// On a first day ten are allowed.
	const answers = 9;
	for (let i = 0; i < answers; i++) expect((await wren.answer(thread, `Words number ${i}.`)).status).toBe(303);
	trace.kill('SIGINT');
	await new Promise((ended) => trace.once('exit', ended));
	const calls = readFileSync(file, 'utf8').split('\n');
	const kind = (line: string) =>
		/ f(data)?sync\(\d+<[^>]*site\.db-wal>/.test(line) ? 'synced' : line.includes('HTTP/1.1 303') ? 'acknowledged' : undefined;
	const order = calls.flatMap((line) => kind(line) ?? []);
	const acknowledged = order.filter((what) => what === 'acknowledged').length;
	expect(acknowledged).toBe(answers);
	// Before every acknowledgement at least one sync came since the last.
	const unsynced = order.filter((what, i) => what === 'acknowledged' && order[i - 1] !== 'synced');
	expect(unsynced).toEqual([]);
});

test('whatever was acknowledged is there after the process was killed in the middle of writing', async () => {
	const { url, folder, kill } = await site();
	const writers = await Promise.all(Array.from({ length: 4 }, () => aWriter(url)));
	const first = writers[0];
	if (!first) throw new Error('Nobody writes.');
	const thread = placeOf((await first.open('Killed', 'The first words.')).headers.location);
	const said: string[] = [];
	let stopped = false;
	const writing = writers.map(async (writer, who) => {
		for (let i = 0; i < 9 && !stopped; i++) {
			const words = `word${who}x${i}y`;
			const answer = await writer.answer(thread, words).catch(() => undefined);
			if (answer?.status === 303) said.push(words);
		}
	});
	while (said.length < 8) await pause(2);
	await kill();
	stopped = true;
	await Promise.all(writing);
	sites.splice(0);
	const again = await startSite({ DATABASE_URL: `file:${join(folder, 'site.db')}` });
	sites.push(again);
	const reader = await aWriter(again.url);
	let text = '';
	for (let path: string | undefined = `/threads/${thread}`; path;) {
		const { body }: { body: string } = await reader.read(path);
		text += body;
		path = /href="([^"]*[?&]after=[^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&');
	}
	expect(said.filter((words) => !text.includes(words))).toEqual([]);
});
