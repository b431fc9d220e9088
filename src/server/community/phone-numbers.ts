// Telephone numbers by the shape of their groups of digits, so that dates, doses, counts and help lines stay unmentioned.
import { signposts } from '#lib/signposts.ts';

type Group = { digits: string; start: number; end: number };

/** Group lengths as people write them in North America, India, Spain, France, Brazil, Australia and across Europe. */
const shapes = new Set(['3-3-4', '1-3-3-4', '5-5', '3-2-2-2', '2-2-2-2-2', '4-3-3', '4-3-4', '3-4-4', '2-5-4', '2-4-4', '5-6', '10']);
const mostGroups = 7;

const cue = /\b(?:call|text|ring|phone|mobile|cell|whats ?app|signal|telegram|number is|my number|tel|tél|telefon|handy|nummer|ruf|anrufen|llám\w+|teléfono|móvil|número|appel\w+|numéro|portable)\b[^.!?\n]{0,24}$/iu;
const unit = /^ ?(?:%|[€$£¥]|(?:mc?g|ml|g|kg|km|mi|miles?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|dollars?|bucks|euros?|pounds?|calories|kcal|steps|people|times|units?|tage[n]?|jahre[n]?|días|años|jours|ans)\b)/iu;
const priced = /[$€£¥₹#]\s?$/u;
const dated = /(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./ -](?:0?[1-9]|1[0-2])[./ -](?:0?[1-9]|[12]\d|3[01]))(?!\d)/;
const year = /^(?:19|20)\d\d$/;
/** Free to call and never a person's own: 1-800 and its kin, 0800, 116 xxx, Australia's and Ireland's 1800. */
const freeToCall = /^(?:(?:00)?1?8(?:00|33|44|55|66|77|88)\d{7}|(?:00\d\d)?0?80[0-9]\d{4,8}|(?:00\d\d)?116\d{3}|1800\d{6}|13\d{4}|988)$/;
const helpLines = new Set(signposts.flatMap((line) => [line.phone, line.sms]).map((number) => number?.replace(/\D/g, '')));

export function findPhones(text: string): string[] {
	const found: string[] = [];
	const groups = [...text.matchAll(/\d+/g)].map(({ 0: digits, index }): Group => ({ digits, start: index, end: index + digits.length }));
	for (let at = 0; at < groups.length; ) {
		const number = numberFrom(text, groups, at);
		if (number && !isHelpLine(number)) found.push(text.slice(startOf(text, number), number.at(-1)?.end));
		at += number?.length ?? 1;
	}
	return found;
}

/** The longest run of groups beginning at `at` that reads as a number to call, a help line's too. */
function numberFrom(text: string, groups: Group[], at: number): Group[] | undefined {
	const run: Group[] = [];
	for (const group of groups.slice(at, at + mostGroups)) {
		const last = run.at(-1);
		if (last && !/^(?:[ .\-–/]|\(0?|\) ?| \(| ?[-–] )$/.test(text.slice(last.end, group.start))) break;
		run.push(group);
	}
	for (; run.length > 0; run.pop()) if (isHelpLine(run) || isPhone(text, run)) return run;
	return undefined;
}

function isHelpLine(run: Group[]): boolean {
	const digits = run.map((group) => group.digits).join('');
	return freeToCall.test(digits) || helpLines.has(digits);
}

function isPhone(text: string, run: Group[]): boolean {
	const [first] = run;
	const last = run.at(-1);
	if (!first || !last) return false;
	const digits = run.map((group) => group.digits).join('');
	if (digits.length < 7 || digits.length > 15) return false;

	const before = text.slice(Math.max(0, first.start - 60), startOf(text, run));
	const after = text.slice(last.end, last.end + 12);
	if (/[\p{L}\d][.,:/]?$|[/=_#]$/u.test(before) || /^(?:[\p{L}\d_]|[.,:]\d)/u.test(after)) return false;
	if (priced.test(before) || unit.test(after)) return false;
	if (dated.test(text.slice(first.start, last.end)) || run.every(({ digits }) => year.test(digits))) return false;
	if (counts(run)) return false;
	return international(text, run, digits) || national(text, run, digits) || (cue.test(before) && run.length <= 5);
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
