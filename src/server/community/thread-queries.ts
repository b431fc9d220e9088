// What every thread page asks of the store, built once: rows of posts in their order, and what a reader did among them.
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, ne, or, sql, type Placeholder, type SQL } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { author, byline, namedPostsOf } from './authorship.ts';
import type { Means, Reader } from './means.ts';
import { isStaff } from './means.ts';
import { oneLook } from './one-look.ts';
import { readingMarks } from './reading-marks.ts';

const value = sql.placeholder;
/** The opening, and a page of answers around one of them. */
const mostOnAPage = limits.answersPerPage + limits.answersBefore + 1;
const numbers = Array.from({ length: mostOnAPage }, (_, i) => `id${i}`);

/** What one reader did among the posts of a page; `kind` is of what was pressed. */
type Did = Record<'pressed' | 'reported' | 'bookmarked', { postId: string; kind: string }[]>;

export function threadQueries(means: Pick<Means, 'db' | 'sealer'>) {
	const { db } = means;
	const marks = readingMarks(means);
	const look = oneLook(means);
	const { posts, threads, boards, members, encouragements, reports, bookmarks } = db.tables;

	const theThread = db.prepare(() =>
		db.read
			.select({
				id: threads.id,
				title: threads.title,
				maskKey: threads.maskKey,
				answers: threads.answers,
				locked: threads.locked,
				activeAt: threads.activeAt,
				openingId: threads.openingId,
				board: {
					slug: boards.slug,
					title: boards.title,
					charter: boards.charter,
					warnings: boards.warnings,
					membersOnly: boards.membersOnly,
					distress: boards.distress
				}
			})
			.from(threads)
			.innerJoin(boards, eq(boards.id, threads.boardId))
			.where(eq(threads.id, value('id')))
	);

	/** This reader's, with their name or with their mask in this thread. */
	const own = or(namedPostsOf(db.tables, value('reader')), eq(posts.maskTag, value('mask')));
	const columns = {
		id: posts.id,
		parentId: posts.parentId,
		...byline(db.tables),
		place: posts.place,
		depth: posts.depth,
		/** As typed: for its author alone. */
		body: posts.body,
		html: posts.html,
		warnings: posts.warnings,
		postedAt: posts.postedAt,
		editedAt: posts.editedAt,
		version: posts.version,
		state: posts.state,
		folded: posts.folded,
		locked: posts.locked,
		encouraged: posts.encouraged
	};
	const rows = (where: SQL | undefined, order: SQL, limit: number) =>
		db.read.select(columns).from(posts).leftJoin(members, author(db.tables)).where(where).orderBy(order).limit(limit);

	const opening = db.prepare(() => rows(eq(posts.id, value('id')), asc(posts.id), 1));
	const mayMeet = { staff: undefined, others: or(ne(posts.state, 'held'), own) };
	const answersFor = (who: keyof typeof mayMeet) => {
		const here = and(eq(posts.threadId, value('thread')), isNotNull(posts.parentId), mayMeet[who]);
		return {
			place: db.prepare(() =>
				db.read
					.select({ place: posts.place })
					.from(posts)
					.where(and(here, eq(posts.id, value('id'))))
			),
			after: db.prepare(() => rows(and(here, gt(posts.place, value('place'))), asc(posts.place), limits.answersPerPage + 1)),
			from: db.prepare(() => rows(and(here, gte(posts.place, value('place'))), asc(posts.place), limits.answersPerPage + 1)),
			before: db.prepare(() => rows(and(here, lt(posts.place, value('place'))), desc(posts.place), limits.answersBefore + 1))
		};
	};
	const answers = { staff: answersFor('staff'), others: answersFor('others') };

	const kind = (name: keyof Did) => sql<keyof Did>`${sql.raw(`'${name}'`)}`.as('what');
	const pressedAmong = (among: Placeholder[]) =>
		db.read
			.select({ what: kind('pressed'), post: encouragements.postId, kind: sql<string>`${encouragements.kind}`.as('kind') })
			.from(encouragements)
			.where(and(eq(encouragements.memberId, value('reader')), inArray(encouragements.postId, among)));
	/**
	 * All of it in one statement: for the few who have bookmarks, or reports that are open. One that has a moment of settling is about a post
	 * that its reporter does not see (case-withdrawals.ts): leaving it out here shows on no page, and says what `reports.mine` says.
	 */
	const allAmong = (among: Placeholder[]) =>
		pressedAmong(among)
			.unionAll(
				db.read
					.select({ what: kind('reported'), post: reports.postId, kind: sql<string>`''`.as('kind') })
					.from(reports)
					.where(
						and(
							eq(reports.reporterId, value('reader')),
							eq(reports.status, 'open'),
							isNull(reports.settledAt),
							inArray(reports.postId, among)
						)
					)
			)
			.unionAll(
				db.read
					.select({ what: kind('bookmarked'), post: bookmarks.postId, kind: sql<string>`''`.as('kind') })
					.from(bookmarks)
					.where(and(eq(bookmarks.memberId, value('reader')), inArray(bookmarks.postId, among)))
			);
	/** A list of a fixed length can be prepared: the places that are left over ask for a post that never is. */
	const lists = [8, 32, mostOnAPage].map((most) => {
		const among = numbers.slice(0, most).map((number) => value(number));
		return {
			most,
			numbers: numbers.slice(0, most),
			pressed: db.prepare(() => pressedAmong(among)),
			all: db.prepare(() => allAmong(among))
		};
	});

	/** What this reader pressed, reported and bookmarked among these posts of one page. */
	async function mine(reader: Reader, ids: string[]): Promise<Did> {
		const found: Did = { pressed: [], reported: [], bookmarked: [] };
		const list = lists.find(({ most }) => ids.length <= most);
		if (!reader || !list) return found;
		const { reported, bookmarked } = await look(reader);
		const did = reported.length + bookmarked.length > 0 ? list.all : list.pressed;
		const values = Object.fromEntries(list.numbers.map((number, i) => [number, ids[i] ?? '']));
		for (const { what, post: postId, kind } of await did({ reader: reader.id, ...values })) found[what].push({ postId, kind });
		return found;
	}

	const lockedPosts = db.prepare(() =>
		db.read
			.select({ id: posts.id })
			.from(posts)
			.where(and(eq(posts.threadId, value('thread')), sql`${posts.locked}`))
			.limit(1)
	);

	return {
		/** Asks for what everybody may meet. */
		nobody: { reader: '', mask: '' },
		/** Whether anything below a locked post takes no answers: seldom, and then worth a closer look. */
		hasLocks: async (thread: string) => (await lockedPosts({ thread })).length > 0,
		lastRead: async (thread: string, reader: Reader) => (reader ? marks.find(reader.id, thread) : undefined),
		theThread: async (id: string) => (await theThread({ id }))[0],
		opening: async (id: string, reader: Reader, mask: string) => (await opening({ id, reader: reader?.id ?? '', mask }))[0],
		answers: (reader: Reader) => answers[isStaff(reader) ? 'staff' : 'others'],
		mine
	};
}

export type ThreadQueries = ReturnType<typeof threadQueries>;
export type PostRow = NonNullable<Awaited<ReturnType<ThreadQueries['opening']>>>;
