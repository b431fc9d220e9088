// Crisis and help lines by chosen country (safety.md C1–C3). A line is shown only for a country it is recorded for:
// 116 123, for one, is not active in every EU country.
import data from './signposts.json' with { type: 'json' };

const kinds = ['emergency', 'suicide', 'overdose', 'addiction'] as const;
export type Kind = (typeof kinds)[number];

/** Older than this, a line says so. Half a year: lines change numbers and hours about that often. */
export const staleAfterDays = 180;
const atMost = 3;

export const unconfirmed = 'Not yet confirmed on the line’s own page';

export type Signpost = {
	country: string;
	kind: Kind;
	/** The record's name without what it says in brackets, which is told by `cost`, `role` and `languages`. */
	name: string;
	phone: string | null;
	sms: string | null;
	hours: string;
	cost: 'free' | 'charged' | 'unknown';
	role: 'counsels' | 'refers' | 'unknown';
	/** Language codes such as `EN`; empty where the record is silent. */
	languages: readonly string[];
	/** `page`: read on a page other than the line's own. `memory`: read nowhere. */
	evidence: string;
	source: string | null;
	verified_on: string | null;
};

function fromRecord(record: (typeof data.records)[number]): Signpost {
	const kind = kinds.find((one) => one === record.kind);
	if (!kind) throw new TypeError(`signposts.json: unknown kind ${record.kind}`);
	const [, name = record.name, note = ''] = /^(.*?)(?:\s*\((.*)\))?$/.exec(record.name) ?? [];
	const languages = note.match(/\b[A-Z]{2}\b/g) ?? [];
	const cost = /\bfree\b/.test(note) ? 'free' : /\bcharged\b/.test(note) ? 'charged' : 'unknown';
	const role = /\brefers\b/.test(note) ? 'refers' : /\bcounsels\b/.test(note) ? 'counsels' : 'unknown';
	return { ...record, kind, name, cost, role, languages };
}

export const signposts: readonly Signpost[] = data.records.map(fromRecord);

const regionName = new Intl.DisplayNames(['en'], { type: 'region' });
const languageName = new Intl.DisplayNames(['en'], { type: 'language' });

const known = named();

function named(): { code: string; name: string }[] {
	return [...new Set(signposts.map((line) => line.country))]
		.map((code) => ({ code, name: regionName.of(code) ?? code }))
		.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

export const countries = () => known;

/** The known country behind what a reader typed, chose or carries in a cookie. */
export function findCountry(asked: string | undefined): { code: string; name: string } | undefined {
	if (!asked) return undefined;
	const code = asked.trim().toUpperCase();
	return known.find((country) => country.code === code);
}

const advice = [
	'If a life may be in danger, call the emergency number where you are. From a mobile phone, 112 reaches help in many countries.',
	'If you cannot call, ask someone near you to, or go to the nearest hospital.',
	'A friend, a neighbour, a doctor or a pharmacist can be the first person you tell.'
];

/** At most three lines, the emergency number first; then one for a life in crisis, one for use or overdose, then what is left. */
export function signpostsFor(asked: string | undefined): { lines: Signpost[]; advice: string[] } {
	const country = findCountry(asked);
	if (!country) return { lines: [], advice };

	const here = signposts.filter((line) => line.country === country.code);
	const emergency = here.filter((line) => line.kind === 'emergency');
	const crisis = bestFirst(here.filter((line) => line.kind === 'suicide'));
	const use = bestFirst(here.filter((line) => line.kind === 'overdose' || line.kind === 'addiction'));

	const ordered = [emergency[0], crisis[0], use[0], ...crisis.slice(1), ...use.slice(1)];
	const lines = ordered.filter((line) => line !== undefined).slice(0, atMost);
	if (emergency.length > 0) return { lines, advice: [] };
	return { lines, advice: [`We have no emergency number on file for ${country.name}.`, ...advice] };
}

/** What somebody has read on a page goes before what nobody has, the rest keeps the order of the file. */
function bestFirst(lines: Signpost[]): Signpost[] {
	const read = (line: Signpost) => (line.verified_on ? 0 : line.evidence === 'page' ? 1 : 2);
	return lines.toSorted((a, b) => read(a) - read(b));
}

/** How far a line may be trusted at `now`, with the sentence to show. A date that is malformed or yet to come counts for nothing. */
export function confirmation(line: Signpost, now: Date): { state: 'unconfirmed' | 'old' | 'confirmed'; words: string } {
	const verified = Date.parse(`${line.verified_on}T00:00:00Z`);
	if (Number.isNaN(verified) || verified > now.getTime()) return { state: 'unconfirmed', words: unconfirmed };
	const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(verified);
	const days = Math.floor((now.getTime() - verified) / 86_400_000);
	if (days <= staleAfterDays) return { state: 'confirmed', words: `Confirmed on ${day}` };
	return { state: 'old', words: `Last confirmed on ${day}, more than ${staleAfterDays} days ago` };
}

/** Where the number comes from, in words for its reader. */
export function provenance(line: Signpost): string {
	if (line.source) return `Source: ${line.source}`;
	return line.evidence === 'page' ? 'Read on a page we did not note' : 'No source on file';
}

/** "112 or 999" is two numbers, each to be pressed by itself. */
export function telephones(phone: string | null): { shown: string; href: string }[] {
	if (!phone) return [];
	return phone.split(/\s+or\s+/).map((shown) => ({ shown, href: `tel:${shown.replace(/[^\d+]/g, '')}` }));
}

/** An address only for a plain number: "50808 (HELLO)" needs a word that not every phone would fill in. */
export function smsHref(sms: string | null): string | undefined {
	return sms && /^[\d\s]+$/.test(sms) ? `sms:${sms.replace(/\s/g, '')}` : undefined;
}

/** Opening hours, cost, role and languages as short sentences; what the record does not say is left out. */
export function particulars(line: Signpost): string[] {
	const clock = (hour: string) => `${hour.padStart(2, '0')}:00`;
	const hours = line.hours
		.replace('24/7', 'Day and night')
		.replace(/^(\d+)-(\d+) h$/, (_, from: string, to: string) => `Open ${clock(from)} to ${clock(to)}`)
		.replace('Mon-Fri', 'Monday to Friday,');
	const role = {
		counsels: ['Someone to talk with'],
		refers: ['Points you to help near you, does not counsel'],
		unknown: []
	};
	const cost = { free: ['Free to call'], charged: ['The call costs money'], unknown: [] };
	const spoken = line.languages.map((code) => languageName.of(code.toLowerCase()) ?? code);
	return [hours, ...role[line.role], ...cost[line.cost], ...(spoken.length ? [spoken.join(', ')] : [])];
}
