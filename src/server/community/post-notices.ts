// Who is told of a post that others can read from now on: whoever it answers, and those who follow its thread or its board.
import { and, eq, isNull, notInArray, sql } from 'drizzle-orm';
import { ready, type Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { authorOnly, sameAuthor, wearsMask } from './authorship.ts';
import { addNotice, addNotices } from './notice-rows.ts';
import { deafTo } from './sight.ts';
import type { Moment } from './write-and-tell.ts';

const value = sql.placeholder;
const thePost = ready((q, { posts, threads }) =>
	q
		.select({
			...authorOnly({ posts }),
			parentId: posts.parentId,
			threadId: posts.threadId,
			openingId: threads.openingId,
			boardId: threads.boardId
		})
		.from(posts)
		.innerJoin(threads, eq(threads.id, posts.threadId))
		.where(eq(posts.id, value('post')))
);
const answeredBy = ready((q, { posts }) =>
	q
		.select({ id: posts.id, ...authorOnly({ posts }) })
		.from(posts)
		.where(eq(posts.id, value('post')))
);
const toldBefore = ready((q, { notices }) =>
	q
		.select({ id: notices.id })
		.from(notices)
		.where(and(eq(notices.postId, value('post')), eq(notices.kind, 'answered')))
		.limit(1)
);
const toldAndUnread = ready((q, { notices }) =>
	q
		.select({ id: notices.memberId })
		.from(notices)
		.where(and(eq(notices.postId, value('post')), eq(notices.kind, 'followed'), isNull(notices.readAt)))
);
const whoFollows = ready((q, { follows }) =>
	q
		.select({ id: follows.memberId })
		.from(follows)
		.where(
			and(
				eq(follows.kind, value('kind')),
				eq(follows.target, value('target')),
				notInArray(follows.memberId, [value('author'), value('told')])
			)
		)
);

/**
 * Inside the write that makes a post stand. Nobody is told about their own post, nobody on a board they mute or about somebody
 * they muted or do not meet, nobody of one answer twice, and of a followed thread only once until that notice is read. Of a post with a mask everybody is told who follows, its author too
 * if they do (leaving them out would tell who it is): what is their own is left out when they read.
 */
export async function tellAboutPost(tx: Queries, tables: Tables, moment: Moment, postId: string): Promise<void> {
	const [post] = await thePost(tx, tables, { post: postId });
	if (!post) return;
	// It stood before, was held again and let through again.
	if ((await toldBefore(tx, tables, { post: postId })).length > 0) return;

	const rows = await whoFollows(tx, tables, { kind: 'muted_board', target: post.boardId, author: '', told: '' });
	const muted = new Set([...rows.map(({ id }) => id), ...(await deafTo(tx, tables, post.authorId))]);
	const [answered] = post.parentId === null ? [] : await answeredBy(tx, tables, { post: post.parentId });
	const other = answered && !sameAuthor(answered, post) ? answered : undefined;
	const told = other?.authorId && !muted.has(other.authorId) ? other.authorId : undefined;
	if (told) await addNotice(tx, tables, moment, { memberId: told, kind: 'answered', postId });
	// What a member mutes says nothing about the one behind a mask: it is left out when they read.
	if (other && wearsMask(other)) await addNotice(tx, tables, moment, { forPost: other.id, kind: 'answered', postId });

	const followed = post.parentId === null ? { kind: 'board', target: post.boardId } : { kind: 'thread', target: post.threadId };
	const unread = await toldAndUnread(tx, tables, { post: post.openingId });
	const waiting = new Set(unread.map(({ id }) => id));
	const followers = await whoFollows(tx, tables, { ...followed, author: post.authorId ?? '', told: told ?? '' });
	const all = followers
		.filter(({ id }) => !muted.has(id) && !waiting.has(id))
		.map(({ id }) => ({ memberId: id, kind: 'followed', postId: post.openingId, detail: { post: postId } }) as const);
	await addNotices(tx, tables, moment, all);
}
