// What a thread knows about its posts: recomputed whenever a post changes its state.
import { and, count, eq, isNotNull, isNull, max, ne, or } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';

/** Brings a thread's answers, activity and listing back in step with its posts, inside the write that changed one. */
export async function recount(tx: Queries, { threads, posts }: Tables, threadId: string) {
	const [thread] = await tx
		.select({ authorId: threads.authorId, openedAt: threads.openedAt, opening: posts.state })
		.from(threads)
		.innerJoin(posts, eq(posts.id, threads.openingId))
		.where(eq(threads.id, threadId));
	if (!thread) return;
	const standing = and(eq(posts.threadId, threadId), eq(posts.state, 'standing'));
	const [all] = await tx
		.select({ number: count(), newest: max(posts.postedAt) })
		.from(posts)
		.where(standing);
	// Who has left was somebody else.
	const others = thread.authorId ? or(ne(posts.authorId, thread.authorId), isNull(posts.authorId)) : isNotNull(posts.parentId);
	const answered = await tx.select({ id: posts.id }).from(posts).where(and(standing, others)).limit(1);
	const listed = thread.opening === 'standing';
	await tx
		.update(threads)
		.set({
			// The opening is no answer to itself.
			answers: (all?.number ?? 0) - (listed ? 1 : 0),
			answered: answered.length > 0 ? 1 : 0,
			activeAt: Math.max(thread.openedAt, all?.newest ?? 0),
			listed
		})
		.where(eq(threads.id, threadId));
}
