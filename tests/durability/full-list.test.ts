// The list of erasures on a full disk: a line is there whole or not at all, and the site says so to whoever asked.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { erasuresIn } from '#server/erasures.ts';

const page = 4096;
const disk = mkdtempSync(join(tmpdir(), 'lamplight-list-'));
const noDisk = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk]).status !== 0;
if (noDisk) {
	const sentence = 'A small disk could not be mounted (that needs root), so the test of a full list of erasures was SKIPPED.';
	if (process.env.LAMPLIGHT_NO_SKIPS) throw new Error(sentence);
	console.warn(sentence);
}
afterAll(() => {
	spawnSync('umount', [disk]);
	rmSync(disk, { recursive: true, force: true });
});

test.skipIf(noDisk)('on a full disk a line of the list of erasures is refused whole, and the list stays readable', () => {
	const file = join(disk, 'erasures.jsonl');
	const list = erasuresIn(file, { fresh: true });
	let count = 0;
	const note = () => list.note({ on: '2026-11-27', post: String(++count).padStart(22, '0') });
	// The last line that fits leaves less than one on this page of the disk: of the next only a part would be taken.
	while (statSync(file).size < page - 40) note();
	const there = readFileSync(file, 'utf8');
	expect(() => {
		for (;;) appendFileSync(join(disk, 'filler'), Buffer.alloc(page));
	}).toThrow('ENOSPC');
	for (let tries = 0; tries < 2; tries++) expect(note).toThrow('There is no room left');
	expect(readFileSync(file, 'utf8')).toBe(there);
	rmSync(join(disk, 'filler'));
	note();
	const again = erasuresIn(file, { fresh: false }).all();
	expect(again.length).toBe(there.split('\n').length);
	expect(again.at(-1)).toEqual({ on: '2026-11-27', post: String(count).padStart(22, '0') });
});
