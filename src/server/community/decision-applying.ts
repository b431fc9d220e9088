// A decision takes effect: with all that follows from it, in one write, once, whichever process comes first.
import { and, asc, eq, inArray, lte, ne, or } from 'drizzle-orm';
import { isDuration } from '#lib/moderation.ts';
import type { Queries } from '#server/store/database.ts';
import { findCase, findPost } from './case-rows.ts';
import { closeCase } from './decision-closing.ts';
import { applyToAuthor, applyToPost } from './decision-effects.ts';
import { editedSince, setAside } from './decision-set-aside.ts';
import { indexPost } from './indexing.ts';
import type { Means } from './means.ts';
import type { Moment } from './write-and-tell.ts';

/** False where it was applied or undone before, or is not due. */
export async function applyDecision(tx: Queries, means: Means, moment: Moment, id: string, { early = false } = {}): Promise<boolean> {
	const { db } = means;
	const { decisions } = db.tables;
	const [decision] = await tx
		.update(decisions)
		.set({ settled: 'applied', ...(early && { applyAt: moment.at }) })
		.where(and(eq(decisions.id, id), eq(decisions.settled, 'waiting'), early ? undefined : lte(decisions.applyAt, moment.at)))
		.returning({
			id: decisions.id,
			caseId: decisions.caseId,
			moderatorId: decisions.moderatorId,
			postAction: decisions.postAction,
			authorAction: decisions.authorAction,
			rule: decisions.rule,
			reason: decisions.reason,
			duration: decisions.duration,
			warnings: decisions.warnings,
			decidedAt: decisions.decidedAt
		});
	if (!decision) return false;
	const found = await findCase(tx, db.tables, decision.caseId);
	const post = found && (await findPost(tx, db.tables, found.postId));
	if (!found || !post) throw new Error(`Decision ${id} is about a case or post that is gone.`);
	const duration = decision.duration !== null && isDuration(decision.duration) ? decision.duration : null;
	const applying = {
		...decision,
		duration,
		outcome: decision.authorAction === 'none' && ['none', 'restore'].includes(decision.postAction) ? 'not_upheld' : 'upheld'
	} as const;
	if (await editedSince(tx, db.tables, found, post, decision.postAction)) {
		await setAside(tx, means, moment, found, post, applying);
		return true;
	}
	const after = await applyToPost(tx, db.tables, moment, found, post, applying);
	await indexPost(tx, db, post.id);
	await applyToAuthor(tx, means, moment, found, post, applying);
	await closeCase(tx, db.tables, moment, after, post.id, applying);
	return true;
}

/**
 * Inside the write that erases these posts, before it does: afterwards nothing says whom a decision was about, so one that asks something of
 * the author, or no longer asks it, waits for its twelve seconds no longer. Restoring puts a mistake right, as after the twelve seconds.
 */
export async function applyBeforeErasing(tx: Queries, means: Means, moment: Moment, posts: string[]): Promise<void> {
	const { decisions, cases } = means.db.tables;
	const waiting = await tx
		.select({ id: decisions.id })
		.from(decisions)
		.innerJoin(cases, eq(cases.id, decisions.caseId))
		.where(
			and(
				inArray(cases.postId, posts),
				eq(decisions.settled, 'waiting'),
				or(ne(decisions.authorAction, 'none'), eq(decisions.postAction, 'restore'))
			)
		)
		.orderBy(asc(decisions.decidedAt), asc(decisions.id));
	for (const { id } of waiting) await applyDecision(tx, means, moment, id, { early: true });
}
