// One write of the moderation room, with what it has to tell once it is durable.
import type { Queries } from '#server/store/database.ts';
import type { CommunityEvent } from './events.ts';
import type { Means } from './means.ts';

/** The clock and the ids of one write. A write may run twice, so what it tells is gathered here and told after it resolved. */
export type Moment = { at: number; newId: () => string; tells: CommunityEvent[] };

export async function writeAndTell<T>({ db, now, newId, tell }: Means, work: (tx: Queries, moment: Moment) => Promise<T>): Promise<T> {
	const { result, tells } = await db.write(async (tx) => {
		const moment: Moment = { at: now(), newId, tells: [] };
		return { result: await work(tx, moment), tells: moment.tells };
	});
	for (const event of tells) tell(event);
	return result;
}
