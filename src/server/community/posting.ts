// Puts a story or an answer in its place, inside a write: what was pressed just now, and what waited behind a mask.
import { eq, sql } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Warning } from '#lib/warnings.ts';
import { ready, readyToAdd, type Database, type Queries } from '#server/store/database.ts';
import { authorOnly, sameAuthor } from './authorship.ts';
import { openHeldCase } from './held-cases.ts';
import { indexPost, indexStanding } from './indexing.ts';
import { closedBranches } from './locked-branches.ts';
import { firstPlace, placeUnder } from './places.ts';
import { tellAboutNew, tellAboutPost } from './post-notices.ts';
import type { postToWrite } from './reading.ts';
import { excerpt } from './text.ts';
import type { Moment } from './write-and-tell.ts';

/** A member's own name, or a mask. */
export type By =
	| { authorId: string; alias: null; maskTag: null; sealedAuthor: null }
	| { authorId: null; alias: string; maskTag: string; sealedAuthor: string };
export const underOwnName = (member: string): By => ({ authorId: member, alias: null, maskTag: null, sealedAuthor: null });

const addPost = readyToAdd(({ posts }) => posts);
const countAnswer = ready((q, { threads }) =>
	q
		.update(threads)
		.set({
			answers: sql`${sql.placeholder('answers')}`,
			answered: sql`${sql.placeholder('answered')}`,
			activeAt: sql`${sql.placeholder('at')}`
		})
		.where(eq(threads.id, sql.placeholder('thread')))
);

const openingOf = ready((q, { posts, threads }) =>
	q
		.select(authorOnly({ posts }))
		.from(threads)
		.innerJoin(posts, eq(posts.id, threads.openingId))
		.where(eq(threads.id, sql.placeholder('thread')))
);

type Words = { id: string; body: string; html: string; warnings: Warning[]; key: string; held: boolean };
type Parent = Awaited<ReturnType<typeof postToWrite>>;

/** Refuses an answer where none is taken. */
export async function requireOpen(tx: Queries, tables: Database['tables'], parent: Parent): Promise<void> {
	const isClosed = await closedBranches(tx, tables, parent.threadId);
	if (parent.threadLocked || isClosed(parent.place)) throw new Refusal('locked');
	if (parent.state !== 'standing') throw new Refusal('gone');
}

export async function putAnswer(tx: Queries, db: Database, moment: Moment, parent: Parent, words: Words, by: By): Promise<void> {
	const { held, ...said } = words;
	const place = await placeUnder(tx, db.tables, parent.threadId, parent);
	await addPost(tx, db.tables, {
		...said,
		...by,
		threadId: parent.threadId,
		parentId: parent.id,
		place,
		depth: parent.depth + 1,
		postedAt: moment.at,
		state: held ? 'held' : 'standing',
		encouraged: {}
	});
	const written = { ...by, inThread: parent.threadId };
	if (held) {
		await openHeldCase(tx, db.tables, moment, { ...written, id: words.id, boardId: parent.boardId });
		return;
	}
	// Somebody's mask and their own name count as two: otherwise the count would tell who is behind the mask.
	const [opening] = parent.answered > 0 ? [] : await openingOf(tx, db.tables, { thread: parent.threadId });
	const answered = opening && sameAuthor(opening, written) ? 0 : 1;
	await countAnswer(tx, db.tables, { thread: parent.threadId, answers: parent.answers + 1, answered, at: moment.at });
	const { threadId, boardId, openingId, title } = parent;
	await indexStanding(tx, db, { ...said, parentId: parent.id, postedAt: moment.at, title, board: boardId });
	await tellAboutNew(tx, db.tables, moment, { ...written, id: said.id, parentId: parent.id, threadId, openingId, boardId }, parent);
}

type Story = Words & { thread: string; title: string; board: { id: string }; maskKey?: string };

export async function putStory(tx: Queries, db: Database, moment: Moment, story: Story, by: By): Promise<void> {
	const { posts, threads, follows } = db.tables;
	const { held, thread, title, board, maskKey, ...said } = story;
	await tx.insert(threads).values({
		id: thread,
		boardId: board.id,
		authorId: by.authorId,
		maskKey: maskKey ?? null,
		openingId: said.id,
		title,
		excerpt: excerpt(said.body, limits.excerpt),
		openedAt: moment.at,
		activeAt: moment.at,
		listed: !held
	});
	await tx.insert(posts).values({
		...said,
		...by,
		threadId: thread,
		parentId: null,
		place: firstPlace(),
		depth: 0,
		postedAt: moment.at,
		state: held ? 'held' : 'standing',
		encouraged: {}
	});
	// Whoever opens a thread wants to know how it goes on; behind a mask the answers find them without a row that names them.
	if (by.authorId !== null)
		await tx.insert(follows).values({ id: moment.newId(), memberId: by.authorId, kind: 'thread', target: thread, at: moment.at });
	await indexPost(tx, db, said.id);
	if (held) await openHeldCase(tx, db.tables, moment, { ...by, inThread: thread, id: said.id, boardId: board.id });
	else await tellAboutPost(tx, db.tables, moment, said.id);
}
