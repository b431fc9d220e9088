// What a result shows: the words around the hit, in pieces that say whether they were looked for. Text only, never HTML.
import { isPlain, plainSpans, spans, type AskedWord } from './search-tokens.ts';

export type Piece = { text: string; hit: boolean };
type Hit = { start: number; end: number; word: AskedWord };

const longestExcerpt = 220;
/** Little enough that the hit stands in the first lines of a narrow card. */
const leadIn = 30;
/** A cut between words is looked for this far back. */
const nearSpace = 24;
const mostHits = 400;
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

function* hitsOf(text: string, words: AskedWord[]): Generator<Hit> {
	if (words.length === 0) return;
	for (const { token, start, end, signEnds } of plainSpans(text, words) ?? spans(text)) {
		const word = words.find((asked) => token === asked.token || (asked.prefix && token.startsWith(asked.token)));
		if (word) yield { start, end: word.lone ? signEnds : end, word };
	}
}

/** All that an excerpt may need: where all words were met close together, none further down is better. */
function hitsForExcerpt(text: string, words: AskedWord[]): Hit[] {
	const hits: Hit[] = [];
	const latest = new Map<AskedWord, number>();
	let enough = Infinity;
	for (const hit of hitsOf(text, words)) {
		if (hit.start > enough) break;
		hits.push(hit);
		if (hits.length === mostHits) break;
		latest.set(hit.word, hit.start);
		const first = latest.size === words.length ? Math.min(...latest.values()) : Infinity;
		if (enough === Infinity && hit.end <= first + longestExcerpt - leadIn) enough = first + 2 * longestExcerpt;
	}
	return hits;
}

/** The first hit that has the most different words close behind it. */
function bestHit(hits: Hit[]): Hit | undefined {
	let [best, most] = [hits[0], 0];
	hits.forEach((hit, i) => {
		const near = new Set<AskedWord>();
		for (let j = i; j < hits.length && (hits[j]?.end ?? 0) <= hit.start + longestExcerpt - leadIn; j++)
			if (hits[j]) near.add(hits[j]?.word ?? hit.word);
		if (near.size > most) [best, most] = [hit, near.size];
	});
	return best;
}

const anywhere = { before: (at: number) => at, after: (at: number) => at };
/** Never inside of what a reader sees as one sign. Plain texts have no longer ones, and to take one apart costs more than all else here. */
function edges(text: string) {
	if (isPlain(text)) return anywhere;
	const segments = segmenter.segment(text);
	return {
		before: (at: number) => segments.containing(at)?.index ?? at,
		after(at: number) {
			const around = segments.containing(at);
			return !around || around.index === at ? at : around.index + around.segment.length;
		}
	};
}

function pieces(text: string, hits: Hit[], from: number, to: number): Piece[] {
	if (hits.length === 0) return from < to ? [{ text: text.slice(from, to), hit: false }] : [];
	const { before, after } = edges(text);
	const found: Piece[] = [];
	let done = from;
	for (const { start, end } of hits) {
		const [first, last] = [Math.max(before(start), done), Math.min(after(end), to)];
		if (last <= first) continue;
		if (first > done || found.length === 0) found.push({ text: text.slice(done, first), hit: false });
		const previous = found.at(-1);
		// Pairs that overlap or touch are one hit.
		if (previous?.hit) previous.text += text.slice(first, last);
		else found.push({ text: text.slice(first, last), hit: true });
		done = last;
	}
	found.push({ text: text.slice(done, to), hit: false });
	return found.filter((piece) => piece.text !== '');
}

/** The whole text, such as a title. */
export function marked(text: string, words: AskedWord[]): Piece[] {
	return pieces(text, [...hitsOf(text, words).take(mostHits)], 0, text.length);
}

/** About 220 signs of a one-line text around the best hit, or its beginning where nothing was hit. */
export function excerptAround(text: string, words: AskedWord[]): Piece[] {
	const hits = hitsForExcerpt(text, words);
	const best = bestHit(hits);
	const { before, after } = edges(text);
	const [start, end] = [before(best?.start ?? 0), after(best?.end ?? 0)];
	let from = Math.max(0, start - leadIn);
	if (from > 0) {
		const space = text.indexOf(' ', from);
		from = space >= 0 && space < start ? space + 1 : before(from);
	}
	let to = Math.min(text.length, Math.max(end, from + longestExcerpt));
	if (to < text.length) {
		const space = text.lastIndexOf(' ', to);
		to = Math.max(space > to - nearSpace ? space : before(to), end);
	}
	const shown = pieces(text, hits, from, to);
	if (from > 0) shown.unshift({ text: '… ', hit: false });
	if (to < text.length) shown.push({ text: ' …', hit: false });
	return shown;
}
