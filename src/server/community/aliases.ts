// Names of masks: a material and a thing of the house. None of these words is one of a pseudonym, so nobody takes a mask for a member.
import words from './words/aliases.json' with { type: 'json' };

const { firsts, things } = words;
export const aliasCount = firsts.length * things.length;

/** The alias that a tag stands for: the same for the same tag, and evenly spread over all there are. */
export function aliasOf(tag: string): string {
	const number = Buffer.from(tag, 'base64url').readUIntBE(0, 6) % aliasCount;
	return `${firsts[number % firsts.length]} ${things[Math.floor(number / firsts.length)]}`;
}
