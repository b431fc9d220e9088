// Which keys of the key file this store cannot do without: the newest one is named before anything is sealed under it.
import { eq } from 'drizzle-orm';
import { sealedUnder } from './time-codes.ts';
import type { Means, Sealer } from './means.ts';

const restore = 'Put the key file of this database in its place and start again.';

/** Ids of the keys that must be in the key file. Secrets sealed before keys were named name theirs themselves. */
export async function neededKeys(db: Means['db']): Promise<string[]> {
	const named = await db.read.select({ id: db.tables.namedKeys.id }).from(db.tables.namedKeys);
	return [...new Set([...named.map(({ id }) => id), ...(await sealedUnder(db))])];
}

/** What a key makes of a fixed word: it tells keys apart and tells nothing of them. */
const markOf = (sealer: Sealer, id: string) => sealer.tag('named keys', ['lamplight'], id);

/**
 * Throws where a key has the name of one that was used here and another secret: half of what is kept would open. Keys that were named
 * before there were marks get theirs. `file` is for the sentence.
 */
export async function requireSameKeys({ read, write, tables: { namedKeys } }: Means['db'], sealer: Sealer, file: string): Promise<void> {
	const named = await read.select({ id: namedKeys.id, mark: namedKeys.mark }).from(namedKeys);
	const other = named.find(({ id, mark }) => mark !== null && mark !== markOf(sealer, id));
	if (other)
		throw new Error(
			`The key "${other.id}" in ${file} is not the one of this name that this database was written with: its secret was changed or swapped. ${restore}`
		);
	const unmarked = named.filter(({ mark }) => mark === null);
	if (unmarked.length === 0) return;
	await write(async (tx) => {
		for (const { id } of unmarked)
			await tx
				.update(namedKeys)
				.set({ mark: markOf(sealer, id) })
				.where(eq(namedKeys.id, id));
	});
}

/** From now on the store cannot be opened without the newest key. */
export async function nameKey({ read, write, tables: { namedKeys } }: Means['db'], sealer: Sealer): Promise<void> {
	const id = sealer.keys().at(-1) ?? '';
	const known = await read.select({ id: namedKeys.id }).from(namedKeys);
	if (known.some((key) => key.id === id)) return;
	await write((tx) =>
		tx
			.insert(namedKeys)
			.values({ id, mark: markOf(sealer, id) })
			.onConflictDoNothing()
	);
}
