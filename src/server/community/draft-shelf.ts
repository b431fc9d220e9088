// Drafts as they are kept: on the member's shelf, whose rows are turned each day, for a row with their name and these words would say who wrote a masked post.
import { asc, inArray } from 'drizzle-orm';
import type { Means } from './means.ts';
import { dayOf } from './lucia-adapter.ts';
import { turnedShelf } from './turned-shelf.ts';

export type Draft = {
	place: string;
	boardId: string | null;
	title: string;
	body: string;
	warnings: string[];
	/** To be sent without the member's name. */
	mask?: boolean;
	keptAt: number;
};

export function isDraft(value: unknown): value is Draft {
	if (typeof value !== 'object' || value === null) return false;
	const has = (name: string, is: (field: unknown) => boolean) => is(Object.entries(value).find(([field]) => field === name)?.[1]);
	const text = (field: unknown) => typeof field === 'string';
	return (
		['place', 'title', 'body'].every((name) => has(name, text)) &&
		has('boardId', (id) => id === null || text(id)) &&
		has('warnings', (list) => Array.isArray(list) && list.every(text)) &&
		has('keptAt', (at) => typeof at === 'number')
	);
}

export const draftShelf = (means: Pick<Means, 'db' | 'now' | 'sealer'>) => turnedShelf(means, 'drafts', isDraft);

/** Those of them that were kept by name before there was a shelf, some at a time; a start calls it. */
const atOnce = 200;

export async function shelveOldDrafts(means: Pick<Means, 'db' | 'now' | 'sealer'>): Promise<void> {
	const { drafts } = means.db.tables;
	const shelf = draftShelf(means);
	for (let moved = atOnce; moved === atOnce;)
		moved = await means.db.write(async (tx) => {
			const { id, memberId, place, boardId, title, body, warnings, keptAt } = drafts;
			const rows = await tx
				.select({ id, memberId, draft: { place, boardId, title, body, warnings, keptAt } })
				.from(drafts)
				.orderBy(asc(keptAt), asc(id))
				.limit(atOnce);
			for (const row of rows) await shelf.put(tx, row.memberId, row.draft, dayOf(row.draft.keptAt));
			const gone = rows.map((row) => row.id);
			if (gone.length > 0) await tx.delete(drafts).where(inArray(drafts.id, gone));
			return rows.length;
		});
}
