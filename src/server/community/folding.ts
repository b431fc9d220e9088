// Folding: a post behind a notice, reachable. Its author is told for which reason, and may edit it once after ten minutes.
import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import type { Reason } from '#lib/moderation.ts';
import { Invalid } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { tellAuthor, type Author } from './authorship.ts';
import { changeCase } from './case-events.ts';
import type { Moment } from './write-and-tell.ts';

/** What a folded opening is called where its words stay behind the notice. */
export const foldedTitle = 'A folded story';

/** What stands in lists in the place of a title that may not be shown there; undefined where it may. */
export function titleInstead(opening: { state: string; folded: string | null } | undefined): string | undefined {
	if (opening?.state !== 'standing') return 'A story that is no longer here';
	return opening.folded === null ? undefined : foldedTitle;
}

type Version = { id: string; version: number };
type Post = { id: string; threadId: string } & Author;
/** Folding and unfolding in turn must not send the author a notice each time. */
const sameNoticeWithin = 24 * 60 * 60_000;

export async function foldPost<T extends Version>(
	tx: Queries,
	tables: Tables,
	moment: Moment,
	was: T,
	post: Post,
	reason: Reason,
	by: 'reports' | 'decision'
): Promise<T> {
	const { posts, notices } = tables;
	await tx.update(posts).set({ folded: reason }).where(eq(posts.id, post.id));
	moment.tells.push({ type: 'post.changed', thread: post.threadId, post: post.id });
	if (by === 'reports') {
		const told = await tx.$count(
			notices,
			and(eq(notices.kind, 'post_folded'), eq(notices.postId, post.id), gt(notices.at, moment.at - sameNoticeWithin))
		);
		if (told === 0) await tellAuthor(tx, tables, moment, post, { kind: 'post_folded', detail: { reason } });
	}
	return changeCase(tx, tables, moment, was, { kind: 'folded', detail: { reason, by } });
}

export async function unfoldPost<T extends Version>(tx: Queries, tables: Tables, moment: Moment, was: T, post: Post): Promise<T> {
	const { posts } = tables;
	await tx.update(posts).set({ folded: null }).where(eq(posts.id, post.id));
	moment.tells.push({ type: 'post.changed', thread: post.threadId, post: post.id });
	return changeCase(tx, tables, moment, was, { kind: 'unfolded' });
}

/** When and by whom the post was folded last, where it is folded. */
export async function lastFold(q: Queries, { cases, caseEvents }: Tables, postId: string) {
	const [last] = await q
		.select({ kind: caseEvents.kind, detail: caseEvents.detail, at: caseEvents.at })
		.from(caseEvents)
		.innerJoin(cases, eq(cases.id, caseEvents.caseId))
		.where(and(eq(cases.postId, postId), inArray(caseEvents.kind, ['folded', 'unfolded'])))
		.orderBy(desc(caseEvents.at), desc(caseEvents.version))
		.limit(1);
	return last?.kind === 'folded' ? last : undefined;
}

/** By whom these folded posts were folded last. */
export async function foldedBy(
	q: Queries,
	{ cases, caseEvents }: Tables,
	postIds: string[]
): Promise<Map<string, 'reports' | 'moderator'>> {
	if (postIds.length === 0) return new Map();
	const folds = await q
		.select({ postId: cases.postId, detail: caseEvents.detail })
		.from(caseEvents)
		.innerJoin(cases, eq(cases.id, caseEvents.caseId))
		.where(and(inArray(cases.postId, postIds), eq(caseEvents.kind, 'folded')))
		.orderBy(asc(caseEvents.at), asc(caseEvents.version));
	return new Map(folds.map(({ postId, detail }) => [postId, detail.by === 'reports' ? 'reports' : 'moderator']));
}

/** For the author's edit of a folded post, inside its write: throws Invalid with what to do. */
export async function mayEditFolded(tx: Queries, tables: Tables, postId: string, now: number): Promise<void> {
	const { posts } = tables;
	const [post] = await tx.select({ folded: posts.folded, editedAt: posts.editedAt }).from(posts).where(eq(posts.id, postId));
	if (!post?.folded) return;
	const fold = await lastFold(tx, tables, postId);
	if (!fold) return;
	if (now - fold.at < limits.foldedEditAfter)
		throw new Invalid({ form: 'This post was folded a moment ago. You can edit it ten minutes after that; your words are kept here.' });
	if ((post.editedAt ?? 0) >= fold.at)
		throw new Invalid({ form: 'You have edited this post since it was folded. A moderator looks at it next; your words are kept here.' });
}
