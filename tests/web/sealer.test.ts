import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { sizedJson } from '#server/community/sized-json.ts';
import { settingsFrom, type Settings } from '#server/config.ts';
import { erasuresIn } from '#server/erasures.ts';
import { sealerOver } from '#server/sealer.ts';
import { sealingKeys } from '#server/sealing-keys.ts';
import { openCommunity } from '#server/wiring.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

const opened = (settings: Settings) =>
	openCommunity(settings, (problem) => {
		throw problem;
	});

function keyFile(text?: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'lamplight-keys-'));
	folders.push(folder);
	const file = join(folder, 'secrets', 'keys.json');
	if (text === undefined) return file;
	const written = join(folder, 'keys.json');
	writeFileSync(written, text);
	return written;
}

const key = (byte: number, id: string) => ({ id, secret: Buffer.alloc(32, byte).toString('base64url') });
const ring = (...keys: ReturnType<typeof key>[]) => sealingKeys(keyFile(JSON.stringify({ keys })), []);

test('what was sealed opens under the same words only', () => {
	const sealer = sealerOver(ring(key(1, 'one')));
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (words, about, other) => {
			const sealed = sealer.seal(words, about);
			expect(sealer.open(sealed, about)).toBe(words.toWellFormed());
			if (other !== about) expect(sealer.open(sealed, other)).toBeUndefined();
			expect(sealer.seal(words, about)).not.toBe(sealed);
		}),
		{ numRuns: 50 }
	);
});

test('a changed letter, another key and nonsense open nothing', () => {
	const sealer = sealerOver(ring(key(1, 'one')));
	const sealed = sealer.seal('a secret', 'a row');
	for (let at = 0; at < sealed.length; at++) {
		const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'Q' : 'A') + sealed.slice(at + 1);
		expect(sealer.open(changed, 'a row'), `letter ${at}`).toBeUndefined();
	}
	expect(sealerOver(ring(key(2, 'one'))).open(sealed, 'a row')).toBeUndefined();
	expect(sealerOver(ring(key(1, 'two'))).open(sealed, 'a row')).toBeUndefined();
	fc.assert(
		fc.property(fc.string(), (text) => sealer.open(text, 'a row') === undefined && sealer.open(`one.${text}`, 'a row') === undefined)
	);
});

test('a key that is added seals from then on, and the old one still opens', () => {
	const before = sealerOver(ring(key(1, 'one'))).seal('a secret', 'a row');
	const sealer = sealerOver(ring(key(1, 'one'), key(2, 'two')));
	expect(sealer.open(before, 'a row')).toBe('a secret');
	expect(sealer.seal('a secret', 'a row')).toMatch(/^two\./);
});

test('a tag is the same for the same parts only, and differs by purpose and key', () => {
	const sealer = sealerOver(ring(key(1, 'one'), key(2, 'two')));
	const tag = sealer.tag('masks', ['thread', 'member']);
	expect(tag).toMatch(/^[\w-]{43}$/);
	expect(sealer.tag('masks', ['thread', 'member'])).toBe(tag);
	const others = [
		sealer.tag('masks', ['threadm', 'ember']),
		sealer.tag('masks', ['thread","member']),
		sealer.tag('names', ['thread', 'member']),
		sealer.tag('masks', ['thread', 'member'], 'one')
	];
	expect(new Set([tag, ...others]).size).toBe(5);
	expect(sealer.tag('masks', ['thread', 'member'], 'two')).toBe(tag);
	expect(() => sealer.tag('masks', [], 'three')).toThrow(/lacks the key/);
});

test('sized text opens as the same value, and texts of one size cannot be told apart by length', () => {
	const lengths = ['', 'a', 'ä'.repeat(200)].map((body) => {
		expect(JSON.parse(sizedJson({ body }))).toEqual({ body });
		return Buffer.byteLength(sizedJson({ body }));
	});
	expect(lengths).toEqual([512, 512, 512]);
	expect(Buffer.byteLength(sizedJson('x'.repeat(511)))).toBe(1024);
});

test('a key file is made where there is none, for its owner’s eyes only, and found again', () => {
	const file = keyFile();
	const made = sealingKeys(file, []);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(sealingKeys(file, made.ids()).secret(made.ids()[0] ?? '')).toEqual(made.secret(made.ids()[0] ?? ''));
	expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ keys: [{ id: made.ids()[0], secret: expect.stringMatching(/^[\w-]{43}$/) }] });
});

test('a missing, short, broken or wrong key file refuses the start with a sentence', () => {
	expect(() => sealingKeys(keyFile(), ['one'])).toThrow(/missing.*\.$/);
	const short = { id: 'one', secret: Buffer.alloc(31).toString('base64url') };
	for (const text of ['', '{', '[]', '{"keys":[]}', '{"keys":[{"id":1}]}', 'null', JSON.stringify({ keys: [short] })])
		expect(() => sealingKeys(keyFile(text), []), text).toThrow(/key.*\.$/);
	expect(() => sealingKeys(keyFile(JSON.stringify({ keys: [key(1, 'two')] })), ['one'])).toThrow(/lacks the key "one".*\.$/);
});

