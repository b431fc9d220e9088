// How random bits look on paper: groups of four, without letters that look like another one (Crockford's base 32: no I, L, O and U).
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const lettersOfACode = 24;

/** "7K2M 9XQD …": 15 bytes, five bits a letter. */
export function writtenCode(bytes: Uint8Array): string {
	const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
	return (bits.match(/.{5}/g) ?? [])
		.map((five) => letters[parseInt(five, 2)] ?? '')
		.join('')
		.replace(/.{4}(?=.)/g, '$& ');
}

/** The code's letters however they were typed: any case, spacing, dashes; O for 0, I and L for 1. Undefined where it is no such code. */
export function foldCode(typed: string): string | undefined {
	if (typed.length > 200) return undefined;
	const folded = typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[\s\p{P}\p{Cf}_]/gu, '')
		.replace(/O/g, '0')
		.replace(/[IL]/g, '1');
	return folded.length === lettersOfACode && [...folded].every((letter) => letters.includes(letter)) ? folded : undefined;
}
