// Each day all turned rows of everybody get new tags, mixed: whoever reads the log of the store commit by commit, or has copies of two days,
// cannot tell which of the new rows is which of the old ones.
import { and, asc, gt, inArray, lt } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import { retentions } from '#server/store/ledger-words.ts';
import { dayOf } from './lucia-adapter.ts';
import { noSealer, type Means } from './means.ts';
import { bothRead, noticesReadKind } from './notices-read.ts';
import { sizedJson } from './sized-json.ts';
import { nextSlot, turnedRows, type Opened, type Place } from './turned-rows.ts';

/** Rows in one write: the more, the better they are mixed, and the longer others wait. */
const atOnce = 200;
/** Writes in one round; the next second brings more. */
const mostWrites = 20;

/** Where a day leaves several rows of one member, the next has one. */
const asOne: Record<string, (one: unknown, other: unknown) => unknown> = { [noticesReadKind]: bothRead };
function joined(found: Opened, other: Opened | undefined): Opened {
	if (!other) return found;
	const laid = { ...found.laid, value: asOne[found.laid.kind]?.(other.laid.value, found.laid.value) };
	return { laid, text: sizedJson(laid, Buffer.byteLength(found.text)) };
}

export function turning(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const { db, now, sealer = noSealer } = means;
	const { sealedRows } = db.tables;
	const { tagAt, seal, opened, at } = turnedRows(means);
	let turnedOn: string | undefined;

	async function firstAt(tx: Queries, place: Place): Promise<Opened | undefined> {
		const [first] = await at(tx, place, 1);
		return first && opened(first.tag, first.sealed);
	}

	/** Spent rows and those past their time stay behind. Tags are random: in their order nothing of the old order is left. */
	async function turnSome(tx: Queries, today: string): Promise<boolean> {
		const rows = await tx
			.select({ tag: sealedRows.tag, sealed: sealedRows.sealed, keptOn: sealedRows.keptOn })
			.from(sealedRows)
			.where(and(gt(sealedRows.turnedOn, ''), lt(sealedRows.turnedOn, today)))
			.orderBy(asc(sealedRows.turnedOn), asc(sealedRows.tag))
			.limit(atOnce);
		if (rows.length === 0) return false;
		const past = dayOf(now() - retentions.shelf.after);
		const slots = new Map<string, number>();
		const turned = new Map<string, Opened & { keptOn: string }>();
		for (const { tag: before, sealed, keptOn } of rows) {
			const found = keptOn > past ? opened(before, sealed) : undefined;
			if (!found) continue;
			const { of, kind } = found.laid;
			const place = { of, kind, turn: today, key: sealer.keys().at(-1) ?? '' };
			if (kind in asOne) {
				const tag = tagAt(place, 0);
				turned.set(tag, { ...joined(found, turned.get(tag) ?? (await firstAt(tx, place))), keptOn });
				continue;
			}
			const whose = JSON.stringify([of, kind]);
			const slot = slots.get(whose) ?? nextSlot(await at(tx, place));
			slots.set(whose, slot + 1);
			turned.set(tagAt(place, slot), { ...found, keptOn });
		}
		// What stood there today already is written anew.
		const tags = [...rows.map(({ tag }) => tag), ...turned.keys()];
		for (let from = 0; from < tags.length; from += atOnce)
			await tx.delete(sealedRows).where(inArray(sealedRows.tag, tags.slice(from, from + atOnce)));
		const anew = [...turned].map(([tag, { text, keptOn }]) => ({ tag, sealed: seal(tag, text), keptOn, turnedOn: today }));
		if (anew.length > 0) await tx.insert(sealedRows).values(anew.sort((a, b) => (a.tag < b.tag ? -1 : 1)));
		return rows.length === atOnce;
	}

	/** Called each second; works once a day. */
	async function turnDue(): Promise<void> {
		const today = dayOf(now());
		if (turnedOn === today) return;
		for (let writes = 0; writes < mostWrites; writes++)
			if (!(await db.write((tx) => turnSome(tx, today)))) {
				turnedOn = today;
				return;
			}
	}

	return { turnDue };
}
