// What becomes of a case when its post is taken back by its author, or its reports by their reporters.
import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, min, notInArray, or } from 'drizzle-orm';
import { reasons, type Reason } from '#lib/moderation.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { changeCase } from './case-events.ts';
import { closedReportCase, findCase, findPost, unfinishedCase, type CaseRow } from './case-rows.ts';
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
 * Open reports of a case that ends when its post is taken back. Undefined where it does not: staff reported the post too, somebody of staff
 * is reading it, it is being decided or passed on, or a life, a child or somebody's safety may be at stake.
 */
async function endsWithPost(tx: Queries, { reports, members }: Tables, found: CaseRow, now: number) {
	const open = await tx
		.select({ id: reports.id, reason: reports.reason, reporterId: reports.reporterId, role: members.role, toldAt: reports.settledAt })
		.from(reports)
		.leftJoin(members, eq(members.id, reports.reporterId))
		.where(and(eq(reports.caseId, found.id), eq(reports.status, 'open')))
		.orderBy(asc(reports.id));
	const byStaff = open.some(isStaff);
	const grave = open.some(({ reason }) => reasons[reason].priority === 0);
	const held = holderOf(found, now) !== undefined;
	const goesOn = byStaff || grave || held || found.state === 'decided' || found.state === 'escalated' || found.escalatedBy !== null;
	return goesOn ? undefined : open;
}

/** Inside the author's write: closes the case, unless it is looked at although the words are gone. */
export async function postWithdrawn(tx: Queries, tables: Tables, moment: Moment, postId: string): Promise<void> {
	const { reports } = tables;
	const found = await unfinishedCase(tx, tables, postId);
	if (!found) return;
	const open = await endsWithPost(tx, tables, found, moment.at);
	if (!open) {
		await changeCase(tx, tables, moment, found, { kind: 'target_withdrawn' });
		return;
	}
	const ids = open.map(({ id }) => id);
	const these = inArray(reports.id, ids);
	await tx.update(reports).set({ status: 'withdrawn' }).where(these);
	// For whom the author had blocked it was taken back at that moment, and their own file goes on saying so.
	await tx
		.update(reports)
		.set({ settledAt: moment.at })
		.where(and(these, isNull(reports.settledAt)));
	await tellTakenBack(tx, tables, moment, postId, open);
	const set = { state: 'closed', outcome: 'withdrawn', closedAt: moment.at, claimedBy: null, claimExpiresAt: null, score: 0 } as const;
	await changeCase(tx, tables, moment, found, { kind: 'target_withdrawn', detail: { reports: ids }, set });
}

type OpenReport = { reporterId: string | null; reason: Reason; toldAt: number | null };
async function tellTakenBack(tx: Queries, tables: Tables, moment: Moment, postId: string, open: OpenReport[]) {
	const told = await toldLately(tx, tables, postId, moment.at);
	for (const { reporterId, reason, toldAt } of open)
		if (reporterId && toldAt === null && !told.has(reporterId))
			await addNotice(tx, tables, moment, {
				memberId: reporterId,
				kind: 'report_settled',
				postId,
				detail: { outcome: 'withdrawn', reason }
			});
}

/**
 * Inside the write of a block: whoever is blocked and reported something is told what taking back would tell them, or they would learn of
 * the block. The report stays open for the desk; that it has a moment of settling says what its reporter believes.
 */
export async function blockedReporter(tx: Queries, tables: Tables, moment: Moment, author: string, reporter: string): Promise<void> {
	const { reports, posts } = tables;
	const theirs = await tx
		.select({ id: reports.id, postId: reports.postId })
		.from(reports)
		.innerJoin(posts, and(eq(posts.id, reports.postId), eq(posts.authorId, author), inArray(posts.state, ['standing', 'held'])))
		.where(and(eq(reports.reporterId, reporter), eq(reports.status, 'open'), isNull(reports.settledAt)))
		.orderBy(asc(reports.id));
	for (const { id, postId } of theirs) {
		const found = await unfinishedCase(tx, tables, postId);
		const open = found && (await endsWithPost(tx, tables, found, moment.at));
		const mine = open?.filter((one) => one.id === id) ?? [];
		if (mine.length === 0) continue;
		await tellTakenBack(tx, tables, moment, postId, mine);
		await tx.update(reports).set({ settledAt: moment.at }).where(eq(reports.id, id));
	}
}

/** And when the block ends: as when a post is put back, the report counts for them again. */
export async function unblockedReporter(tx: Queries, { reports, posts }: Tables, author: string, reporter: string): Promise<void> {
	const theirs = tx.select({ id: posts.id }).from(posts).where(eq(posts.authorId, author));
	await tx
		.update(reports)
		.set({ settledAt: null })
		.where(and(eq(reports.reporterId, reporter), eq(reports.status, 'open'), inArray(reports.postId, theirs)));
}

/** And when whoever blocked them leaves and lets posts stand, which everybody sees again. */
export async function blockerLeft(tx: Queries, { reports }: Tables, posts: string[]): Promise<void> {
	await tx
		.update(reports)
		.set({ settledAt: null })
		.where(and(inArray(reports.postId, posts), eq(reports.status, 'open'), isNotNull(reports.settledAt)));
}

/** Inside the author's write that puts the post back: its reports count again, with the clock they had. */
export async function postReturned(tx: Queries, tables: Tables, moment: Moment, postId: string): Promise<void> {
	const { reports, caseEvents, blocks } = tables;
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
	const these = inArray(reports.id, ids);
	await tx.update(reports).set({ status: 'open' }).where(these);
	// Whom the author blocks does not see it return: for them it stays settled since it was.
	const unseeing = tx
		.select({ id: blocks.blockedId })
		.from(blocks)
		.where(eq(blocks.memberId, post.authorId ?? ''));
	const seeing = or(isNull(reports.reporterId), notInArray(reports.reporterId, unseeing));
	await tx.update(reports).set({ settledAt: null }).where(and(these, seeing));
	const set = { state: 'open', outcome: null, closedAt: null, reopened: found.reopened + 1 } as const;
	await weighReports(tx, tables, moment, found, post, { kind: 'target_returned', set });
}

/** A case that nobody holds closes with its last report; one that a moderator reads is theirs to end. */
export async function takeBackReport(tx: Queries, tables: Tables, moment: Moment, reporterId: string, postId: string): Promise<void> {
	const { reports } = tables;
	const [taken] = await tx
		.update(reports)
		.set({ status: 'withdrawn', settledAt: moment.at })
		// Who was told that it is settled takes nothing back, whatever the desk knows.
		.where(and(eq(reports.reporterId, reporterId), eq(reports.postId, postId), eq(reports.status, 'open'), isNull(reports.settledAt)))
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
