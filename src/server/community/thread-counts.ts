// What a thread knows about its posts: recomputed whenever a post changes its state.
import { and, count, eq, isNotNull, max } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { authorOnly, notUnderNameOf } from './authorship.ts';

/** Brings a thread's answers, activity and listing back in step with its posts, inside the write that changed one. */
export async function recount(tx: Queries, { threads, posts }: Tables, threadId: string) {
	const [thread] = await tx
		.select({ ...authorOnly({ posts }), openedAt: threads.openedAt, opening: posts.state })
		.from(threads)
		.innerJoin(posts, eq(posts.id, threads.openingId))
		.where(eq(threads.id, threadId));
	if (!thread) return;
	const standing = and(eq(posts.threadId, threadId), eq(posts.state, 'standing'));
	const [all] = await tx
		.select({ number: count(), newest: max(posts.postedAt) })
		.from(posts)
		.where(standing);
	const others = and(isNotNull(posts.parentId), notUnderNameOf({ posts }, thread));
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
