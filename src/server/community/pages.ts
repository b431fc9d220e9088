// What a page for guests depends on, known without making it: so that a kept copy is shown only while it is what would be made now.
import { eq } from 'drizzle-orm';
import type { Means } from './means.ts';
import { whileItHolds } from './page-clock.ts';
import { longestReplay } from './stream.ts';

/** A page that is the same for every guest. */
export type GuestPage = { kind: 'home' | 'boards' | 'live' } | { kind: 'board'; slug: string } | { kind: 'thread'; id: string };
/** How things stood when somebody asked for a page. */
export type Standing = { version: number; newest: number; at: number };

const hour = 3_600_000;
/** A page holds a place in the stream, and the stream is kept for a quarter of an hour. */
const longestKept = 10 * 60_000;
/** A page whose place lies further back would be told to load itself again, and would be the same page: half of what is replayed. */
const mostBehind = longestReplay / 2;

export function pages({ db, now }: Pick<Means, 'db' | 'now'>) {
	const { boards } = db.tables;
	/** A board keeps its id and its address for good. */
	const boardIds = new Map<string, string>();

	async function boardId(slug: string): Promise<string | undefined> {
		const known = boardIds.get(slug);
		if (known !== undefined) return known;
		const [board] = await db.read.select({ id: boards.id }).from(boards).where(eq(boards.slug, slug));
		if (board) boardIds.set(slug, board.id);
		return board?.id;
	}

	/** Names, boards and rules of folding are on every page; whatever else a page reads must be among its scopes (`visible_versions`). */
	async function scopesOf(page: GuestPage): Promise<string[] | undefined> {
		switch (page.kind) {
			case 'boards':
				return ['everything'];
			case 'board': {
				const id = await boardId(page.slug);
				return id === undefined ? undefined : ['everything', 'openings', `board:${id}`];
			}
			case 'thread':
				return ['everything', 'celebrations', `thread:${page.id}`];
			default:
				return ['everything', 'celebrations', 'stories', 'openings'];
		}
	}

	/** How things stand now, to be asked before the page is made: what is made then may be newer, never older. Undefined: no such board, or none that is counted. */
	async function standing(page: GuestPage): Promise<Standing | undefined> {
		const scopes = await scopesOf(page);
		if (!scopes) return undefined;
		const at = now();
		const found = await db.versions(scopes);
		return found && { version: found.version, newest: page.kind === 'boards' || page.kind === 'board' ? 0 : found.newest, at };
	}

	/** Makes a page, and says until when it holds by the clock: ages on it change, the hour turns, its place in the stream grows old. */
	function make<T>({ at }: Standing, work: () => Promise<T>): Promise<{ made: T; until: number }> {
		return whileItHolds(Math.min(at + longestKept, (Math.floor(at / hour) + 1) * hour), work);
	}

	/** Whether what was made under `then` is what would be made now. */
	function holds(then: Standing & { until: number }, now: Standing): boolean {
		return then.version === now.version && then.at <= now.at && now.at < then.until && now.newest - then.newest <= mostBehind;
	}

	return { standing, make, holds };
}
