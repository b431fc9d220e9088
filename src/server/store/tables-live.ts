// Journeys, celebrations and what leads a member back: drafts, follows. The stream of the live feed.
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { CelebrationState, JourneyKind, LedgerKind } from '../../lib/journeys.ts';
import type { Words } from './columns.postgres.ts';

type Pointed = { id: PgColumn };

export function liveTables(words: Words, { members, boards, posts }: { members: Pointed; boards: Pointed; posts: Pointed }) {
	const { table, text, integer, instant, flag, json, index, uniqueIndex } = words;
	const ofMember = () =>
		text()
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' });

	/** What a member changes: private, one a member. Dates are the member's own days ("2026-03-14"). */
	const journeys = table('journeys', {
		id: text().primaryKey(),
		memberId: ofMember().unique(),
		kind: text().$type<JourneyKind>().notNull(),
		words: text().notNull(),
		startedOn: text().notNull(),
		/** IANA zone. */
		zone: text().notNull(),
		/** The hour at which the member's day ends, 0–23: 4 means that 3 a.m. still belongs to the evening before. */
		dayEnds: integer().notNull(),
		/** Whether the first day counts as day 0 or day 1. */
		firstDay: integer().notNull(),
		counterOff: flag().notNull().default(false),
		begunAt: instant().notNull(),
		version: integer().notNull().default(1)
	});

	/** The ledger: only ever added to. A lapse may be back-dated. */
	const journeyEntries = table(
		'journey_entries',
		{
			id: text().primaryKey(),
			journeyId: text()
				.notNull()
				.references(() => journeys.id, { onDelete: 'cascade' }),
			/** Their order. */
			number: integer().notNull(),
			kind: text().$type<LedgerKind>().notNull(),
			/** The member's own day. */
			on: text().notNull(),
			words: text().notNull(),
			at: instant().notNull()
		},
		(t) => [uniqueIndex('journey_entries_order').on(t.journeyId, t.number)]
	);

	/** What a journey has reached. A lapse takes none away. */
	const medals = table(
		'medals',
		{
			id: text().primaryKey(),
			journeyId: text()
				.notNull()
				.references(() => journeys.id, { onDelete: 'cascade' }),
			milestone: text().notNull(),
			reachedOn: text().notNull()
		},
		(t) => [uniqueIndex('medals_once').on(t.journeyId, t.milestone)]
	);

	/** What is shared of a milestone or a small victory: a name, a medallion, a line of own words, never a date. */
	const celebrations = table(
		'celebrations',
		{
			id: text().primaryKey(),
			/** Null: somebody who left, and let it stand. */
			memberId: text().references(() => members.id),
			/** A milestone's code, or "victory". */
			milestone: text().notNull(),
			words: text().notNull(),
			state: text().$type<CelebrationState>().notNull(),
			madeAt: instant().notNull(),
			/** At once, or a random time within a day. */
			shareAt: instant().notNull(),
			cheers: integer().notNull().default(0),
			key: text().notNull()
		},
		(t) => [
			uniqueIndex('celebrations_key').on(t.memberId, t.key),
			index('celebrations_due').on(t.state, t.shareAt, t.id),
			index('celebrations_member').on(t.memberId, t.madeAt)
		]
	);

	const cheers = table(
		'cheers',
		{
			id: text().primaryKey(),
			celebrationId: text()
				.notNull()
				.references(() => celebrations.id, { onDelete: 'cascade' }),
			/** Null: somebody who left, and let it stand. */
			memberId: text().references(() => members.id)
		},
		(t) => [uniqueIndex('cheers_once').on(t.celebrationId, t.memberId), index('cheers_member').on(t.memberId)]
	);

	/** The bounded backlog of the live feed: what a page that was away is told again. */
	const stream = table(
		'stream',
		{
			/** Rises by one; a frame's opaque id is made from it. */
			number: integer().primaryKey(),
			type: text().notNull(),
			/** Who may hear it: "public", "staff", "thread:{id}" or "member:{id}". */
			audience: text().notNull(),
			data: json<Record<string, string | number>>().notNull(),
			/** Whose doing it tells of, by name: kept from those who do not meet them. Never sent. */
			by: text(),
			at: instant().notNull()
		},
		(t) => [index('stream_age').on(t.at)]
	);

	/** A followed thread or board, or a muted board. `target` is its id. */
	const follows = table(
		'follows',
		{
			id: text().primaryKey(),
			memberId: ofMember(),
			kind: text().$type<'thread' | 'board' | 'muted_board'>().notNull(),
			target: text().notNull(),
			at: instant().notNull()
		},
		(t) => [uniqueIndex('follows_once').on(t.memberId, t.kind, t.target), index('follows_target').on(t.kind, t.target)]
	);

	const bookmarks = table(
		'bookmarks',
		{
			id: text().primaryKey(),
			memberId: ofMember(),
			postId: text()
				.notNull()
				.references(() => posts.id, { onDelete: 'cascade' }),
			at: instant().notNull()
		},
		(t) => [
			uniqueIndex('bookmarks_once').on(t.memberId, t.postId),
			index('bookmarks_member').on(t.memberId, t.at, t.id),
			index('bookmarks_post').on(t.postId)
		]
	);

	/** What a member is writing, one a place: a board's new story, an answer under a post, an edit. */
	const drafts = table(
		'drafts',
		{
			id: text().primaryKey(),
			memberId: ofMember(),
			/** The page's path and, for an answer, the post: "/boards/harbour/new", "/threads/{id}#{post}". */
			place: text().notNull(),
			boardId: text().references(() => boards.id, { onDelete: 'cascade' }),
			title: text().notNull(),
			body: text().notNull(),
			warnings: json<string[]>().notNull(),
			keptAt: instant().notNull()
		},
		(t) => [uniqueIndex('drafts_place').on(t.memberId, t.place), index('drafts_member').on(t.memberId, t.keptAt)]
	);

	return { journeys, journeyEntries, medals, celebrations, cheers, stream, follows, bookmarks, drafts };
}
