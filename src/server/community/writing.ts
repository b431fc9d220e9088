// What must hold before anybody writes, checked inside the write: standing, first-day limits, one press one post.
import { and, eq, gt, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import { ready, type Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { namedPostsOf } from './authorship.ts';
import type { Actor, Means } from './means.ts';
import { requireMayWrite } from './sanctions.ts';
import { refuseLinks } from './words-of-posts.ts';

/** Refuses who may not post here now; says whether the post has to wait for a moderator. */
export async function mayPost(
	tx: Queries,
	means: Pick<Means, 'db' | 'now' | 'sealer'>,
	actor: Actor,
	boardId: string,
	now: number,
	opening: boolean,
	text: string,
	/** How many they posted today with a mask. */
	maskedToday: () => Promise<number>
): Promise<{ held: boolean }> {
	const { tables } = means.db;
	const { posts } = tables;
	const { held, newcomerUntil } = await mayEdit(tx, means, actor, boardId, now, text);
	if (newcomerUntil === undefined) return { held };
	const kind = opening ? isNull(posts.parentId) : isNotNull(posts.parentId);
	const today = and(namedPostsOf(tables, actor.id), gt(posts.postedAt, now - limits.firstDay), kind);
	const most = opening ? limits.firstDayThreads : limits.firstDayReplies;
	if ((await tx.$count(posts, today)) + (await maskedToday()) < most) return { held };
	throw new Refusal(opening ? 'first_day_threads' : 'first_day_replies', Math.ceil((newcomerUntil - now) / 1000));
}

const whoWrites = ready((q, { members }) =>
	q
		.select({ joinedAt: members.joinedAt })
		.from(members)
		.where(eq(members.id, sql.placeholder('id')))
);

/** Refuses who may not write here now, and links on a first day; says whether the words have to wait for a moderator. */
export async function mayEdit(
	tx: Queries,
	means: Pick<Means, 'db' | 'now' | 'sealer'>,
	actor: Actor,
	boardId: string,
	now: number,
	text: string
) {
	const { held } = await requireMayWrite(tx, means, actor.id, boardId, now);
	const [member] = await whoWrites(tx, means.db.tables, { id: actor.id });
	if (!member) throw new Refusal('signed_out');
	const until = member.joinedAt + limits.firstDay;
	const newcomerUntil = now < until && actor.role === 'member' ? until : undefined;
	if (newcomerUntil !== undefined) refuseLinks(text);
	return { held, newcomerUntil };
}

type Pressed = { key: string | undefined; body: string } & ({ parentId: string } | { parentId: null; boardId: string; title: string });

const pressed = ready((q, tables) =>
	q
		.select({ id: tables.posts.id, threadId: tables.posts.threadId, parentId: tables.posts.parentId, body: tables.posts.body })
		.from(tables.posts)
		.where(and(namedPostsOf(tables, sql.placeholder('actor')), eq(tables.posts.key, sql.placeholder('key'))))
);

/**
 * The post that this press already made, if any: the same key and words or, without a key, the same words in the same place within a minute.
 * The same key with other words is a new post: somebody went back, wrote on and pressed again.
 */
export async function alreadyPosted(tx: Queries, tables: Tables, actor: Actor, post: Pressed, now: number) {
	const { posts, threads } = tables;
	// Nearly every answer comes with a key of its own, that no other post of this member has.
	if (post.key && post.parentId !== null) {
		const [same] = await pressed(tx, tables, { actor: actor.id, key: post.key });
		return same?.parentId === post.parentId && same.body === post.body ? same : undefined;
	}
	const place =
		post.parentId === null
			? and(isNull(posts.parentId), eq(threads.boardId, post.boardId), eq(threads.title, post.title))
			: eq(posts.parentId, post.parentId);
	const press = post.key ? eq(posts.key, post.key) : gt(posts.postedAt, now - limits.sameWordsWithin);
	const [found] = await tx
		.select({ id: posts.id, threadId: posts.threadId })
		.from(posts)
		.innerJoin(threads, eq(threads.id, posts.threadId))
		.where(and(namedPostsOf(tables, actor.id), press, place, eq(posts.body, post.body)))
		.limit(1);
	return found;
}

/** The form's key where it is still free for this member, otherwise a new one. */
export async function freeKey(tx: Queries, tables: Tables, actor: Actor, key: string | undefined, newId: () => string) {
	if (!key) return newId();
	return (await pressed(tx, tables, { actor: actor.id, key })).length > 0 ? newId() : key;
}

type Form = { key: string | undefined; edits: string | undefined; version: number | undefined };

/** Whether this very form was posted within the last minute: a draft of it that comes in late is not kept again. */
export async function justPosted(tx: Queries, tables: Tables, actor: Actor, { key, edits, version }: Form, now: number): Promise<boolean> {
	const { posts } = tables;
	const since = now - limits.sameWordsWithin;
	if (edits)
		return (
			version !== undefined && (await tx.$count(posts, and(eq(posts.id, edits), ne(posts.version, version), gt(posts.editedAt, since)))) > 0
		);
	return (
		key !== undefined && (await tx.$count(posts, and(namedPostsOf(tables, actor.id), eq(posts.key, key), gt(posts.postedAt, since)))) > 0
	);
}
