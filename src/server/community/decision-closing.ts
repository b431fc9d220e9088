// The end of a case: its reports are settled, its reporters hear what became of them. What came in too late to be seen stays open.
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Outcome, PostAction } from '#lib/moderation.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { changeCase } from './case-events.ts';
import { alreadyLookedAt, reopening } from './case-reports.ts';
import { findPost, type CaseRow } from './case-rows.ts';
import { weighReports } from './case-weighing.ts';
import { addNotice } from './notice-rows.ts';
import { priorityOf } from './report-scores.ts';
import type { Moment } from './write-and-tell.ts';

type Settled = { outcome: Extract<Outcome, 'upheld' | 'not_upheld'>; decidedAt: number; postAction: PostAction };

/** The newest version of the post that the moderator, or nobody any more, can read. */
export async function versionDecided(
	tx: Queries,
	{ caseEvents }: Tables,
	caseId: string,
	redacted: boolean,
	version: number
): Promise<number> {
	if (redacted) return version;
	const [set] = await tx
		.select({ detail: caseEvents.detail })
		.from(caseEvents)
		.where(and(eq(caseEvents.caseId, caseId), eq(caseEvents.kind, 'decision_set')))
		.orderBy(desc(caseEvents.version))
		.limit(1);
	return Number(set?.detail.post_version ?? version);
}

export async function closeCase(
	tx: Queries,
	tables: Tables,
	moment: Moment,
	was: CaseRow,
	postId: string,
	{ outcome, decidedAt, postAction }: Settled
): Promise<void> {
	const { reports } = tables;
	const post = await findPost(tx, tables, postId);
	if (!post) throw new Error(`Post ${postId} is gone while its case closes.`);
	const seen = await versionDecided(tx, tables, was.id, postAction === 'redact', post.version);
	const set = {
		state: 'closed',
		outcome,
		closedAt: moment.at,
		claimedBy: null,
		claimExpiresAt: null,
		escalatedBy: null,
		score: 0
	} as const;
	const closed = {
		...(await changeCase(tx, tables, moment, was, { kind: 'closed', detail: { outcome, post_version: seen }, set })),
		...set
	};

	const open = await tx
		.select({
			id: reports.id,
			reporterId: reports.reporterId,
			reason: reports.reason,
			version: reports.postVersion,
			toldAt: reports.settledAt,
			reportedAt: reports.reportedAt
		})
		.from(reports)
		.where(and(eq(reports.caseId, was.id), eq(reports.status, 'open')))
		.orderBy(asc(reports.reportedAt), asc(reports.id));
	const settled = open.filter(({ reportedAt }) => post.state !== 'standing' || reportedAt <= decidedAt);
	// What came after the decision may have raised the priority: it counts as looked at only by the reasons that were seen.
	const lookedAt = { ...closed, priority: priorityOf(settled) };
	for (const report of open)
		if (!settled.includes(report) && (await alreadyLookedAt(tx, tables, lookedAt, report.version, report.reason))) settled.push(report);
	// Whom the author blocked meanwhile was told that the post is taken back (case-withdrawals.ts), and hears no second end. To the desk their
	// report ends like the others; that its moment of settling is none of the case's own says on what they believe (held-about.ts).
	const believing = settled.filter(({ toldAt }) => toldAt !== null);
	const waiting = settled.filter(({ toldAt }) => toldAt === null);
	const idsOf = (some: { id: string }[]) =>
		inArray(
			reports.id,
			some.map(({ id }) => id)
		);
	if (believing.length > 0) await tx.update(reports).set({ status: outcome }).where(idsOf(believing));
	if (waiting.length > 0) await tx.update(reports).set({ status: outcome, settledAt: moment.at }).where(idsOf(waiting));
	for (const { reporterId, reason } of waiting)
		if (reporterId)
			await addNotice(tx, tables, moment, { memberId: reporterId, kind: 'report_settled', postId, detail: { outcome, reason } });
	if (settled.length < open.length) await weighReports(tx, tables, moment, closed, post, { kind: 'reopened', set: reopening(closed) });
}
