// Following a thread or a board, muting a board. Private; doing either twice changes nothing.
import { and, desc, eq, isNull, notInArray, or, sql } from 'drizzle-orm';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { authorOnly, authorship, wearsMask } from './authorship.ts';
import { titleInstead } from './folding.ts';
import { isStaff, type Actor, type Means, type Reader } from './means.ts';
import { oneLook } from './one-look.ts';
import { sights } from './sight.ts';
import { writeAs } from './write-and-tell.ts';

type Kind = 'thread' | 'board' | 'muted_board';
const mostListed = 50;

export function follows(means: Means) {
	const { db, now, newId } = means;
	const { follows, boards, threads, posts } = db.tables;
	const { wrote } = authorship(means);
	const sightOf = sights(means);
	const look = oneLook(means);

	async function set(tx: Queries, actor: Actor, kind: Kind, target: string, on: boolean) {
		if (on) await tx.insert(follows).values({ id: newId(), memberId: actor.id, kind, target, at: now() }).onConflictDoNothing();
		else await tx.delete(follows).where(and(eq(follows.memberId, actor.id), eq(follows.kind, kind), eq(follows.target, target)));
	}

	async function followThread(actor: Actor, threadId: string, on: boolean) {
		await writeAs(db, actor, async (tx) => {
			const [thread] = await tx
				.select({ state: posts.state, ...authorOnly(db.tables) })
				.from(threads)
				.innerJoin(posts, eq(posts.id, threads.openingId))
				.where(eq(threads.id, threadId));
			// Of a mask the same for everybody: a row with a name, made while only its author and staff see it, would tell who it is.
			const sees = thread && !wearsMask(thread) && (wrote(actor, thread) || isStaff(actor));
			if (!thread || (thread.state === 'held' && !sees)) throw new Refusal('not_found');
			if (on && wearsMask(thread) && thread.state !== 'standing') throw new Refusal('gone');
			await set(tx, actor, 'thread', threadId, on);
		});
	}

	async function onBoard(actor: Actor, slug: string, kind: 'board' | 'muted_board', on: boolean) {
		await writeAs(db, actor, async (tx) => {
			const [board] = await tx.select({ id: boards.id }).from(boards).where(eq(boards.slug, slug));
			if (!board) throw new Refusal('not_found');
			await set(tx, actor, kind, board.id, on);
			// Nobody both follows and mutes a board: the last word holds.
			if (on) await set(tx, actor, kind === 'board' ? 'muted_board' : 'board', board.id, false);
		});
	}
	const followBoard = (actor: Actor, slug: string, on: boolean) => onBoard(actor, slug, 'board', on);
	const muteBoard = (actor: Actor, slug: string, on: boolean) => onBoard(actor, slug, 'muted_board', on);

	const chosen = db.prepare(() =>
		db.read
			.select({ kind: follows.kind })
			.from(follows)
			.where(and(eq(follows.memberId, sql.placeholder('member')), eq(follows.target, sql.placeholder('target'))))
	);

	/** How this reader stands to a thread or a board. */
	async function of(reader: Reader, target: string) {
		if (!reader) return { following: false, muted: false };
		const found = await chosen({ member: reader.id, target });
		return { following: found.some(({ kind }) => kind !== 'muted_board'), muted: found.some(({ kind }) => kind === 'muted_board') };
	}

	/** Ids of the boards whose stories this reader does not want to meet on the way. */
	const mutedBoards = async (reader: Reader) => (await look(reader)).boards;

	/** What a member follows and mutes, to go there or to change it. Threads that are no longer listed are left out. */
	async function all(actor: Actor) {
		const { hidden } = await sightOf(actor);
		const inSight = hidden.size > 0 ? or(isNull(threads.authorId), notInArray(threads.authorId, [...hidden])) : undefined;
		const own = (kind: Kind) => and(eq(follows.memberId, actor.id), eq(follows.kind, kind));
		const boardsOf = (kind: Kind) =>
			db.read
				.select({ slug: boards.slug, title: boards.title })
				.from(follows)
				.innerJoin(boards, eq(boards.id, follows.target))
				.where(own(kind))
				.orderBy(boards.position);
		const [followed, muted, newest] = await Promise.all([
			boardsOf('board'),
			boardsOf('muted_board'),
			db.read
				.select({ id: threads.id, title: threads.title, state: posts.state, folded: posts.folded })
				.from(follows)
				.innerJoin(threads, and(eq(threads.id, follows.target), eq(threads.listed, true)))
				.innerJoin(posts, eq(posts.id, threads.openingId))
				.where(and(own('thread'), inSight))
				.orderBy(desc(follows.at), desc(follows.id))
				.limit(mostListed)
		]);
		return { boards: followed, muted, threads: newest.map(({ id, title, ...opening }) => ({ id, title: titleInstead(opening) ?? title })) };
	}

	return { followThread, followBoard, muteBoard, of, mutedBoards, all };
}
