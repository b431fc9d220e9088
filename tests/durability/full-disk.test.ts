// A disk without room: nothing is lost, nothing is half, and what has to be possible then still is.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { aWriter, placeOf } from './a-writer.ts';

const megabyte = 1024 * 1024;
const disk = mkdtempSync(join(tmpdir(), 'lamplight-disk-'));
const noDisk = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'none', disk]).status !== 0;
if (noDisk) {
	const sentence = 'A small disk could not be mounted (that needs root), so the tests of a full disk were SKIPPED.';
	if (process.env.LAMPLIGHT_NO_SKIPS) throw new Error(sentence);
	console.warn(sentence);
}

let site: BuiltSite;
beforeAll(async () => {
	if (!noDisk) site = await startSite({ DATABASE_URL: `file:${join(disk, 'site.db')}` });
});
afterAll(async () => {
	await site?.stop();
	spawnSync('umount', [disk]);
	rmSync(disk, { recursive: true, force: true });
});

function room(): number {
	const { bavail, bsize } = statfsSync(disk);
	return bavail * bsize;
}

/** Leaves this many bytes. */
function fill(left: number) {
	writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, room() - left), 1));
}

test.skipIf(noDisk)('on a full disk people can read, take back and report; new words are refused and come back filled in', async () => {
	const wren = await aWriter(site.url);
	const thread = placeOf((await wren.open('Before it was full', 'I will want to take this back.')).headers.location);
	expect(existsSync(join(disk, 'site.db.ballast'))).toBe(true);
	fill(64 * 1024);

	const words = 'Every word counts. '.repeat(900);
	let refused: Awaited<ReturnType<typeof wren.answer>> | undefined;
	for (let i = 0; i < 10 && refused?.status !== 503; i++) refused = await wren.answer(thread, `${i} ${words}`);
	expect(refused?.status).toBe(503);
	expect(refused?.headers['retry-after']).toBeDefined();
	expect(refused?.body).toContain('There is no room left');
	expect(refused?.body).toContain('Every word counts. Every word counts.');
	expect(existsSync(join(disk, 'site.db.ballast'))).toBe(false);

	expect((await wren.read(`/threads/${thread}`)).status).toBe(200);
	const post = /id="p-([\w-]+)"/.exec((await wren.read(`/threads/${thread}`)).body)?.[1] ?? '';
	expect((await wren.withdraw(thread, post)).status).toBe(303);
	expect((await wren.read(`/threads/${thread}`)).body).not.toContain('I will want to take this back.');
});

test.skipIf(noDisk)('with room again the ballast comes back by itself, and so do new words', async () => {
	rmSync(join(disk, 'filler'), { force: true });
	// It is there before all of it is written.
	const back = () => existsSync(join(disk, 'site.db.ballast')) && room() < 80 * megabyte;
	for (let tries = 0; tries < 50 && !back(); tries++) await pause(200);
	expect(back()).toBe(true);
	const finch = await aWriter(site.url);
	expect((await finch.open('There is room again', 'Good.')).status).toBe(303);
});
