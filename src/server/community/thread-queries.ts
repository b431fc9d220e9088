// What every thread page asks of the store, built once: rows of posts in their order, and what a reader did among them.
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, ne, or, sql, type SQL } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { author, byline, namedPostsOf } from './authorship.ts';
import type { Means, Reader } from './means.ts';
import { isStaff } from './means.ts';
import { readingMarks } from './reading-marks.ts';

const value = sql.placeholder;
/** The opening, and a page of answers around one of them. */
const mostOnAPage = limits.answersPerPage + limits.answersBefore + 1;
const numbers = Array.from({ length: mostOnAPage }, (_, i) => `id${i}`);

export function threadQueries(means: Pick<Means, 'db' | 'sealer'>) {
	const { db } = means;
	const marks = readingMarks(means);
	const { posts, threads, boards, members, encouragements, reports, bookmarks } = db.tables;

	const theThread = db.prepare(() =>
		db.read
			.select({
				id: threads.id,
				title: threads.title,
				maskKey: threads.maskKey,
				answers: threads.answers,
				locked: threads.locked,
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

	// A list of a fixed length can be prepared: the places that are left over ask for a post that never is.
	const among = numbers.map((number) => value(number));
	const listed = (ids: string[]) => Object.fromEntries(numbers.map((number, i) => [number, ids[i] ?? '']));
	const pressed = db.prepare(() =>
		db.read
			.select({ postId: encouragements.postId, kind: encouragements.kind })
			.from(encouragements)
			.where(and(eq(encouragements.memberId, value('reader')), inArray(encouragements.postId, among)))
	);
	const reported = db.prepare(() =>
		db.read
			.select({ postId: reports.postId })
			.from(reports)
			.where(and(eq(reports.reporterId, value('reader')), eq(reports.status, 'open'), inArray(reports.postId, among)))
	);
	const bookmarked = db.prepare(() =>
		db.read
			.select({ postId: bookmarks.postId })
			.from(bookmarks)
			.where(and(eq(bookmarks.memberId, value('reader')), inArray(bookmarks.postId, among)))
	);

	/** What this reader pressed, reported and bookmarked among these posts of one page. */
	async function mine(reader: Reader, ids: string[]) {
		if (!reader) return { pressed: [], reported: [], bookmarked: [] };
		const values = { reader: reader.id, ...listed(ids) };
		const [given, open, kept] = await Promise.all([pressed(values), reported(values), bookmarked(values)]);
		return { pressed: given, reported: open, bookmarked: kept };
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
