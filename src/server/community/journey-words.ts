// Parses what a member says about their journey, with sentences that help.
import { aDay, aZone, earliestDay, ownDay, type OwnClock } from '#lib/days.ts';
import { isJourneyKind, journeyKindWords, type JourneyKind } from '#lib/journeys.ts';
import { limits } from '#lib/limits.ts';
import { Invalid } from '#lib/refusals.ts';
import { graphemes, tidyText } from './text.ts';

/** As typed. What is left empty: today, UTC, midnight, day 0. */
export type Beginning = { kind: string; words: string; startedOn: string; zone: string; dayEnds: number; firstDay: number };
type Problems = Record<string, string>;

export function parseClock(
	{ zone, dayEnds, firstDay }: Pick<Beginning, 'zone' | 'dayEnds' | 'firstDay'>,
	problems: Problems
): OwnClock & { firstDay: number } {
	const known = aZone(zone.trim() || 'UTC');
	if (!known) problems.zone = 'This time zone is not known here. Please choose one from the list, or leave it at UTC.';
	if (!Number.isInteger(dayEnds) || dayEnds < 0 || dayEnds > 23) problems.day_ends = 'A day can end at any full hour from 0 to 23.';
	if (firstDay !== 0 && firstDay !== 1) problems.first_day = 'The first day can be day 0 or day 1.';
	return { zone: known ?? 'UTC', dayEnds: problems.day_ends ? 0 : dayEnds, firstDay };
}

/** A day that has been; empty is today. `field` names it in the problems. */
export function parseDay(typed: string, today: string, field: string, problems: Problems): string {
	const written = typed.trim();
	const day = written === '' ? today : aDay(written);
	if (!day) problems[field] = 'This day is not in the calendar. Please write it as year, month and day, like 2026-03-14.';
	else if (day > today) problems[field] = `This day is still to come: where you are it is ${today}. Please choose today or a day before.`;
	else if (day < earliestDay) problems[field] = 'This day lies before 1900. Please look at the year once more.';
	return day ?? today;
}

export function parseWords(typed: string, limit: number, problems: Problems): string {
	const words = tidyText(typed);
	if (graphemes(words) > limit)
		problems.words = `This is longer than ${limit} characters. Please shorten it a little; all of it is kept here.`;
	return words;
}

function parseKind(typed: string, problems: Problems): JourneyKind {
	if (isJourneyKind(typed)) return typed;
	problems.kind = 'Please choose one of the four. All of them count the same, and you can change it at any time.';
	return 'stop';
}

export function parseBeginning(typed: Beginning, now: number) {
	const problems: Problems = {};
	const kind = parseKind(typed.kind, problems);
	const words = parseWords(typed.words, limits.journeyWords, problems);
	const clock = parseClock(typed, problems);
	const startedOn = parseDay(typed.startedOn, ownDay(now, clock), 'started_on', problems);
	throwIfAny(problems);
	return { kind, words, startedOn, ...clock };
}

/** New words, a new kind, or both: what is left empty stays as it was. */
export function parseGoal(
	typed: { kind?: string | undefined; words: string },
	before: { kind: JourneyKind; words: string },
	problems: Problems
) {
	const words = parseWords(typed.words, limits.journeyWords, problems);
	const kind = typed.kind ? parseKind(typed.kind, problems) : before.kind;
	if (words === '' && kind === before.kind) problems.words = 'Please say in a few words what changes, or choose another way.';
	return { kind, words: words || before.words };
}

/** As the ledger keeps it: "Cut down: one glass on Fridays". */
export function goalInWords({ kind, words }: { kind: JourneyKind; words: string }): string {
	const { name } = journeyKindWords[kind];
	return words ? `${name}: ${words}` : name;
}

export function throwIfAny(problems: Problems) {
	if (Object.keys(problems).length > 0) throw new Invalid(problems);
}
