// Trust grows by days and by threads of others that a member has answered. It only weighs reports, is never shown and never a score.
import { and, countDistinct, eq, isNotNull, ne } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { namedPostsOf } from './authorship.ts';

const day = 24 * 60 * 60_000;
/** From the highest down. */
const levels = [
	{ trust: 3, days: 90, answered: 30 },
	{ trust: 2, days: 30, answered: 10 },
	{ trust: 1, days: 7, answered: 3 }
];

/** 0–3, raised in the member's row when it has grown; it does not fall again when a thread goes. */
export async function trustOf(
	tx: Queries,
	tables: Tables,
	member: { id: string; joinedAt: number; trust: number },
	now: number
): Promise<number> {
	const { members, posts, threads } = tables;
	const days = (now - member.joinedAt) / day;
	const possible = levels.filter((level) => level.trust > member.trust && days >= level.days);
	if (possible.length === 0) return member.trust;
	const [found] = await tx
		.select({ answered: countDistinct(posts.threadId) })
		.from(posts)
		.innerJoin(threads, eq(threads.id, posts.threadId))
		.where(and(namedPostsOf(tables, member.id), eq(posts.state, 'standing'), isNotNull(posts.parentId), ne(threads.authorId, member.id)));
	const grown = possible.find((level) => (found?.answered ?? 0) >= level.answered)?.trust ?? member.trust;
	if (grown > member.trust) await tx.update(members).set({ trust: grown }).where(eq(members.id, member.id));
	return grown;
}
