// What a ledger adds up to: runs, longest, total, the last 90 days. A lapse ends a run and begins the next on the same day, so it takes
// no day away; a return says that the next run began later.
import { daysAfter, daysBetween } from '#lib/days.ts';
import type { LedgerKind } from '#lib/journeys.ts';
import type { Run } from '#lib/milestones.ts';

export type Entry = { number: number; kind: LedgerKind; on: string };
export type DayState = 'before' | 'counted' | 'lapse' | 'away';

/** Full days; a clock or a traveller that went back makes none negative. */
export const fullDays = ({ from, to }: Run): number => Math.max(0, daysBetween(from, to));

/** Oldest first; the last one is the current run and ends today. `entries` in their order. */
export function runsOf(startedOn: string, entries: readonly Entry[], today: string): [Run, ...Run[]] {
	const lapses = lapsesOf(startedOn, entries);
	const first: Run = { from: startedOn, to: lapses[0] ?? today };
	const rest = lapses.map((lapse, i) => {
		const next = lapses[i + 1];
		// The latest word about it holds: the ledger is only ever added to.
		const back = entries.findLast(({ kind, on }) => kind === 'return' && on >= lapse && (next === undefined || on < next));
		return { from: back?.on ?? lapse, to: next ?? today };
	});
	return [first, ...rest];
}

/** Days of a lapse since the start, each once, oldest first. */
export function lapsesOf(startedOn: string, entries: readonly Entry[]): string[] {
	const days = entries.filter(({ kind, on }) => kind === 'lapse' && on >= startedOn).map(({ on }) => on);
	return [...new Set(days)].toSorted();
}

const shown = 90;

/** The last 90 own days, today last. */
export function lastDays(startedOn: string, entries: readonly Entry[], today: string): { day: string; state: DayState }[] {
	const lapses = new Set(lapsesOf(startedOn, entries));
	const runs = runsOf(startedOn, entries, today);
	return Array.from({ length: shown }, (_, i) => {
		const day = daysAfter(today, i + 1 - shown);
		if (day < startedOn) return { day, state: 'before' };
		if (lapses.has(day)) return { day, state: 'lapse' };
		return { day, state: runs.some(({ from, to }) => from <= day && day <= to) ? 'counted' : 'away' };
	});
}
