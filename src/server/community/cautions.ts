// A soft word before posting: does this text tell who or where somebody is? It never blocks, so it would rather miss a
// strange format than nag: most people who read a false warning stop reading warnings.
import { findAddresses, findEmails, findNames } from './caution-words.ts';
import { findPhones } from './phone-numbers.ts';

export type Caution = { kind: 'phone' | 'email' | 'name' | 'address'; found: string };

/** A reader takes in a few; a text with more is understood from them. */
const mostOfAKind = 5;

/** What in `text` may tell who somebody is, as typed, each once; in time linear in its length. */
export function cautionsFor(text: string): Caution[] {
	const plain = text.replace(/[\u200E\u200F\u061C]/g, '').replace(/[^\S\n]/g, ' ');
	return [
		...each('phone', findPhones(plain)),
		...each('email', findEmails(plain)),
		...each('name', findNames(plain)),
		...each('address', findAddresses(plain))
	];
}

function each(kind: Caution['kind'], found: string[]): Caution[] {
	return [...new Set(found.map((words) => words.trim()))].slice(0, mostOfAKind).map((words) => ({ kind, found: words }));
}
