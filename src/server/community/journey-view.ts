// What a member sees of their own journey.
import { counterShows, daysBetween } from '#lib/days.ts';
import { journeyKindWords } from '#lib/journeys.ts';
import { ladder, milestoneLook } from '#lib/milestone-names.ts';
import { nextMilestone } from '#lib/milestones.ts';
import type { Journey } from './journey-rows.ts';
import { fullDays, lapsesOf, lastDays, runsOf } from './journey-runs.ts';
import { speaksOfOpioids } from './opioid-words.ts';

/** For so many days the page says "welcome back" before anything else. */
const lately = 7;

export function journeyView(journey: Journey, medals: { milestone: string; reachedOn: string }[]) {
	const { kind, words, startedOn, zone, dayEnds, firstDay, counterOff, entries, today } = journey;
	const runs = runsOf(startedOn, entries, today);
	const current = runs.at(-1) ?? runs[0];
	const lengths = runs.map(fullDays);
	const lapse = lapsesOf(startedOn, entries).findLast((day) => day <= today);
	const days = fullDays(current);
	return {
		kind,
		kindName: journeyKindWords[kind].name,
		words,
		startedOn,
		zone,
		dayEnds,
		firstDay,
		counterOff,
		today,
		/** `days` are full days; `counter` is the number as the member counts. */
		current: { from: current.from, days, counter: counterShows(days, firstDay) },
		longest: Math.max(...lengths),
		total: lengths.reduce((sum, length) => sum + length, 0),
		last90: lastDays(startedOn, entries, today),
		ledger: entries.toReversed(),
		/** In the order of the ladder. */
		medals: medals
			.map(({ milestone, reachedOn }) => ({ milestone, name: milestoneLook(milestone).name, reachedOn }))
			.toSorted((a, b) => ladder.indexOf(a.milestone) - ladder.indexOf(b.milestone)),
		next: nextMilestone(current),
		/** The last lapse that was told, however long ago. */
		lapse,
		lately: lapse !== undefined && daysBetween(lapse, today) <= lately,
		/** After a lapse the safety card for opioids belongs on the page (safety.md C10). */
		opioids: kind === 'taper' || kind === 'medication' || [words, ...entries.map((entry) => entry.words)].some(speaksOfOpioids)
	};
}
