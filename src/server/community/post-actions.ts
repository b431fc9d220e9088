// What each action changes in a post.
import { and, desc, eq } from 'drizzle-orm';
import type { PostAction } from '#lib/moderation.ts';
import type { Warning } from '#lib/warnings.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import type { PostRow } from './case-rows.ts';
import { renderMarkdown } from './markdown.ts';
import type { Moment } from './write-and-tell.ts';

const takenOut = 'A moderator took these words out.';
const titleTakenOut = 'A moderator took this title out';
type Changes = { state?: PostRow['state']; warnings?: Warning[]; locked?: boolean; folded?: null };

/** A held post that is not removed stands from now on. */
export function changesOf(
	post: PostRow,
	{ postAction, warnings }: { postAction: PostAction; warnings: Warning[] },
	kept: Warning[]
): Changes {
	const changes: Changes = post.state === 'held' && postAction !== 'remove' ? { state: 'standing' } : {};
	if (postAction === 'add_warning') changes.warnings = [...new Set([...kept, ...warnings])];
	if (postAction === 'lock') changes.locked = true;
	if (postAction === 'remove') changes.state = 'removed';
	if (postAction === 'restore') return { ...changes, folded: null, locked: false };
	return changes;
}

/** Put back as it was taken: what its author had withdrawn before stays withdrawn. */
export async function stateAfterRestore(q: Queries, { cases, caseEvents }: Tables, postId: string): Promise<'standing' | 'withdrawn'> {
	const applied = await q
		.select({ detail: caseEvents.detail })
		.from(caseEvents)
		.innerJoin(cases, eq(cases.id, caseEvents.caseId))
		.where(and(eq(cases.postId, postId), eq(caseEvents.kind, 'applied')))
		.orderBy(desc(caseEvents.at), desc(caseEvents.version));
	const removal = applied.find(({ detail }) => detail.post_action === 'remove' && detail.post_was !== 'removed');
	return removal?.detail.post_was === 'withdrawn' ? 'withdrawn' : 'standing';
}

/** A sentence takes the place of the words; what they were is kept for staff, and for their author's notice. */
export async function redact(tx: Queries, { posts, postRevisions, threads }: Tables, moment: Moment, post: PostRow): Promise<void> {
	const title = post.parentId === null ? post.title : null;
	await tx.insert(postRevisions).values({
		id: moment.newId(),
		postId: post.id,
		version: post.version,
		title,
		body: post.body,
		warnings: post.warnings,
		replacedAt: moment.at
	});
	await tx
		.update(posts)
		.set({ body: takenOut, html: renderMarkdown(takenOut), version: post.version + 1 })
		.where(eq(posts.id, post.id));
	if (post.parentId === null)
		await tx.update(threads).set({ title: titleTakenOut, excerpt: takenOut }).where(eq(threads.id, post.threadId));
}
