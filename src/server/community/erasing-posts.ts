// Erases posts for good. Where something hangs on one (answers, a case) an empty place stays, which says nothing and is nobody's.
import { setImmediate as breathe } from 'node:timers/promises';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Database, Queries } from '#server/store/database.ts';
import { forgetWith } from '#server/store/erasing.ts';
import { postWithdrawn } from './case-withdrawals.ts';
import { eraseSnapshots, eraseTitles } from './erasing-evidence.ts';
import { untitleInStream } from './erasing-kindness.ts';
import { belowPost } from './places.ts';
import { recount } from './thread-counts.ts';
import type { Moment } from './write-and-tell.ts';

type Store = Pick<Database, 'tables' | 'search'>;
type Row = { id: string; threadId: string; parentId: string | null; place: string; depth: number; state: string };

/** Rows in one statement: well under what either database binds. */
const atOnce = 500;
/** Posts between two turns of others: one that is in the search index takes twenty milliseconds. */
const betweenBreaths = 2;

const isOpening = ({ parentId }: Row) => parentId === null;

/** Inside the write that erases. */
export async function erasePosts(tx: Queries, db: Store, moment: Moment, all: string[]): Promise<void> {
	const { posts, threads, notices } = db.tables;
	const columns = {
		id: posts.id,
		threadId: posts.threadId,
		parentId: posts.parentId,
		place: posts.place,
		depth: posts.depth,
		state: posts.state
	};
	const rows: Row[] = [];
	for (let from = 0; from < all.length; from += atOnce) {
		const some = inArray(posts.id, all.slice(from, from + atOnce));
		rows.push(...(await tx.select(columns).from(posts).where(some)));
	}
	// Cases close as they do when a post is taken back, so that only what has to be looked at keeps a copy.
	const looked = await withCases(
		tx,
		db,
		rows.map(({ id }) => id)
	);
	for (const { id, state } of rows)
		if (looked.has(id) && (state === 'standing' || state === 'held')) await postWithdrawn(tx, db.tables, moment, id);
	for (let from = 0; from < rows.length; from += atOnce) {
		const some = rows.slice(from, from + atOnce);
		const ids = some.map(({ id }) => id);
		await eraseSnapshots(tx, db.tables, ids);
		await eraseTitles(
			tx,
			db.tables,
			some.filter(isOpening).map(({ threadId }) => threadId)
		);
		// To whoever wrote it behind a mask: no row says who that is, so nothing would take them away later.
		await tx.delete(notices).where(inArray(notices.forPost, ids));
		await forgetWith(tx, db.tables, 'posts', ids);
	}
	await untitleInStream(tx, db.tables, new Set(rows.filter(isOpening).map(({ threadId }) => threadId)));
	// The deepest first: when their answers are gone, those above may go too.
	for (const [i, row] of rows.toSorted((one, other) => other.depth - one.depth).entries()) {
		await eraseOne(tx, db, row);
		// SQLite answers without ever leaving the event loop: others are to read meanwhile.
		if (i % betweenBreaths === 0) await breathe();
	}
	for (const threadId of new Set(rows.map((row) => row.threadId))) await recount(tx, db.tables, threadId);
	for (const { id, threadId } of rows) moment.tells.push({ type: 'post.changed', thread: threadId, post: id });

	async function eraseOne(tx: Queries, { tables, search }: Store, row: Row) {
		await search.drop(tx, row.id);
		await tx.delete(tables.encouragements).where(eq(tables.encouragements.postId, row.id));
		if (await mustStay(tx, db, row, rows.includes(row) ? looked : undefined)) {
			const nobody = { authorId: null, alias: null, maskTag: null, sealedAuthor: null };
			const blank = { ...nobody, body: '', html: '', warnings: [], folded: null, encouraged: {}, key: moment.newId() };
			await tx
				.update(posts)
				.set({ ...blank, state: 'erased' })
				.where(eq(posts.id, row.id));
			if (row.parentId === null)
				await tx.update(threads).set({ authorId: null, title: '', excerpt: '' }).where(eq(threads.id, row.threadId));
			return;
		}
		await tx.delete(posts).where(eq(posts.id, row.id));
		if (row.parentId === null) await dropThread(tx, db, row.threadId);
		else await dropEmptyPlace(tx, db, row.parentId);
	}

	/** An empty place above that only stayed for this answer. */
	async function dropEmptyPlace(tx: Queries, store: Store, id: string) {
		const [above] = await tx
			.select(columns)
			.from(posts)
			.where(and(eq(posts.id, id), eq(posts.state, 'erased')));
		if (above && !(await mustStay(tx, store, above))) await eraseOne(tx, store, above);
	}
}

/** Which of these the log of a case is about. */
async function withCases(tx: Queries, { tables: { cases } }: Store, ids: string[]): Promise<Set<string>> {
	const found = new Set<string>();
	for (let from = 0; from < ids.length; from += atOnce) {
		const some = inArray(cases.postId, ids.slice(from, from + atOnce));
		for (const { id } of await tx.select({ id: cases.postId }).from(cases).where(some)) found.add(id);
	}
	return found;
}

/** Whether anything below answers it, or the log of a case is about it. */
async function mustStay(tx: Queries, { tables, search }: Store, post: Row, looked?: Set<string>): Promise<boolean> {
	const { posts } = tables;
	if (looked ? looked.has(post.id) : (await withCases(tx, { tables, search }, [post.id])).size > 0) return true;
	const below = await belowPost(tx, tables, post.threadId, post);
	return (await tx.select({ id: posts.id }).from(posts).where(below).orderBy(desc(posts.place)).limit(1)).length > 0;
}

async function dropThread(tx: Queries, { tables: { threads, follows } }: Store, id: string) {
	await tx.delete(follows).where(and(eq(follows.kind, 'thread'), eq(follows.target, id)));
	await tx.delete(threads).where(eq(threads.id, id));
}
