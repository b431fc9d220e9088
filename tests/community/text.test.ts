import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerpt, graphemes, tidyLine, tidyText } from '#server/community/text.ts';
import { framed, links, signs, tags } from './hostile-markdown.ts';

const living = [
	['Vietnamese', 'Tiếng Việt rất đẹp, tôi không uống nữa'],
	['Hindi with half forms', 'हिन्दी में, क्‍ष और र्‍य, ज़िन्दगी'.normalize('NFC')],
	['Bengali', 'র‍্যাব এবং খণ্ড'],
	['Malayalam chillu', 'അവന്‍ പറഞ്ഞു'],
	['Sinhala', 'ශ්‍රී ලංකාව'],
	['Tamil', 'தமிழ் மொழி'],
	['Thai', 'น้ำใจที่ก็ดีอยู่ ผู้ใหญ่'],
	['Burmese', 'ကျွန်ုပ်တို့ ယောက်ျား'],
	['Khmer', 'ភាសាខ្មែរ ស្ត្រី'],
	['Tibetan', 'བསྒྲུབས་ ཧཱུྃ'],
	['Persian with ZWNJ', 'می‌خواهم کتاب‌ها را'],
	['Arabic with vowels', 'مُحَمَّدٌ رَّحِيمٌ'],
	['Arabic with a direction mark', 'مرحبا (abc)\u200F!'],
	['Hebrew with niqqud and cantillation', 'בְּרֵאשִׁ֖ית בָּרָ֣א'],
	['Mongolian', 'ᠮᠣᠩᠭᠣᠯ\u180Eᠠ'],
	['Korean', '한국어를 합니다'],
	['Japanese', 'ガギグ が 葛\u{E0100}城　です'],
	['Cyrillic with stress', 'замо́к и й ё'],
	['Yoruba', 'ọ̀rẹ́ mi'],
	['a family', '👨‍👩‍👧‍👦 and 👩🏽‍🚀, 🧑🏿‍🤝‍🧑🏻, 👩‍❤️‍💋‍👨'],
	['flags', '🏳️‍🌈 🏴‍☠️ 🇩🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
	['a heart, an eye, a keycap', '❤️ ❤︎ 👁️‍🗨️ 1️⃣ #️⃣ ☎︎'],
	['French quotes', '« oui »'],
	['verse', 'one\n  two\n\n\nthree']
].map(([name, text]) => ({ name, text }));

const odd = fc.oneof(
	fc.constantFrom(
		'\u200B',
		'\u200C',
		'\u200D',
		'\u200E',
		'\u200F',
		'\u061C',
		'\u202A',
		'\u202E',
		'\u2066',
		'\u2069',
		'\u2060',
		'\uFEFF',
		'\u00AD',
		'\u034F',
		'\u3164',
		'\u115F',
		'\uFE0E',
		'\uFE0F',
		'\uFE00',
		'\u20E3',
		'\u{E0001}',
		'\u{E0067}',
		'\u{E0062}',
		'\u{E0065}',
		'\u{E007F}',
		'\u{E0100}',
		'\u{1F3F4}',
		'\u{1F3FD}',
		'\uFFF9',
		'\uFFFC',
		'\uFFFD',
		'\uFFFE',
		'\uD83D',
		'\uDC68',
		'\0',
		'\x1B',
		'\x7F',
		'\x85',
		'\v',
		'\f',
		'\u2028'
	),
	fc.constantFrom(
		'a',
		'1',
		'#',
		'é',
		'e\u0301',
		'o\u0323\u0302',
		'\u0301',
		'\u0323',
		'\u0489',
		'\u0316',
		'ש',
		'\u05B0',
		'\u05C1',
		'\u0F71',
		'क',
		'\u094D',
		'\u093C',
		'\u0958',
		'ی',
		'م',
		'\u064B',
		'\u1820',
		'\u180B',
		'葛',
		'ᄀ',
		'ᅡ',
		'👨',
		'👩',
		'❤',
		'☎'
	),
	fc.constantFrom(' ', '\t', '\n', '\r', '\r\n', '\u00A0', '\u3000', '\n\n\n\n\n'),
	fc.string({ unit: 'binary', maxLength: 3 })
);
const typed = fc
	.array(
		fc.oneof(
			odd,
			fc.tuple(odd, fc.integer({ min: 1, max: 40 })).map(([one, times]) => one.repeat(times))
		),
		{ maxLength: 30 }
	)
	.map((pieces) => pieces.join(''));
const many = { numRuns: 5000 };

describe('what people type', () => {
	test.each(living)('$name stays as it is', ({ text = '' }) => {
		expect(tidyText(text)).toBe(text.normalize('NFC'));
	});

	test.each(living.filter(({ name }) => name !== 'verse'))('$name stays as it is on one line', ({ text = '' }) => {
		expect(tidyLine(text)).toBe(text.normalize('NFC').replace(/\s+/g, ' '));
	});

	test.each([
		['letters and marks are composed', 'e\u0301', 'é'],
		['line ends are one sign', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
		['controls go', 'a\0\x07\x1B[31mb\x7F', 'a[31mb'],
		['overrides and isolates go', '\u202Egnp.exe\u202C \u2067x\u2069', 'gnp.exe x'],
		['what nobody sees goes', 'a\u200Bb\u2060c\uFEFFd\u00ADe\u3164f\u034Fg\u{E0041}', 'abcdefg'],
		['a joiner between Latin letters goes', 'ad\u200Ddi\u200Cct', 'addict'],
		['a joiner without a partner goes', '👨\u200D a 1\uFE0F', '👨 a 1'],
		['one of many joiners stays', 'می\u200C\u200C\u200Cخواهم', 'می\u200Cخواهم'],
		['a hidden message behind a flag goes', '🏴\u{E0061}\u{E0062} 🙂\u{E0061}\u{E0062}\u{E0063}\u{E007F}', '🏴 🙂'],
		['half a surrogate pair goes', 'a\uD83Db\uDC68', 'ab'],
		['a gap from a broken encoding shows once', 'na\uFFFD\uFFFD\uFFFDve', 'na\uFFFDve'],
		['a tower of marks is cut down', `o${'\u0336\u0323\u0489\u0316'.repeat(20)}k`, /^.{1,5}k$/u],
		['a tower of Hebrew marks is cut down', `ש${'\u05B0'.repeat(50)}`, `ש${'\u05B0'.repeat(8)}`],
		['a tower of Thai marks is cut down', `ก${'\u0E47'.repeat(50)}`, `ก${'\u0E47'.repeat(4)}`],
		['spaces at line ends go', 'a  \t\nb\u00A0\n', 'a\nb'],
		['two blank lines stay, more do not', 'a\n\n\n\n\n\nb\n\n\nc', 'a\n\n\nb\n\n\nc'],
		['blank lines before and after go', '\n \n  a\n\n', '  a'],
		['lines of nothing but direction marks are blank', 'a\n\u200E \u200F\nb', 'a\n\nb']
	])('%s', (_, before, after) => {
		expect(tidyText(before)).toEqual(after instanceof RegExp ? expect.stringMatching(after) : after);
	});

	test('a title is one line', () => {
		expect(tidyLine('  One\n\tday \u3000 at a\u200B time\n')).toBe('One day at a time');
	});

	test('a title of nothing one can see is empty', () => {
		expect(tidyLine(' \u200B\u200E\u200F\u3164\uFEFF\t')).toBe('');
	});

	test.each([
		['tidyText', tidyText],
		['tidyLine', tidyLine]
	])('%s changes a text once', (_, tidy) => {
		fc.assert(
			fc.property(typed, (text) => void expect(tidy(tidy(text))).toBe(tidy(text))),
			many
		);
	});

	test('no text keeps what would hide, reverse or break others', () => {
		fc.assert(
			fc.property(typed, (text) => {
				const tidy = tidyText(text);
				expect(tidy).toBe(tidy.normalize('NFC'));
				expect(tidy.isWellFormed()).toBe(true);
				expect(tidy).not.toMatch(
					/(?!\n|\t)\p{Cc}|[\u202A-\u202E\u2060-\u2069\u200B\uFEFF\uFFF9-\uFFFC]|\uFFFD\uFFFD|\p{M}{9}|[^\S\n]$|\n{4}/mu
				);
				expect(tidyLine(text)).not.toMatch(/\s\s|[^\S ]|^ | $/);
			}),
			many
		);
	});
});

describe('graphemes', () => {
	test.each([
		['', 0],
		['abc', 3],
		['é', 1],
		['e\u0301', 1],
		['👨‍👩‍👧‍👦', 1],
		['🇩🇪🏴󠁧󠁢󠁥󠁮󠁧󠁿', 2],
		['हिन्दी', 2],
		['각', 1],
		['\r\n', 1]
	])('%j', (text, count) => {
		expect(graphemes(text)).toBe(count);
	});

	test('an endless chain of emoji is not one sign', () => {
		expect(graphemes('👩\u200D'.repeat(1000))).toBeGreaterThan(90);
	});

	test('20 MB are not looked at', () => {
		expect(graphemes('a'.repeat(20_000_000))).toBe(Infinity);
	});
});

describe('an excerpt', () => {
	test('is what one reads, without signs', () => {
		const body =
			'# Day *30*\n\nI **made** it, see [my page](https://example.org/x) & `a < b`.\n\n> quoted\n\n- one\n- two\n\n---\n```\ncode\n```\nsnake_case 2 * 3';
		expect(excerpt(body, 200)).toBe('Day 30 I made it, see my page & a < b. quoted one two code snake_case 2 * 3');
	});

	test('shows tags and entities as they were typed', () => {
		expect(excerpt('<b>&lt;x&gt;</b> "q"', 50)).toBe('<b>&lt;x&gt;</b> "q"');
	});

	test.each([
		['a text that fits is whole', 'one two', 7, 'one two'],
		['a cut is between words', 'one two three four', 14, 'one two three…'],
		['a word alone is cut inside', 'abcdefghijkl', 5, 'abcd…'],
		['an emoji is never cut', '👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2, '👨‍👩‍👧‍👦…'],
		['nothing is nothing', ' \n ', 10, '']
	])('%s', (_, body, limit, cut) => {
		expect(excerpt(body, limit)).toBe(cut);
	});

	test('is on one line, within its limit, and made of whole signs', () => {
		const bodies = fc
			.array(fc.oneof(fc.constantFrom(...signs, ...tags, ...links, ...framed), odd, fc.lorem()), { maxLength: 60 })
			.map((pieces) => pieces.join(''));
		fc.assert(
			fc.property(bodies, fc.integer({ min: 1, max: 80 }), (body, limit) => {
				const short = excerpt(body, limit);
				expect(graphemes(short)).toBeLessThanOrEqual(limit);
				expect(short).not.toContain('\n');
				expect(short.isWellFormed()).toBe(true);
				if (short.endsWith('…')) return;
				expect(short).toBe(excerpt(body, 100_000));
			}),
			{ numRuns: 2000 }
		);
	});
});
