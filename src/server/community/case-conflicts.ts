// Nobody judges their own case (moderation.md): author, reporter, whom a block parts from a named author, or who wrote in that branch in the last day.
import { and, eq, gt, or } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import { namedPostsOf, type Author, type Authorship } from './authorship.ts';
import { allApart, apartIn, nobodyApart, someoneIsFree } from './case-apart.ts';
import type { PostRow } from './case-rows.ts';
import type { Actor, Means } from './means.ts';
import { belowPost } from './places.ts';
import { hiddenFrom } from './sight.ts';

type Held = Pick<Means, 'db' | 'now' | 'sealer'>;
type Post = Pick<PostRow, 'id' | 'threadId' | 'parentId' | 'place' | 'depth' | 'maskKey'> & Author;
const lately = 24 * 60 * 60_000;

/**
 * Whether a block parts this person from the author of a named post, whoever of the two blocked, while somebody else of staff is left.
 * Blocks against who reported never count here: a moderator could make and undo them, and see by the answer who that was (case-apart.ts).
 */
async function isApart(q: Queries, means: Held, caseId: string, post: Post, actor: Actor): Promise<boolean> {
	if (!(await hiddenFrom(q, means.db.tables, actor, post.authorId))) return false;
	const { reports } = means.db.tables;
	const reporters = await q.selectDistinct({ id: reports.reporterId }).from(reports).where(eq(reports.caseId, caseId));
	const apart = (await apartIn(q, means.db.tables, [caseId])).get(caseId) ?? nobodyApart;
	return someoneIsFree(q, means, post, [actor.id, ...reporters.flatMap(({ id }) => id ?? [])], allApart(apart));
}

/** The branch is what the post answers, up to the opening, and everything below it. */
export async function inConflict(
	q: Queries,
	means: Held,
	{ wrote, maskTagOf }: Authorship,
	caseId: string,
	post: Post,
	actor: Actor,
	now: number
): Promise<boolean> {
	const { tables } = means.db;
	const { posts, reports } = tables;
	if (wrote(actor, post)) return true;
	// A report that was taken back was still this person's view of the post.
	if ((await q.$count(reports, and(eq(reports.caseId, caseId), eq(reports.reporterId, actor.id)))) > 0) return true;
	if (await isApart(q, means, caseId, post, actor)) return true;
	const masked = post.maskKey === null ? undefined : eq(posts.maskTag, maskTagOf(actor.id, post.threadId, post.maskKey));
	const mine = or(namedPostsOf(tables, actor.id), masked);
	const mineLately = and(eq(posts.threadId, post.threadId), mine, gt(posts.postedAt, now - lately));
	const written = await q.select({ id: posts.id }).from(posts).where(mineLately);
	if (written.length === 0) return false;
	if ((await q.$count(posts, and(mineLately, await belowPost(q, tables, post.threadId, post)))) > 0) return true;
	for (let above = post.parentId; above !== null;) {
		if (written.some(({ id }) => id === above)) return true;
		const [parent] = await q.select({ parentId: posts.parentId }).from(posts).where(eq(posts.id, above));
		above = parent?.parentId ?? null;
	}
	return false;
}
