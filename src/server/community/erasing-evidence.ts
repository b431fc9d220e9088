// What moderators keep of somebody who erases: nothing, but for reports in a grave case that is still open (rulings.md 10).
import { and, eq, inArray, isNotNull, ne, type SQL } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';

/** Cases of this priority and above (P0, P1) keep what was reported until they close. */
const grave = 1;
const noWords = { title: '', body: '', warnings: [], name: '' };
/** Reports in one round of the chore. */
const atOnce = 100;

/** These reports, and which of them stay whole for now. */
async function reportsIn(tx: Queries, { reports, cases }: Tables, which: SQL) {
	const found = await tx
		.select({ id: reports.id, snapshot: reports.snapshot, state: cases.state, priority: cases.priority })
		.from(reports)
		.innerJoin(cases, eq(cases.id, reports.caseId))
		.where(which);
	return found.map(({ state, priority, ...report }) => ({ ...report, stays: state !== 'closed' && priority <= grave }));
}

async function keep(tx: Queries, { keptEvidence }: Tables, reportId: string, what: { note: true } | { snapshot: true }) {
	const row = { reportId, note: false, snapshot: false, ...what };
	await tx.insert(keptEvidence).values(row).onConflictDoUpdate({ target: keptEvidence.reportId, set: what });
}

/** Blanks what reports copied of these posts. A copy that stays for a while, like that of a post that is kept, no longer says whose it is. */
export async function eraseSnapshots(tx: Queries, tables: Tables, posts: string[], { nameOnly = false } = {}): Promise<void> {
	const { reports } = tables;
	for (const { id, snapshot, stays } of await reportsIn(tx, tables, inArray(reports.postId, posts))) {
		const left = nameOnly || stays ? { ...snapshot, name: '' } : noWords;
		await tx.update(reports).set({ snapshot: left }).where(eq(reports.id, id));
		if (stays && !nameOnly) await keep(tx, tables, id, { snapshot: true });
	}
}

/** A report of an answer also copied the title of the story above it. */
export async function eraseTitles(tx: Queries, { reports, posts }: Tables, threads: string[]): Promise<void> {
	const found = await tx
		.select({ id: reports.id, snapshot: reports.snapshot })
		.from(reports)
		.innerJoin(posts, eq(posts.id, reports.postId))
		.where(and(inArray(posts.threadId, threads), isNotNull(posts.parentId)));
	for (const { id, snapshot } of found)
		await tx
			.update(reports)
			.set({ snapshot: { ...snapshot, title: '' } })
			.where(eq(reports.id, id));
}

/** Blanks what this member added to their reports; that they were theirs goes with the member. */
export async function eraseNotes(tx: Queries, tables: Tables, reporter: string): Promise<void> {
	const { reports } = tables;
	for (const { id, stays } of await reportsIn(
		tx,
		tables,
		and(eq(reports.reporterId, reporter), ne(reports.note, '')) ?? eq(reports.note, '')
	))
		if (stays) await keep(tx, tables, id, { note: true });
		else await tx.update(reports).set({ note: '' }).where(eq(reports.id, id));
}

/** Reports whose grave case has closed lose what was only kept for it. Answers how many. */
export async function letEvidenceGo(tx: Queries, { keptEvidence, reports, cases }: Tables): Promise<number> {
	const due = await tx
		.select({ id: keptEvidence.reportId, note: keptEvidence.note, snapshot: keptEvidence.snapshot })
		.from(keptEvidence)
		.innerJoin(reports, eq(reports.id, keptEvidence.reportId))
		.innerJoin(cases, eq(cases.id, reports.caseId))
		.where(eq(cases.state, 'closed'))
		.limit(atOnce);
	for (const { id, note, snapshot } of due) {
		await tx
			.update(reports)
			.set({ ...(note && { note: '' }), ...(snapshot && { snapshot: noWords }) })
			.where(eq(reports.id, id));
		await tx.delete(keptEvidence).where(eq(keptEvidence.reportId, id));
	}
	return due.length;
}
