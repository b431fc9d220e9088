// What several reports of one post add up to: pure arithmetic over moderation.md's table, in hundredths.
import { reasons, isReason, type Priority, type Reason } from '#lib/moderation.ts';
import type { Warning } from '#lib/warnings.ts';

export type Weighed = {
	reporterId: string;
	reason: Reason;
	weight: number;
	/** Trust of two or more, or staff. */
	trusted: boolean;
	staff: boolean;
	/** One of two accounts that keep reporting the same author. */
	half: boolean;
	/** From an account that was under a day old. */
	newcomer: boolean;
	suggested: Warning[];
};

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
const weightOf = ({ weight, half }: Weighed) => (half ? Math.floor(weight / 2) : weight);
// Two accounts cost seconds to make: where two voices are enough, those under a day count half, or anybody could fold any story alone.
const voices = (reports: Weighed[]) => sum(reports.map(({ half, newcomer }) => (half || newcomer ? 0.5 : 1)));
const enoughOf = (reports: Weighed[]) => voices(reports) >= 2 || reports.some(({ trusted }) => trusted);

export function scoreOf(reports: Weighed[]): number {
	return sum(reports.map(weightOf));
}

/** The gravest reason that was given; an open case without reports waits with the last. */
export function priorityOf(given: { reason: Reason }[]): Priority {
	const [gravest = 3] = given.map(({ reason }) => reasons[reason].priority).toSorted((a, b) => a - b);
	return gravest;
}

/** The reason these reports fold the post for, the gravest first; undefined when none is reached. */
export function reasonToFold(reports: Weighed[]): Reason | undefined {
	return Object.keys(reasons)
		.filter(isReason)
		.find((reason) => {
			const { foldAt, foldAtTwo } = reasons[reason];
			const given = reports.filter((report) => report.reason === reason);
			if (foldAtTwo) return enoughOf(given);
			if (foldAt === undefined || scoreOf(given) < foldAt) return false;
			return new Set(given.map(({ reporterId }) => reporterId)).size >= 3 || given.some(({ staff }) => staff);
		});
}

/** Suggested warnings that two readers, or one trusted reader, find missing. */
export function warningsToAdd(reports: Weighed[]): Warning[] {
	const given = reports.filter(({ reason }) => reason === 'missing_warning');
	const suggested = new Set(given.flatMap((report) => report.suggested));
	return [...suggested].filter((warning) => enoughOf(given.filter((report) => report.suggested.includes(warning))));
}
