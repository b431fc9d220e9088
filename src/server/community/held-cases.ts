// A post that waits for a moderator before others see it.
import { and, desc, eq } from 'drizzle-orm';
import { firstLookWithin } from '#lib/moderation.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { tellAuthor, type Author } from './authorship.ts';
import { createCase } from './case-events.ts';
import { unfinishedCase } from './case-rows.ts';
import type { Moment } from './write-and-tell.ts';

const priority = 2;
type Held = { id: string; boardId: string } & Author;

/** Opens the case of a post that was just held and tells its author at once, inside the write that posts it. */
export async function openHeldCase(tx: Queries, tables: Tables, moment: Moment, post: Held): Promise<void> {
	const { id: postId, boardId } = post;
	await tellAuthor(tx, tables, moment, post, { kind: 'post_held' });
	// A grave case outlives the withdrawal of its post; when the post comes back, that one is looked at.
	if (await unfinishedCase(tx, tables, postId)) return;
	await createCase(tx, tables, moment, { kind: 'held_post', postId, boardId, priority, dueAt: moment.at + firstLookWithin[priority] });
}

/** Whether the post was held and nobody has let it through: taking it back and putting it up again is no way past. */
export async function wasHeld(q: Queries, { cases }: Tables, postId: string): Promise<boolean> {
	const [last] = await q
		.select({ state: cases.state, outcome: cases.outcome })
		.from(cases)
		.where(and(eq(cases.postId, postId), eq(cases.kind, 'held_post')))
		.orderBy(desc(cases.openedAt), desc(cases.id))
		.limit(1);
	return last !== undefined && (last.state !== 'closed' || last.outcome === 'withdrawn');
}

/**
 * Whether a moderator took words out of this post and nobody has let other words stand since: until then its author's edits wait, or
 * what was taken out would come straight back.
 */
export async function waitsSinceRedaction(q: Queries, { cases, caseEvents }: Tables, postId: string): Promise<boolean> {
	const applied = await q
		.select({ detail: caseEvents.detail })
		.from(caseEvents)
		.innerJoin(cases, eq(cases.id, caseEvents.caseId))
		.where(and(eq(cases.postId, postId), eq(caseEvents.kind, 'applied')))
		.orderBy(desc(caseEvents.at), desc(caseEvents.version));
	const last = applied.find(
		({ detail }) =>
			detail.post_action === 'redact' || detail.post_action === 'restore' || (detail.post_was === 'held' && detail.post_action !== 'remove')
	);
	return last?.detail.post_action === 'redact';
}
