// Which keys of the key file this store cannot do without: the newest one is named before anything is sealed under it.
import { sealedUnder } from './time-codes.ts';
import type { Means } from './means.ts';

/** Ids of the keys that must be in the key file. Secrets sealed before keys were named name theirs themselves. */
export async function neededKeys(db: Means['db']): Promise<string[]> {
	const named = await db.read.select({ id: db.tables.namedKeys.id }).from(db.tables.namedKeys);
	return [...new Set([...named.map(({ id }) => id), ...(await sealedUnder(db))])];
}

/** From now on the store cannot be opened without this key. */
export async function nameKey({ read, write, tables: { namedKeys } }: Means['db'], id: string): Promise<void> {
	const known = await read.select({ id: namedKeys.id }).from(namedKeys);
	if (known.some((key) => key.id === id)) return;
	await write((tx) => tx.insert(namedKeys).values({ id }).onConflictDoNothing());
}
