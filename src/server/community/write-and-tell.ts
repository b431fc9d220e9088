// One write with what it has to tell once it is durable; and writes on somebody's behalf, who may have left since their request began.
import { eq, sql } from 'drizzle-orm';
import { Refusal } from '#lib/refusals.ts';
import { ready, type Database, type Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import type { CommunityEvent } from './events.ts';
import type { Actor, Means } from './means.ts';

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

/** Whoever writes, as the write itself finds them. */
export type Here = { id: string; joinedAt: number };

const here = ready((q, { members }) =>
	q
		.select({ id: members.id, joinedAt: members.joinedAt })
		.from(members)
		.where(eq(members.id, sql.placeholder('id')))
);

/** Refuses whoever was erased: a row written for them now would outlast their account. */
export async function requireHere(q: Queries, tables: Tables, memberId: string): Promise<Here> {
	const [found] = await here(q, tables, { id: memberId });
	if (!found) throw new Refusal('signed_out');
	return found;
}

/** A write on a member's behalf. It looks whether they are still here in the same write: erasing is one write too, before it or after. */
export function writeAs<T>(db: Database, actor: Pick<Actor, 'id'>, work: (tx: Queries, here: Here) => PromiseLike<T>): Promise<T> {
	return db.write(async (tx) => work(tx, await requireHere(tx, db.tables, actor.id)));
}

/** The same for what has something to tell. */
export function writeAndTellAs<T>(
	means: Means,
	actor: Pick<Actor, 'id'>,
	work: (tx: Queries, moment: Moment, here: Here) => Promise<T>
): Promise<T> {
	return writeAndTell(means, async (tx, moment) => work(tx, moment, await requireHere(tx, means.db.tables, actor.id)));
}
