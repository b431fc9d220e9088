// What both search indexes offer. They know tokens and places, never raw text: community/search-tokens.ts makes the tokens.
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
	/** Standing posts that the index lacks, or knows by other rules than these. */
	missing(rules: number, limit: number): Promise<string[]>;
}

/** A word that half the site uses must not read the whole site: of what it finds, only the newest are put in order. */
export const mostCandidates = 5000;

/** Nothing but these signs ever reaches a query, so no typed word can be an operator. */
export function plainToken(token: string): string {
	if (!/^[a-z0-9_]{1,255}$/.test(token)) throw new Error('Not a search token.');
	return token;
}
