// Small files with names that say something (house.md, "Names, comments, sizes").
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { sources } from './source.ts';

const files = sources('src/**/*.{ts,svelte,css,mjs}').map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
const share = (part: number) => files.map(({ lines }) => lines).sort((a, b) => a - b)[Math.floor(files.length * part)] ?? 0;

test('no file is over 300 lines, nine in ten are at most 180, the median is at most 60', () => {
	expect(files.filter(({ lines }) => lines > 300)).toEqual([]);
	expect(share(0.9)).toBeLessThanOrEqual(180);
	expect(share(0.5)).toBeLessThanOrEqual(60);
});

test('a page’s server part is at most 40 lines', () => {
	expect(files.filter(({ path, lines }) => path.endsWith('+page.server.ts') && lines > 40)).toEqual([]);
});

test('no file has a name that says nothing, and none lies deeper than four folders', () => {
	expect(files.filter(({ path }) => /^(utils?|helpers?|misc|common|manager|service|index)\./.test(basename(path)))).toEqual([]);
	expect(files.filter(({ path }) => path.split('/').length - 2 > 4)).toEqual([]);
});
