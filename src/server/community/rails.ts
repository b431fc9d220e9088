// The narrow rail of celebrations beside other pages.
import { celebrationFeed, mayShowOn } from './celebration-feed.ts';
import type { Means, Reader } from './means.ts';
import { stream } from './stream.ts';

/** As many as stand beside a page without asking for attention. */
const shown = 5;

export function rails(means: Means) {
	const { feed, letFeedGo } = celebrationFeed(means);
	const { cursor } = stream(means);

	/** For a page, or for a page of this board whose cursor was taken already; null where celebrations would hurt (safety.md N4). */
	async function rail(reader: Reader, board?: { distress: boolean }, at?: string) {
		if (board && !mayShowOn(board)) return null;
		return { cursor: at ?? (await cursor()), celebrations: (await feed(reader, undefined, shown)).celebrations };
	}

	return { rail, letFeedGo };
}
