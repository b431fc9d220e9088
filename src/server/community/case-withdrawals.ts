// What becomes of a case when its post is taken back by its author, or its reports by their reporters.
import { and, asc, count, desc, eq, gt, inArray, min } from 'drizzle-orm';
import { reasons } from '#lib/moderation.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { changeCase } from './case-events.ts';
import { closedReportCase, findCase, findPost, unfinishedCase } from './case-rows.ts';
import { holderOf } from './case-claims.ts';
import { weighReports } from './case-weighing.ts';
import { isStaff } from './means.ts';
import { addNotice } from './notice-rows.ts';
import type { Moment } from './write-and-tell.ts';

const day = 24 * 60 * 60_000;
/** Enough for doubts; more in a day is somebody wearing out those who reported, or those who look. */
const mostPutBacks = 5;

/** Every time a post with a case was taken back is in its log: the sixth time in a day it stays so for a while. */
export async function requireFewPutBacks(tx: Queries, { cases, caseEvents }: Tables, postId: string, now: number): Promise<void> {
	const [today] = await tx
		.select({ number: count(), first: min(caseEvents.at) })
		.from(caseEvents)
		.innerJoin(cases, eq(cases.id, caseEvents.caseId))
		.where(and(eq(cases.postId, postId), eq(caseEvents.kind, 'target_withdrawn'), gt(caseEvents.at, now - day)));
	if ((today?.number ?? 0) > mostPutBacks) throw new Refusal('too_many', Math.ceil(((today?.first ?? now) + day - now) / 1000));
}

/** Who heard within the last day that this post was taken back: once is enough. */
async function toldLately(tx: Queries, { notices }: Tables, postId: string, now: number): Promise<Set<string>> {
	const lately = await tx
		.select({ memberId: notices.memberId, detail: notices.detail })
		.from(notices)
		.where(and(eq(notices.postId, postId), eq(notices.kind, 'report_settled'), gt(notices.at, now - day)));
	return new Set(lately.flatMap(({ memberId, detail }) => (memberId !== null && detail.outcome === 'withdrawn' ? [memberId] : [])));
}

/**
 * Inside the author's write: closes the case, unless staff reported the post too, somebody of staff is reading it, it is being decided
 * or passed on, or a life, a child or somebody's safety may be at stake: that is looked at although the words are gone.
 */
export async function postWithdrawn(tx: Queries, tables: Tables, moment: Moment, postId: string): Promise<void> {
	const { reports, members } = tables;
	const found = await unfinishedCase(tx, tables, postId);
	if (!found) return;
	const open = await tx
		.select({ id: reports.id, reason: reports.reason, reporterId: reports.reporterId, role: members.role })
		.from(reports)
		.leftJoin(members, eq(members.id, reports.reporterId))
		.where(and(eq(reports.caseId, found.id), eq(reports.status, 'open')))
		.orderBy(asc(reports.id));
	const byStaff = open.some(isStaff);
	const grave = open.some(({ reason }) => reasons[reason].priority === 0);
	const held = holderOf(found, moment.at) !== undefined;
	if (byStaff || grave || held || found.state === 'decided' || found.state === 'escalated' || found.escalatedBy !== null) {
		await changeCase(tx, tables, moment, found, { kind: 'target_withdrawn' });
		return;
	}
	const ids = open.map(({ id }) => id);
	if (ids.length > 0) await tx.update(reports).set({ status: 'withdrawn', settledAt: moment.at }).where(inArray(reports.id, ids));
	const told = await toldLately(tx, tables, postId, moment.at);
	for (const { reporterId, reason } of open)
		if (reporterId && !told.has(reporterId))
			await addNotice(tx, tables, moment, {
				memberId: reporterId,
				kind: 'report_settled',
				postId,
				detail: { outcome: 'withdrawn', reason }
			});
	const set = { state: 'closed', outcome: 'withdrawn', closedAt: moment.at, claimedBy: null, claimExpiresAt: null, score: 0 } as const;
	await changeCase(tx, tables, moment, found, { kind: 'target_withdrawn', detail: { reports: ids }, set });
}

/** Inside the author's write that puts the post back: its reports count again, with the clock they had. */
export async function postReturned(tx: Queries, tables: Tables, moment: Moment, postId: string): Promise<void> {
	const { reports, caseEvents } = tables;
	const [found, post] = [await closedReportCase(tx, tables, postId), await findPost(tx, tables, postId)];
	if (!found || !post || found.outcome !== 'withdrawn' || (await unfinishedCase(tx, tables, postId))) return;
	const [last] = await tx
		.select({ kind: caseEvents.kind, detail: caseEvents.detail })
		.from(caseEvents)
		.where(eq(caseEvents.caseId, found.id))
		.orderBy(desc(caseEvents.version))
		.limit(1);
	const ids = last?.kind === 'target_withdrawn' && Array.isArray(last.detail.reports) ? last.detail.reports : [];
	if (ids.length === 0) return;
	await tx.update(reports).set({ status: 'open', settledAt: null }).where(inArray(reports.id, ids));
	const set = { state: 'open', outcome: null, closedAt: null, reopened: found.reopened + 1 } as const;
	await weighReports(tx, tables, moment, found, post, { kind: 'target_returned', set });
}

/** A case that nobody holds closes with its last report; one that a moderator reads is theirs to end. */
export async function takeBackReport(tx: Queries, tables: Tables, moment: Moment, reporterId: string, postId: string): Promise<void> {
	const { reports } = tables;
	const [taken] = await tx
		.update(reports)
		.set({ status: 'withdrawn', settledAt: moment.at })
		.where(and(eq(reports.reporterId, reporterId), eq(reports.postId, postId), eq(reports.status, 'open')))
		.returning({ caseId: reports.caseId, reason: reports.reason });
	const found = taken && (await findCase(tx, tables, taken.caseId));
	const post = found && (await findPost(tx, tables, postId));
	if (!found || !post) return;
	const weighed = await weighReports(tx, tables, moment, found, post, { kind: 'report_taken_back', detail: { reason: taken.reason } });
	const waiting = found.kind === 'report' && (found.state === 'open' || (found.state === 'claimed' && !holderOf(found, moment.at)));
	if (!waiting || (await tx.$count(reports, and(eq(reports.caseId, found.id), eq(reports.status, 'open')))) > 0) return;
	const set = { state: 'closed', outcome: 'withdrawn', closedAt: moment.at, claimedBy: null, claimExpiresAt: null } as const;
	await changeCase(tx, tables, moment, weighed, { kind: 'closed', detail: { outcome: 'withdrawn', post_version: post.version }, set });
}
