// Parts of pages that stand ready as bytes. The page holds a mark where each belongs, and the bytes go in at the very end: a text of 100 kB
// with one typographic sign costs 420 µs to turn into bytes, which is more than to make it; copying bytes costs 5 µs.
import { LRUCache } from 'lru-cache';

/** Bytes of all parts that are kept. */
const room = 16 * 1024 * 1024;
/** Bytes that a kept part costs beside its own. */
const aside = 256;

const text = new TextEncoder();
/** Nothing that people write keeps its angle brackets on the way to a page, so nobody can write a mark. */
const marks = /<!--part (\d+)-->/;
/** Svelte's notes to its own script, which these pages do not load: a tenth of a thread page. */
const notes = /<!--.*?-->/g;

/** Bytes that stand ready, or several one after another. */
export type Part = Uint8Array | readonly Uint8Array[];
/** Lays a part into a page that is being made: markup to stand there for it. */
export type Lay = (part: Part) => string;

/** The parts of one page. */
export function partsOfOnePage(): { lay: Lay; whole: (html: string) => Uint8Array } {
	const parts: Part[] = [];
	return {
		lay: (part) => `<!--part ${parts.push(part) - 1}-->`,
		whole(html) {
			// Texts and numbers of parts in turn.
			const pieces = html.split(marks).flatMap((piece, i): string | Part => (i % 2 === 0 ? piece : (parts[Number(piece)] ?? [])));
			const longest = pieces.reduce((sum, piece) => sum + piece.length * (typeof piece === 'string' ? 3 : 1), 0);
			const bytes = new Uint8Array(longest);
			let end = 0;
			for (const piece of pieces) {
				if (typeof piece === 'string') end += text.encodeInto(piece, bytes.subarray(end)).written;
				else {
					bytes.set(piece, end);
					end += piece.length;
				}
			}
			return bytes.subarray(0, end);
		}
	};
}

/** Without ready parts, as in development: the markup itself. */
export const layAsText: Lay = (part) =>
	[part]
		.flat()
		.map((bytes) => new TextDecoder().decode(bytes))
		.join('');

const kept = new LRUCache<string, { words: string; bytes: Uint8Array }>({
	maxSize: room,
	sizeCalculation: ({ words, bytes }, key) => bytes.length + words.length + key.length + aside
});

/** Everything that stands ready goes: words in it were erased. */
export const letPartsGo = () => kept.clear();

/**
 * A part as bytes, rendered where it is not ready. `says` and `words` are everything that its markup depends on: whoever reads, the same
 * words are the same part, and nothing of one reader comes before another. `words` is for what is long: it is compared, not looked up by,
 * for to hash thirty posts costs a tenth of their page.
 */
export function readyPart(says: string, markup: () => string, words = ''): Uint8Array {
	const there = kept.get(says);
	if (there?.words === words) return there.bytes;
	const bytes = text.encode(markup().replaceAll(notes, ''));
	kept.set(says, { words, bytes });
	return bytes;
}
