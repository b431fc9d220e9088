// What a member keeps without a row that names them: rows under tags that only the key file can make, opened with the same key.
// Whoever has the store alone sees neither whose a row is nor of what kind. No tag is used twice, also not after what it stood for was let go.
import { inArray } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import { noSealer, type Means } from './means.ts';
import { sizedJson } from './sized-json.ts';
import { neverTurned, spent } from './turned-rows.ts';
import { turnedShelf } from './turned-shelf.ts';

export type Kept<Value> = { tag: string; value: Value };
/** The row itself knows its tag: moved to another one it does not open. */
const about = (tag: string) => `shelf ${tag}`;
/** A head is changed once for so many. */
const slotsAtOnce = 16;
/** Tags in one look. */
const atOnce = 64;

/** Under each key that was used: how many slots there are, and from which on none was ever used. */
export type Head = { under: { key: string; slots: number; unused: number }[] };
const isHead = (value: unknown): value is Head =>
	typeof value === 'object' && value !== null && 'under' in value && Array.isArray(value.under);
/** A row stays until its member takes it away. */
export const keptForGood = '9999-12-31';

/** Turned each day: on a tag of its own, two rows that changed it would be known as one member's. */
export const headsOf = (means: Pick<Means, 'db' | 'now' | 'sealer'>, kind: string) =>
	turnedShelf(means, `head of ${kind}`, isHead, { most: 1 });

/** `kind` parts what is kept for different uses; `is` says whether an opened value still has the form that this use needs. */
export function shelfOf<Value>(means: Pick<Means, 'db' | 'now' | 'sealer'>, kind: string, is: (value: unknown) => value is Value) {
	const { db, sealer = noSealer } = means;
	const { sealedRows } = db.tables;
	const heads = headsOf(means, kind);
	const slotTag = (member: string, slot: number, key?: string) => sealer.tag(`shelf ${kind}`, [member, String(slot)], key);
	const seal = (tag: string, value: unknown) => sealer.seal(sizedJson(value), about(tag));

	function opened(tag: string, sealed: string | undefined): unknown {
		const text = sealed === undefined ? undefined : sealer.open(sealed, about(tag));
		return text === undefined ? undefined : JSON.parse(text);
	}

	async function rowsAt(q: Queries, tags: string[]) {
		const found = new Map<string, string>();
		for (let from = 0; from < tags.length; from += atOnce) {
			const rows = await q
				.select({ tag: sealedRows.tag, sealed: sealedRows.sealed })
				.from(sealedRows)
				.where(inArray(sealedRows.tag, tags.slice(from, from + atOnce)));
			for (const { tag, sealed } of rows) found.set(tag, sealed);
		}
		return found;
	}

	const tagsUnder = (member: string, { key, slots }: { key: string; slots: number }) =>
		Array.from({ length: slots }, (_, slot) => slotTag(member, slot, key));

	/** The oldest key first. */
	async function slotTags(q: Queries, member: string) {
		const [head] = await heads.all(q, member);
		return head ? head.value.under.flatMap((one) => (sealer.keys().includes(one.key) ? tagsUnder(member, one) : [])) : [];
	}

	/** All of this member's, in the order of their slots. */
	async function all(q: Queries, member: string): Promise<Kept<Value>[]> {
		const tags = await slotTags(q, member);
		const rows = await rowsAt(q, tags);
		return tags.flatMap((tag) => {
			const value = opened(tag, rows.get(tag));
			return is(value) ? [{ tag, value }] : [];
		});
	}

	/** Into the first slot that was never used. `keptOn` is a day ("2026-03-14"): a year after it the row goes by itself. */
	async function put(tx: Queries, member: string, value: Value, keptOn: string): Promise<string> {
		const key = sealer.keys().at(-1) ?? '';
		const [head] = await heads.all(tx, member);
		const under = head?.value.under ?? [];
		const here = under.find((one) => one.key === key) ?? { key, slots: 0, unused: 0 };
		const unused = tagsUnder(member, here).slice(here.unused);
		const taken = await rowsAt(tx, unused);
		const free = unused.find((one) => !taken.has(one));
		const tag = free ?? slotTag(member, here.slots, key);
		await tx.insert(sealedRows).values({ tag, sealed: seal(tag, value), keptOn, turnedOn: neverTurned });
		if (free) return tag;
		const grown = { under: [...under.filter((one) => one !== here), { key, slots: here.slots + slotsAtOnce, unused: here.slots }] };
		if (head) await heads.change(tx, member, head.tag, grown, keptForGood);
		else await heads.put(tx, member, grown, keptForGood);
		return tag;
	}

	/** Its words are gone; the empty row stays, so that its tag is never used again. */
	async function drop(tx: Queries, tags: string[]): Promise<void> {
		if (tags.length > 0) await tx.update(sealedRows).set({ sealed: spent }).where(inArray(sealedRows.tag, tags));
	}

	/** All of this member's and whatever could lead to it. */
	async function dropAll(tx: Queries, member: string): Promise<void> {
		const tags = await slotTags(tx, member);
		for (let from = 0; from < tags.length; from += atOnce)
			await tx.delete(sealedRows).where(inArray(sealedRows.tag, tags.slice(from, from + atOnce)));
		await heads.dropAll(tx, member);
	}

	/** What leads to them alone: the rows stay, and nobody can tell whose they were. */
	const dropHead = heads.dropAll;

	/** Who of these ever had anything here. */
	const among = heads.among;

	return { all, among, put, drop, dropAll, dropHead };
}

export type Shelf<Value> = ReturnType<typeof shelfOf<Value>>;
