// How far a member has read: marked by opening a thread, never by a list and never for guests.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import { authorOnly, authorship } from './authorship.ts';
import { daysFrom } from './lucia-adapter.ts';
import { listsInSight } from './lists-in-sight.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import { replyKinds } from './notice-rows.ts';
import { oneLook } from './one-look.ts';
import { readingMarks, type Mark } from './reading-marks.ts';
import { sights } from './sight.ts';
import { writeAs } from './write-and-tell.ts';

export function reads(means: Means) {
	const { db, now } = means;
	const { threads, posts, notices } = db.tables;
	const { wrote } = authorship(means);
	const marks = readingMarks(means);
	const look = oneLook(means);
	const sightOf = sights(means);
	const inSight = listsInSight(means);

	const value = sql.placeholder;
	const opened = db.prepare(() =>
		db.read
			.select({ activeAt: threads.activeAt, state: posts.state, ...authorOnly(db.tables) })
			.from(threads)
			.innerJoin(posts, eq(posts.id, threads.openingId))
			.where(eq(threads.id, value('thread')))
	);
	const unreadHere = db.prepare(() =>
		db.read
			.select({ id: notices.id })
			.from(notices)
			.innerJoin(posts, eq(posts.id, notices.postId))
			.where(
				and(
					eq(notices.memberId, value('member')),
					isNull(notices.readAt),
					inArray(notices.kind, replyKinds),
					eq(posts.threadId, value('thread'))
				)
			)
	);

	/** What somebody out of sight wrote begins no visit: its end would be seen. */
	async function activeFor(actor: Actor, threadId: string, activeAt: number): Promise<number> {
		const hidden = [...(await sightOf(actor)).hidden];
		if (hidden.length === 0) return activeAt;
		return (await inSight.without(hidden, eq(threads.id, threadId))).get(threadId)?.activeAt ?? activeAt;
	}

	/** The thread is open before this member: it is read, and so are the notices of answers in it. Writes only where something changes. */
	async function markRead(actor: Actor, threadId: string) {
		const [thread] = await opened({ thread: threadId });
		if (!thread || (thread.state === 'held' && !wrote(actor, thread) && !isStaff(actor))) throw new Refusal('not_found');
		await visited(actor, threadId, { activeAt: thread.activeAt, mark: await marks.find(actor.id, threadId) });
	}

	/** The same for whom it was just opened to, with how it stood then. */
	async function visited(actor: Actor, threadId: string, { activeAt, mark }: { activeAt: number; mark: Mark | undefined }) {
		const at = now();
		const told = (await look(actor)).notice.length > 0 ? await unreadHere({ member: actor.id, thread: threadId }) : [];
		const fresh = mark === undefined || mark.readAt < (await activeFor(actor, threadId, activeAt));
		if (fresh)
			await writeAs(db, actor, async (tx) => {
				const was = (await marks.findAll(tx, actor.id, [threadId])).get(threadId);
				if (!was || was.readAt < at) await marks.keep(tx, actor.id, threadId, { readAt: at, before: was ? readBefore(was, at) : null });
			});
		// A write of its own: notices name their member, and what is written together can be told from the rest.
		const ids = told.map(({ id }) => id);
		if (ids.length > 0)
			await writeAs(db, actor, (tx) =>
				tx
					.update(notices)
					.set({ readAt: daysFrom(at, 0) })
					.where(and(inArray(notices.id, ids), isNull(notices.readAt)))
			);
	}

	return { markRead, visited };
}

/** Up to when everything was read before this visit: a page that comes back from one of its forms keeps its marks. */
export function readBefore({ readAt, before }: Mark, at: number): number {
	return at - readAt <= limits.visit ? (before ?? readAt) : readAt;
}
