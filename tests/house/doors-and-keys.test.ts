// Ways in and cryptography, read from the source: what SECURITY.md says of them is all that there is.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sources } from './source.ts';

const files = sources('src/**/*.{ts,svelte,mjs}').map(({ path, text }) => ({
	path,
	code: text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '')
}));
const holding = (what: RegExp) => files.filter(({ code }) => what.test(code)).map(({ path }) => path);
const found = (what: RegExp, where = files) => where.flatMap(({ code }) => [...code.matchAll(what)].map(([, one = '']) => one));
const security = readFileSync('SECURITY.md', 'utf8');
const section = (title: string) => security.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';

test('a session begins in one place, and who comes there came by a way that is documented [ASVS 6.3.4]', () => {
	expect(holding(/sessions\.begin\(/)).toEqual(['src/lib/arrivals.ts']);
	// Joining, the passphrase, and after it a code or a new passphrase; passkeys; a second factor that is shown or set up while signed in.
	expect(holding(/\barrive(OrAsk)?\(/).filter((path) => path !== 'src/lib/arrivals.ts')).toEqual([
		'src/routes/join/+page.server.ts',
		'src/routes/settings/app/+page.server.ts',
		'src/routes/settings/ways-in/forms.ts',
		'src/routes/sign-in/+page.server.ts',
		'src/routes/sign-in/code/+page.server.ts',
		'src/routes/sign-in/new-passphrase/+page.server.ts',
		'src/routes/sign-in/passkey/+page.server.ts'
	]);
	for (const way of ['passphrase', 'Recovery codes', 'passkeys', 'time-based codes']) expect(section('Sign-in')).toContain(way);
});

test('the doors ask for no answer to a question and keep no hint [ASVS 6.4.2]', () => {
	const doors = files.filter(({ path }) =>
		/^src\/(routes\/(sign-in|join)\/|lib\/components\/(NewPassphrase|PasskeyDoor|Proof))/.test(path)
	);
	// `answer` is what a passkey signed; `words` a line to the moderator; `second_lamp` a trap for machines.
	expect([...new Set(found(/\bname="([\w-]+)"/g, doors))].sort()).toEqual([
		...['adult', 'agree', 'answer', 'code', 'drop_app', 'drop_passkeys', 'invitation', 'more', 'name', 'offer', 'passphrase', 'proof'],
		...['second_lamp', 'to', 'words']
	]);
	const accounts = sources('src/server/store/tables{,-accounts,-people,-doors}.ts').map(({ path, text: code }) => ({ path, code }));
	const columns = found(/^\t{3}(\w+): (?:text|integer|flag|instant|json)\(/gm, accounts);
	expect(columns.length).toBeGreaterThan(40);
	expect(columns.filter((column) => /hint|question|answer$|secretWord|birth|maiden|mother/i.test(column))).toEqual([]);
});

test('every algorithm has 128 bits or more, and each use of one is documented [ASVS 11.2.3]', () => {
	const hashes = found(/\bcreateH(?:ash|mac)\(\s*['"]([^'"]+)/g).concat(found(/(?<![\w.])hash\('([^']+)'/g));
	expect([...new Set(hashes)].sort()).toEqual(['sha256', 'sha512']);
	expect(hashes.length).toBeGreaterThan(10);
	const sealing = found(/\bcreate(?:C|Dec)ipheriv\(\s*['"]([^'"]+)/g);
	expect(new Set(sealing)).toEqual(new Set(['aes-256-gcm']));
	// A shorter tag would be taken where its length is not said.
	expect(found(/createDecipheriv\([^;]*?(authTagLength: 16)/g)).toHaveLength(found(/(createDecipheriv\()/g).length);
	expect(found(/generateKeySync\('hmac', { length: (\d+)/g)).toEqual(['256']);
	expect(found(/const secretBytes = (\d+)/g)).toEqual(['32']);
	expect(found(/memoryCost: ([\d_]+), timeCost: 2/g)).toEqual(['19_456']);
	// HMAC-SHA-1, which apps for codes all know, is the one exception; it is as good as its 160 bits.
	expect(holding(/['"](md5|sha-?1|des(-[\w-]+)?|rc4|[\w-]*(ecb|cbc))['"]/i)).toEqual(['src/server/community/time-codes.ts']);
	expect(holding(/createECDH|createDiffieHellman|generateKeyPair|createSign\(|publicEncrypt/)).toEqual([]);
	for (const named of ['Argon2id', 'SHA-256', 'HMAC-SHA-256', 'AES-256-GCM', 'SHA-512', 'HMAC-SHA-1'])
		expect(section('Keys and algorithms')).toContain(named);
});
