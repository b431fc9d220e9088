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

export function noticesRead(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const shelf = turnedShelf(means, 'notices read', isRead, { size, most: 1 });

	async function find(q: Queries, member: string): Promise<NoticesRead> {
		const [kept] = await shelf.all(q, member);
		return kept?.value ?? { upTo: 0, singly: [] };
	}

	/** Without its day: by that it would be known again among the turned ones. */
	async function add(tx: Queries, member: string, { upTo, singly }: NoticesRead): Promise<void> {
		const [kept] = await shelf.all(tx, member);
		if (!kept) return void (await shelf.put(tx, member, { upTo, singly }, keptForGood));
		const both = { upTo: Math.max(upTo, kept.value.upTo), singly: [...new Set([...kept.value.singly, ...singly])].slice(-most) };
		await shelf.change(tx, member, kept.tag, both, keptForGood);
	}

	return { find, add, all: shelf.all, dropAll: shelf.dropAll };
}
