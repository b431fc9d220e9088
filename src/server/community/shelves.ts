// Every shelf there is, with the words by which a member and the operator read what stands on it.
import type { Queries } from '#server/store/database.ts';
import type { Told } from '#server/store/ledger-words.ts';
import type { Row } from '#server/store/rows-about.ts';
import { draftShelf, type Draft } from './draft-shelf.ts';
import type { Means } from './means.ts';
import type { Shelf } from './shelf.ts';

const draft = {
	place: ['link', 'The form it belongs to.'],
	boardId: ['link', 'The board it is for.'],
	title: ['private words', 'The title so far.'],
	body: ['private words', 'The words so far.'],
	warnings: ['private words', 'The warnings ticked so far.'],
	keptAt: ['moment', 'When it was last kept.']
} as const satisfies Record<keyof Draft, Told>;

function told<Value extends Row>(what: string, columns: Record<string, Told>, { all, dropAll }: Shelf<Value>) {
	return {
		what,
		columns: Object.entries(columns).map(([name, [kind, purpose]]) => ({ name, class: kind, purpose })),
		rows: async (q: Queries, member: string): Promise<Row[]> => (await all(q, member)).map(({ value }) => value),
		dropAll
	};
}

export const shelves = (means: Pick<Means, 'db' | 'sealer'>) => [told('Your drafts', draft, draftShelf(means))];
