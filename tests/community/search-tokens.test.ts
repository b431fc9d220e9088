import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptAround, marked } from '#server/community/search-excerpts.ts';
import { documentTokens, encodeToken, queryTokens } from '#server/community/search-tokens.ts';
import { graphemes, tidyLine } from '#server/community/text.ts';

const said = (token: string) => token.replace(/_(....)/g, (_, code: string) => String.fromCodePoint(parseInt(code, 36)));
const read = (text: string) => documentTokens(text).map(said).join(' ');
const asked = (text: string) =>
	queryTokens(text)
		.map(({ token, prefix }) => said(token) + (prefix ? '*' : ''))
		.join(' ');

/** What the index does, in one line. */
function finds(query: string, text: string): boolean {
	const there = documentTokens(text);
	return queryTokens(query).every(({ token, prefix }) => there.some((one) => one === token || (prefix && one.startsWith(token))));
}

const anything = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 300 }),
	fc.string({
		unit: fc.constantFrom(
			'a',
			'É',
			'ß',
			'"',
			'*',
			"'",
			' ',
			'酒',
			'を',
			'ガ',
			'\uFF9E',
			'\u3099',
			'เ',
			'ห',
			'้',
			'ำ',
			'क',
			'्',
			'술',
			'ᄒ',
			'ᅡ',
			'ﷺ',
			'ㄱ',
			'\u3164',
			'\u200D',
			'\uD800',
			'٣',
			'½',
			'👩🏽',
			'Σ',
			'İ',
			'\u0301'
		),
		maxLength: 120
	})
);

test.each([
	['English', 'The Ninth night, don’t', 'the ninth night don t'],
	['German', 'Straße nach MÜNCHEN', 'strasse nach munchen'],
	['Spanish', '¿Cuánto falta? Mañana', 'cuanto falta manana'],
	['Turkish', 'İSTANBUL Isparta ılık', 'istanbul isparta ilik'],
	['Greek', 'ΣΟΦΟΣ σοφός', 'σοφοσ'],
	['Vietnamese', 'Tiếng Việt rất đẹp', 'tieng viet rat dep'],
	['Russian with stress', 'замо́к Ёлка мой', 'замок елка мой'],
	['Arabic with vowels', 'مُحَمَّدٌ إلى الحـيـاة', 'محمد الي الحياه'],
	['Persian', 'می‌خواهم', 'ميخواهم'],
	['Hebrew with points', 'בְּרֵאשִׁ֖ית', 'בראשית'],
	['Hindi', 'मैंने शराब छोड़ दी', 'मैंने शराब छोड़ दी'.normalize('NFC')],
	['Chinese', '我戒酒了。', '我戒 戒酒 酒了 了'],
	['Japanese', 'お酒ガ ｶﾞ', 'お酒 酒ガ ガ'],
	['Thai', 'เลิกเหล้า', 'เลิ ลิก กเ เห หล้ ล้า า'],
	['Korean', '술을 끊었다', '술을 을 끊었 었다 다'],
	['Khmer', 'ភាសា', 'ភាសា សា'],
	['mixed', 'iPhone手机 ２４時間 1️⃣', 'iphone 手机 机 24 時間 間 1'],
	['one sign for a sentence', 'ﷺ', 'صلي الله عليه وسلم']
])('%s is read as its words', (_, text, tokens) => {
	expect(read(text)).toBe(tokens);
});

test.each([
	['strasse', 'Die Straße'],
	['GRÖSSE', 'größe'],
	['manana', 'Mañana'],
	['mañana', 'manana'],
	['елка', 'Ёлка'],
	['алког', 'про алкоголь'],
	['محمد', 'قال مُحَمَّدٌ'],
	['שלום', 'שָׁלוֹם'],
	['酒', '喝酒。'],
	['酒', '戒酒三年'],
	['戒酒三年', '我戒酒三年了'],
	['やめ', 'お酒をやめて'],
	['ｶﾞﾝ', 'ガンバル'],
	['เหล้า', 'ผมเลิกเหล้าแล้ว'],
	['เหล', 'ผมเลิกเหล้าแล้ว'],
	['술', '어제 술을 마셨다'],
	['sleep', 'sleeping again'],
	['l’alcool', 'arrêter l’alcool']
])('%s finds “%s”', (query, text) => {
	expect(finds(query, text)).toBe(true);
});

test.each([
	['мои', 'мой'],
	['sleep ', 'sleeping again'],
	['sl', 'sleeping'],
	['sleep again', 'again a night'],
	['酒', '三年'],
	['酒三', '酒了三年']
])('“%s” does not find “%s”', (query, text) => {
	expect(finds(query, text)).toBe(false);
});

test('the last word may be a beginning, and a lone sign of a script without spaces always is', () => {
	expect(asked('the ninth nig')).toBe('the ninth nig*');
	expect(asked('the ninth nig ')).toBe('the ninth nig');
	expect(asked('ni')).toBe('ni');
	expect(asked('酒 three')).toBe('酒* three*');
	expect(asked('戒酒')).toBe('戒酒*');
	expect(asked('«…» ?!')).toBe('');
});

