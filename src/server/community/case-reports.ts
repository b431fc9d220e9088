// Where a report goes: into the case its post already has, into a closed one that opens again, or into a new one.
import { and, desc, eq } from 'drizzle-orm';
import { firstLookWithin, reasons, type Reason } from '#lib/moderation.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { changeCase, createCase } from './case-events.ts';
import type { CaseRow, PostRow } from './case-rows.ts';
import type { Moment } from './write-and-tell.ts';

/**
 * Whether staff have already decided what this report says: the same text, for a reason as grave as those they looked at.
 * A worry about a life is looked at unless somebody looked at just that.
 */
export async function alreadyLookedAt(q: Queries, tables: Tables, past: CaseRow, postVersion: number, reason: Reason): Promise<boolean> {
	const { reports, caseEvents } = tables;
	if (past.outcome !== 'upheld' && past.outcome !== 'not_upheld') return false;
	const [closing] = await q
		.select({ detail: caseEvents.detail })
		.from(caseEvents)
		.where(and(eq(caseEvents.caseId, past.id), eq(caseEvents.kind, 'closed')))
		.orderBy(desc(caseEvents.version))
		.limit(1);
	if (Number(closing?.detail.post_version) < postVersion || reasons[reason].priority < past.priority) return false;
	if (reason !== 'worry_life') return true;
	const decided = await q
		.select({ status: reports.status })
		.from(reports)
		.where(and(eq(reports.caseId, past.id), eq(reports.reason, 'worry_life')));
	return decided.some(({ status }) => status === 'upheld' || status === 'not_upheld');
}

/** A case for a first report, which the report then joins. `apart`: from whom of staff it stays away (case-apart.ts). */
export async function createReportCase(tx: Queries, tables: Tables, moment: Moment, post: PostRow, reason: Reason, apart: string[]) {
	const { priority } = reasons[reason];
	const dueAt = moment.at + firstLookWithin[priority];
	const { id, version } = await createCase(tx, tables, moment, {
		kind: 'report',
		postId: post.id,
		boardId: post.board.id,
		priority,
		dueAt,
		apart
	});
	return { id, version, kind: 'report' as const, priority, dueAt };
}

/** What changes in a closed case that goes back into the queue, to be decided by whoever takes it. */
export function reopening({ reopened }: Pick<CaseRow, 'reopened'>) {
	return {
		state: 'open',
		outcome: null,
		closedAt: null,
		claimedBy: null,
		claimExpiresAt: null,
		escalatedBy: null,
		reopened: reopened + 1
	} as const;
}

export function reopenCase(tx: Queries, tables: Tables, moment: Moment, past: CaseRow): Promise<CaseRow> {
	const set = reopening(past);
	return changeCase(tx, tables, moment, { ...past, ...set }, { kind: 'reopened', set });
}
