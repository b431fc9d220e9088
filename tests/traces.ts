// Looks for what must be nowhere, in any writing that a program might have put it down in.
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';

export type Sentinel = { what: string; text: string; /** Forms that may be there, such as a token's SHA-256. */ except?: string[] };

const reversed = (text: string) => [...text].reverse().join('');
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

/** Base64 has three ways to write a text that stands inside a longer one: what does not depend on the neighbours. */
function base64Inside(text: Buffer): string[] {
	return [0, 1, 2].map((shift) => {
		const coded = Buffer.concat([Buffer.alloc(shift), text])
			.toString('base64')
			.replace(/=+$/, '');
		const first = shift === 0 ? 0 : shift + 1;
		const whole = Math.floor(((shift + text.length) * 8) / 6);
		return coded.slice(first, whole);
	});
}

function ipv4Numbers(address: string): string[] {
	const parts = address.split('.').map(Number);
	const number = parts.reduce((sum, part) => sum * 256 + part, 0);
	const hex = parts.map((part) => part.toString(16).padStart(2, '0')).join('');
	const padded = parts.map((part) => String(part).padStart(3, '0')).join('.');
	return [
		String(number),
		hex,
		`::ffff:${address}`,
		address.replaceAll('.', '-'),
		address.replaceAll('.', '_'),
		padded,
		reversedParts(parts)
	];
}
const reversedParts = (parts: number[]) => [...parts].reverse().join('.');

/** The sixteen bytes of an IPv6 address in hex. */
function ipv6Numbers(address: string): string[] {
	const [head = '', tail = ''] = address.split('::');
	const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => group.padStart(4, '0')));
	const [before, after] = [groups(head), groups(tail)];
	const whole = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0000'), ...after];
	return [whole.join(':'), whole.join('')];
}

/** Every writing of a text that is looked for, each under its name. */
export function writingsOf({ text, except = [] }: Sentinel): [string, Buffer][] {
	const bytes = Buffer.from(text);
	const texts: [string, string][] = [
		['plain', text],
		['upper case', text.toUpperCase()],
		['lower case', text.toLowerCase()],
		['reversed', reversed(text)],
		['percent', encodeURIComponent(text)],
		['form', new URLSearchParams({ a: text }).toString().slice(2)],
		['json', JSON.stringify(text).slice(1, -1)],
		['hex', bytes.toString('hex')],
		['HEX', bytes.toString('hex').toUpperCase()],
		['list of bytes', bytes.join(',')],
		...base64Inside(bytes).flatMap((coded, shift): [string, string][] => [
			[`base64+${shift}`, coded],
			[`base64url+${shift}`, coded.replaceAll('+', '-').replaceAll('/', '_')]
		]),
		...(isIP(text) === 4 ? ipv4Numbers(text) : isIP(text) === 6 ? ipv6Numbers(text) : []).map((number, i): [string, string] => [
			`number ${i}`,
			number
		])
	];
	const hashes = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((kind): [string, Buffer][] => {
		const digest = createHash(kind).update(text).digest();
		return [
			[`${kind} bytes`, digest],
			[`${kind} hex`, Buffer.from(digest.toString('hex'))],
			[`${kind} base64`, Buffer.from(digest.toString('base64').replace(/=+$/, ''))],
			[`${kind} base64url`, Buffer.from(digest.toString('base64url'))]
		];
	});
	const wide = Buffer.from(text, 'utf16le');
	const all: [string, Buffer][] = [
		...texts.map(([name, coded]): [string, Buffer] => [name, Buffer.from(coded)]),
		['utf-16le', wide],
		['utf-16be', swapped(wide)],
		...hashes
	];
	return all.filter(([name]) => !except.includes(name));
}

/** "where: what, in which writing" for everything that is found. */
export function tracesIn(places: Record<string, Buffer>, sentinels: Sentinel[]): string[] {
	return sentinels.flatMap((sentinel) =>
		writingsOf(sentinel).flatMap(([writing, needle]) =>
			Object.entries(places).flatMap(([place, bytes]) => (bytes.includes(needle) ? [`${place}: ${sentinel.what} (${writing})`] : []))
		)
	);
}
