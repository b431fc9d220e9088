// The blocks of a post, line by line: each line is looked at a fixed number of times for each level it is nested in.
// Unlike CommonMark, a line without its marker ends the quote or the item: people answer right under a quote.
import { escapeHtml } from '#lib/escape-html.ts';
import type { Words } from './markdown-words.ts';

/** Quotes and lists nested deeper are shown as typed. */
const deepest = 6;

type Piece = { html: string; next: number };
type Marker = { indent: number; kind: string; start: number; offset: number };

/** What names a language goes; anything more is something that was said. */
const fence = /^ *(`{3,}|~{3,}) *[a-z+#-]{0,12}$/i;
const heading = /^ *(#{1,3}) +(?=\S)/;
const quote = /^ *> ?/;

/** @param tight inside a list without blank lines, where a paragraph is only its words */
export function blocks(lines: string[], words: Words, depth = 0, tight = false): string {
	const html: string[] = [];
	for (let at = 0; at < lines.length;) {
		const line = lines[at] ?? '';
		if (line.trim() === '') {
			at += 1;
			continue;
		}
		const piece =
			fenced(lines, at) ??
			headingOf(line, at, words) ??
			ruleOf(line, at) ??
			quoted(lines, at, words, depth) ??
			list(lines, at, words, depth) ??
			paragraph(lines, at, words, depth, tight);
		html.push(piece.html);
		at = piece.next;
	}
	return html.join('\n');
}

function fenced(lines: string[], at: number): Piece | undefined {
	const opening = lines[at] ?? '';
	const [, ticks] = fence.exec(opening) ?? [];
	if (!ticks) return undefined;
	const closes = (line: string) => line.trim().startsWith(ticks) && line.trim().replaceAll(ticks.charAt(0), '') === '';
	const indent = opening.indexOf(ticks);
	const code: string[] = [];
	let next = at + 1;
	for (; next < lines.length && !closes(lines[next] ?? ''); next += 1) code.push(outdent(lines[next] ?? '', indent));
	return { html: `<pre><code>${escapeHtml(code.join('\n'))}\n</code></pre>`, next: next + 1 };
}

function headingOf(line: string, at: number, words: Words): Piece | undefined {
	const [opening = '', signs] = heading.exec(line) ?? [];
	if (!signs) return undefined;
	// The page itself has h1 and h2.
	const level = signs.length === 1 ? 'h3' : 'h4';
	const title = line.slice(opening.length).trimEnd();
	const closed = title.slice(0, title.length - trailing(title, '#')).trimEnd();
	return { html: `<${level} dir="auto">${words(closed || title)}</${level}>`, next: at + 1 };
}

function trailing(text: string, sign: string): number {
	let count = 0;
	while (count < text.length && text.charAt(text.length - 1 - count) === sign) count += 1;
	return count;
}

function isRule(line: string): boolean {
	return /^(?:-{3,}|\*{3,}|_{3,})$/.test(line.replaceAll(' ', ''));
}

function ruleOf(line: string, at: number): Piece | undefined {
	return isRule(line) ? { html: '<hr>', next: at + 1 } : undefined;
}

function quoted(lines: string[], at: number, words: Words, depth: number): Piece | undefined {
	const inside: string[] = [];
	let next = at;
	for (; depth < deepest && quote.test(lines[next] ?? ''); next += 1) inside.push((lines[next] ?? '').replace(quote, ''));
	if (next === at) return undefined;
	return { html: `<blockquote dir="auto">${blocks(inside, words, depth + 1)}</blockquote>`, next };
}

function markerOf(line: string, depth: number): Marker | undefined {
	if (depth >= deepest || isRule(line)) return undefined;
	// Three digits at most: "2019. That year …" is a sentence.
	const [, before = '', sign = '', gap = ''] = /^( *)([-*+]|\d{1,3}[.)])( +)(?=\S)/.exec(line) ?? [];
	if (!sign) return undefined;
	const offset = before.length + sign.length + (gap.length > 4 ? 1 : gap.length);
	return { indent: before.length, kind: sign.slice(-1), start: parseInt(sign, 10), offset };
}

function list(lines: string[], at: number, words: Words, depth: number): Piece | undefined {
	const first = markerOf(lines[at] ?? '', depth);
	if (!first) return undefined;
	const items: string[][] = [];
	let loose = false;
	let next = at;
	for (let own = first; ;) {
		const { item, end } = itemFrom(lines, next, own);
		items.push(item);
		next = end;
		const following = pastBlank(lines, next);
		const sibling = markerOf(lines[following] ?? '', depth);
		loose ||= item.includes('');
		if (sibling?.kind !== first.kind) break;
		loose ||= following > next;
		next = following;
		own = sibling;
	}
	const inside = items.map((item) => `<li dir="auto">${blocks(item, words, depth + 1, !loose)}</li>`).join('\n');
	const numbered = Number.isNaN(first.start) ? '' : first.start === 1 ? '<ol>' : `<ol start="${first.start}">`;
	return { html: numbered ? `${numbered}\n${inside}\n</ol>` : `<ul>\n${inside}\n</ul>`, next };
}

/** The lines of one item without its marker and indentation: all that follow with two spaces or more. */
function itemFrom(lines: string[], at: number, own: Marker): { item: string[]; end: number } {
	const item = [(lines[at] ?? '').slice(own.offset)];
	const belongs = (line: string) => /^ */.exec(line)?.[0].length ?? 0;
	let end = at + 1;
	while (end < lines.length) {
		const full = pastBlank(lines, end);
		if (belongs(lines[full] ?? '') < own.indent + 2) break;
		for (; end < full; end += 1) item.push('');
		item.push(outdent(lines[end] ?? '', own.offset));
		end += 1;
	}
	return { item, end };
}

function pastBlank(lines: string[], at: number): number {
	let next = at;
	while (next < lines.length && (lines[next] ?? '').trim() === '') next += 1;
	return next;
}

function outdent(line: string, most: number): string {
	let cut = 0;
	while (cut < most && line.charAt(cut) === ' ') cut += 1;
	return line.slice(cut);
}

function interrupts(line: string, depth: number): boolean {
	if (line.trim() === '' || fence.test(line) || heading.test(line) || isRule(line)) return true;
	if (depth < deepest && quote.test(line)) return true;
	const marker = markerOf(line, depth);
	return marker !== undefined && (Number.isNaN(marker.start) || marker.start === 1);
}

function paragraph(lines: string[], at: number, words: Words, depth: number, tight: boolean): Piece {
	const said = [(lines[at] ?? '').trim()];
	let next = at + 1;
	for (; next < lines.length && !interrupts(lines[next] ?? '', depth); next += 1) said.push((lines[next] ?? '').trim());
	const html = words(said.join('\n'));
	return { html: tight ? html : `<p dir="auto">${html}</p>`, next };
}
