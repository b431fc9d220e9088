// What both search indexes offer. They know tokens and places, never raw text: community/search-tokens.ts makes the tokens.
import { sql } from 'drizzle-orm';
import type { Queries } from './database.ts';

export type SearchWord = { token: string; /** Also finds longer words that begin like this. */ prefix: boolean };

export type SearchEntry = {
	post: string;
	board: string;
	/** When it was posted. */
	at: number;
	/** The version of the rules that made the tokens. */
	rules: number;
	title: string[];
	body: string[];
};

export type SearchAsked = {
	/** At least one; a post is found when it holds all of them. */
	words: SearchWord[];
	/** `new`: newest first. `best`: all words in the title, then some of them, then none; each newest first. */
	sort: 'best' | 'new';
	/** The only board to look in. */
	board: string | undefined;
	/** Boards that this reader does not see. */
	except: string[];
	/** The last one of the page before. */
	after: { score: number; at: number; post: string } | undefined;
	limit: number;
};

export type SearchHit = { post: string; /** 2, 1 or 0: how much of the title was hit. Always 0 for `new`. */ score: number };

export interface SearchIndex {
	/** Puts the post in place of what the index knew of it, inside the write that changed it. */
	put(tx: Queries, entry: SearchEntry): Promise<void>;
	/** Forgets the post. On SQLite nothing of its tokens is left in the index; a post that is deleted goes by itself. */
	drop(tx: Queries, post: string): Promise<void>;
	find(asked: SearchAsked): Promise<SearchHit[]>;
	/**
	 * Standing posts that the index lacks, or knows by other rules than these: at most `limit`, out of the next hundred ids after
	 * `after`. `upTo` leads on; it is undefined at the end.
	 */
	missing(rules: number, after: string, limit: number): Promise<{ posts: string[]; upTo: string | undefined }>;
}

/** Which of the matching posts are meant: those with every word, some words or no word in the title, or all of them. */
export type SearchGroup = { score: number; title: 'all' | 'some' | 'none' | 'anywhere' };

/** What makes up the asked order, one after the other, each newest first: so nothing has to be sorted, however much is found. */
export function groupsOf({ words, sort, after }: SearchAsked): SearchGroup[] {
	const best: SearchGroup[] = [
		{ score: 2, title: 'all' },
		...(words.length > 1 ? [{ score: 1, title: 'some' } as const] : []),
		{ score: 0, title: 'none' }
	];
	const groups: SearchGroup[] = sort === 'new' ? [{ score: 0, title: 'anywhere' }] : best;
	return groups.filter(({ score }) => !after || score <= after.score);
}

/** Posts looked at in one go: about two milliseconds at a million, where each stands on a page of its own. */
const pieceSize = 100;

/** The next ids, each with whether the index lacks it. */
export const nextPiece = (rules: number, after: string) => sql`
	select p.id as id, case when p.state = 'standing' and s.post_id is null then 1 else 0 end as lacking
	from (select id, state from posts where id > ${after} order by id limit ${pieceSize}) p
	left join search_posts s on s.post_id = p.id and s.rules = ${rules} order by p.id`;

export function missingIn(piece: { id: string; lacking: number }[], limit: number): { posts: string[]; upTo: string | undefined } {
	const posts = piece.filter(({ lacking }) => lacking === 1).map(({ id }) => id);
	if (posts.length >= limit) return { posts: posts.slice(0, limit), upTo: posts[limit - 1] };
	return { posts, upTo: piece.length === pieceSize ? piece.at(-1)?.id : undefined };
}

/** Nothing but these signs ever reaches a query, so no typed word can be an operator. */
export function plainToken(token: string): string {
	if (!/^[a-z0-9_]{1,255}$/.test(token)) throw new Error('Not a search token.');
	return token;
}
