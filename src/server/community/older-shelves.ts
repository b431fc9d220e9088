// Shelves that were filled before tags were new each day: drafts, and which notices were read, are moved to turned rows, and so are the heads of
// lists; a start calls it. What stands in old logs and backups stays there.
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import { draftShelf, isDraft } from './draft-shelf.ts';
import { dayOf } from './lucia-adapter.ts';
import { noSealer, type Means } from './means.ts';
import { isRead, noticesRead } from './notices-read.ts';
import { headsOf, keptForGood } from './shelf.ts';
import { neverTurned } from './turned-rows.ts';

/** What such rows have instead of a day. */
const before = '';
/** Members in one write. */
const atOnce = 100;

export async function turnOlderShelves(means: Pick<Means, 'db' | 'now' | 'sealer'>): Promise<void> {
	const { db, sealer = noSealer } = means;
	const { sealedRows, members } = db.tables;
	const ofBefore = eq(sealedRows.turnedOn, before);
	const anyLeft = async () => (await db.read.select({ tag: sealedRows.tag }).from(sealedRows).where(ofBefore).limit(1)).length > 0;

	async function openedAt(tx: Queries, tags: string[]) {
		const columns = { tag: sealedRows.tag, sealed: sealedRows.sealed };
		const rows = await tx
			.select(columns)
			.from(sealedRows)
			.where(and(ofBefore, inArray(sealedRows.tag, tags)));
		return tags.flatMap((tag) => {
			const text = sealer.open(rows.find((row) => row.tag === tag)?.sealed ?? '', `shelf ${tag}`);
			const value: unknown = text === undefined ? undefined : JSON.parse(text);
			return value === undefined ? [] : [{ tag, value }];
		});
	}

	/** The head and the slots of one member's shelf, under each key that has any. */
	async function shelvesOf(tx: Queries, kind: string, member: string) {
		const found = [];
		for (const key of sealer.keys()) {
			const [head] = await openedAt(tx, [sealer.tag(`shelf ${kind}`, [member], key)]);
			if (typeof head?.value !== 'object' || head.value === null || !('slots' in head.value)) continue;
			const slots = Number(head.value.slots);
			const tags = Array.from({ length: slots }, (_, slot) => sealer.tag(`shelf ${kind}`, [member, String(slot)], key));
			found.push({ key, head: head.tag, slots, tags });
		}
		return found;
	}
	const take = (tx: Queries, tags: string[]) => tx.delete(sealedRows).where(inArray(sealedRows.tag, tags));

	async function moveDrafts(tx: Queries, member: string) {
		for (const { head, tags } of await shelvesOf(tx, 'drafts', member)) {
			for (const { value } of await openedAt(tx, tags))
				if (isDraft(value)) await draftShelf(means).put(tx, member, value, dayOf(value.keptAt));
			await take(tx, [head, ...tags]);
		}
	}

	async function moveNoticesRead(tx: Queries, member: string) {
		for (const { head, tags } of await shelvesOf(tx, 'notices read', member)) {
			for (const { value } of await openedAt(tx, tags)) if (isRead(value)) await noticesRead(means).add(tx, member, value);
			await take(tx, [head, ...tags]);
		}
	}

	/** Its rows stay where they are. Which slots were used and let go is not known any more: all that there are count as used. */
	async function turnHead(tx: Queries, kind: string, member: string) {
		const found = await shelvesOf(tx, kind, member);
		if (found.length === 0) return;
		for (const { head, tags } of found) {
			await take(tx, [head]);
			await tx.update(sealedRows).set({ turnedOn: neverTurned }).where(inArray(sealedRows.tag, tags));
		}
		const under = found.map(({ key, slots }) => ({ key, slots, unused: slots }));
		await headsOf(means, kind).put(tx, member, { under }, keptForGood);
	}

	if (!(await anyLeft())) return;
	for (let after: string | undefined = ''; after !== undefined;) {
		const ids: { id: string }[] = await db.read
			.select({ id: members.id })
			.from(members)
			.where(gt(members.id, after))
			.orderBy(asc(members.id))
			.limit(atOnce);
		await db.write(async (tx) => {
			for (const { id } of ids) {
				await moveDrafts(tx, id);
				await moveNoticesRead(tx, id);
				for (const kind of ['own masks', 'mask holds']) await turnHead(tx, kind, id);
			}
		});
		after = ids.length === atOnce ? ids.at(-1)?.id : undefined;
	}
	// What nobody here can find keeps its place until its time is over.
	await db.write((tx) => tx.update(sealedRows).set({ turnedOn: neverTurned }).where(ofBefore));
}
