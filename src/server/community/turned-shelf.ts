// A member's shelf on turned rows: for what changes often and stands beside other things in the log of the store.
import { eq, inArray } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { noSealer, type Means } from './means.ts';
import { sizedJson } from './sized-json.ts';
import type { Kept } from './shelf.ts';
import { nextSlot, spent, turnedRows, type Place } from './turned-rows.ts';

/** Tags in one look. */
const atOnce = 64;
const untilTomorrow = (now: number) => Math.ceil((24 * 60 * 60_000 - (now % (24 * 60 * 60_000))) / 1000);

/** Bytes at least, and how many there can be of one member. */
type Measures = { size?: number; most?: number };

/** `kind` parts what is kept for different uses; `is` says whether an opened value still has the form that this use needs. */
export function turnedShelf<Value>(
	means: Pick<Means, 'db' | 'now' | 'sealer'>,
	kind: string,
	is: (value: unknown) => value is Value,
	{ size, most }: Measures = {}
) {
	const { db, now, sealer = noSealer } = means;
	const { sealedRows } = db.tables;
	const { tagAt, seal, opened, turns, at } = turnedRows(means);
	const sealed = (tag: string, of: string, value: Value) => seal(tag, sizedJson({ of, kind, value }, size));

	async function places(q: Queries, of: string): Promise<Place[]> {
		const days = await turns(q);
		return days.flatMap((turn) => sealer.keys().map((key) => ({ of, kind, turn, key })));
	}

	async function slotsOf(q: Queries, member: string) {
		const found = [];
		// One after the other: a write has one connection.
		for (const place of await places(q, member)) found.push(...(await at(q, place, most)));
		return found;
	}

	/** Who of these has anything here: one look for many, the same whoever they are. */
	async function among(q: Queries, members: readonly string[]): Promise<string[]> {
		const found = [];
		for (const place of await places(q, '')) {
			const whose = new Map(members.map((of) => [tagAt({ ...place, of }, 0), of]));
			const rows = await q
				.select({ tag: sealedRows.tag })
				.from(sealedRows)
				.where(inArray(sealedRows.tag, [...whose.keys()]));
			found.push(...rows.flatMap(({ tag }) => whose.get(tag) ?? []));
		}
		return found;
	}

	/** All of this member's. */
	async function all(q: Queries, member: string): Promise<Kept<Value>[]> {
		return (await slotsOf(q, member)).flatMap(({ tag, sealed }) => {
			const value = opened(tag, sealed)?.laid.value;
			return is(value) ? [{ tag, value }] : [];
		});
	}

	/** `keptOn` is a day ("2026-03-14"): a year after it the row goes by itself. */
	async function put(tx: Queries, member: string, value: Value, keptOn: string): Promise<string> {
		const place = (await places(tx, member)).at(-1);
		if (!place) throw new Error('There is no key to keep this under.');
		const slot = nextSlot(await at(tx, place));
		if (slot >= limits.placesADay) throw new Refusal('too_many', untilTomorrow(now()));
		const tag = tagAt(place, slot);
		await tx.insert(sealedRows).values({ tag, sealed: sealed(tag, member, value), keptOn, turnedOn: place.turn });
		return tag;
	}

	async function change(tx: Queries, member: string, tag: string, value: Value, keptOn: string): Promise<void> {
		await tx
			.update(sealedRows)
			.set({ sealed: sealed(tag, member, value), keptOn })
			.where(eq(sealedRows.tag, tag));
	}

	/** Their words are gone at once; the empty rows go when the shelf is turned, with everybody's. */
	async function drop(tx: Queries, tags: string[]): Promise<void> {
		if (tags.length > 0) await tx.update(sealedRows).set({ sealed: spent }).where(inArray(sealedRows.tag, tags));
	}

	/** All of this member's, and nothing stays. */
	async function dropAll(tx: Queries, member: string): Promise<void> {
		const tags = (await slotsOf(tx, member)).map(({ tag }) => tag);
		for (let from = 0; from < tags.length; from += atOnce)
			await tx.delete(sealedRows).where(inArray(sealedRows.tag, tags.slice(from, from + atOnce)));
	}

	return { all, among, put, change, drop, dropAll };
}