test('a database names the key that it was begun with, and does not open with another', async () => {
	const file = keyFile();
	const settings = settingsFrom({ DATABASE_URL: `file:${join(dirname(file), 'store.db')}`, KEYS_FILE: file });
	const close = async () => (await opened(settings)).db.close();
	await close();
	await close();
	writeFileSync(file, JSON.stringify({ keys: [key(9, 'another')] }));
	await expect(close()).rejects.toThrow(/lacks the key.*start again\.$/);
	rmSync(file);
	await expect(close()).rejects.toThrow(/missing.*start again\.$/);
});

test('a list of erasures that is missing beside a database that is not new refuses the start, until somebody makes an empty one', async () => {
	const file = keyFile();
	const list = join(dirname(file), 'elsewhere', 'erasures.jsonl');
	const settings = settingsFrom({ DATABASE_URL: `file:${join(dirname(file), 'store.db')}`, KEYS_FILE: file });
	const close = async (erasuresFile: string) => (await opened({ ...settings, erasuresFile })).db.close();
	await close(settings.erasuresFile);
	await expect(close(list)).rejects.toThrow(/list of erasures .*elsewhere.* is missing.*make an empty file of this name\.$/);
	expect(existsSync(list)).toBe(false);
	mkdirSync(dirname(list));
	writeFileSync(list, '');
	await close(list);
});

test('a file that the system keeps closed is not called broken: the sentence names its owner and mode', async () => {
	const file = keyFile();
	const list = join(dirname(file), 'erasures.jsonl');
	const settings = settingsFrom({ DATABASE_URL: `file:${join(dirname(file), 'store.db')}`, KEYS_FILE: file });
	await (await opened(settings)).db.close();
	const closed = (name: string) => new RegExp(`^${name} .* is closed to the user .*owner, with mode 600.*start again\\.$`);
	chmodSync(file, 0o000);
	asNobody(dirname(file), () => expect(() => sealingKeys(file, [])).toThrow(closed('The key file')));
	for (const mode of [0o000, 0o444]) {
		chmodSync(list, mode);
		asNobody(dirname(file), () => expect(() => erasuresIn(list, { fresh: false })).toThrow(closed('The list of erasures')));
	}
	chmodSync(file, 0o444);
	asNobody(dirname(file), () => expect(sealingKeys(file, []).ids().length).toBe(1));
});

/** Root reads whatever the mode says. */
function asNobody(folder: string, work: () => void) {
	if (process.getuid?.() !== 0) return work();
	for (const one of [folder, dirname(folder)]) chmodSync(one, 0o755);
	process.seteuid?.(65_534);
	try {
		work();
	} finally {
		process.seteuid?.(0);
	}
}

test('a key file in which two secrets were swapped, or one was changed, refuses the start', async () => {
	const file = keyFile(JSON.stringify({ keys: [key(1, 'one')] }));
	const settings = settingsFrom({ DATABASE_URL: `file:${join(dirname(file), 'store.db')}`, KEYS_FILE: file });
	const holding = async (...keys: ReturnType<typeof key>[]) => {
		writeFileSync(file, JSON.stringify({ keys }));
		const { db } = await opened(settings);
		await db.close();
	};
	await holding(key(1, 'one'));
	await holding(key(1, 'one'), key(2, 'two'));
	await expect(holding(key(2, 'one'), key(1, 'two'))).rejects.toThrow(/"(one|two)".*swapped.*start again\.$/);
	await expect(holding(key(1, 'one'), key(3, 'two'))).rejects.toThrow(/"two".*start again\.$/);
	await holding(key(1, 'one'), key(2, 'two'));
	// As it was before there were marks.
	const { db } = await opened(settings);
	await db.write((tx) => tx.update(db.tables.namedKeys).set({ mark: null }));
	await db.close();
	await holding(key(1, 'one'), key(2, 'two'));
	await expect(holding(key(3, 'one'), key(2, 'two'))).rejects.toThrow(/"one".*start again\.$/);
});

test('what the site makes is for its own user alone, also where other files of that user are open to everybody', async () => {
	const before = process.umask(0o022);
	try {
		const file = keyFile();
		const data = join(dirname(dirname(file)), 'data');
		const { db } = await opened(settingsFrom({ DATABASE_URL: `file:${join(data, 'store.db')}`, KEYS_FILE: file }));
		const made = [data, dirname(file), ...[data, dirname(file)].flatMap((one) => readdirSync(one).map((name) => join(one, name)))];
		expect(made.length).toBeGreaterThan(5);
		expect(made.filter((one) => (statSync(one).mode & 0o077) > 0)).toEqual([]);
		await db.close();
	} finally {
		process.umask(before);
	}
});
