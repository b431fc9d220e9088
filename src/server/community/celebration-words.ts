// Parses what a member wants to celebrate, and how it will look. A celebration holds a name, a medallion and a line: never a date.
import { limits } from '#lib/limits.ts';
import { isMilestone, litWords, milestoneLook } from '#lib/milestone-names.ts';
import { Invalid } from '#lib/refusals.ts';
import { cautionsFor } from './cautions.ts';
import { changesAt, shownAge } from './page-clock.ts';
import { graphemes, tidyLine } from './text.ts';
import { namesAddress } from './web-addresses.ts';

export const victory = 'victory';
/** As typed; `key` is the form's hidden one. */
export type Celebrating = { words: string; when?: string | undefined; key?: string | undefined };

export function parseCelebrating({ words: typed, when = '', key }: Celebrating, milestone: string) {
	const problems: Record<string, string> = {};
	const words = tidyLine(typed);
	if (milestone !== victory && !isMilestone(milestone))
		problems.milestone = 'This milestone is not on the ladder. Please choose one of your medallions.';
	if (milestone === victory && words === '') problems.words = 'Please say in a few words what went well. “I made the bed” is enough.';
	if (graphemes(words) > limits.celebrationWords)
		problems.words = `This is longer than ${limits.celebrationWords} characters. Please shorten it a little.`;
	else if (namesAddress(words)) problems.words = 'Please leave web addresses out here: everybody sees this line.';
	if (!['', 'now', 'later'].includes(when)) problems.when = 'It can be shared now, or some time within a day.';
	if (key && !/^[\w-]{1,64}$/.test(key)) problems.form = 'This form is not complete. Please open the page again.';
	if (Object.keys(problems).length > 0) throw new Invalid(problems);
	return { words, later: when !== 'now', key: key || undefined };
}

/** A soft word for the preview, when the line seems to tell who somebody is. It stops nobody. */
export function cautionAbout(words: string): string | undefined {
	if (cautionsFor(words).length === 0) return undefined;
	return 'This line seems to hold a full name, a number or an address. Anyone can read it, so somebody may learn who you are.';
}

const day = 86_400_000;

/** After a week nobody counts on: a month's name would be half a date. */
function feltAge(at: number, now: number): string {
	const past = now - at;
	if (past < 28 * day) changesAt(at + (past < 6 * day ? 6 : 28) * day);
	if (past < 6 * day) return shownAge(at, now);
	return past < 28 * day ? 'in the last weeks' : 'some time ago';
}

type Shown = {
	id: string;
	name: string | null;
	milestone: string;
	words: string;
	cheers: number;
	shareAt: number;
	memberId: string | null;
};

/** What others see of a celebration, in the feed and in the preview alike. */
export function celebrationView(
	{ id, name, milestone, words, cheers, shareAt, memberId }: Shown,
	now: number,
	readerId: string | undefined,
	cheered: boolean
) {
	const { name: milestoneName } = milestoneLook(milestone);
	return {
		id,
		name: name ?? 'A former member',
		milestone,
		milestoneName,
		says: litWords(milestone),
		words,
		cheers,
		age: feltAge(shareAt, now),
		cheered,
		mine: memberId === readerId
	};
}
