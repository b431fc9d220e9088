// Which day of a run reaches which milestone. Days are full days: 24 hours are reached on the day after the first; months and years
// follow the calendar from the day the run began.
import { daysAfter, daysBetween, monthsAfter } from './days.ts';
import { ladder, milestoneLook } from './milestone-names.ts';

/** From its first day to the last one known: today, or the day it ended. Own days, "YYYY-MM-DD". */
export type Run = { from: string; to: string };

/** The own day on which a run that began on `from` reaches this milestone. */
export function milestoneDay(from: string, code: string): string {
	const number = Number.parseInt(code, 10);
	switch (code.at(-1)) {
		case 'h':
			return daysAfter(from, number / 24);
		case 'd':
			return daysAfter(from, number);
		case 'm':
			return monthsAfter(from, number);
		default:
			return monthsAfter(from, number * 12);
	}
}

/** In the order of the ladder, each with the day that reached it. */
export function milestonesReached({ from, to }: Run): { milestone: string; on: string }[] {
	const reached: { milestone: string; on: string }[] = [];
	for (const milestone of ladder) {
		const on = milestoneDay(from, milestone);
		if (on > to) break;
		reached.push({ milestone, on });
	}
	return reached;
}

/** The next light of a run, and how many days away it is: at least one. */
export function nextMilestone({ from, to }: Run): { milestone: string; name: string; on: string; daysAway: number } | undefined {
	for (const milestone of ladder) {
		const on = milestoneDay(from, milestone);
		if (on > to) return { milestone, name: milestoneLook(milestone).name, on, daysAway: daysBetween(to, on) };
	}
	return undefined;
}
