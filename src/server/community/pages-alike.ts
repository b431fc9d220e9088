// A page of a thread as most readers see it: one object for all of them, kept with its rows, so that what is made of it is found by it.
import { ageChangesAt } from '#lib/ages.ts';
import { changesAt } from './page-clock.ts';
import type { PostView } from './post-view.ts';
import type { PostRow } from './thread-queries.ts';

type Seen = { opening: PostView; replies: PostView[] };
type Alike = Seen & { of: PostRow; made: number; until: number };

/** Of one page so many: to guests, and to members who fold what is folded at first, or other warnings. */
const most = 4;

/**
 * The page of these rows, drawn where it is not there, with nothing of one reader's own: `way` is then, with the rows and the hour, all that
 * it depends on. Never changed by whom it is handed to.
 */
export function pagesAlike() {
	const known = new WeakMap<PostRow[], Map<string, Alike>>();

	return function seenAlike(rows: PostRow[], opening: PostRow, way: string, at: number, draw: () => Seen): Seen {
		const ways = known.get(rows) ?? new Map<string, Alike>();
		let there = ways.get(way);
		if (there?.of !== opening || at < there.made || at >= there.until) {
			const until = Math.min(...[opening, ...rows].map(({ postedAt }) => ageChangesAt(postedAt, at)));
			there = { ...draw(), of: opening, made: at, until };
			if (ways.size >= most) ways.clear();
			known.set(rows, ways.set(way, there));
		}
		changesAt(there.until);
		return there;
	};
}
