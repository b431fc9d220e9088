// What a member keeps without a row that names them: rows under tags that only the key file can make, opened with the same key.
// Whoever has the store alone sees neither whose a row is nor of what kind.
import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { ready, type Queries } from '#server/store/database.ts';
import { noSealer, type Means } from './means.ts';
import { sizedJson } from './sized-json.ts';

export type Kept<Value> = { tag: string; value: Value };
/** The row itself knows its tag: moved to another one it does not open. */
const about = (tag: string) => `shelf ${tag}`;
/** A head is changed once for so many: with each it would tell, to who follows the log of the store, which rows are one member's. */
const slotsAtOnce = 16;
/** Tags in one look. */
const atOnce = 64;

/** How many slots were ever in use under one key: rows that went, also past their time, leave holes. */
type Head = { slots: number };
const isHead = (value: unknown): value is Head =>
	typeof value === 'object' && value !== null && 'slots' in value && typeof value.slots === 'number';

/** Every page of a member and every post asks for heads, and most find none: a query that stands ready. */
const oneRow = ready((q, { sealedRows }) =>
	q
		.select({ sealed: sealedRows.sealed })
		.from(sealedRows)
		.where(eq(sealedRows.tag, sql.placeholder('tag')))
);

/** `kind` parts what is kept for different uses; `is` says whether an opened value still has the form that this use needs. */
export function shelfOf<Value>(
	{ db, sealer = noSealer }: Pick<Means, 'db' | 'sealer'>,
	kind: string,
	is: (value: unknown) => value is Value
) {
	const { sealedRows } = db.tables;
	const headTag = (member: string, key?: string) => sealer.tag(`shelf ${kind}`, [member], key);
	const slotTag = (member: string, slot: number, key?: string) => sealer.tag(`shelf ${kind}`, [member, String(slot)], key);
	const seal = (tag: string, value: unknown) => sealer.seal(sizedJson(value), about(tag));

	function opened(tag: string, sealed: string | undefined): unknown {
		const text = sealed === undefined ? undefined : sealer.open(sealed, about(tag));
		return text === undefined ? undefined : JSON.parse(text);
	}

	async function headsAt(q: Queries, tags: string[]) {
		const found = new Map<string, string>();
		// One after the other: a write has one connection.
		for (const tag of tags) for (const { sealed } of await oneRow(q, db.tables, { tag })) found.set(tag, sealed);
		return found;
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

	/** The slots in use under each key of the ring that has any, the oldest key first. */
	async function slotTags(q: Queries, member: string) {
		const heads = sealer.keys().map((key) => ({ key, tag: headTag(member, key) }));
		const found = await headsAt(
			q,
			heads.map(({ tag }) => tag)
		);
		return heads.flatMap(({ key, tag }) => {
			const head = opened(tag, found.get(tag));
			return isHead(head) ? [{ key, head: tag, tags: Array.from({ length: head.slots }, (_, slot) => slotTag(member, slot, key)) }] : [];
		});
	}

	/** All of this member's, in the order of their slots. */
	async function all(q: Queries, member: string): Promise<Kept<Value>[]> {
		const tags = (await slotTags(q, member)).flatMap((one) => one.tags);
		const rows = await rowsAt(q, tags);
		return tags.flatMap((tag) => {
			const value = opened(tag, rows.get(tag));
			return is(value) ? [{ tag, value }] : [];
		});
	}

	/** The head goes after everything it leads to. */
	async function keepHead(tx: Queries, member: string, keptOn: string) {
		const tags = sealer.keys().map((key) => headTag(member, key));
		await tx
			.update(sealedRows)
			.set({ keptOn })
			.where(and(inArray(sealedRows.tag, tags), lt(sealedRows.keptOn, keptOn)));
	}

	/** Into the first free slot. `keptOn` is a day ("2026-03-14"): a year after it the row goes by itself. */
	async function put(tx: Queries, member: string, value: Value, keptOn: string): Promise<string> {
		const head = headTag(member);
		const there = (await slotTags(tx, member)).find((one) => one.head === head)?.tags ?? [];
		const taken = await rowsAt(tx, there);
		const tag = there.find((one) => !taken.has(one)) ?? slotTag(member, there.length);
		await tx.insert(sealedRows).values({ tag, sealed: seal(tag, value), keptOn });
		if (!there.includes(tag)) {
			const sealed = seal(head, { slots: there.length + slotsAtOnce });
			if (there.length === 0) await tx.insert(sealedRows).values({ tag: head, sealed, keptOn });
			else await tx.update(sealedRows).set({ sealed }).where(eq(sealedRows.tag, head));
		}
		await keepHead(tx, member, keptOn);
		return tag;
	}

	async function change(tx: Queries, member: string, tag: string, value: Value, keptOn: string): Promise<void> {
		await tx
			.update(sealedRows)
			.set({ sealed: seal(tag, value), keptOn })
			.where(eq(sealedRows.tag, tag));
		await keepHead(tx, member, keptOn);
	}

	async function drop(tx: Queries, tags: string[]): Promise<void> {
		for (let from = 0; from < tags.length; from += atOnce)
			await tx.delete(sealedRows).where(inArray(sealedRows.tag, tags.slice(from, from + atOnce)));
	}

	/** All of this member's and whatever could lead to it. */
	async function dropAll(tx: Queries, member: string): Promise<void> {
		await drop(
			tx,
			(await slotTags(tx, member)).flatMap(({ head, tags }) => [head, ...tags])
		);
	}

	return { all, put, change, drop, dropAll };
}

export type Shelf<Value> = ReturnType<typeof shelfOf<Value>>;
