// What people type, made safe to store and to show beside what others typed: nothing invisible, nothing that turns the
// line around, nothing that climbs over its neighbours. What a script or an emoji needs stays as it was typed.
import { renderMarkdown } from './markdown.ts';

/** Marks on one letter. Four hold every use in living text; niqqud with cantillation and Tibetan stacks need more. */
const mostMarks = 4;
const mostTallMarks = 8;
const tallMarks = /^[\p{sc=Hebr}\p{sc=Tibt}\p{sc=Mymr}\p{sc=Khmr}\p{sc=Bali}\p{sc=Java}\p{sc=Lana}]+$/u;
/** Marks are put in order in time squared by NFC, so what no writing needs goes before it. */
const absurdMarks = /(\p{M}{32})\p{M}+/gu;

// Scripts in which a joiner between or after letters changes what is read: Persian plurals, Indic half forms.
const joining =
	'[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Nko}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}]';
const meant = [
	`(?<=(?=\\p{L})${joining}\\p{M}{0,8})[\\u200C\\u200D]`,
	'(?<=[\\p{ExtPict}\\p{EMod}]\\uFE0F?)\\u200D(?=\\p{ExtPict})',
	'(?<=(?![0-9#*])\\p{Emoji})[\\uFE0E\\uFE0F]',
	'(?<=[0-9#*])\\uFE0F(?=\\u20E3)',
	'(?<=\\p{sc=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]',
	'(?<=(?=\\p{L})\\p{sc=Mong})[\\u180B-\\u180F]',
	// The flags of England, Scotland, Wales and other regions: a black flag, letters nobody sees, an end.
	'(?<=\\u{1F3F4})[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}',
	// Direction marks set the place of a full stop in Arabic and Hebrew and, unlike overrides, cannot reverse what others wrote.
	'[\\u200E\\u200F\\u061C]'
].join('|');
const unseen = new RegExp(`(${meant})|[\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFC\\p{NChar}]`, 'gu');

function legible(typed: string): string {
	return (
		typed
			.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
			.replace(/(?![\n\t])[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '')
			.replace(absurdMarks, '$1')
			.replace(unseen, '$1')
			.replace(/[\u200E\u200F\u061C]+(?=[\u200E\u200F\u061C])/g, '')
			// One sign is kept for each gap that a broken encoding left: a gap that shows is better than words run together.
			.replace(/\uFFFD+/g, '\uFFFD')
			.normalize('NFC')
			.replace(/\p{M}{5,}/gu, (marks) => [...marks].slice(0, tallMarks.test(marks) ? mostTallMarks : mostMarks).join(''))
	);
}

/** A title or another text of one line; '' when nothing can be seen. */
export function tidyLine(typed: string): string {
	const line = legible(typed).replace(/\s+/g, ' ').trim();
	return shows(line) ? line : '';
}

/** A text of many lines, Markdown or not: its spaces at line ends go, and of blank lines at most two follow each other. */
export function tidyText(typed: string): string {
	const lines = legible(typed)
		.split('\n')
		.map((line) => (shows(line) ? line.trimEnd() : ''));
	const first = lines.findIndex((line) => line !== '');
	const kept = lines.slice(Math.max(first, 0)).join('\n');
	return kept.replace(/\n{4,}/g, '\n\n\n').trimEnd();
}

function shows(line: string): boolean {
	return /[^\s\u200E\u200F\u061C]/.test(line);
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** No text is this long: it is refused by its length before anybody counts. */
const longestCounted = 40_000;
/** The longest emoji in use has 15 units. An endless chain is one grapheme to Unicode, but no way around a limit here. */
const widestGrapheme = 32;

/** How many signs a reader sees. Infinity for a text of more than 40,000 UTF-16 units, which is not looked at. */
export function graphemes(text: string): number {
	if (text.length > longestCounted) return Infinity;
	let count = 0;
	for (const { segment } of segmenter.segment(text)) count += Math.ceil(segment.length / widestGrapheme);
	return count;
}

/** The first words of a post in Markdown without its signs, on one line and of at most `limit` graphemes. */
export function excerpt(body: string, limit: number): string {
	const words = tidyLine(plainWords(renderMarkdown(openingOf(body, limit))));
	let count = 0;
	let cut = 0;
	for (const { segment, index } of segmenter.segment(words)) {
		count += Math.ceil(segment.length / widestGrapheme);
		if (count > limit) return `${words.slice(0, lastWordWithin(words, cut))}…`;
		// The sign that says "cut" takes the last place.
		if (count < limit) cut = index + segment.length;
	}
	return words;
}

/** Enough of the source for the excerpt: addresses in links are long and are not shown. */
function openingOf(body: string, limit: number): string {
	return body.slice(0, limit * 8 + 2000);
}

/** A cut between words where one is near, or the cut itself: not every script has spaces. */
function lastWordWithin(words: string, cut: number): number {
	const space = words.charAt(cut) === ' ' ? cut : words.lastIndexOf(' ', cut - 1);
	const end = space > cut * 0.8 ? space : cut;
	return words.slice(0, end).trimEnd().length;
}

/** Exact for what renderMarkdown writes, and for nothing else. */
export function plainWords(html: string): string {
	return html
		.replace(/<span class="host">[^<]*<\/span>/g, '')
		.replace(/<(?:\/?(?:p|h3|h4|li|blockquote|pre|ul|ol)|br|hr)(?: [^>]*)?>/g, ' ')
		.replace(/<[^>]*>/g, '')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&amp;', '&');
}
