// Reports, cases, decisions and what follows from them (moderation.md). A row names the post, never a person behind a mask.
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { AuthorAction, CaseState, Outcome, PostAction, Priority, Reason, SanctionKind } from '../../lib/moderation.ts';
import type { Words } from './columns.postgres.ts';
import type { BoardWarnings } from './values.ts';

type Snapshot = { title: string; body: string; warnings: BoardWarnings; name: string };
type Pointed = { id: PgColumn };

export function moderationTables(words: Words, { members, boards, posts }: { members: Pointed; boards: Pointed; posts: Pointed }) {
	const { table, text, integer, instant, json, index, uniqueIndex, sql } = words;

	const cases = table(
		'cases',
		{
			id: text().primaryKey(),
			/** report or held_post now; watch_term, worry, meeting, account and appeal come later. */
			kind: text().$type<'report' | 'held_post'>().notNull(),
			postId: text()
				.notNull()
				.references(() => posts.id),
			boardId: text()
				.notNull()
				.references(() => boards.id),
			priority: integer().$type<Priority>().notNull(),
			/** Sum of the open reports' weights, in hundredths. */
			score: integer().notNull().default(0),
			state: text().$type<CaseState>().notNull().default('open'),
			outcome: text().$type<Outcome>(),
			/** Rises with every change: a decision on an older one is refused with the fresh case. */
			version: integer().notNull().default(1),
			claimedBy: text().references(() => members.id),
			claimExpiresAt: instant(),
			escalatedBy: text().references(() => members.id),
			openedAt: instant().notNull(),
			dueAt: instant().notNull(),
			closedAt: instant(),
			reopened: integer().notNull().default(0)
		},
		(t) => [
			uniqueIndex('cases_one_open')
				.on(t.postId)
				.where(sql`${t.state} <> 'closed'`),
			index('cases_queue')
				.on(t.priority, t.dueAt, t.id)
				.where(sql`${t.state} <> 'closed'`),
			index('cases_post').on(t.postId, t.openedAt),
			index('cases_claimed').on(t.claimedBy),
			index('cases_escalated').on(t.escalatedBy)
		]
	);

	const reports = table(
		'reports',
		{
			id: text().primaryKey(),
			caseId: text()
				.notNull()
				.references(() => cases.id),
			postId: text()
				.notNull()
				.references(() => posts.id),
			/** Null: the reporter has left. */
			reporterId: text().references(() => members.id),
			reason: text().$type<Reason>().notNull(),
			note: text().notNull(),
			suggested: json<BoardWarnings>().notNull(),
			/** What the post said when it was reported: a later edit never erases it. */
			postVersion: integer().notNull(),
			snapshot: json<Snapshot>().notNull(),
			/** In hundredths: 1 + trust + accuracy; staff 6; accounts under a day 0.5. */
			weight: integer().notNull(),
			trusted: words.flag().notNull(),
			status: text().$type<'open' | 'upheld' | 'not_upheld' | 'withdrawn'>().notNull().default('open'),
			reportedAt: instant().notNull(),
			settledAt: instant()
		},
		(t) => [
			uniqueIndex('reports_one_open')
				.on(t.reporterId, t.postId)
				.where(sql`${t.status} = 'open'`),
			index('reports_case').on(t.caseId, t.reportedAt),
			index('reports_reporter').on(t.reporterId, t.reportedAt),
			index('reports_post').on(t.postId)
		]
	);

	/** Append-only: triggers in the migrations refuse any change but that an actor who left is forgotten, and any deletion. */
	const caseEvents = table(
		'case_events',
		{
			id: text().primaryKey(),
			caseId: text()
				.notNull()
				.references(() => cases.id),
			/** The case's version after the event: their order. */
			version: integer().notNull(),
			kind: text().notNull(),
			actorId: text(),
			detail: json<Record<string, string | number | string[]>>().notNull(),
			at: instant().notNull()
		},
		(t) => [uniqueIndex('case_events_order').on(t.caseId, t.version), index('case_events_actor').on(t.actorId)]
	);

	const decisions = table(
		'decisions',
		{
			id: text().primaryKey(),
			caseId: text()
				.notNull()
				.references(() => cases.id),
			/** Null: the moderator has left. */
			moderatorId: text().references(() => members.id),
			postAction: text().$type<PostAction>().notNull(),
			authorAction: text().$type<AuthorAction>().notNull(),
			rule: text().notNull(),
			reason: text().notNull(),
			privateReason: text().notNull(),
			duration: text(),
			warnings: json<BoardWarnings>().notNull(),
			decidedAt: instant().notNull(),
			/** Takes effect then; until then the same moderator may undo it. */
			applyAt: instant().notNull(),
			settled: text().$type<'waiting' | 'applied' | 'undone'>().notNull().default('waiting')
		},
		(t) => [
			index('decisions_waiting').on(t.settled, t.applyAt),
			uniqueIndex('decisions_one_waiting')
				.on(t.caseId)
				.where(sql`${t.settled} = 'waiting'`),
			index('decisions_case').on(t.caseId, t.decidedAt),
			index('decisions_moderator').on(t.moderatorId)
		]
	);

	const sanctions = table(
		'sanctions',
		{
			id: text().primaryKey(),
			memberId: text()
				.notNull()
				.references(() => members.id),
			decisionId: text()
				.notNull()
				.references(() => decisions.id),
			kind: text().$type<SanctionKind>().notNull(),
			/** For a board ban: the board. */
			boardId: text(),
			rule: text().notNull(),
			reason: text().notNull(),
			from: instant().notNull(),
			/** Null: until staff lift it. */
			until: instant()
		},
		(t) => [index('sanctions_member').on(t.memberId, t.until), index('sanctions_decision').on(t.decisionId)]
	);

	/** What a member is told: what became of a post, a report, an account. */
	const notices = table(
		'notices',
		{
			id: text().primaryKey(),
			/** Null where it is for whoever wrote `forPost` with a mask: they find it, and no row says who they are. */
			memberId: text().references(() => members.id),
			forPost: text(),
			kind: text().notNull(),
			postId: text(),
			detail: json<Record<string, string>>().notNull(),
			at: instant().notNull(),
			readAt: instant()
		},
		(t) => [
			index('notices_member').on(t.memberId, t.at, t.id),
			index('notices_for')
				.on(t.forPost, t.at)
				.where(sql`${t.forPost} is not null`),
			index('notices_unread')
				.on(t.memberId, t.postId)
				.where(sql`${t.readAt} is null`),
			index('notices_post').on(t.postId, t.kind),
			index('notices_waiting')
				.on(t.postId, t.kind)
				.where(sql`${t.readAt} is null`),
			/** For the hourly pruning: the oldest read ones, and the oldest unread. */
			index('notices_age').on(t.readAt, t.at)
		]
	);

	return { cases, reports, caseEvents, decisions, sanctions, notices };
}
