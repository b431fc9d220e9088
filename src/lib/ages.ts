// How long ago something was, said coarsely: after the first day nobody learns an hour (security.md). UTC for everyone.
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "3 hours ago", "yesterday". Both in milliseconds since 1970; a moment still to come counts as just now. */
export function coarseAge(at: number, now: number): string {
	const past = now - at;
	if (past < minute) return 'just now';
	if (past < hour) return `${counted(Math.floor(past / minute), 'minute')} ago`;
	if (past < day) return `${counted(Math.floor(past / hour), 'hour')} ago`;
	const days = Math.floor(now / day) - Math.floor(at / day);
	if (days === 1) return 'yesterday';
	if (days < 7) return 'this week';
	const month = monthOf(at);
	return month === monthOf(now) ? 'this month' : month;
}

/** The moment from which `coarseAge` may say something else; until then it says the same. */
export function ageChangesAt(at: number, now: number): number {
	const past = now - at;
	if (past < minute) return at + minute;
	if (past < hour) return at + (Math.floor(past / minute) + 1) * minute;
	if (past < day) return at + (Math.floor(past / hour) + 1) * hour;
	return (Math.floor(now / day) + 1) * day;
}

function counted(number: number, unit: string): string {
	return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

function monthOf(at: number): string {
	const date = new Date(at);
	return `${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** For staff, when a first look is due: "in 40 minutes", "2 hours ago". */
export function dueWords(at: number, now: number): string {
	const left = at - now;
	const far = Math.abs(left);
	if (far < minute) return 'now';
	const said =
		far < 2 * hour
			? counted(Math.floor(far / minute), 'minute')
			: far < 2 * day
				? counted(Math.floor(far / hour), 'hour')
				: counted(Math.floor(far / day), 'day');
	return left > 0 ? `in ${said}` : `${said} ago`;
}

/** An exact moment, for what a member must be able to rely on: "21 March 2026, 21:30 UTC". */
export function exactTime(at: number): string {
	const date = new Date(at);
	return `${date.getUTCDate()} ${monthOf(at)}, ${date.toISOString().slice(11, 16)} UTC`;
}
