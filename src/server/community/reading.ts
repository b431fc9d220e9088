// Reads a thread as one reader may see it: the opening, a page of its tree, and what this reader may do.
import { and, eq, inArray, isNotNull, sql, type SQL } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import { cursorOf } from '#lib/stream-cursors.ts';
import { shownHow } from '#lib/warnings.ts';
import { ready, type Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { author, authorOnly, authorship, byline, formerMember, nameShown, sameAuthor } from './authorship.ts';
import { decodeCursor, encodeCursor } from './cursors.ts';
import { foldedBy, foldedTitle } from './folding.ts';
import { keptThreads } from './kept-threads.ts';
import { keptWarnings } from './kept-warnings.ts';
import { closedBranches } from './locked-branches.ts';
import { isStaff, type Means, type Reader } from './means.ts';
import { shownAge } from './page-clock.ts';
import { pagesAlike } from './pages-alike.ts';
import { ownPost, seenPost, type PostView, type Seen } from './post-view.ts';
import type { Preferences } from './preferences.ts';
import { readBefore } from './reads.ts';
import { openSight, quietFor, quietTitles, seenBy, sights } from './sight.ts';
import { plainWords } from './text.ts';
import type { PostRow, ThreadQueries } from './thread-queries.ts';

const written = (q: Queries, tables: Tables, where: SQL | undefined) => {
	const { posts, threads } = tables;
	return q
		.select({
			id: posts.id,
			threadId: posts.threadId,
			parentId: posts.parentId,
			...authorOnly(tables),
			place: posts.place,
			depth: posts.depth,
			body: posts.body,
			warnings: posts.warnings,
			version: posts.version,
			state: posts.state,
			folded: posts.folded,
			locked: posts.locked,
			encouraged: posts.encouraged,
			title: threads.title,
			openingId: threads.openingId,
			boardId: threads.boardId,
			threadLocked: threads.locked,
			answers: threads.answers,
			answered: threads.answered
		})
		.from(posts)
		.innerJoin(threads, eq(threads.id, posts.threadId))
		.where(where)
		.limit(1);
};
const openingOf = ready((q, tables) =>
	written(q, tables, and(eq(tables.threads.id, sql.placeholder('thread')), eq(tables.posts.id, tables.threads.openingId)))
);
const writtenPost = ready((q, tables) => written(q, tables, eq(tables.posts.id, sql.placeholder('post'))));

/** A post with what a verb must know before it writes: its thread, its board, its standing. Without an id: the thread's opening. */
export async function postToWrite(tx: Queries, tables: Tables, threadId: string | undefined, postId: string | undefined) {
	const [post] = postId ? await writtenPost(tx, tables, { post: postId }) : await openingOf(tx, tables, { thread: threadId ?? '' });
	if (!post || (threadId && post.threadId !== threadId)) throw new Refusal('not_found');
	return post;
}

/** A page of answers: after a cursor, or around a post. */
export type Place = { after?: string | null; post?: string | null };

export function readThread(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const { db, now } = means;
	const { posts, threads, boards, members } = db.tables;
	const { threadFor, letGo: letRowsGo } = keptThreads(means);
	const { wrote, maskTagOf } = authorship(means);
	const sightOf = sights(means);
	const seenAlike = pagesAlike();

	/** One page of answers: after a cursor, or around a post so that it is read in its conversation. */
	async function page(queries: ThreadQueries, reader: Reader, thread: string, mask: string, after: string | null, around: string | null) {
		const answers = queries.answers(reader);
		const here = { thread, reader: reader?.id ?? '', mask };
		if (around !== null) {
			const [target] = await answers.place({ ...here, id: around });
			if (!target) throw new Refusal('not_found');
			const earlier = (await answers.before({ ...here, place: target.place })).toReversed();
			const from = await answers.from({ ...here, place: target.place });
			return {
				page: [...earlier.slice(-limits.answersBefore), ...from.slice(0, limits.answersPerPage)],
				earlier: earlier.length > limits.answersBefore,
				more: from.length > limits.answersPerPage,
				rows: from
			};
		}
		const seen = after === null ? undefined : (decodeCursor(after, 'answers', 1)[0] ?? '');
		// Every place comes after none.
		const found = await answers.after({ ...here, place: seen ?? '' });
		return {
			page: found.slice(0, limits.answersPerPage),
			earlier: seen !== undefined,
			more: found.length > limits.answersPerPage,
			rows: found
		};
	}

	/** Names of the people whose posts are answered, for those that stand on another page. */
	async function namesOf(ids: string[]) {
		if (ids.length === 0) return new Map<string, string>();
		const found = await db.read
			.select({ id: posts.id, ...byline(db.tables) })
			.from(posts)
			.leftJoin(members, author(db.tables))
			.where(inArray(posts.id, ids));
		return new Map(found.map((row) => [row.id, nameShown(row)]));
	}

	/** How many answers these members wrote that others still read. */
	async function answersOf(thread: string, hidden: ReadonlySet<string>) {
		if (hidden.size === 0) return 0;
		const theirs = and(inArray(posts.authorId, [...hidden]), eq(posts.state, 'standing'), isNotNull(posts.parentId));
		return db.read.$count(posts, and(eq(posts.threadId, thread), theirs));
	}

	/** As `read`, and beside it how the thread stood to this reader, for marking it as read. */
	async function readAndStand(reader: Reader, id: string, preferences: Preferences, { after = null, post = null }: Place = {}) {
		const { queries, newest } = await threadFor(id, reader);
		const [thread, sight] = await Promise.all([queries.theThread(id), sightOf(reader)]);
		if (!thread || (thread.board.membersOnly && !reader)) throw new Refusal('not_found');
		const mask = reader && thread.maskKey ? maskTagOf(reader.id, id, thread.maskKey) : '';
		const [first, { page: found, earlier, more, rows }] = await Promise.all([
			queries.opening(thread.openingId, reader, mask),
			page(queries, reader, id, mask, after, post === thread.openingId ? null : post)
		]);
		const opening = first && seenBy(sight, first);
		const answers = found.map((row) => seenBy(sight, row));
		if (!opening || (opening.state === 'held' && !wrote(reader, opening) && !isStaff(reader))) throw new Refusal('not_found');

		const all = [opening, ...answers];
		const known = new Set(all.map((row) => row.id));
		const mineHere = new Set(all.filter((row) => wrote(reader, row)));
		const foldedHere = all.filter(({ folded }) => folded !== null);
		const [{ pressed, reported, bookmarked }, elsewhere, lastRead, kept, folders, isClosed, unseen] = await Promise.all([
			queries.mine(
				reader,
				all.map((row) => row.id)
			),
			namesOf(answers.flatMap((row) => (row.parentId && !known.has(row.parentId) ? [row.parentId] : []))),
			queries.lastRead(id, reader),
			keptWarnings(db.read, db.tables, [...mineHere]),
			foldedBy(
				db.read,
				db.tables,
				foldedHere.map((row) => row.id)
			),
			queries.hasLocks(id).then((locks) => (locks ? closedBranches(db.read, db.tables, id) : undefined)),
			answersOf(id, sight.hidden)
		]);
		const since = lastRead ? readBefore(lastRead, now()) : Infinity;
		const titleGone = opening.state !== 'standing' && opening.state !== 'held';
		const folded = opening.folded !== null && !isStaff(reader) && !mineHere.has(opening);
		const title = titleGone ? 'A story that is no longer here' : folded ? foldedTitle : thread.title;

		const nameOf = (id: string) => {
			const here = all.find((row) => row.id === id);
			return here ? nameShown(here) : elsewhere.get(id);
		};
		/** Untouched: with nothing that this reader wrote, did or has not read. */
		const view = (row: PostRow, i: number, untouched = false): PostView => {
			const own = !untouched && mineHere.has(row);
			const standing = row.state === 'standing';
			const readable = standing || (row.state === 'held' && (own || isStaff(reader)));
			const texts = () => [plainWords(row.html), row.parentId === null ? thread.title : ''];
			const quiet = readable && !own ? quietFor(sight, row.authorId, texts) : null;
			const seen: Seen = {
				signedIn: reader !== undefined,
				readable,
				shown: readable ? shownHow(row.warnings, preferences.warnings, preferences.hardDay) : 'show',
				foldedBy: readable && row.folded ? (folders.get(row.id) ?? 'moderator') : null,
				age: shownAge(row.postedAt, now()),
				quiet,
				titleWaiting: quiet && row === opening ? title : null,
				blocked: row.state === 'withdrawn' && row.authorId !== null && sight.blocked.has(row.authorId),
				pressed: untouched ? [] : pressed.filter(({ postId }) => postId === row.id).map(({ kind }) => kind),
				opener: sameAuthor(row, opening),
				reported: !untouched && standing && reported.some(({ postId }) => postId === row.id),
				bookmarked: !untouched && bookmarked.some(({ postId }) => postId === row.id),
				fresh: !untouched && standing && !own && row.postedAt > since,
				answering: row.parentId && row.depth > 1 ? (nameOf(row.parentId) ?? formerMember) : null,
				follows: i > 1 && row.parentId === all[i - 1]?.id,
				open: !thread.locked && !isClosed?.(row.place)
			};
			return own ? ownPost(row, seen, (readable && kept.get(row.id)) || []) : seenPost(row, seen);
		};
		const alike = post === null && !isStaff(reader) && sight === openSight && foldedHere.length === 0 && !isClosed;
		const way = () => JSON.stringify([reader !== undefined, preferences.hardDay, preferences.warnings, thread.locked, [...elsewhere]]);
		const did = new Set([...pressed, ...reported, ...bookmarked].map(({ postId }) => postId));
		const touched = (row: PostRow) => mineHere.has(row) || did.has(row.id) || row.postedAt > since;
		const draw = (one: (row: PostRow, i: number) => PostView) => ({
			opening: one(opening, 0),
			replies: answers.map((row, i) => one(row, i + 1))
		});
		const most = alike ? seenAlike(rows, opening, way(), now(), () => draw((row, i) => view(row, i, true))) : undefined;
		const ofMost = (row: PostRow, i: number) => (touched(row) ? undefined : i === 0 ? most?.opening : most?.replies[i - 1]);
		const seen = most && !all.some(touched) ? most : draw((row, i) => ofMost(row, i) ?? view(row, i));
		const last = answers.at(-1);
		const { quiet } = seen.opening;
		const shown = {
			id: thread.id,
			title: quiet ? quietTitles[quiet] : title,
			board: thread.board,
			answers: thread.answers - unseen,
			locked: thread.locked,
			opening: seen.opening,
			replies: seen.replies,
			earlier,
			/** The place in the stream before which everything is on this page. */
			cursor: cursorOf(newest),
			next: more && last ? encodeCursor('answers', [last.place]) : null
		};
		return { shown, stands: { activeAt: thread.activeAt, mark: lastRead } };
	}

	/**
	 * The thread with one page of its answers. `after` is a page's opaque cursor; `post` opens the page around that post.
	 * Throws not_found where the thread, or its members-only board, is not open to this reader.
	 */
	const read = async (reader: Reader, id: string, preferences: Preferences, place: Place = {}) =>
		(await readAndStand(reader, id, preferences, place)).shown;

	/** Whether this reader may open the thread at all: for sockets that watch it. */
	async function mayRead(reader: Reader, id: string): Promise<boolean> {
		const [thread] = await db.read
			.select({ membersOnly: boards.membersOnly, state: posts.state, ...authorOnly(db.tables) })
			.from(threads)
			.innerJoin(boards, eq(boards.id, threads.boardId))
			.innerJoin(posts, eq(posts.id, threads.openingId))
			.where(eq(threads.id, id));
		if (!thread || (thread.membersOnly && !reader)) return false;
		return thread.state !== 'held' || wrote(reader, thread) || isStaff(reader);
	}

	/** For forms that name a post of the thread they stand on. */
	async function mustStandIn(thread: string, post: string) {
		const [found] = await db.read
			.select({ id: posts.id })
			.from(posts)
			.where(and(eq(posts.id, post), eq(posts.threadId, thread)));
		if (!found) throw new Refusal('not_found');
	}

	return { read, readAndStand, mayRead, mustStandIn, letRowsGo };
}
