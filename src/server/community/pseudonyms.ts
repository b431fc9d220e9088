// Names members are known by: an adjective and a noun, always drawn, never typed, so that nobody can sign up under
// a real name. No adjective is a given name; that keeps every pair from reading as a person's.
import words from './words/pseudonyms.json' with { type: 'json' };

/** A uniform whole number in [0, below). Handed in: offers must come from a cryptographic source. */
export type Pick = (below: number) => number;

/** How many names there are. Whoever takes one at random needs a retry as a community grows. */
export const combinations = words.adjectives.length * words.nouns.length;

export function offerName(pick: Pick): string {
	return `${one(words.adjectives, pick)} ${one(words.nouns, pick)}`;
}

const longestTyped = 400;

/** The key a name is looked up by: ' quiet  HERON ' signs in as 'Quiet Heron'. */
export function foldName(typed: string): string {
	// Folding stacked marks takes time that grows with their square: nothing longer is anybody's name.
	if (typed.length > longestTyped) return '';
	return typed.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** The name as it is shown, or undefined when the generator cannot have made it. Takes what `foldName` returns. */
export function properName(folded: string): string | undefined {
	const [first = '', second = '', ...rest] = folded.split(' ').map(capital);
	const made = rest.length === 0 && words.adjectives.includes(first) && words.nouns.includes(second);
	return made ? `${first} ${second}` : undefined;
}

/** Whether the generator could have made this name, however it was typed: a form field may hold anything. */
export function isGenerated(name: string): boolean {
	return properName(foldName(name)) !== undefined;
}

function one(list: string[], pick: Pick): string {
	const word = list[pick(list.length)];
	if (word === undefined) throw new RangeError('pick answered outside the list');
	return word;
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
