// Who is told of a post that others can read from now on: whoever it answers, and those who follow its thread or its board.
import { and, eq, isNull, notInArray, type SQL } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { addNotice, addNotices } from './notice-rows.ts';
import type { Moment } from './write-and-tell.ts';

/**
 * Inside the write that makes a post stand. Nobody is told about their own post, nobody on a board they mute, nobody of one answer
 * twice, and of a followed thread only once until that notice is read.
 */
export async function tellAboutPost(tx: Queries, tables: Tables, moment: Moment, postId: string): Promise<void> {
	const { posts, threads, notices, follows } = tables;
	const [post] = await tx
		.select({
			authorId: posts.authorId,
			parentId: posts.parentId,
			threadId: posts.threadId,
			openingId: threads.openingId,
			boardId: threads.boardId
		})
		.from(posts)
		.innerJoin(threads, eq(threads.id, posts.threadId))
		.where(eq(posts.id, postId));
	if (!post) return;
	// It stood before, was held again and let through again.
	if ((await tx.$count(notices, and(eq(notices.postId, postId), eq(notices.kind, 'answered')))) > 0) return;

	const rows = await tx
		.select({ id: follows.memberId })
		.from(follows)
		.where(and(eq(follows.kind, 'muted_board'), eq(follows.target, post.boardId)));
	const muted = new Set(rows.map(({ id }) => id));
	const [answered] = post.parentId === null ? [] : await tx.select({ id: posts.authorId }).from(posts).where(eq(posts.id, post.parentId));
	const told = answered?.id && answered.id !== post.authorId && !muted.has(answered.id) ? answered.id : undefined;
	if (told) await addNotice(tx, tables, moment, { memberId: told, kind: 'answered', postId });

	const story = post.parentId === null;
	const following = story
		? and(eq(follows.kind, 'board'), eq(follows.target, post.boardId))
		: and(eq(follows.kind, 'thread'), eq(follows.target, post.threadId));
	const unread = await tx
		.select({ id: notices.memberId })
		.from(notices)
		.where(and(eq(notices.postId, post.openingId), eq(notices.kind, 'followed'), isNull(notices.readAt)));
	const waiting = new Set(unread.map(({ id }) => id));
	const others: SQL | undefined = notInArray(follows.memberId, [post.authorId ?? '', told ?? '']);
	const followers = await tx.select({ id: follows.memberId }).from(follows).where(and(following, others));
	const all = followers
		.filter(({ id }) => !muted.has(id) && !waiting.has(id))
		.map(({ id }) => ({ memberId: id, kind: 'followed', postId: post.openingId, detail: { post: postId } }) as const);
	await addNotices(tx, tables, moment, all);
}
