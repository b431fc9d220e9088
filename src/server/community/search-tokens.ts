// The tokens of search, made here so that both databases and every language get the same ones. What leaves this file is [a-z0-9_] only.

/** Raise it when a rule below changes: search.ts then makes every post's tokens anew. */
export const tokenRules = 1;

const longestToken = 40;
/** Of a run of letters without an end only the beginning is read. */
const longestRun = 200;
const mostTokens = 20_000;
const mostAsked = 12;
const shortestPrefix = 3;

// Scripts without spaces, and Korean, whose particles cling to their word: read as overlapping pairs of signs.
const scripts = ['Han', 'Hira', 'Kana', 'Bopo', 'Hang', 'Thai', 'Laoo', 'Khmr', 'Mymr', 'Lana', 'Tale', 'Talu', 'Java', 'Bali', 'Yiii'];
const unspaced = scripts.map((script) => `\\p{scx=${script}}`).join('');
/** Half-width voicing marks are letters to Unicode and marks to a reader. */
const clings = '\\p{M}\\uFF9E\\uFF9F\\p{DI}';
/** A run of one way of reading. */
const runs = new RegExp(`(?:(?=[\\p{L}\\p{N}])[${unspaced}][${clings}]*)+|(?:(?=[\\p{L}\\p{N}])[^${unspaced}][${clings}]*)+`, 'gu');
const signs = new RegExp(`[^${clings}][${clings}]{0,16}`, 'gu');
const startsUnspaced = new RegExp(`^[${unspaced}]`, 'u');

/** Letters that no decomposition joins with the one people type in their place. */
const likeLetters: Record<string, string> = {
	...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i' },
	...{ ς: 'σ', ё: 'е', ѐ: 'е', ѝ: 'и' },
	...{ ٱ: 'ا', ى: 'ي', ة: 'ه', ک: 'ك', ی: 'ي' }
};
const likeLetter = new RegExp(`[${Object.keys(likeLetters).join('')}]`, 'gu');

/** The word as people type it in a hurry: small letters, no accents, no vowel points. Letters that only look accented (й, が, Hindi's vowels) stay. */
function fold(word: string): string {
	if (/^[\x20-\x7E]*$/.test(word)) return word.toLowerCase();
	return word
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\p{DI}\u0640]/gu, '')
		.replace(/(?![a-z])[\p{sc=Latn}\p{sc=Grek}\p{sc=Arab}\p{sc=Hebr}]/gu, (letter) => letter.normalize('NFD'))
		.replace(/(?![\u3099\u309A])(?=\p{M})[\p{sc=Zinh}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Grek}\p{sc=Cyrl}]/gu, '')
		.normalize('NFC')
		.replace(likeLetter, (letter) => likeLetters[letter] ?? letter);
}

/**
 * Each sign becomes itself (a–z, 0–9) or "_" and four digits of base 36. No sign's code begins another's, so a word begins with
 * another word exactly when their codes do.
 */
export function encodeToken(word: string): string {
	return word.replace(/[^a-z0-9]/gu, (sign) => `_${(sign.codePointAt(0) ?? 0).toString(36).padStart(4, '0')}`);
}

/** Where a token stands in the text. `pair`: two signs of an unspaced script; `tail`: the last of a run's signs; `lone`: a run of one. */
export type Span = {
	token: string;
	kind: 'word' | 'pair' | 'tail' | 'lone';
	start: number;
	end: number;
	/** Where the first sign ends. */ signEnds: number;
};

/** Every token of a text in Unicode's composed form (NFC), in order. Linear in the text's length. */
export function* spans(text: string): Generator<Span> {
	const known = new Map<string, string>();
	for (const { 0: run, index } of text.matchAll(runs)) {
		if (startsUnspaced.test(run)) yield* pairs(run, index, known);
		else yield* wordsOf(run, index);
	}
}

/** Texts without letters, numbers or marks but ASCII's: nearly all that is written in English. */
const plain = /^[\x00-\x7F\xA0\u2010-\u2027\u2030-\u205E]*$/;

/** Each of its signs is one letter of the string, where it is one line. */
export const isPlain = (text: string) => plain.test(text);

