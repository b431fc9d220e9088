// Locking a post closes everything below it, however deep: one rule for answering and for what a page offers.
import { and, asc, eq, sql } from 'drizzle-orm';
import { ready, type Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { behindBranch } from './places.ts';

const lockedPosts = ready((q, { posts }) =>
	q
		.select({ place: posts.place, depth: posts.depth })
		.from(posts)
		.where(and(eq(posts.threadId, sql.placeholder('thread')), sql`${posts.locked}`))
		.orderBy(asc(posts.place))
);

/**
 * Which places of this thread take no answers. Branches are ranges of places that never cross, so one that begins inside another ends
 * with it; unlocking the outer one leaves the inner one closed.
 */
export async function closedBranches(q: Queries, tables: Tables, threadId: string): Promise<(place: string) => boolean> {
	const locked = await lockedPosts(q, tables, { thread: threadId });
	const closed: { from: string; before: string | undefined }[] = [];
	const isClosed = (place: string) => closed.some(({ from, before }) => place >= from && (before === undefined || place < before));
	for (const post of locked)
		if (!isClosed(post.place)) closed.push({ from: post.place, before: (await behindBranch(q, tables.posts, threadId, post))?.place });
	return isClosed;
}
