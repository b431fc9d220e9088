// Names held for somebody who is joining. Nobody else is offered them for ten minutes, and only an offered name can be taken:
// so nobody signs up under a real name, and the form never tells whether an account exists.
import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { erasedNames } from './erased-names.ts';
import type { Means } from './means.ts';
import { combinations, foldName, offerName, properName } from './pseudonyms.ts';

/** Offers never hold more than a quarter of all names, so that a flood of them leaves names to offer. The oldest go first. */
const aQuarter = Math.min(100_000, Math.floor(combinations / 4));
/** Draws of ten before giving up: with nine names in ten taken, five free ones are found in about five. */
const mostDraws = 40;

export type Offer = { offer: string; names: string[] };

export function nameOffers({ db, now, newId, pick, sealer }: Pick<Means, 'db' | 'now' | 'newId' | 'pick' | 'sealer'>, mostHeld = aQuarter) {
	const { members, offeredNames } = db.tables;
	const erased = erasedNames({ db, sealer });

	/** Five free names, held for ten minutes; those of the `former` offer are let go. */
	async function offerNames(former?: string): Promise<Offer> {
		const offer = newId();
		// Counted outside the write: a few too many do no harm, but on PostgreSQL counting inside would set all offers against one another.
		const excess = (await db.read.$count(offeredNames)) + limits.namesOffered - mostHeld;
		const names = await db.write(async (tx) => {
			await tx.delete(offeredNames).where(lte(offeredNames.expiresAt, now()));
			if (former) await letGo(tx, former);
			if (excess > 0) {
				const oldest = await tx
					.select({ name: offeredNames.nameFolded })
					.from(offeredNames)
					.orderBy(asc(offeredNames.expiresAt))
					.limit(excess);
				await tx.delete(offeredNames).where(
					inArray(
						offeredNames.nameFolded,
						oldest.map((row) => row.name)
					)
				);
			}
			const held: string[] = [];
			for (let draw = 0; draw < mostDraws && held.length < limits.namesOffered; draw++)
				held.push(...(await hold(tx, offer, limits.namesOffered - held.length)));
			// In the order in which a form that comes back finds them.
			return held.sort();
		});
		if (names.length === 0) throw new Refusal('busy', limits.offerHeldFor / 1000);
		return { offer, names };
	}

	/** Draws ten names and holds up to `missing` of those that are free. */
	async function hold(tx: Queries, offer: string, missing: number): Promise<string[]> {
		const drawn = new Map(Array.from({ length: 10 }, () => offerName(pick)).map((name) => [foldName(name), name]));
		const taken = await tx
			.select({ name: members.nameFolded })
			.from(members)
			.where(inArray(members.nameFolded, [...drawn.keys()]));
		for (const { name } of taken) drawn.delete(name);
		for (const name of await erased.among(tx, [...drawn.keys()])) drawn.delete(name);
		const rows = [...drawn.keys()].slice(0, missing).map((nameFolded) => ({ nameFolded, offer, expiresAt: now() + limits.offerHeldFor }));
		if (rows.length === 0) return [];
		const held = await tx.insert(offeredNames).values(rows).onConflictDoNothing().returning({ name: offeredNames.nameFolded });
		return held.flatMap(({ name }) => drawn.get(name) ?? []);
	}

	/** The names this offer still holds. */
	async function namesHeld(queries: Queries, offer: string): Promise<string[]> {
		const rows = await queries
			.select({ name: offeredNames.nameFolded })
			.from(offeredNames)
			.where(and(eq(offeredNames.offer, offer), gt(offeredNames.expiresAt, now())))
			.orderBy(asc(offeredNames.nameFolded));
		return rows.flatMap(({ name }) => properName(name) ?? []);
	}

	/** For a form that comes back: its own offer while that lasts, a new one after. */
	async function offerAgain(offer: string): Promise<Offer> {
		const names = await namesHeld(db.read, offer);
		return names.length > 0 ? { offer, names } : offerNames();
	}

	const letGo = (tx: Queries, offer: string) => tx.delete(offeredNames).where(eq(offeredNames.offer, offer));

	return { offerNames, offerAgain, namesHeld, letGo };
}