function isPlainSign(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/**
 * Of such a text those of its spans that may be one of these words; undefined for other texts. Reading every span of twenty posts took a
 * sixth of a search page.
 */
export function plainSpans(text: string, words: AskedWord[]): Span[] | undefined {
	if (!plain.test(text)) return undefined;
	const small = text.toLowerCase();
	const starts = new Set<number>();
	for (const { token } of words)
		for (let at = small.indexOf(token); at !== -1; at = small.indexOf(token, at + 1)) if (!isPlainSign(small, at - 1)) starts.add(at);
	return [...starts]
		.sort((one, other) => one - other)
		.map((start) => {
			let end = start;
			while (isPlainSign(small, end)) end++;
			return { token: small.slice(start, Math.min(end, start + longestToken)), kind: 'word', start, end, signEnds: end };
		});
}

function* wordsOf(run: string, start: number): Generator<Span> {
	const end = start + run.length;
	// One sign may stand for several words: the Arabic ligature of a blessing, "a.m." in one square.
	for (const [word] of fold(run.slice(0, longestRun)).matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)) {
		yield { token: encodeToken([...word].slice(0, longestToken).join('')), kind: 'word', start, end, signEnds: end };
	}
}

function* pairs(run: string, index: number, known: Map<string, string>): Generator<Span> {
	let before: { code: string; start: number; end: number } | undefined;
	let paired = false;
	for (const { 0: sign, index: at } of run.matchAll(signs)) {
		const code = known.get(sign) ?? encodeToken([...fold(sign)].slice(0, longestToken / 2).join(''));
		known.set(sign, code);
		if (code === '') continue;
		const here = { code, start: index + at, end: index + at + sign.length };
		if (before) yield { token: before.code + code, kind: 'pair', start: before.start, end: here.end, signEnds: before.end };
		paired = before !== undefined;
		before = here;
	}
	if (before) yield { token: before.code, kind: paired ? 'tail' : 'lone', start: before.start, end: before.end, signEnds: before.end };
}

/** Composed, and with no more marks on a letter than composing takes in linear time. */
const composed = (text: string) => text.replace(/(\p{M}{32})\p{M}+/gu, '$1').normalize('NFC');

/** What a text is found by: of its first 20,000 tokens each one once. */
export function documentTokens(text: string): string[] {
	const found = new Set<string>();
	let read = 0;
	for (const { token } of spans(composed(text))) {
		found.add(token);
		if (++read === mostTokens) break;
	}
	return [...found];
}

/**
 * The text as one line in which whole words are found by looking for the line that they make: words between spaces, signs of unspaced
 * scripts side by side, all folded as the search folds them. Linear in the text's length.
 */
export function foldedLine(text: string): string {
	if (/^[\x00-\x7F]*$/.test(text))
		return ` ${
			text
				.toLowerCase()
				.match(/[a-z0-9]+/g)
				?.join(' ') ?? ''
		} `;
	let line = '';
	for (const [run] of composed(text).matchAll(runs)) {
		if (startsUnspaced.test(run))
			for (const [sign] of run.matchAll(signs)) {
				const code = encodeToken(fold(sign));
				if (code !== '') line += `·${code}`;
			}
		else for (const [word] of fold(run.slice(0, longestRun)).matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)) line += ` ${encodeToken(word)} `;
	}
	return line.replace(/ {2,}/g, ' ');
}

export type AskedWord = { token: string; prefix: boolean; /** One sign of an unspaced script. */ lone: boolean };

/**
 * What is looked for, at most 12 tokens. The last word also finds longer ones, unless something follows it (a space says that it is whole);
 * a lone sign of an unspaced script is found wherever it stands.
 */
export function queryTokens(asked: string): AskedWord[] {
	const text = composed(asked);
	const found = new Map<string, AskedWord>();
	for (const { token, kind, end } of spans(text)) {
		if (kind === 'tail') continue;
		const last = end === text.length && (kind === 'pair' || lettersIn(token) >= shortestPrefix);
		const prefix = kind === 'lone' || last || (found.get(token)?.prefix ?? false);
		found.set(token, { token, prefix, lone: kind === 'lone' });
		if (found.size === mostAsked) break;
	}
	return [...found.values()];
}

const lettersIn = (token: string) => token.replace(/_..../g, '_').length;
