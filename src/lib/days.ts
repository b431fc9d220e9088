// The member's own days. A day is "YYYY-MM-DD"; it begins when the clocks of the member's zone first show the hour at which
// their day ends. For the server only: it brings Temporal along.
import { Temporal } from 'temporal-polyfill';

export type OwnClock = {
	/** IANA zone. */
	zone: string;
	/** 0–23. With 4, three in the morning still belongs to the evening before. */
	dayEnds: number;
};

/** People are younger than this. */
export const earliestDay = '1900-01-01';

/** The zone as IANA writes it ("europe/berlin" is Europe/Berlin), or undefined. Bare offsets know no summer time and are no zones. */
export function aZone(typed: string): string | undefined {
	if (!/^[A-Za-z][\w+\-/]{1,63}$/.test(typed)) return undefined;
	try {
		return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(typed).timeZoneId;
	} catch {
		return undefined;
	}
}

/** A day that exists in the calendar, or undefined: 2026-02-30 is none. */
export function aDay(typed: string): string | undefined {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return undefined;
	try {
		return Temporal.PlainDate.from(typed, { overflow: 'reject' }).toString();
	} catch {
		return undefined;
	}
}

/**
 * The member's own day at this moment (milliseconds since 1970). Clocks that go back, in St John's once one minute after midnight,
 * bring no day again that had ended: the day is the furthest that these clocks have shown.
 */
export function ownDay(moment: number, { zone, dayEnds }: OwnClock): string {
	const here = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone);
	const shown = shownDay(here, dayEnds);
	const turned = here.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
	if (!turned) return shown;
	const before = shownDay(turned.subtract({ nanoseconds: 1 }), dayEnds);
	return before > shown ? before : shown;
}

function shownDay(here: Temporal.ZonedDateTime, dayEnds: number): string {
	return here.toPlainDateTime().subtract({ hours: dayEnds }).toPlainDate().toString();
}

/** A day without a zone is read as UTC, where every day is as long. A long ledger asks thousands of times: Temporal takes twenty times as long. */
const utcDay = 86_400_000;

/** How many days later `to` is: negative when it is earlier. Dates count, also where an island once skipped one. */
export function daysBetween(from: string, to: string): number {
	return (Date.parse(to) - Date.parse(from)) / utcDay;
}

export function daysAfter(day: string, days: number): string {
	return new Date(Date.parse(day) + days * utcDay).toISOString().slice(0, 10);
}

/** Where the month is too short its last day counts: six months after 31 August are complete on 28 February. */
export function monthsAfter(day: string, months: number): string {
	return Temporal.PlainDate.from(day).add({ months }).toString();
}

/** The number that a member's counter shows for so many full days: the first day is day 0 or day 1, as they chose. */
export function counterShows(fullDays: number, firstDay: number): number {
	return fullDays + firstDay;
}
