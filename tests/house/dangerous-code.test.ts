// What the source must not hold, read from the source.
import { expect, test } from 'vitest';
import { sources } from './source.ts';

const files = sources('src/**/*.{ts,svelte,mjs}').map(({ path, text }) => ({
	path,
	code: text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '')
}));
const holding = (what: RegExp) => files.filter(({ code }) => what.test(code)).map(({ path }) => path);

test('no program is started but by the start command, which builds [ASVS 1.2.5]', () => {
	expect(holding(/child_process/)).toEqual(['src/server/start.mjs']);
});

test('no text becomes code, and no template is made at run time [ASVS 1.3.2] [ASVS 1.3.7]', () => {
	expect(holding(/\beval\(|new Function\b|\bFunction\(|node:vm|setTimeout\(\s*['"`]|javascript:/)).toEqual([]);
});

test('ready-made HTML enters a page in one place, besides what was rendered before, and the one island that reads pages does so by a trusted policy [ASVS 1.1.2] [ASVS 3.2.2]', () => {
	// Ready puts in what our own components rendered and escaped before.
	expect(holding(/\{@html/)).toEqual(['src/lib/components/Prose.svelte', 'src/lib/components/Ready.svelte']);
	expect(holding(/\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write/)).toEqual([]);
});

test('patterns are ours: nothing that is typed becomes one [ASVS 1.2.9]', () => {
	const made = files.flatMap(({ path, code }) => [...code.matchAll(/new RegExp\(([^)]{0,40})/g)].map(([, from = '']) => ({ path, from })));
	// Each is made once, when its module is loaded, from words of its own.
	const lists = [
		...['opioid-words', 'web-addresses', 'text', 'caution-words', 'search-tokens'].map((name) => `src/server/community/${name}.ts`),
		'src/server/web/encodings.ts'
	];
	expect([...new Set(made.map(({ path }) => path))].filter((path) => !lists.includes(path))).toEqual([]);
});

test('chance that somebody must not guess comes from node:crypto; Math.random only spreads waits [ASVS 11.5.1]', () => {
	const waits = ['src/lib/islands/live-line.ts', 'src/server/store/postgres-writes.ts', 'src/server/store/signal.postgres.ts'];
	expect(holding(/Math\.random/).filter((path) => !waits.includes(path))).toEqual([]);
	expect(holding(/randomUUID|pseudoRandomBytes/)).toEqual([]);
});

test('hashes and ciphers are of today, and from Node or @node-rs/argon2 [ASVS 11.2.1] [ASVS 11.3.1] [ASVS 11.3.2] [ASVS 11.4.1] [ASVS 11.4.3]', () => {
	const all = files.flatMap(({ code }) =>
		[...code.matchAll(/create(?:Hash|Hmac|Cipheriv|Decipheriv)\(\s*'([^']+)'/g)].map(([, name = '']) => name)
	);
	const known = ['sha256', 'sha512', 'aes-256-gcm', 'chacha20-poly1305'];
	expect([...new Set(all)].filter((name) => !known.includes(name))).toEqual([]);
	expect(holding(/crypto-js|node-forge|\bbcrypt\b|tweetnacl/)).toEqual([]);
});

test('browsers are given nothing to keep but cookies and whether the desk’s keys are on [ASVS 14.3.3]', () => {
	expect(holding(/localStorage|indexedDB|caches\.open/)).toEqual([]);
	// For ten seconds after Leave, and it says nothing.
	expect(holding(/document\.cookie/)).toEqual(['src/lib/islands/leave.ts', 'src/lib/islands/left.ts']);
	expect(holding(/sessionStorage/).filter((path) => path !== 'src/lib/islands/desk.ts')).toEqual([]);
});

test('no column is read by a star, so no page is handed more than it names [ASVS 15.3.1] [ASVS 15.3.3]', () => {
	const community = files.filter(({ path }) => path.startsWith('src/server/community/'));
	expect(community.filter(({ code }) => /\.select\(\)/.test(code)).map(({ path }) => path)).toEqual([]);
});

test('passphrases are typed into fields that hide them, take a paste and may be filled in by a manager [ASVS 6.2.6] [ASVS 6.2.7]', () => {
	const fields = files.flatMap(({ code }) => code.match(/<input[^>]*name="(?:passphrase|current)"[^>]*>/g) ?? []);
	expect(fields.length).toBeGreaterThan(2);
	for (const field of fields) {
		expect(field).toMatch(/type="password"/);
		expect(field).toMatch(/autocomplete="(current|new)-password"/);
		expect(field).not.toMatch(/onpaste|maxlength/);
	}
});
