// Rows that get new tags each day, all of everybody's together (turning.ts): what is written to one today cannot be tied to what was written
// to it yesterday. Within a day no tag is used twice: what is let go leaves its row empty until the rows are turned.
import { gt, eq, inArray, asc, sql } from 'drizzle-orm';
import { ready, type Queries } from '#server/store/database.ts';
import { dayOf } from './lucia-adapter.ts';
import { noSealer, type Means } from './means.ts';

/** Stands where the day of the tags stands, on rows that keep theirs. */
export const neverTurned = '9999-12-31';
/** And there, on a row whose place was given up. */
export const spent = '';

const wholeDay = 24 * 60 * 60_000;
/** Tags in one look. */
const atOnce = 16;

export type Laid = { of: string; kind: string; value: unknown };
const isLaid = (value: unknown): value is Laid =>
	typeof value === 'object' &&
	value !== null &&
	'of' in value &&
	typeof value.of === 'string' &&
	'kind' in value &&
	typeof value.kind === 'string' &&
	'value' in value;

export type Opened = { text: string; laid: Laid };

/** Whose rows, for which use, under which day's tags and which key. */
export type Place = Pick<Laid, 'of' | 'kind'> & { turn: string; key: string };
export type Slot = { tag: string; slot: number; sealed: string };

/** Every page asks for these, and most find none: queries that stand ready. */
const oldestTurn = ready((q, { sealedRows }) =>
	q.select({ turn: sealedRows.turnedOn }).from(sealedRows).where(gt(sealedRows.turnedOn, '')).orderBy(asc(sealedRows.turnedOn)).limit(1)
);
const oneRow = ready((q, { sealedRows }) =>
	q
		.select({ sealed: sealedRows.sealed })
		.from(sealedRows)
		.where(eq(sealedRows.tag, sql.placeholder('tag')))
);

export function turnedRows({ db, now, sealer = noSealer }: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const { sealedRows } = db.tables;
	/** The row itself knows its tag: moved to another one it does not open. */
	const about = (tag: string) => `turned ${tag}`;
	const tagAt = ({ of, kind, turn, key }: Place, slot: number) => sealer.tag('turned shelf', [of, kind, turn, String(slot)], key);
	const seal = (tag: string, text: string) => sealer.seal(text, about(tag));

	function opened(tag: string, sealed: string): Opened | undefined {
		const text = sealed === spent ? undefined : sealer.open(sealed, about(tag));
		const laid: unknown = text === undefined ? undefined : JSON.parse(text);
		return text !== undefined && isLaid(laid) ? { text, laid } : undefined;
	}

	/** The days whose tags rows may have, the oldest first: whoever looks in this order misses none that is turned meanwhile. The last is for new rows. */
	async function turns(q: Queries): Promise<string[]> {
		const today = dayOf(now());
		const [oldest = { turn: today }] = await oldestTurn(q, db.tables, {});
		if (oldest.turn >= today) return [oldest.turn === neverTurned ? today : oldest.turn];
		const days = Math.round((Date.parse(today) - Date.parse(oldest.turn)) / wholeDay);
		return Array.from({ length: days + 1 }, (_, i) => dayOf(Date.parse(oldest.turn) + i * wholeDay));
	}

	/** Rows at one place, also spent ones, in the order of their slots. `most`: of what has one row it is enough to look for that. */
	async function at(q: Queries, place: Place, most = Infinity): Promise<Slot[]> {
		const firstTag = tagAt(place, 0);
		const [first] = await oneRow(q, db.tables, { tag: firstTag });
		if (!first) return [];
		const found = [{ tag: firstTag, slot: 0, sealed: first.sealed }];
		for (let from = 1, more = from < most; more; from += atOnce) {
			const tags = Array.from({ length: atOnce }, (_, i) => tagAt(place, from + i));
			const rows = await q.select({ tag: sealedRows.tag, sealed: sealedRows.sealed }).from(sealedRows).where(inArray(sealedRows.tag, tags));
			const here = rows.map((row) => ({ ...row, slot: from + tags.indexOf(row.tag) })).sort((a, b) => a.slot - b.slot);
			found.push(...here);
			more = here.length > 0;
		}
		return found;
	}

	return { tagAt, seal, opened, turns, at };
}

/** The first slot that nobody ever used under these tags. */
export const nextSlot = (rows: Slot[]) => (rows.at(-1)?.slot ?? -1) + 1;
