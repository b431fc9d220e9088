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
import type { Here } from './write-and-tell.ts';

/** Whoever acts, as the write found them (write-and-tell.ts). */
type Writer = Actor & Here;

/** Refuses who may not post here now; says whether the post has to wait for a moderator. */
export async function mayPost(
	tx: Queries,
	means: Pick<Means, 'db' | 'now' | 'sealer'>,
	writer: Writer,
	boardId: string,
	now: number,
	opening: boolean,
	text: string,
	/** How many they posted today with a mask. */
	maskedToday: () => Promise<number>
): Promise<{ held: boolean }> {
	const { tables } = means.db;
	const { posts } = tables;
	const { held, newcomerUntil } = await mayEdit(tx, means, writer, boardId, now, text);
	if (newcomerUntil === undefined) return { held };
	const kind = opening ? isNull(posts.parentId) : isNotNull(posts.parentId);
	const today = and(namedPostsOf(tables, writer.id), gt(posts.postedAt, now - limits.firstDay), kind);
	const most = opening ? limits.firstDayThreads : limits.firstDayReplies;
	if ((await tx.$count(posts, today)) + (await maskedToday()) < most) return { held };
	throw new Refusal(opening ? 'first_day_threads' : 'first_day_replies', Math.ceil((newcomerUntil - now) / 1000));
}

/** Refuses who may not write here now, and links on a first day; says whether the words have to wait for a moderator. */
export async function mayEdit(
	tx: Queries,
	means: Pick<Means, 'db' | 'now' | 'sealer'>,
	writer: Writer,
	boardId: string,
	now: number,
	text: string
) {
	const { held } = await requireMayWrite(tx, means, writer.id, boardId, now);
	const until = writer.joinedAt + limits.firstDay;
	const newcomerUntil = now < until && writer.role === 'member' ? until : undefined;
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

/** For an answer, in one look: the post that this press already made, and the key for a new one, which is the form's where it is free. */
export async function answerPressed(
	tx: Queries,
	tables: Tables,
	actor: Actor,
	post: { key: string | undefined; body: string; parentId: string },
	now: number,
	newId: () => string
) {
	if (!post.key) return { before: await alreadyPosted(tx, tables, actor, post, now), key: newId() };
	const [same] = await pressed(tx, tables, { actor: actor.id, key: post.key });
	const before = same?.parentId === post.parentId && same.body === post.body ? same : undefined;
	return { before, key: same ? newId() : post.key };
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
