// Every shelf there is, with the words by which a member and the operator read what stands on it.
import type { Queries } from '#server/store/database.ts';
import type { Class, Told } from '#server/store/ledger-words.ts';
import type { Row } from '#server/store/rows-about.ts';
import { draftShelf, type Draft } from './draft-shelf.ts';
import type { Means } from './means.ts';
import { maskHolds, type MaskHold } from './mask-holds.ts';
import { noticesRead, type NoticesRead } from './notices-read.ts';
import { ownMasks, type OwnMask } from './own-masks.ts';
import { readingMarks } from './reading-marks.ts';
import type { Kept, Shelf } from './shelf.ts';

const draft = {
	place: ['link', 'The form it belongs to.'],
	boardId: ['link', 'The board it is for.'],
	title: ['private words', 'The title so far.'],
	body: ['private words', 'The words so far.'],
	warnings: ['private words', 'The warnings ticked so far.'],
	mask: ['state', 'Whether you want to send it without your name.'],
	keptAt: ['moment', 'When it was last kept.']
} as const satisfies Record<keyof Draft, Told>;

const ownMask = {
	post: ['link', 'The post.'],
	thread: ['link', 'The story it belongs to.'],
	story: ['state', 'Whether it is a story or an answer.'],
	at: ['moment', 'When you sent it.'],
	key: ['random id', 'Makes a second press of the same form harmless.'],
	words: ['secret hash', 'Knows the same words again, for the same reason.']
} as const satisfies Record<keyof OwnMask, Told>;

const maskHold = {
	decision: ['link', 'The decision behind it.'],
	until: ['moment', 'Until when it holds.'],
	kind: [
		'state',
		'A pause from writing, from one board, or from all but reading. Empty: what you write behind a mask waits for a moderator.'
	],
	board: ['link', 'The board, where it is about one.'],
	rule: ['state', 'The rule it is about.'],
	reason: ['private words', 'What the moderator wrote to you.'],
	boardTitle: ['private words', 'The title of that board.']
} as const satisfies Record<keyof MaskHold, Told>;

const columnsOf = (told: Record<string, Told>): { name: string; class: Class; purpose: string }[] =>
	Object.entries(told).map(([name, [kind, purpose]]) => ({ name, class: kind, purpose }));

const read = {
	upTo: ['moment', 'Up to when you marked all as read.'],
	singly: ['link', 'Those you marked one by one.']
} as const satisfies Record<keyof NoticesRead, Told>;

type OnAShelf<Value> = Pick<Shelf<Value>, 'dropAll'> &
	Partial<Pick<Shelf<Value>, 'dropHead'>> & { all: (q: Queries, member: string) => Promise<Kept<Value>[]> };

function told<Value extends Row>(what: string, columns: Record<string, Told>, { all, dropAll, dropHead }: OnAShelf<Value>) {
	return {
		what,
		columns: columnsOf(columns),
		rows: async (q: Queries, member: string): Promise<Row[]> => (await all(q, member)).map(({ value }) => value),
		dropAll,
		dropHead
	};
}

export const shelves = (means: Pick<Means, 'db' | 'now' | 'sealer'>) => [
	told('Your drafts', draft, draftShelf(means)),
	told('What you wrote behind a mask', ownMask, ownMasks(means)),
	told('Which notices you have read', read, noticesRead(means)),
	told('What moderators asked of you for what you wrote behind a mask', maskHold, maskHolds(means))
];

const mark = columnsOf({
	threadId: ['link', 'The story.'],
	readAt: ['moment', 'Your last visit.'],
	before: ['moment', 'The visit before that.']
});

/**
 * Whoever leaves leaves nothing on them that leads to them. Where what they wrote behind masks stands, its rows on their shelf stay as they
 * are, as long as it: whoever has copies of two days would see them go with the account, or one by one soon after, and know the posts that
 * came on the same days. Without the member's id nobody finds them, and the key file reads in them a post and nobody.
 */
export async function clearShelves(
	means: Pick<Means, 'db' | 'now' | 'sealer'>,
	tx: Queries,
	member: string,
	masksStay: boolean
): Promise<void> {
	for (const { dropAll, dropHead } of shelves(means)) await (masksStay && dropHead ? dropHead(tx, member) : dropAll(tx, member));
}

/** When a member last opened each story, some rows at a time. */
export async function* marksOf(means: Pick<Means, 'db' | 'now' | 'sealer'>, member: string) {
	for await (const some of readingMarks(means).of(means.db.read, member)) yield { columns: mark, rows: some };
}
