// Where a post stands when its thread is read from top to bottom: a fractional key made once, when the post is written,
// so that a page of the tree is one range of an index however deep it grows.
import { and, asc, desc, eq, gt, lt, lte } from 'drizzle-orm';
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';

/** Taking the first of many keys between two neighbours leaves room for later ones: a key grows by a letter in hundreds of answers, not in six. */
const room = 62;

export const firstPlace = () => generateKeyBetween(null, null);

/** The place after everything that stands below `parent`, found inside the write that needs it. */
export async function placeUnder(
	tx: Queries,
	{ posts }: Tables,
	threadId: string,
	parent: { place: string; depth: number }
): Promise<string> {
	const here = eq(posts.threadId, threadId);
	const [next] =
		parent.depth === 0
			? []
			: await tx
					.select({ place: posts.place })
					.from(posts)
					.where(and(here, gt(posts.place, parent.place), lte(posts.depth, parent.depth)))
					.orderBy(asc(posts.place))
					.limit(1);
	const [last] = await tx
		.select({ place: posts.place })
		.from(posts)
		.where(and(here, next ? lt(posts.place, next.place) : undefined))
		.orderBy(desc(posts.place))
		.limit(1);
	const before = last?.place ?? parent.place;
	return next
		? (generateNKeysBetween(before, next.place, room)[0] ?? generateKeyBetween(before, next.place))
		: generateKeyBetween(before, null);
}
