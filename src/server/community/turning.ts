// Each day all turned rows of everybody get new tags, mixed: whoever reads the log of the store commit by commit, or has copies of two days,
// cannot tell which of the new rows is which of the old ones.
import { and, asc, gt, inArray, lt } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import { retentions } from '#server/store/ledger-words.ts';
import { dayOf } from './lucia-adapter.ts';
import { noSealer, type Means } from './means.ts';
import { nextSlot, turnedRows } from './turned-rows.ts';

/** Rows in one write: the more, the better they are mixed, and the longer others wait. */
const atOnce = 200;
/** Writes in one round; the next second brings more. */
const mostWrites = 20;

export function turning(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const { db, now, sealer = noSealer } = means;
	const { sealedRows } = db.tables;
	const { tagAt, seal, opened, at } = turnedRows(means);
	let turnedOn: string | undefined;

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
		const turned = [];
		for (const { tag: before, sealed, keptOn } of rows) {
			const found = keptOn > past ? opened(before, sealed) : undefined;
			if (!found) continue;
			const { of, kind } = found.laid;
			const place = { of, kind, turn: today, key: sealer.keys().at(-1) ?? '' };
			const whose = JSON.stringify([of, kind]);
			const slot = slots.get(whose) ?? nextSlot(await at(tx, place));
			slots.set(whose, slot + 1);
			const tag = tagAt(place, slot);
			turned.push({ tag, sealed: seal(tag, found.text), keptOn, turnedOn: today });
		}
		await tx.delete(sealedRows).where(
			inArray(
				sealedRows.tag,
				rows.map(({ tag }) => tag)
			)
		);
		if (turned.length > 0) await tx.insert(sealedRows).values(turned.sort((a, b) => (a.tag < b.tag ? -1 : 1)));
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
