// A journey's rows, and the medals that it has reached: written once, never taken away by a lapse.
import { and, asc, eq, inArray } from 'drizzle-orm';
import { ownDay } from '#lib/days.ts';
import type { JourneyKind, LedgerKind } from '#lib/journeys.ts';
import { milestoneDay, milestonesReached } from '#lib/milestones.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { runsOf } from './journey-runs.ts';

export type JourneyRow = {
	id: string;
	kind: JourneyKind;
	words: string;
	startedOn: string;
	zone: string;
	dayEnds: number;
	firstDay: number;
	counterOff: boolean;
	begunAt: number;
	version: number;
};
export type EntryRow = { number: number; kind: LedgerKind; on: string; words: string };
export type Journey = JourneyRow & { entries: EntryRow[]; today: string };

export async function findJourney(
	q: Queries,
	{ journeys, journeyEntries }: Tables,
	memberId: string,
	now: number
): Promise<Journey | undefined> {
	const [row] = await q
		.select({
			id: journeys.id,
			kind: journeys.kind,
			words: journeys.words,
			startedOn: journeys.startedOn,
			zone: journeys.zone,
			dayEnds: journeys.dayEnds,
			firstDay: journeys.firstDay,
			counterOff: journeys.counterOff,
			begunAt: journeys.begunAt,
			version: journeys.version
		})
		.from(journeys)
		.where(eq(journeys.memberId, memberId));
	if (!row) return undefined;
	const entries = await q
		.select({ number: journeyEntries.number, kind: journeyEntries.kind, on: journeyEntries.on, words: journeyEntries.words })
		.from(journeyEntries)
		.where(eq(journeyEntries.journeyId, row.id))
		.orderBy(asc(journeyEntries.number));
	return { ...row, entries, today: ownDay(now, row) };
}

/** In the order of the ladder is up to the reader: rows come as they were written. */
export function medalsOf(q: Queries, { medals }: Tables, journeyId: string) {
	return q.select({ milestone: medals.milestone, reachedOn: medals.reachedOn }).from(medals).where(eq(medals.journeyId, journeyId));
}

/** What the runs have reached and no medal stands for yet. */
export async function medalsDue(q: Queries, tables: Tables, { id, startedOn, entries, today }: Journey) {
	const held = new Set((await medalsOf(q, tables, id)).map(({ milestone }) => milestone));
	const due = new Map<string, string>();
	for (const run of runsOf(startedOn, entries, today)) {
		for (const { milestone, on } of milestonesReached(run)) if (!held.has(milestone) && !due.has(milestone)) due.set(milestone, on);
	}
	return [...due].map(([milestone, reachedOn]) => ({ milestone, reachedOn }));
}

/** Two pages that see the same medal due write it once. */
export async function grantMedals(tx: Queries, tables: Tables, journey: Journey, newId: () => string) {
	const due = await medalsDue(tx, tables, journey);
	if (due.length === 0) return;
	await tx
		.insert(tables.medals)
		.values(due.map((medal) => ({ id: newId(), journeyId: journey.id, ...medal })))
		.onConflictDoNothing();
}

/** After a slip of the pen in the first start: medals that the right start cannot have reached, and celebrations of them that still wait. */
export async function takeBackUnreached(tx: Queries, tables: Tables, memberId: string, { id, startedOn, today }: Journey) {
	const { medals, celebrations } = tables;
	const wrong = (await medalsOf(tx, tables, id))
		.map(({ milestone }) => milestone)
		.filter((milestone) => milestoneDay(startedOn, milestone) > today);
	if (wrong.length === 0) return;
	await tx.delete(medals).where(and(eq(medals.journeyId, id), inArray(medals.milestone, wrong)));
	await tx
		.update(celebrations)
		.set({ state: 'undone' })
		.where(and(eq(celebrations.memberId, memberId), eq(celebrations.state, 'waiting'), inArray(celebrations.milestone, wrong)));
}
