// Whom a reader does not meet, and what they want behind one press. Most readers have nothing to say here: then nothing else is asked.
import { and, eq, or, sql } from 'drizzle-orm';
import { ready, type Database, type Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import type { Actor, Reader } from './means.ts';
import { oneLook } from './one-look.ts';
import { foldedLine } from './search-tokens.ts';
import type { Streamed } from './stream.ts';

export type Sight = {
	/** Members out of sight, whoever of the two blocked. What they wrote stands there as if they had taken it back. */
	hidden: ReadonlySet<string>;
	/** Those among them whom this reader blocked: only of them may a page speak. */
	blocked: ReadonlySet<string>;
	muted: ReadonlySet<string>;
	/** Muted words, as `foldedLine` makes them. */
	words: readonly string[];
};

const nobody: ReadonlySet<string> = new Set<string>();
export const openSight: Sight = { hidden: nobody, blocked: nobody, muted: nobody, words: [] };

export function sights({ db }: { db: Database }) {
	const look = oneLook({ db });

	return async function sightOf(reader: Reader): Promise<Sight> {
		const { blocked, blocks, muted, words } = await look(reader);
		if (blocked.length + blocks.length + muted.length + words.length === 0) return openSight;
		return { hidden: new Set([...blocked, ...blocks]), blocked: new Set(blocked), muted: new Set(muted), words };
	};
}

/** A row as this reader sees it: what somebody out of sight wrote was taken back. */
export function seenBy<R extends { authorId: string | null; state: string | null }>(
	{ hidden }: Sight,
	row: R
): R | (R & { state: 'withdrawn' }) {
	return hidden.size > 0 && row.state === 'standing' && row.authorId !== null && hidden.has(row.authorId)
		? { ...row, state: 'withdrawn' }
		: row;
}

/** Why something waits behind one press for this reader, if it does. Its texts are looked through only by who muted words. */
export function quietFor({ muted, words }: Sight, authorId: string | null, texts: () => readonly string[]): 'member' | 'words' | null {
	if (authorId !== null && muted.has(authorId)) return 'member';
	if (words.length === 0) return null;
	const lines = texts().map(foldedLine);
	return words.some((word) => lines.some((line) => line.includes(word))) ? 'words' : null;
}
export type Quiet = ReturnType<typeof quietFor>;

/** What a story is called where its title waits too. */
export const quietTitles = { member: 'A story from somebody you muted', words: 'A story that holds a word you muted' } as const;

const value = sql.placeholder;
const between = ready((q, { blocks }) =>
	q
		.select({ id: blocks.id })
		.from(blocks)
		.where(
			or(
				and(eq(blocks.memberId, value('one')), eq(blocks.blockedId, value('other'))),
				and(eq(blocks.memberId, value('other')), eq(blocks.blockedId, value('one')))
			)
		)
		.limit(1)
);
/** Whether two members do not meet, asked inside a write. Nobody's words, and one's own, are never hidden (rulings.md 8). */
export async function hiddenFrom(tx: Queries, tables: Tables, actor: Actor, other: string | null): Promise<boolean> {
	if (other === null || other === actor.id) return false;
	return (await between(tx, tables, { one: actor.id, other })).length > 0;
}

/** What a verb is told of a post's standing: to whom its author is out of sight, it was taken back. */
export async function asSeenBy<P extends { authorId: string | null; state: string }>(
	tx: Queries,
	tables: Tables,
	actor: Actor,
	post: P
): Promise<P | (P & { state: 'withdrawn' })> {
	return post.state === 'standing' && (await hiddenFrom(tx, tables, actor, post.authorId)) ? { ...post, state: 'withdrawn' } : post;
}

/** What open pages of this reader are not told: the doings of whom they do not meet or muted, and lines with a word they muted. */
export function unheardBy(sight: Sight): ((row: Pick<Streamed, 'by' | 'data'>) => boolean) | undefined {
	const { hidden, muted, words } = sight;
	if (hidden.size + muted.size + words.length === 0) return undefined;
	return ({ by, data: { words: line = '', title = '' } }) =>
		(typeof by === 'string' && (hidden.has(by) || muted.has(by))) || quietFor(sight, null, () => [String(line), String(title)]) !== null;
}
