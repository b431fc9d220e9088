// The key file as the sealer needs it: {"keys": [{"id", "secret"}]}, made where there is none. Every doubt refuses the start.
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { textOf } from './operators-files.ts';
import type { KeyRing } from './sealer.ts';

const secretBytes = 32;
const restore =
	'Put the key file of this database in its place (it belongs with your other secrets, apart from the backups) and start again.';

const isKey = (key: unknown): key is { id: string; secret: string } =>
	typeof key === 'object' && key !== null && 'id' in key && 'secret' in key && typeof key.id === 'string' && typeof key.secret === 'string';

function keysIn(file: string, text: string): Map<string, Buffer> {
	let read: unknown;
	try {
		read = JSON.parse(text);
	} catch {
		throw new Error(`The key file ${file} is not JSON. ${restore}`);
	}
	const keys = typeof read === 'object' && read !== null && 'keys' in read && Array.isArray(read.keys) ? read.keys : [];
	if (keys.length === 0 || !keys.every(isKey)) throw new Error(`The key file ${file} holds no keys as Lamplight writes them. ${restore}`);
	const found = new Map(keys.map(({ id, secret }) => [id, Buffer.from(secret, 'base64url')]));
	for (const [id, secret] of found)
		if (!/^[\w-]{1,64}$/.test(id) || secret.length !== secretBytes)
			throw new Error(`The key "${id}" in ${file} is not ${secretBytes} bytes long: it was cut or changed. ${restore}`);
	return found;
}

/** `named`: the keys that something in the store was sealed under. A file without one of them refuses the start. */
export function sealingKeys(file: string, named: readonly string[]): KeyRing {
	let text = textOf(file, 'The key file');
	if (text === undefined) {
		if (named.length > 0)
			throw new Error(`The key file ${file} is missing, and this database holds secrets that only open with it. ${restore}`);
		mkdirSync(dirname(file), { recursive: true });
		const key = { id: randomBytes(6).toString('hex'), secret: randomBytes(secretBytes).toString('base64url') };
		text = `${JSON.stringify({ keys: [key] }, undefined, '\t')}\n`;
		writeFileSync(file, text, { mode: 0o600, flag: 'wx', flush: true });
	}
	const keys = keysIn(file, text);
	const lacking = named.find((id) => !keys.has(id));
	if (lacking !== undefined)
		throw new Error(`The key file ${file} lacks the key "${lacking}" that this database was written with. ${restore}`);
	return {
		ids: () => [...keys.keys()],
		secret(id) {
			const found = keys.get(id);
			if (!found) throw new Error(`The key file ${file} lacks the key "${id}".`);
			return found;
		}
	};
}
