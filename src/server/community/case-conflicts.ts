// Nobody judges their own case (moderation.md): author, reporter, whom a block parts from either, or who wrote in that branch in the last day.
import { and, eq, gt, inArray, or } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { namedPostsOf, type Author, type Authorship } from './authorship.ts';
import type { PostRow } from './case-rows.ts';
import type { Actor } from './means.ts';
import { belowPost } from './places.ts';

type Post = Pick<PostRow, 'id' | 'threadId' | 'parentId' | 'place' | 'depth' | 'maskKey'> & Author;
const lately = 24 * 60 * 60_000;

/**
 * Whether a block parts this person from the author or from somebody who reported, whoever of the two blocked. It counts while somebody
 * else of staff is left to look: nobody gets out of reach of the desk by blocking all who sit there.
 */
async function isApart(q: Queries, { reports, members, blocks }: Tables, caseId: string, post: Post, actor: Actor): Promise<boolean> {
	const reporters = await q.selectDistinct({ id: reports.reporterId }).from(reports).where(eq(reports.caseId, caseId));
	const parties = [post.authorId, ...reporters.map(({ id }) => id)].filter((id) => id !== null);
	const parted = (who: string[]) =>
		or(
			and(inArray(blocks.memberId, who), inArray(blocks.blockedId, parties)),
			and(inArray(blocks.memberId, parties), inArray(blocks.blockedId, who))
		);
	if (parties.length === 0 || (await q.$count(blocks, parted([actor.id]))) === 0) return false;
	const staff = await q
		.select({ id: members.id })
		.from(members)
		.where(inArray(members.role, ['moderator', 'administrator']));
	const others = staff.map(({ id }) => id).filter((id) => id !== actor.id && !parties.includes(id));
	const found = await q.select({ one: blocks.memberId, other: blocks.blockedId }).from(blocks).where(parted(others));
	const busy = new Set(found.flatMap(({ one, other }) => [one, other]));
	return others.some((id) => !busy.has(id));
}

/** The branch is what the post answers, up to the opening, and everything below it. */
export async function inConflict(
	q: Queries,
	tables: Tables,
	{ wrote, maskTagOf }: Authorship,
	caseId: string,
	post: Post,
	actor: Actor,
	now: number
): Promise<boolean> {
	const { posts, reports } = tables;
	if (wrote(actor, post)) return true;
	// A report that was taken back was still this person's view of the post.
	if ((await q.$count(reports, and(eq(reports.caseId, caseId), eq(reports.reporterId, actor.id)))) > 0) return true;
	if (await isApart(q, tables, caseId, post, actor)) return true;
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
