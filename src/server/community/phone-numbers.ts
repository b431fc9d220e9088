// Telephone numbers by the shape of their groups of digits, so that dates, doses, counts and help lines stay unmentioned.
import { signposts } from '#lib/signposts.ts';

type Group = {
	digits: string;
	start: number;
	end: number;
	/** Only a space, dash, dot, stroke or bracket parts it from the group before. */
	follows: boolean;
};

/** Group lengths as people write them in North America, India, Spain, France, Brazil, Australia and across Europe. */
const shapes = new Set(['3-3-4', '1-3-3-4', '5-5', '3-2-2-2', '2-2-2-2-2', '4-3-3', '4-3-4', '3-4-4', '2-5-4', '2-4-4', '5-6', '10']);
const mostGroups = 7;

const cue =
	/\b(?:call|text|ring|phone|mobile|cell|whats ?app|signal|telegram|number is|my number|tel|tél|telefon|handy|nummer|ruf|anrufen|llám\w+|teléfono|móvil|número|appel\w+|numéro|portable)\b/giu;
const cueReach = 24;
const unit =
	/^ ?(?:%|[€$£¥]|(?:mc?g|ml|g|kg|km|mi|miles?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|dollars?|bucks|euros?|pounds?|calories|kcal|steps|people|times|units?|tage[n]?|jahre[n]?|días|años|jours|ans)\b)/iu;
const between = /^(?:[ .\-–/]|\(0?|\) ?| \(| ?[-–] )$/;
const dated = /(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./ -](?:0?[1-9]|1[0-2])[./ -](?:0?[1-9]|[12]\d|3[01]))(?!\d)/;
const year = /^(?:19|20)\d\d$/;
/** Free to call and never a person's own: 1-800 and its kin, Europe's 0800 and 116 xxx, Australia's and Ireland's 1800. */
const freeToCall =
	/^(?:(?:00)?1?8(?:00|33|44|55|66|77|88)\d{7}|(?:0|(?:00)?(?:3[1349]|353|4[1349]|6[14])0?)80(?:[0-5]|8)\d{4,8}|(?:(?:00)?[34]\d{1,2})?116\d{3}|1800\d{6})$/;
const helpLines = new Set(signposts.flatMap((line) => [line.phone, line.sms]).map((number) => number?.replace(/\D/g, '')));

export function findPhones(text: string): string[] {
	const found: string[] = [];
	const cues = [...text.matchAll(cue)].map(({ 0: word, index }) => index + word.length);
	let cueAt = -1;
	const groups = groupsOf(text);
	for (let at = 0; at < groups.length;) {
		const start = groups[at]?.start ?? 0;
		while ((cues[cueAt + 1] ?? Infinity) <= start) cueAt += 1;
		const since = text.slice(cues[cueAt] ?? 0, start);
		const cued = cueAt >= 0 && since.length <= cueReach && !/[.!?\n]/.test(since);
		const number = numberFrom(text, groups, at, cued);
		if (number && !isHelpLine(digitsOf(number))) found.push(text.slice(startOf(text, number), number.at(-1)?.end));
		at += number?.length ?? 1;
	}
	return found;
}

function groupsOf(text: string): Group[] {
	let last = 0;
	return [...text.matchAll(/\d+/g)].map(({ 0: digits, index: start }) => {
		const follows = start - last <= 3 && between.test(text.slice(last, start));
		last = start + digits.length;
		return { digits, start, end: last, follows };
	});
}

/** The longest run of groups beginning at `at` that reads as a number to call, a help line's too. */
function numberFrom(text: string, groups: Group[], at: number, cued: boolean): Group[] | undefined {
	const run: Group[] = [];
	const digits = [''];
	for (const group of groups.slice(at, at + mostGroups)) {
		const longer = (digits.at(-1) ?? '') + group.digits;
		if (longer.length > 15 || (run.length > 0 && !group.follows)) break;
		run.push(group);
		digits.push(longer);
	}
	const start = startOf(text, run);
	const apart = !/(?:[\p{L}\d][.,:/]?|[/=_#]|[$€£¥₹]\s?)$/u.test(text.slice(Math.max(0, start - 2), start));
	for (; run.length > 0; run.pop()) {
		const all = digits[run.length] ?? '';
		if (isHelpLine(all)) return run;
		if (all.length < 7 || !apart) continue;
		const likely = international(text, run, all) || national(text, run, all) || (cued && run.length <= 5);
		if (likely && !isOther(text, run)) return run;
	}
	return undefined;
}

function digitsOf(run: Group[]): string {
	return run.map((group) => group.digits).join('');
}

function isHelpLine(digits: string): boolean {
	return freeToCall.test(digits) || helpLines.has(digits);
}

/** An amount, a date, a range of years, part of a word, or mere counting. */
function isOther(text: string, run: Group[]): boolean {
	const [start, end] = [run[0]?.start ?? 0, run.at(-1)?.end ?? 0];
	const after = text.slice(end, end + 12);
	if (unit.test(after) || /^(?:[\p{L}\d_]|[-/.,:]\d)/u.test(after)) return true;
	return dated.test(text.slice(start, end)) || run.every(({ digits }) => year.test(digits)) || counts(run);
}

/** "30 60 90", "100 200 300", "01 02 03 04 05": round or running numbers are counted, not called. */
function counts(run: Group[]): boolean {
	const numbers = run.map(({ digits }) => Number(digits));
	if (run.length === 1) return /^(\d)\1+$|0{5}$/.test(run[0]?.digits ?? '');
	return numbers.every((number) => number % 10 === 0) || numbers.every((number, n) => n === 0 || number === (numbers[n - 1] ?? 0) + 1);
}

function international(text: string, run: Group[], digits: string): boolean {
	if (digits.length < 8 || /^\+?0{3}/.test(digits)) return false;
	return text.charAt(startOf(text, run)) === '+' || (/^00[1-9]/.test(digits) && digits.length >= 11);
}

function national(text: string, run: Group[], digits: string): boolean {
	const shape = run.map((group) => group.digits.length).join('-');
	if (shape === '3-4') return text.charAt(run[0]?.end ?? 0) === '-' && !year.test(run[1]?.digits ?? '');
	if (shape === '3-3-3') return /^[67]/.test(digits);
	if (shape === '10') return /^[02-9]/.test(digits);
	if (digits.startsWith('0') && digits.length >= 9 && digits.length <= 12) return run.length <= 5 && !digits.startsWith('00');
	return shapes.has(shape) && !/^[01]/.test(shape === '1-3-3-4' ? digits.slice(1) : digits);
}

function startOf(text: string, run: Group[]): number {
	const start = run[0]?.start ?? 0;
	const bracket = text.charAt(start - 1) === '(' ? start - 1 : start;
	return text.charAt(bracket - 1) === '+' ? bracket - 1 : bracket;
}
