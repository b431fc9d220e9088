// What a thread knows about its posts: recomputed whenever a post changes its state.
import { and, count, eq, isNotNull, max, ne } from 'drizzle-orm';
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
	const standing = and(eq(posts.threadId, threadId), eq(posts.state, 'standing'), isNotNull(posts.parentId));
	const byOthers = thread.authorId ? and(standing, ne(posts.authorId, thread.authorId)) : standing;
	const [answers] = await tx
		.select({ number: count(), newest: max(posts.postedAt) })
		.from(posts)
		.where(standing);
	const [others] = await tx.select({ number: count() }).from(posts).where(byOthers);
	await tx
		.update(threads)
		.set({
			answers: answers?.number ?? 0,
			answered: (others?.number ?? 0) > 0 ? 1 : 0,
			activeAt: Math.max(thread.openedAt, answers?.newest ?? 0),
			listed: thread.opening === 'standing'
		})
		.where(eq(threads.id, threadId));
}
