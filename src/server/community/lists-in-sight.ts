// Lists of stories for readers out of whose sight somebody is: the order, the counts and the pages are those of a site on which these
// had taken back what they wrote. A list that only left them out would tell.
import { and, count, desc, eq, inArray, isNotNull, isNull, max, notInArray, or, sql, type SQL } from 'drizzle-orm';
import type { Database } from '#server/store/database.ts';
import { authorOnly, sameAuthor } from './authorship.ts';

type Sort = 'unanswered' | 'active' | 'new';
export type Standing = { id: string; answers: number; answered: number; openedAt: number; activeAt: number };
/** Where a page ended: a thread and its moment in the order. */
export type Place = { at: number; id: string };
type Asked = { here: SQL | undefined; sort: Sort; answered: 0 | 1 | undefined; most: number; after?: Place | undefined };

/** Threads in one statement. */
const atOnce = 500;

export function listsInSight({ db }: { db: Database }) {
	const { posts, threads } = db.tables;
	/** Answers that these members wrote and that others still read. */
	const theirs = (hidden: string[]) => and(inArray(posts.authorId, hidden), eq(posts.state, 'standing'), isNotNull(posts.parentId));
	/** How the threads in which they answered stand without those answers. */
	async function without(hidden: string[], where: SQL | undefined): Promise<Map<string, Standing>> {
		const touched = await db.read
			.select({ id: threads.id, answers: threads.answers, openedAt: threads.openedAt, opening: threads.openingId, unseen: count() })
			.from(posts)
			.innerJoin(threads, eq(threads.id, posts.threadId))
			.where(and(theirs(hidden), where))
			.groupBy(threads.id);
		const found = new Map<string, Standing>();
		for (let from = 0; from < touched.length; from += atOnce) {
			const some = touched.slice(from, from + atOnce);
			const openings = await openersOf(some.map(({ opening }) => opening));
			const left = await writersIn(
				some.map(({ id }) => id),
				hidden
			);
			for (const { id, answers, openedAt, unseen } of some) {
				const here = left.get(id) ?? [];
				const opener = openings.get(id);
				// As the count of a thread sees it (thread-counts.ts).
				const answered = here.some((one) => one.answers > 0 && !(opener && sameAuthor(one, opener)));
				const activeAt = Math.max(openedAt, ...here.map(({ newest }) => newest ?? 0));
				found.set(id, { id, answers: answers - unseen, answered: answered ? 1 : 0, openedAt, activeAt });
			}
		}
		return found;
	}

	async function openersOf(openings: string[]) {
		const rows = await db.read
			.select({ thread: posts.threadId, ...authorOnly(db.tables) })
			.from(posts)
			.where(inArray(posts.id, openings));
		return new Map(rows.map(({ thread, ...opener }) => [thread, opener]));
	}

	/** Whose standing posts are left in these threads, under one name each. */
	async function writersIn(ids: string[], hidden: string[]) {
		const standing = and(inArray(posts.threadId, ids), eq(posts.state, 'standing'));
		const rows = await db.read
			.select({ ...authorOnly(db.tables), newest: max(posts.postedAt), answers: count(posts.parentId) })
			.from(posts)
			.where(and(standing, or(isNull(posts.authorId), notInArray(posts.authorId, hidden))))
			.groupBy(posts.threadId, posts.authorId, posts.maskTag);
		return Map.groupBy(rows, ({ inThread }) => inThread);
	}

	/** A page of threads in this order; `cards` reads rows under a condition. */
	async function page<Row extends Standing>(
		hidden: string[],
		{ here, sort, answered, most, after }: Asked,
		cards: (where: SQL | undefined, order: SQL[], most: number) => Promise<Row[]>
	): Promise<Row[]> {
		const at = sort === 'new' ? 'openedAt' : 'activeAt';
		const order = [desc(threads[at]), desc(threads.id)];
		const earlier = (one: Place, other: Place) => one.at < other.at || (one.at === other.at && one.id < other.id);
		const open = and(here, eq(threads.listed, true), or(isNull(threads.authorId), notInArray(threads.authorId, hidden)));
		const changed = await without(hidden, open);
		const place = (row: Standing): Place => ({ at: row[at], id: row.id });
		const among = [...changed.values()]
			.filter((row) => (answered === undefined || row.answered === answered) && (!after || earlier(place(row), after)))
			.sort((one, other) => (earlier(place(one), place(other)) ? 1 : -1))
			.slice(0, most)
			.map(({ id }) => id);
		const touched = db.read.select({ id: posts.threadId }).from(posts).where(theirs(hidden));
		const others = and(
			open,
			notInArray(threads.id, touched),
			answered === undefined ? undefined : eq(threads.answered, answered),
			after && sql`(${threads[at]}, ${threads.id}) < (${after.at}, ${after.id})`
		);
		const [untouched, rest] = await Promise.all([
			cards(others, order, most),
			among.length === 0 ? [] : cards(inArray(threads.id, among), order, most)
		]);
		return [...untouched, ...rest.map((row) => ({ ...row, ...changed.get(row.id) }))]
			.sort((one, other) => (earlier(place(one), place(other)) ? 1 : -1))
			.slice(0, most);
	}

	return { page, without };
}
