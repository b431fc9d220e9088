// Reads a case and the post it is about, in the shape that every verb of the desk needs.
import { and, desc, eq, ne } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { author, byline } from './authorship.ts';

export async function findCase(q: Queries, tables: Tables, id: string) {
	const { cases } = tables;
	const [found] = await q.select(columnsOf(cases)).from(cases).where(eq(cases.id, id));
	return found;
}
export type CaseRow = NonNullable<Awaited<ReturnType<typeof findCase>>>;

/** The one case of this post that is not closed. */
export async function unfinishedCase(q: Queries, { cases }: Tables, postId: string) {
	const [found] = await q
		.select(columnsOf(cases))
		.from(cases)
		.where(and(eq(cases.postId, postId), ne(cases.state, 'closed')));
	return found;
}

/** The closed case that reports of this post gathered in. */
export async function closedReportCase(q: Queries, { cases }: Tables, postId: string) {
	const [found] = await q
		.select(columnsOf(cases))
		.from(cases)
		.where(and(eq(cases.postId, postId), eq(cases.kind, 'report'), eq(cases.state, 'closed')))
		.orderBy(desc(cases.openedAt), desc(cases.id))
		.limit(1);
	return found;
}

export async function findPost(q: Queries, tables: Tables, id: string) {
	const { posts, threads, boards, members } = tables;
	const [found] = await q
		.select({
			id: posts.id,
			threadId: posts.threadId,
			parentId: posts.parentId,
			place: posts.place,
			depth: posts.depth,
			...byline(tables),
			sealedAuthor: posts.sealedAuthor,
			role: members.role,
			body: posts.body,
			html: posts.html,
			warnings: posts.warnings,
			postedAt: posts.postedAt,
			editedAt: posts.editedAt,
			version: posts.version,
			state: posts.state,
			folded: posts.folded,
			locked: posts.locked,
			title: threads.title,
			maskKey: threads.maskKey,
			threadLocked: threads.locked,
			board: { id: boards.id, slug: boards.slug, title: boards.title }
		})
		.from(posts)
		.innerJoin(threads, eq(threads.id, posts.threadId))
		.innerJoin(boards, eq(boards.id, threads.boardId))
		.leftJoin(members, author(tables))
		.where(eq(posts.id, id));
	return found;
}
export type PostRow = NonNullable<Awaited<ReturnType<typeof findPost>>>;

function columnsOf(cases: Tables['cases']) {
	return {
		id: cases.id,
		kind: cases.kind,
		postId: cases.postId,
		boardId: cases.boardId,
		priority: cases.priority,
		score: cases.score,
		state: cases.state,
		outcome: cases.outcome,
		version: cases.version,
		claimedBy: cases.claimedBy,
		claimExpiresAt: cases.claimExpiresAt,
		escalatedBy: cases.escalatedBy,
		openedAt: cases.openedAt,
		dueAt: cases.dueAt,
		closedAt: cases.closedAt,
		reopened: cases.reopened
	};
}
