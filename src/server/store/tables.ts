// Every table once, in words that both databases understand. Ids are random 128-bit text, moments are milliseconds.
import type { BoardWarnings, Role, WarningChoices } from './values.ts';
import type { Words } from './columns.postgres.ts';
import { accountTables } from './tables-accounts.ts';
import { doorTables } from './tables-doors.ts';
import { leavingTables } from './tables-leaving.ts';
import { liveTables } from './tables-live.ts';
import { maskTables } from './tables-masks.ts';
import { moderationTables } from './tables-moderation.ts';
import { pageTables } from './tables-pages.ts';
import { sealedTables } from './tables-sealed.ts';
import { peopleTables } from './tables-people.ts';

export function defineTables(words: Words) {
	const { table, text, ordered, integer, instant, flag, json, index, uniqueIndex, sql } = words;

	const members = table('members', {
		id: text().primaryKey(),
		name: text().notNull(),
		nameFolded: text().notNull().unique(),
		passphraseHash: text().notNull(),
		role: text().$type<Role>().notNull().default('member'),
		joinedAt: instant().notNull(),
		agreementVersion: integer().notNull(),
		country: text(),
		hardDay: flag().notNull().default(false),
		warningChoices: json<WarningChoices>().notNull(),
		/** 0–3, never shown: weighs reports. */
		trust: integer().notNull().default(0),
		/** What the list of erasures, outside the store, calls this account once it is gone. Random. */
		tombstone: text().unique()
	});

	const sessions = table(
		'sessions',
		{
			/** SHA-256 of the cookie's token; the token itself is never stored. */
			id: text().primaryKey(),
			memberId: text()
				.notNull()
				.references(() => members.id, { onDelete: 'cascade' }),
			expiresAt: instant().notNull(),
			endsAt: instant().notNull(),
			/** Days only, so that the list of sessions tells no hours. */
			startedOn: text().notNull(),
			seenOn: text().notNull(),
			/** Whether it was begun with two different things, or with a passkey. */
			secondFactor: flag().notNull().default(false)
		},
		(t) => [index('sessions_member').on(t.memberId), index('sessions_expiry').on(t.expiresAt), index('sessions_end').on(t.endsAt)]
	);

	/** Names shown to somebody who is joining: nobody else is offered them until they expire. */
	const offeredNames = table(
		'offered_names',
		{ nameFolded: text().primaryKey(), offer: text().notNull(), expiresAt: instant().notNull() },
		(t) => [index('offered_names_offer').on(t.offer), index('offered_names_expiry').on(t.expiresAt)]
	);

	/** What somebody was writing when the session ended, sealed with a key that only their cookie holds. */
	const keptForms = table('kept_forms', { id: text().primaryKey(), sealed: text().notNull(), expiresAt: instant().notNull() }, (t) => [
		index('kept_forms_expiry').on(t.expiresAt)
	]);

	const boards = table(
		'boards',
		{
			id: text().primaryKey(),
			slug: text().notNull().unique(),
			section: text().notNull(),
			title: text().notNull(),
			charter: json<string[]>().notNull(),
			warnings: json<BoardWarnings>().notNull(),
			membersOnly: flag().notNull(),
			/** Hard hours are spoken of here: no celebrations, no titles in the feed. */
			distress: flag().notNull(),
			titlesPublic: flag().notNull(),
			position: integer().notNull(),
			version: integer().notNull().default(1)
		},
		(t) => [uniqueIndex('boards_position').on(t.position)]
	);

	const threads = table(
		'threads',
		{
			id: text().primaryKey(),
			boardId: text()
				.notNull()
				.references(() => boards.id),
			/** Null where its opening has a mask, or its author has left. */
			authorId: text().references(() => members.id),
			/** The key under which the masks of this thread are made, from the first one on. */
			maskKey: text(),
			openingId: text().notNull(),
			title: text().notNull(),
			/** The opening's first lines as plain text, for cards. */
			excerpt: text().notNull(),
			openedAt: instant().notNull(),
			/** When the opening or the newest standing answer was posted. */
			activeAt: instant().notNull(),
			/** Standing answers by anyone. */
			answers: integer().notNull().default(0),
			/** 0 while nobody but the opener has answered: such threads come first. */
			answered: integer().notNull().default(0),
			/** False while the opening is held, withdrawn without answers or removed: not in lists. */
			listed: flag().notNull().default(true),
			locked: flag().notNull().default(false)
		},
		(t) => [
			index('threads_unanswered').on(t.boardId, t.listed, t.answered, t.activeAt, t.id),
			index('threads_active').on(t.boardId, t.listed, t.activeAt, t.id),
			index('threads_new').on(t.boardId, t.listed, t.openedAt, t.id),
			index('threads_everywhere').on(t.listed, t.answered, t.activeAt, t.id),
			index('threads_newest').on(t.listed, t.openedAt, t.id),
			index('threads_author').on(t.authorId, t.openedAt)
		]
	);

	const posts = table(
		'posts',
		{
			id: text().primaryKey(),
			threadId: text()
				.notNull()
				.references(() => threads.id),
			parentId: text(),
			/** Null for a post with a mask, or where its author has left. */
			authorId: text().references(() => members.id),
			/** The name of a mask, its own in this thread. */
			alias: text(),
			/** "{key}.{tag}": what the author is called in this thread under a key that is not in this store. */
			maskTag: text(),
			/** Who is behind the mask, sealed at one size and bound to this post. */
			sealedAuthor: text(),
			/** Where the post stands when the tree is read from top to bottom: a fractional key, unique in its thread. */
			place: ordered().notNull(),
			depth: integer().notNull(),
			body: text().notNull(),
			html: text().notNull(),
			warnings: json<BoardWarnings>().notNull(),
			postedAt: instant().notNull(),
			editedAt: instant(),
			version: integer().notNull().default(1),
			/** An erased one holds no words and no author any more: it keeps the place of what was answered. */
			state: text().$type<'standing' | 'held' | 'withdrawn' | 'removed' | 'erased'>().notNull().default('standing'),
			/** The reason a post is folded behind a notice, or null. */
			folded: text(),
			/** Under a locked post nobody answers. */
			locked: flag().notNull().default(false),
			/** Count by kind, kept in step with `encouragements` in the same write. */
			encouraged: json<Partial<Record<string, number>>>().notNull(),
			/** The form's hidden key: one press, one post. */
			key: text().notNull()
		},
		(t) => [
			uniqueIndex('posts_place').on(t.threadId, t.place),
			// Where a branch ends, and a post's own answers, are each one step in it, however long the thread.
			index('posts_depth').on(t.threadId, t.depth, t.place),
			index('posts_closed')
				.on(t.threadId, t.place)
				.where(sql`${t.locked}`),
			uniqueIndex('posts_key').on(t.authorId, t.key),
			index('posts_author').on(t.authorId, t.postedAt),
			index('posts_mask')
				.on(t.maskTag)
				.where(sql`${t.maskTag} is not null`),
			index('posts_state').on(t.threadId, t.state, t.postedAt)
		]
	);

	/** What a post said before an edit: for staff only. */
	const postRevisions = table(
		'post_revisions',
		{
			id: text().primaryKey(),
			postId: text()
				.notNull()
				.references(() => posts.id),
			version: integer().notNull(),
			title: text(),
			body: text().notNull(),
			warnings: json<BoardWarnings>().notNull(),
			replacedAt: instant().notNull()
		},
		(t) => [uniqueIndex('post_revisions_version').on(t.postId, t.version), index('post_revisions_age').on(t.replacedAt)]
	);

	const encouragements = table(
		'encouragements',
		{
			id: text().primaryKey(),
			postId: text()
				.notNull()
				.references(() => posts.id),
			/** Null: somebody who left, and let it stand. */
			memberId: text().references(() => members.id),
			kind: text().notNull()
		},
		(t) => [
			uniqueIndex('encouragements_once').on(t.postId, t.memberId, t.kind),
			// A page asks for what a member gave among its posts: with the post in the index it looks there alone, however much they gave.
			index('encouragements_member').on(t.memberId, t.postId, t.kind)
		]
	);

	const pointed = { members, boards, threads, posts };
	const moderation = moderationTables(words, pointed);
	return {
		members,
		sessions,
		offeredNames,
		keptForms,
		boards,
		threads,
		posts,
		postRevisions,
		encouragements,
		...moderation,
		...liveTables(words, pointed),
		...pageTables(words),
		...doorTables(words, pointed),
		...accountTables(words, pointed),
		...sealedTables(words),
		...peopleTables(words, pointed),
		...leavingTables(words, moderation),
		...maskTables(words)
	};
}

export type Tables = ReturnType<typeof defineTables>;
export type LiveTables = ReturnType<typeof liveTables>;
export type PageTables = ReturnType<typeof pageTables>;
export type DoorTables = ReturnType<typeof doorTables>;
export type AccountTables = ReturnType<typeof accountTables>;
export type MaskTables = ReturnType<typeof maskTables>;
export type SealedTables = ReturnType<typeof sealedTables>;
export type PeopleTables = ReturnType<typeof peopleTables>;
export type LeavingTables = ReturnType<typeof leavingTables>;
export type ModerationTables = ReturnType<typeof moderationTables>;
/** What is defined in this file itself. */
export type CoreTables = Omit<
	Tables,
	| keyof LiveTables
	| keyof ModerationTables
	| keyof PageTables
	| keyof DoorTables
	| keyof AccountTables
	| keyof SealedTables
	| keyof PeopleTables
	| keyof LeavingTables
	| keyof MaskTables
>;
