// Where a post stands when its thread is read from top to bottom: a fractional key made once, when the post is written,
// so that a page of the tree is one range of an index however deep it grows.
import { and, asc, desc, eq, gt, lt, lte, sql } from 'drizzle-orm';
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import { ready, type Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';

/** Taking the first of many keys between two neighbours leaves room for later ones: a key grows by a letter in hundreds of answers, not in six. */
const room = 62;

export const firstPlace = () => generateKeyBetween(null, null);

type Standing = { place: string; depth: number };

/** Up to this depth branches may be long, and their end is looked for depth by depth; further down they are walked. */
const deep = 16;

/** The first post behind everything that stands below this one; below the opening stands all the rest. */
export async function behindBranch(q: Queries, posts: Tables['posts'], threadId: string, { place, depth }: Standing) {
	if (depth === 0) return undefined;
	const here = and(eq(posts.threadId, threadId), gt(posts.place, place));
	const levels = depth > deep ? [lte(posts.depth, depth)] : Array.from({ length: depth }, (_, above) => eq(posts.depth, above + 1));
	let first: { place: string } | undefined;
	for (const level of levels) {
		const [next] = await q.select({ place: posts.place }).from(posts).where(and(here, level)).orderBy(asc(posts.place)).limit(1);
		if (next && (!first || next.place < first.place)) first = next;
	}
	return first;
}

/** Everything that stands below this post, as a condition on posts. */
export async function belowPost(q: Queries, { posts }: Tables, threadId: string, post: Standing) {
	const next = await behindBranch(q, posts, threadId, post);
	return and(eq(posts.threadId, threadId), gt(posts.place, post.place), next ? lt(posts.place, next.place) : undefined);
}

const lastOf = ready((q, { posts }) =>
	q
		.select({ place: posts.place })
		.from(posts)
		.where(eq(posts.threadId, sql.placeholder('thread')))
		.orderBy(desc(posts.place))
		.limit(1)
);
const lastBefore = ready((q, { posts }) =>
	q
		.select({ place: posts.place })
		.from(posts)
		.where(and(eq(posts.threadId, sql.placeholder('thread')), lt(posts.place, sql.placeholder('next'))))
		.orderBy(desc(posts.place))
		.limit(1)
);

/** The place after everything that stands below `parent`, found inside the write that needs it. */
export async function placeUnder(tx: Queries, tables: Tables, threadId: string, parent: Standing): Promise<string> {
	const next = await behindBranch(tx, tables.posts, threadId, parent);
	const [last] = next
		? await lastBefore(tx, tables, { thread: threadId, next: next.place })
		: await lastOf(tx, tables, { thread: threadId });
	return placeBetween(last?.place ?? parent.place, next?.place);
}

/** The place for a new post behind `before`, and before `next` where anything stands there. */
export function placeBetween(before: string, next: string | undefined): string {
	return next ? (generateNKeysBetween(before, next, room)[0] ?? generateKeyBetween(before, next)) : generateKeyBetween(before, null);
}
