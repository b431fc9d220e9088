// Words that nobody read do not go public by a decision about other words: what it says about the post is set aside.
import { eq } from 'drizzle-orm';
import { firstLookWithin, type PostAction } from '#lib/moderation.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { freeState } from './case-claims.ts';
import { changeCase } from './case-events.ts';
import type { CaseRow, PostRow } from './case-rows.ts';
import { versionDecided } from './decision-closing.ts';
import { applyToAuthor, type Applying } from './decision-effects.ts';
import type { Means } from './means.ts';
import type { Moment } from './write-and-tell.ts';

/** Whether the decision would open words to everybody that its author wrote after it was made. */
export async function editedSince(tx: Queries, tables: Tables, found: CaseRow, post: PostRow, postAction: PostAction): Promise<boolean> {
	if (postAction === 'remove' || postAction === 'redact') return false;
	// A held post that was taken back meanwhile would stand when it returns.
	const waits = post.state === 'held' || (post.state === 'withdrawn' && found.kind === 'held_post');
	if (!waits && postAction !== 'restore') return false;
	return post.version !== (await versionDecided(tx, tables, found.id, false, post.version));
}

/** The post stays as it is and its case waits again. What was asked of the author holds: an edit is no way around it. */
export async function setAside(
	tx: Queries,
	means: Means,
	moment: Moment,
	found: CaseRow,
	post: PostRow,
	decision: Applying
): Promise<void> {
	const { tables } = means.db;
	const { decisions } = tables;
	if (decision.authorAction === 'none') await tx.update(decisions).set({ settled: 'undone' }).where(eq(decisions.id, decision.id));
	else await applyToAuthor(tx, means, moment, found, post, decision);
	await changeCase(tx, tables, moment, found, {
		kind: 'reopened',
		detail: { by: 'edit' },
		set: {
			state: freeState(found),
			outcome: null,
			closedAt: null,
			claimedBy: null,
			claimExpiresAt: null,
			reopened: found.reopened + 1,
			// An edit does not put off the first look; a case that had been closed starts a clock of its own.
			dueAt: found.outcome === null ? found.dueAt : moment.at + firstLookWithin[found.priority]
		}
	});
}
