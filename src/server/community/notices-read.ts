// Which notices a member has read of those that no row ties to them. Everybody who reads notices keeps this, also without any mask:
// whoever has the store would otherwise see who has one.
import type { Queries } from '#server/store/database.ts';
import type { Means } from './means.ts';
import { keptForGood } from './shelf.ts';
import { turnedShelf } from './turned-shelf.ts';

export type NoticesRead = { upTo: number; singly: string[] };
export const isRead = (value: unknown): value is NoticesRead =>
	typeof value === 'object' &&
	value !== null &&
	'upTo' in value &&
	typeof value.upTo === 'number' &&
	'singly' in value &&
	Array.isArray(value.singly);
/** As many as a list shows. */
const most = 100;
/** Bytes that hold so many: always of one size, or it would be known again when it is turned. */
const size = 4096;

/** For turning, which makes the rows of a day one. */
export const noticesReadKind = 'notices read';
const none: NoticesRead = { upTo: 0, singly: [] };
const both = (one: NoticesRead, other: NoticesRead): NoticesRead => ({
	upTo: Math.max(one.upTo, other.upTo),
	singly: [...new Set([...one.singly, ...other.singly])].slice(-most)
});
export const bothRead = (one: unknown, other: unknown): NoticesRead => both(isRead(one) ? one : none, isRead(other) ? other : none);

export function noticesRead(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const shelf = turnedShelf(means, noticesReadKind, isRead, { size });

	async function find(q: Queries, member: string): Promise<NoticesRead> {
		return (await shelf.all(q, member)).map(({ value }) => value).reduce(both, none);
	}

	/**
	 * A row of its own: one that stood beside notices with a name would say who reads when it changes beside none. And without its day: by that
	 * it would be known again among the turned ones.
	 */
	async function add(tx: Queries, member: string, what: NoticesRead): Promise<void> {
		await shelf.put(tx, member, both(none, what), keptForGood);
	}

	return { find, add, all: shelf.all, dropAll: shelf.dropAll };
}
