// What every page asks of its reader before all else: in one statement, and once in a request. Most readers have nothing to say here.
import { and, eq, isNull, min, sql } from 'drizzle-orm';
import type { Database } from '#server/store/database.ts';
import type { Actor } from './means.ts';

export type Look = {
	/** Members they blocked, members who blocked them, and members they muted. */
	blocked: string[];
	blocks: string[];
	muted: string[];
	/** Muted words, as `foldedLine` makes them. */
	words: string[];
	/** Boards whose stories they do not want to meet on the way. */
	boards: string[];
	/** One notice that names them and was not read, if there is any. */
	notice: string[];
	/** One post that they reported, which is open still, and one that they bookmarked, if there is any. */
	reported: string[];
	bookmarked: string[];
};

/** Readers of one request: for a request, whose reader is an object of its own. */
const inARequest = new WeakSet<Actor>();

/** From now on this very reader is looked up once. */
export function lookOnce(reader: Actor): void {
	inARequest.add(reader);
}

/** Answers of one kind: who asks a second time within a request is answered by the first. */
export function onceInARequest<T>(): (reader: Actor, ask: () => Promise<T>) => Promise<T> {
	const answers = new WeakMap<Actor, Promise<T>>();
	return (reader, ask) => {
		const there = answers.get(reader);
		if (there) return there;
		const answer = ask();
		if (inARequest.has(reader)) answers.set(reader, answer);
		return answer;
	};
}

const once = onceInARequest<Look>();
const nothing = (): Look => ({ blocked: [], blocks: [], muted: [], words: [], boards: [], notice: [], reported: [], bookmarked: [] });

export function oneLook({ db }: { db: Database }) {
	const { blocks, mutes, mutedWords, follows, notices, reports, bookmarks } = db.tables;
	const member = () => sql.placeholder('member');
	const kind = (name: keyof Look) => sql<keyof Look>`${sql.raw(`'${name}'`)}`.as('kind');
	const all = db.prepare(() =>
		db.read
			.select({ kind: kind('blocked'), what: sql<string | null>`${blocks.blockedId}`.as('what') })
			.from(blocks)
			.where(eq(blocks.memberId, member()))
			.unionAll(
				db.read
					.select({ kind: kind('blocks'), what: sql<string | null>`${blocks.memberId}`.as('what') })
					.from(blocks)
					.where(eq(blocks.blockedId, member()))
			)
			.unionAll(
				db.read
					.select({ kind: kind('muted'), what: sql<string | null>`${mutes.mutedId}`.as('what') })
					.from(mutes)
					.where(eq(mutes.memberId, member()))
			)
			.unionAll(
				db.read
					.select({ kind: kind('words'), what: sql<string | null>`${mutedWords.folded}`.as('what') })
					.from(mutedWords)
					.where(eq(mutedWords.memberId, member()))
			)
			.unionAll(
				db.read
					.select({ kind: kind('boards'), what: sql<string | null>`${follows.target}`.as('what') })
					.from(follows)
					.where(and(eq(follows.memberId, member()), eq(follows.kind, 'muted_board')))
			)
			.unionAll(
				db.read
					.select({ kind: kind('notice'), what: min(notices.id).as('what') })
					.from(notices)
					.where(and(eq(notices.memberId, member()), isNull(notices.readAt)))
			)
			.unionAll(
				db.read
					.select({ kind: kind('reported'), what: min(reports.postId).as('what') })
					.from(reports)
					.where(and(eq(reports.reporterId, member()), eq(reports.status, 'open')))
			)
			.unionAll(
				db.read
					.select({ kind: kind('bookmarked'), what: min(bookmarks.postId).as('what') })
					.from(bookmarks)
					.where(eq(bookmarks.memberId, member()))
			)
	);

	async function ask(memberId: string): Promise<Look> {
		const rows = await all({ member: memberId });
		const look = nothing();
		for (const { kind, what } of rows) if (what !== null) look[kind].push(what);
		return look;
	}

	return (reader: Actor | undefined): Promise<Look> => (reader ? once(reader, () => ask(reader.id)) : Promise.resolve(nothing()));
}
