// Names that are never offered again (rulings.md 11). There are 178,265 names in all, so a plain hash would give them away to whoever tried
// every one: they are tagged under a key that is not in the store.
import { inArray } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import { noSealer, type Means } from './means.ts';

const purpose = 'erased names';

export function erasedNames({ db, sealer = noSealer }: Pick<Means, 'db' | 'sealer'>) {
	const { erasedNames } = db.tables;

	async function remember(tx: Queries, folded: string[]) {
		const rows = folded.map((name) => ({ tag: sealer.tag(purpose, [name]) }));
		if (rows.length > 0) await tx.insert(erasedNames).values(rows).onConflictDoNothing();
	}

	/** Which of these somebody had who has left, whichever key was the newest then. */
	async function among(q: Queries, folded: string[]): Promise<string[]> {
		const names = new Map(folded.flatMap((name) => sealer.keys().map((key) => [sealer.tag(purpose, [name], key), name] as const)));
		if (names.size === 0) return [];
		const found = await q
			.select({ tag: erasedNames.tag })
			.from(erasedNames)
			.where(inArray(erasedNames.tag, [...names.keys()]));
		return found.flatMap(({ tag }) => names.get(tag) ?? []);
	}

	return { remember, among };
}
