// Which posts with a mask are a member's own: kept on their shelf, so that no row says it.
import { limits } from '#lib/limits.ts';
import type { Queries } from '#server/store/database.ts';
import type { Actor, Means } from './means.ts';
import { onceInARequest } from './one-look.ts';
import { keptForGood, shelfOf, type Kept } from './shelf.ts';

export type OwnMask = {
	/** The post, also while it waits. */
	post: string;
	thread: string;
	story: boolean;
	/** When it was pressed. */
	at: number;
	/** The form's key and what was sent, as a tag: a second press makes no second post. */
	key: string;
	words: string;
};
const isOwnMask = (value: unknown): value is OwnMask =>
	typeof value === 'object' && value !== null && 'post' in value && 'thread' in value && 'story' in value;

const once = onceInARequest<Kept<OwnMask>[]>();

export function ownMasks(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const shelf = shelfOf(means, 'own masks', isOwnMask);

	/** The oldest first; none where nothing can be sealed. */
	const all = async (q: Queries, member: string): Promise<Kept<OwnMask>[]> => (means.sealer ? shelf.all(q, member) : []);
	/** The same for a reader, once in a request. */
	const of = (reader: Actor) => once(reader, () => all(means.db.read, reader.id));
	/** For good: the post stands as long, and only by this list its author finds it. */
	const put = (tx: Queries, member: string, mask: OwnMask) => shelf.put(tx, member, mask, keptForGood);

	/** How many stories, or answers, were pressed since then. */
	const since = async (q: Queries, member: string, story: boolean, then: number) =>
		(await all(q, member)).filter(({ value }) => value.story === story && value.at > then).length;

	/** Whether this very form was sent within the last minute. */
	const justPressed = async (q: Queries, member: string, key: string | undefined, now: number) =>
		key !== undefined && (await all(q, member)).some(({ value }) => value.key === key && value.at > now - limits.sameWordsWithin);

	return { all, of, since, justPressed, put, drop: shelf.drop, dropAll: shelf.dropAll, dropHead: shelf.dropHead };
}
