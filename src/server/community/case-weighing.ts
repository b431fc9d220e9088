// After a report comes or goes: what the open reports of a case add up to, and what follows without anybody deciding.
// Nothing automatic goes beyond folding and adding a content warning.
import { and, asc, eq } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { firstLookWithin, reasons, type Priority } from '#lib/moderation.ts';
import type { Warning } from '#lib/warnings.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { tellAuthor, type Author } from './authorship.ts';
import { changeCase, type CaseEvent } from './case-events.ts';
import { foldPost, lastFold, unfoldPost } from './folding.ts';
import { isStaff } from './means.ts';
import { priorityOf, reasonToFold, scoreOf, warningsToAdd } from './report-scores.ts';
import { reportersTogether, staffWeight } from './report-weights.ts';
import type { Moment } from './write-and-tell.ts';

export type WeighedCase = { id: string; version: number; kind: 'report' | 'held_post'; priority: Priority; dueAt: number };
export type WeighedPost = {
	id: string;
	threadId: string;
	state: string;
	folded: string | null;
	warnings: Warning[];
} & Author;

async function openReports(tx: Queries, tables: Tables, caseId: string, author: Author, now: number) {
	const { reports, members } = tables;
	const rows = await tx
		.select({
			id: reports.id,
			reporterId: reports.reporterId,
			reason: reports.reason,
			weight: reports.weight,
			trusted: reports.trusted,
			suggested: reports.suggested,
			reportedAt: reports.reportedAt,
			role: members.role,
			joinedAt: members.joinedAt
		})
		.from(reports)
		.leftJoin(members, eq(members.id, reports.reporterId))
		.where(and(eq(reports.caseId, caseId), eq(reports.status, 'open')))
		.orderBy(asc(reports.reportedAt), asc(reports.id));
	const together = await reportersTogether(
		tx,
		tables,
		author,
		rows.flatMap(({ reporterId }) => reporterId ?? []),
		now
	);
	return rows.map(({ id, reporterId, role, joinedAt, ...report }) => {
		const staff = isStaff({ role }) && report.weight >= staffWeight;
		// Nobody can tell any more how long somebody who left had been here.
		const newcomer = !staff && (joinedAt === null || report.reportedAt - joinedAt < limits.firstDay);
		return { ...report, reporterId: reporterId ?? id, staff, newcomer, half: !staff && reporterId !== null && together.has(reporterId) };
	});
}

/** Logs `event` with the case's new score, priority and due time, then folds, unfolds or warns as the open reports ask. */
export async function weighReports<T extends WeighedCase>(
	tx: Queries,
	tables: Tables,
	moment: Moment,
	was: T,
	post: WeighedPost,
	event: CaseEvent
): Promise<T> {
	const open = await openReports(tx, tables, was.id, post, moment.at);
	const held = was.kind === 'held_post';
	const priority = open.length === 0 || (held && priorityOf(open) > was.priority) ? was.priority : priorityOf(open);
	// Each report starts a clock of its own; the case is due when the first of them runs out.
	const clocks = open.map(({ reason, reportedAt }) => reportedAt + firstLookWithin[reasons[reason].priority]);
	const dueAt = open.length === 0 ? was.dueAt : Math.min(...clocks, ...(held ? [was.dueAt] : []));
	let current = await changeCase(tx, tables, moment, was, { ...event, set: { score: scoreOf(open), priority, dueAt, ...event.set } });
	if (priority !== was.priority)
		current = await changeCase(tx, tables, moment, current, { kind: 'priority_changed', detail: { from: was.priority, to: priority } });
	if (post.state !== 'standing') return current;

	const reason = reasonToFold(open);
	if (reason && !post.folded) current = await foldPost(tx, tables, moment, current, post, reason, 'reports');
	if (!reason && post.folded && (await lastFold(tx, tables, post.id))?.detail.by === 'reports')
		current = await unfoldPost(tx, tables, moment, current, post);

	const missing = warningsToAdd(open).filter((warning) => !post.warnings.includes(warning));
	return missing.length > 0 ? addWarnings(tx, tables, moment, current, post, missing) : current;
}

/** Provisional: logged, so that a decision can take back what nobody meant. */
async function addWarnings<T extends WeighedCase>(
	tx: Queries,
	tables: Tables,
	moment: Moment,
	was: T,
	post: WeighedPost,
	missing: Warning[]
): Promise<T> {
	const { posts } = tables;
	await tx
		.update(posts)
		.set({ warnings: [...post.warnings, ...missing] })
		.where(eq(posts.id, post.id));
	moment.tells.push({ type: 'post.changed', thread: post.threadId, post: post.id });
	await tellAuthor(tx, tables, moment, post, { kind: 'warning_added', detail: { warnings: missing.join(' ') } });
	return changeCase(tx, tables, moment, was, { kind: 'warning_added', detail: { warnings: missing } });
}
