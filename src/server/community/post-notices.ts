// Who is told of a post that others can read from now on: whoever it answers, and those who follow its thread or its board.
import { and, eq, isNull, sql } from 'drizzle-orm';
import { ready, type Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { authorOnly, sameAuthor, wearsMask, type Author } from './authorship.ts';
import { addNotice, addNotices } from './notice-rows.ts';
import type { Moment } from './write-and-tell.ts';

const value = sql.placeholder;
const thePost = ready((q, { posts, threads }) =>
	q
		.select({
			id: posts.id,
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
/** Not told: out of sight of its author, or muting them or the board. Waiting: told of this thread, and that was not read yet. */
type Ears = 'deaf' | 'waiting' | 'follows';
const ears = (name: Ears) => sql<Ears>`${sql.raw(`'${name}'`)}`.as('ears');
/** All who may be told or not, in one look. */
const around = ready((q, { blocks, mutes, follows, notices }) =>
	q
		.select({ ears: ears('deaf'), id: sql<string | null>`${blocks.blockedId}`.as('id') })
		.from(blocks)
		.where(eq(blocks.memberId, value('author')))
		.unionAll(
			q
				.select({ ears: ears('deaf'), id: sql<string | null>`${blocks.memberId}`.as('id') })
				.from(blocks)
				.where(eq(blocks.blockedId, value('author')))
		)
		.unionAll(
			q
				.select({ ears: ears('deaf'), id: sql<string | null>`${mutes.memberId}`.as('id') })
				.from(mutes)
				.where(eq(mutes.mutedId, value('author')))
		)
		.unionAll(
			q
				.select({ ears: ears('deaf'), id: sql<string | null>`${follows.memberId}`.as('id') })
				.from(follows)
				.where(and(eq(follows.kind, 'muted_board'), eq(follows.target, value('board'))))
		)
		.unionAll(
			q
				.select({ ears: ears('waiting'), id: sql<string | null>`${notices.memberId}`.as('id') })
				.from(notices)
				.where(and(eq(notices.postId, value('opening')), eq(notices.kind, 'followed'), isNull(notices.readAt)))
		)
		.unionAll(
			q
				.select({ ears: ears('follows'), id: sql<string | null>`${follows.memberId}`.as('id') })
				.from(follows)
				.where(and(eq(follows.kind, value('kind')), eq(follows.target, value('target'))))
		)
);

/** Inside the write that makes a post stand that waited before, or any post of which only the id is at hand. */
export async function tellAboutPost(tx: Queries, tables: Tables, moment: Moment, postId: string): Promise<void> {
	const [post] = await thePost(tx, tables, { post: postId });
	if (!post) return;
	// It stood before, was held again and let through again.
	if ((await toldBefore(tx, tables, { post: postId })).length > 0) return;
	const [answered] = post.parentId === null ? [] : await answeredBy(tx, tables, { post: post.parentId });
	await tellAboutNew(tx, tables, moment, post, answered);
}

type Post = Author & { id: string; parentId: string | null; threadId: string; openingId: string; boardId: string };

/**
 * Inside the write that makes a post stand for the first time. Nobody is told about their own post, nobody on a board they mute or about
 * somebody they muted or do not meet, nobody of one answer twice, and of a followed thread only once until that notice is read. Of a post
 * with a mask everybody is told who follows, its author too if they do (leaving them out would tell who it is): what is their own is left
 * out when they read.
 */
export async function tellAboutNew(
	tx: Queries,
	tables: Tables,
	moment: Moment,
	post: Post,
	answered: (Author & { id: string }) | undefined
): Promise<void> {
	const postId = post.id;
	const followed = post.parentId === null ? { kind: 'board', target: post.boardId } : { kind: 'thread', target: post.threadId };
	const found = await around(tx, tables, { author: post.authorId ?? '', board: post.boardId, opening: post.openingId, ...followed });
	const those = (which: Ears) => new Set(found.flatMap(({ ears, id }) => (ears === which && id !== null ? [id] : [])));
	const [deaf, waiting, followers] = [those('deaf'), those('waiting'), those('follows')];
	const other = answered && !sameAuthor(answered, post) ? answered : undefined;
	const told = other?.authorId && !deaf.has(other.authorId) ? other.authorId : undefined;
	if (told) await addNotice(tx, tables, moment, { memberId: told, kind: 'answered', postId });
	// What a member mutes says nothing about the one behind a mask: it is left out when they read.
	if (other && wearsMask(other)) await addNotice(tx, tables, moment, { forPost: other.id, kind: 'answered', postId });

	const all = [...followers]
		.filter((id) => id !== post.authorId && id !== told && !deaf.has(id) && !waiting.has(id))
		.map((id) => ({ memberId: id, kind: 'followed', postId: post.openingId, detail: { post: postId } }) as const);
	await addNotices(tx, tables, moment, all);
}
