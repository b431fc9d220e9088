// The only way a case changes: guarded by the version that was read, with one line in its append-only log.
import { and, eq } from 'drizzle-orm';
import type { CaseState, Priority } from '#lib/moderation.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { authorOnly } from './authorship.ts';
import { allApart, apartIn, nobodyApart } from './case-apart.ts';
import { exceptApart, exceptAuthor } from './staff-ears.ts';
import type { Moment } from './write-and-tell.ts';

export type CaseEventKind =
	| 'created'
	| 'report_added'
	| 'report_taken_back'
	| 'report_settled'
	| 'priority_changed'
	| 'folded'
	| 'unfolded'
	| 'warning_added'
	| 'post_edited'
	| 'target_withdrawn'
	| 'target_returned'
	| 'target_erased'
	| 'claimed'
	| 'released'
	| 'escalated'
	| 'unmask_asked'
	| 'unmask_confirmed'
	| 'decision_set'
	| 'decision_undone'
	| 'applied'
	| 'reopened'
	| 'closed';

export type CaseEvent = {
	kind: CaseEventKind;
	/** Staff only: an event never names a reporter. */
	actorId?: string;
	detail?: Record<string, string | number | string[]>;
	/** What changes in the case with it. */
	set?: Partial<Tables['cases']['$inferInsert']>;
};

type Version = { id: string; version: number };

/** Refuses as stale when the case has moved on since `was` was read; answers with where it stands now. */
export async function changeCase<T extends Version>(tx: Queries, tables: Tables, moment: Moment, was: T, event: CaseEvent): Promise<T> {
	const { cases, caseEvents } = tables;
	const version = was.version + 1;
	const [changed] = await tx
		.update(cases)
		.set({ ...event.set, version })
		.where(and(eq(cases.id, was.id), eq(cases.version, was.version)))
		.returning({ postId: cases.postId, state: cases.state, priority: cases.priority });
	if (!changed) throw new Refusal('stale');
	await tx.insert(caseEvents).values({
		id: moment.newId(),
		caseId: was.id,
		version,
		kind: event.kind,
		actorId: event.actorId ?? null,
		detail: event.detail ?? {},
		at: moment.at
	});
	moment.tells = moment.tells.filter((told) => told.type !== 'case.changed' || told.case !== was.id);
	await tellStaff(tx, tables, moment, was.id, changed);
	return { ...was, version };
}

/** All of staff but whom the case is kept from: a case that is missing in their queue would tell them that they were reported, or by whom. */
async function tellStaff(
	tx: Queries,
	tables: Tables,
	moment: Moment,
	id: string,
	{ postId, state, priority }: { postId: string; state: CaseState; priority: Priority }
) {
	const { posts } = tables;
	const [post] = await tx.select(authorOnly(tables)).from(posts).where(eq(posts.id, postId));
	const apart = allApart((await apartIn(tx, tables, [id])).get(id) ?? nobodyApart);
	const except = [...(post ? exceptAuthor(post) : []), ...apart.map((tag) => exceptApart(postId, tag))];
	moment.tells.push({ type: 'case.changed', case: id, priority, state, ...(except.length > 0 ? { except } : {}) });
}

type Opening = { kind: 'report' | 'held_post'; postId: string; boardId: string; priority: Priority; dueAt: number; apart?: string[] };

export async function createCase(tx: Queries, tables: Tables, moment: Moment, { apart = [], ...opening }: Opening): Promise<Version> {
	const { cases, caseEvents } = tables;
	const id = moment.newId();
	const detail = { kind: opening.kind, ...(apart.length > 0 ? { apart } : {}) };
	await tx.insert(cases).values({ id, ...opening, openedAt: moment.at });
	await tx.insert(caseEvents).values({ id: moment.newId(), caseId: id, version: 1, kind: 'created', actorId: null, detail, at: moment.at });
	await tellStaff(tx, tables, moment, id, { ...opening, state: 'open' });
	return { id, version: 1 };
}