describe('whatever is typed', () => {
	test('becomes tokens of safe signs, bounded in length and number', () => {
		fc.assert(
			fc.property(anything, (text) => {
				for (const token of [...documentTokens(text), ...queryTokens(text).map((one) => one.token)])
					expect(token).toMatch(/^[a-z0-9_]{1,200}$/);
				expect(queryTokens(text).length).toBeLessThanOrEqual(12);
				expect(documentTokens(text).every((token) => [...said(token)].length <= 40)).toBe(true);
			}),
			{ numRuns: 1500 }
		);
		expect(documentTokens('a'.repeat(20_000)).map((token) => token.length)).toEqual([40]);
		const many = documentTokens(Array.from({ length: 25_000 }, (_, i) => `w${i}`).join(' '));
		expect(many).toHaveLength(20_000);
	});

	test('finds itself', () => {
		fc.assert(
			fc.property(anything, (text) => {
				expect(finds(text, text)).toBe(true);
			}),
			{ numRuns: 1500 }
		);
	});

	test('is the same in any case and composed or not', () => {
		const living = fc.string({ unit: fc.constantFrom(...'aéüñșyй ёґ한글がギ酒हिक्षσ '), maxLength: 60 });
		fc.assert(
			fc.property(living, (text) => {
				const tokens = documentTokens(text);
				expect(documentTokens(text.normalize('NFD'))).toEqual(tokens);
				expect(documentTokens(text.toUpperCase())).toEqual(tokens);
			})
		);
	});

	test('a piece of a text without spaces finds the text', () => {
		const signs = fc.array(fc.constantFrom(...'我戒酒三年了今天没有喝'), { minLength: 1, maxLength: 14 });
		fc.assert(
			fc.property(signs, fc.nat(), fc.nat(), (text, a, b) => {
				const from = a % text.length;
				const piece = text.slice(from, from + 1 + (b % (text.length - from)));
				expect(finds(piece.join(''), text.join(''))).toBe(true);
			})
		);
	});

	test('a word begins with another exactly when their codes do', () => {
		const word = fc.array(fc.constantFrom('a', 'b', '0', '_', 'é', '酒', '\u{20000}', '\u{10FFFF}'), { maxLength: 5 });
		fc.assert(
			fc.property(word, word, (one, other) => {
				const begins = other.every((sign, i) => one[i] === sign);
				expect(encodeToken(one.join('')).startsWith(encodeToken(other.join('')))).toBe(begins);
			}),
			{ numRuns: 3000 }
		);
	});
});

const shown = (pieces: { text: string; hit: boolean }[]) => pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

describe('a highlight', () => {
	test.each([
		['night', 'The ninth Night, and nightfall', 'The ninth [Night], and [nightfall]'],
		['cafe ', 'Café, not cafés', '[Café], not cafés'],
		['酒', '喝酒', '喝[酒]'],
		['戒酒', '我戒酒三年', '我[戒酒]三年'],
		['戒酒三', '我戒酒三年', '我[戒酒三]年'],
		['น้ำ', 'น้ำใจ', '[น้ำ]ใจ'],
		['술', '술을', '[술]을'],
		['שלום', 'שָׁלוֹם לך', '[שָׁלוֹם] לך'],
		['nothing', 'Some words', 'Some words']
	])('of “%s” stands where the word does', (query, text, result) => {
		expect(shown(marked(text, queryTokens(query)))).toBe(result);
	});

	test('in an excerpt is near its beginning, with most of the words around it', () => {
		const far = `Word after word. ${'Something else was said here. '.repeat(40)}Then the lamp was lit, and a word was heard. ${'And so on. '.repeat(40)}`;
		const text = shown(excerptAround(far, queryTokens('lamp word ')));
		expect(text).toMatch(/^… .{1,40}\[lamp\] was lit, and a \[word\]/);
		expect(text).toMatch(/ …$/);
		expect(graphemes(text)).toBeLessThan(240);
	});

	test('is the same in a plain text, which is read faster, as in any other', () => {
		const units = fc.constantFrom('lamp', 'Lamp', 'lamplight', 'a', '1', ' ', ' ', '.', '’', '—', '_', 'x'.repeat(39), 'y'.repeat(50));
		const asked = fc.constantFrom('lamp', 'lamp ', 'a lamp', 'lamplight lamp', '1', 'x'.repeat(40), 'é lamp', `${'y'.repeat(45)} a`);
		fc.assert(
			fc.property(fc.array(units, { maxLength: 80 }), asked, (signs, query) => {
				const text = `${signs.join('')} `;
				const slow = shown(marked(`${text}é`, queryTokens(query))).replace(/\[?é\]?$/, '');
				expect(shown(marked(text, queryTokens(query)))).toBe(slow);
			})
		);
	});

	test('never cuts a sign, never loses or invents a word', () => {
		const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
		const units = fc.constantFrom('a', 'word ', 'é', 'e\u0301', '👨‍👩‍👧', '🇩🇪', '酒', 'が', 'น้ำ', 'ខ្មែ', 'क्षि', '한', ' ', '. ');
		fc.assert(
			fc.property(fc.array(units, { maxLength: 400 }), fc.array(units, { minLength: 1, maxLength: 4 }), (signs, query) => {
				const text = tidyLine(signs.join(''));
				const pieces = excerptAround(text, queryTokens(tidyLine(query.join(''))));
				const words = pieces.filter((piece) => piece.hit || (piece.text !== '… ' && piece.text !== ' …'));
				const whole = words.map((piece) => piece.text).join('');
				const edges = new Set([...segmenter.segment(text)].map(({ index }) => index)).add(text.length);
				const ends = words.map((_, i) => words.slice(0, i + 1).reduce((sum, piece) => sum + piece.text.length, 0));
				// The same words may stand in several places: in one of them every piece begins and ends between signs.
				const places = [...edges].filter((place) => text.startsWith(whole, place));
				expect(places.some((place) => ends.every((end) => edges.has(place + end)))).toBe(true);
				expect(whole.length).toBeLessThanOrEqual(300);
			}),
			{ numRuns: 500 }
		);
	});
});
