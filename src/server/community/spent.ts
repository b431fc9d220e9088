// What may be used once only: the second use finds the first one's mark, also when both come at once.
import { createHash } from 'node:crypto';
import { lte } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Means } from './means.ts';

const day = 24 * 60 * 60_000;

export function spending({ db, now }: Pick<Means, 'db' | 'now'>) {
	const { spent } = db.tables;

	/**
	 * In a write of the caller's; true for the first one only. `thing` has to hold a secret, so that its mark cannot be guessed from the store;
	 * `goodFor`: milliseconds after which it would be refused as too old anyway. The mark stays to the end of a day: it tells no minute.
	 */
	return async function spend(tx: Queries, thing: string, goodFor: number): Promise<boolean> {
		await tx.delete(spent).where(lte(spent.expiresAt, now()));
		const mark = { hash: createHash('sha256').update(thing).digest('hex'), expiresAt: Math.ceil((now() + goodFor) / day) * day };
		return (await tx.insert(spent).values(mark).onConflictDoNothing().returning({ hash: spent.hash })).length === 1;
	};
}
