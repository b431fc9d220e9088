// How far a member has read: marked by opening a thread, never by a list and never for guests.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { authorOnly, authorship } from './authorship.ts';
import { isStaff, type Actor, type Means, type Reader } from './means.ts';
import { replyKinds } from './notice-rows.ts';
import { ownMasks } from './own-masks.ts';

export function reads(means: Means) {
	const { db, now } = means;
	const { threadReads, threads, posts, notices } = db.tables;
	const { wrote } = authorship(means);
	const own = ownMasks(means);

	const value = sql.placeholder;
	const opened = db.prepare(() =>
		db.read
			.select({
				activeAt: threads.activeAt,
				maskKey: threads.maskKey,
				state: posts.state,
				...authorOnly(db.tables),
				readAt: threadReads.readAt
			})
			.from(threads)
			.innerJoin(posts, eq(posts.id, threads.openingId))
			.leftJoin(threadReads, and(eq(threadReads.threadId, threads.id), eq(threadReads.memberId, value('member'))))
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

	/** Which of this member's masks in a thread were answered since they looked. */
	async function unreadBehind(actor: Actor, threadId: string) {
		const here = (await own.all(db.read, actor.id)).filter(({ value }) => value.thread === threadId);
		if (here.length === 0) return [];
		const posts = here.map(({ value }) => value.post);
		const answers = await db.read
			.select({ post: notices.forPost, at: notices.at })
			.from(notices)
			.where(and(inArray(notices.forPost, posts), inArray(notices.kind, replyKinds)));
		return here.filter(({ value }) => answers.some(({ post, at }) => post === value.post && at > value.readAt));
	}

	/** The thread is open before this member: it is read, and so are the notices of answers in it. Writes only where something changes. */
	async function markRead(actor: Actor, threadId: string) {
		const at = now();
		const values = { member: actor.id, thread: threadId };
		const [thread] = await opened(values);
		if (!thread || (thread.state === 'held' && !wrote(actor, thread) && !isStaff(actor))) throw new Refusal('not_found');
		const told = await unreadHere(values);
		const behindMasks = thread.maskKey === null ? [] : await unreadBehind(actor, threadId);
		const fresh = thread.readAt === null || thread.readAt < thread.activeAt;
		if (!fresh && told.length === 0 && behindMasks.length === 0) return;
		await db.write(async (tx) => {
			const read = and(eq(threadReads.memberId, actor.id), eq(threadReads.threadId, threadId));
			const [was] = await tx.select({ readAt: threadReads.readAt, before: threadReads.before }).from(threadReads).where(read);
			if (!was) await tx.insert(threadReads).values({ memberId: actor.id, threadId, readAt: at }).onConflictDoNothing();
			else if (fresh && was.readAt < at)
				await tx
					.update(threadReads)
					.set({ readAt: at, before: readBefore(was, at) })
					.where(read);
			const ids = told.map(({ id }) => id);
			if (ids.length > 0)
				await tx
					.update(notices)
					.set({ readAt: at })
					.where(and(inArray(notices.id, ids), isNull(notices.readAt)));
			for (const { tag, value } of behindMasks) await own.change(tx, actor.id, { tag, value: { ...value, readAt: at } });
		});
	}

	return { markRead };
}

/** Up to when everything was read before this visit: a page that comes back from one of its forms keeps its marks. */
export function readBefore({ readAt, before }: { readAt: number; before: number | null }, at: number): number {
	return at - readAt <= limits.visit ? (before ?? readAt) : readAt;
}

/** When this reader last opened each of these threads; those never opened are missing. */
export async function lastReads(q: Queries, { threadReads }: Tables, reader: Reader, threadIds: string[]) {
	if (!reader || threadIds.length === 0) return new Map<string, { readAt: number; before: number | null }>();
	const rows = await q
		.select({ threadId: threadReads.threadId, readAt: threadReads.readAt, before: threadReads.before })
		.from(threadReads)
		.where(and(eq(threadReads.memberId, reader.id), inArray(threadReads.threadId, threadIds)));
	return new Map(rows.map(({ threadId, ...read }) => [threadId, read]));
}
