import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownPath } from '#lib/return-paths.ts';

test('a page of this site is kept with its query and its place', () => {
	for (const path of ['/', '/threads/abc?post=x#p-x', '/boards/harbour/new', '/search?q=a%2Fb', '/joining', '/threads/a//b'])
		expect(ownPath(path)).toBe(path);
});

test('whatever leads elsewhere, or back to the door, is left aside', () => {
	const away = [
		'//elsewhere.example',
		'/\\elsewhere.example',
		'/\t/elsewhere.example',
		'/\n\\elsewhere.example',
		'/.//elsewhere.example',
		'/x/..//elsewhere.example',
		'https://elsewhere.example',
		'threads/abc',
		'javascript:alert(1)',
		'?x',
		' /x',
		''
	];
	for (const typed of [
		...away,
		'/sign-in',
		'/sign-in?to=/x',
		'/join',
		'/sign-out',
		'/x/../sign-in',
		'/leave',
		`/${'x'.repeat(3000)}`,
		null,
		undefined
	])
		expect(ownPath(typed)).toBeUndefined();
});

test('no text at all leads to another site', () => {
	const pieces = fc.array(
		fc.constantFrom('/', '\\', '.', '..', '\t', '\n', '\r', '%2f', '@', ':', 'http:', 'elsewhere.example', '?', '#', ' ', '\u0000', 'é'),
		{ maxLength: 8 }
	);
	fc.assert(
		fc.property(pieces, fc.string(), (parts, tail) => {
			const path = ownPath(`/${parts.join('')}${tail}`);
			if (path === undefined) return;
			expect(new URL(path, 'http://here.example').host).toBe('here.example');
			expect(path).toMatch(/^\/(?!\/)[\x21-\x7e]*$/);
		}),
		{ numRuns: 5000 }
	);
});
