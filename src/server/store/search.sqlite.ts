// Search on SQLite: FTS5 over tokens made in the application. Triggers keep the words in step with `search_posts`.
import type { Database as Client } from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import {
	groupsOf,
	missingIn,
	nextPiece,
	plainToken,
	type SearchAsked,
	type SearchGroup,
	type SearchHit,
	type SearchIndex,
	type SearchWord
} from './search.ts';
import type { AtTheEnd } from './sqlite-writes.ts';

/**
 * No token begins like one of these, so one index holds all. A title's words stand in it twice, for FTS5 would look for a common one in
 * everything; those of a story once more, for only a story has a title: one post of twenty. `search_texts` marks stories and boards.
 */
const mark = { title: '__', story: '_o', board: '_p' };

/** A board's id in the signs of a token: the tokenizer folds case, ids do not. */
export const boardToken = (id: string) => plainToken(Buffer.from(id).toString('hex'));
export const marked = (title: string[]) => [...title, ...title.map((token) => mark.title + token)];

/** In quotes a token is a string to FTS5, whatever it spells. */
const quoted = ({ token, prefix }: SearchWord, kind = '') => `"${kind}${plainToken(token)}"${prefix ? '*' : ''}`;

function match({ title }: SearchGroup, { words, board }: SearchAsked): string {
	const joined = (by: 'AND' | 'OR', kind: string) => `(${words.map((word) => quoted(word, kind)).join(` ${by} `)})`;
	const [every, story, all, some] = [joined('AND', ''), joined('AND', mark.story), joined('AND', mark.title), joined('OR', mark.title)];
	const found = { anywhere: every, all, some: `((${story} AND ${some}) NOT ${all})`, none: `(${every} NOT ${some})` }[title];
	return board === undefined ? found : `("${mark.board}${boardToken(board)}" AND ${found})`;
}

/** How much of the title was hit, as `groupsOf` names it. */
function scoreOf(title: string, words: SearchWord[]): number {
	const tokens = title.split(' ');
	const hit = words.filter(({ token, prefix }) => tokens.some((one) => one === token || (prefix && one.startsWith(token)))).length;
	return hit === words.length ? 2 : hit > 0 ? 1 : 0;
}

/**
 * A post's number rises with the second it was posted in. The index holds it below zero, so that FTS5 walks upwards from the newest on and
 * stops at a page, whatever half the site may be talking about; walking down costs it twice as much. Small steps keep the index small; a
 * crowd spills into the seconds after its own.
 */
const perSecond = 64;
export const firstNumber = (at: number) => Math.floor(at / 1000) * perSecond;

type Found = { post: string; at: number; number: number; title: string };
const newestFirst = (one: Found, other: Found) => other.at - one.at || (one.post < other.post ? 1 : -1);

const last = 'select max(number) from search_posts where number >= ? and number < ?';
const columns = 'number, post_id, board, at, rules, title, body';
const dropped = 'delete from search_posts where post_id in (select value from json_each(?))';
/** All in one statement: FTS5 writes a piece of its index for each that is followed by another. Not what was deleted in the meantime. */
const added = `insert into search_posts (${columns})
	select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
	from json_each(?) where exists (select 1 from posts where id = value ->> 1)`;

/**
 * By itself FTS5 joins parts of its index seldom and many at once: every few commits one took 20 to 27 ms and twice the log for it, and a
 * checkpoint on top. So it is told not to, and each transaction joins a few pages; the chores go on with them (sqlite-upkeep.ts).
 */
const isAsked = "select 1 from search_words_config where k = 'automerge' and v = 0";
export const indexSetting = (name: 'automerge' | 'merge', value: number) =>
	`insert into search_words (search_words, rank) values ('${name}', ${value})`;
const [joinWhenAsked, joinFew] = [indexSetting('automerge', 0), indexSetting('merge', 8)];

// FTS5 begins at a bound that is an integer. Numbers come to SQLite as fractions, and for those it would walk from the newest again.
const found = `select p.post_id as post, p.at as at, p.number as number, p.title as title
	from search_words join search_posts p on p.number = -search_words.rowid
	where search_words match ? and search_words.rowid > cast(? as integer) and (p.at, p.post_id) < (?, ?)
		and instr(?, ' ' || p.board || ' ') = 0 order by search_words.rowid limit ?`;
type Below = { number: number; at: number; post: string };
const everything: Below = { number: Number.MAX_SAFE_INTEGER, at: Number.MAX_SAFE_INTEGER, post: '' };

/** A post with what is to be found of it; without words it is taken out. */
type Change = { post: string; put?: { board: string; at: number; rules: number; title: string; body: string } };

/**
 * The writing connection is only used inside of writes; it is asked by hand, for every post that is written passes here. What writes that
 * meet put into the index goes in at the end of their transaction, as one piece: FTS5 took 0.25 ms of each answer for a piece of its own.
 */
export function searchSqlite(reader: BetterSQLite3Database, looker: Client, writer: Client): SearchIndex & AtTheEnd {
	let changes: Change[] = [];
	if (!writer.prepare(isAsked).get()) writer.exec(joinWhenAsked);

	function freeNumber(at: number, given: number[]): number {
		const first = firstNumber(at);
		for (let room = perSecond; ; room *= perSecond) {
			const inStore = writer
				.prepare<number[], number | null>(last)
				.pluck()
				.get(first, first + room);
			const here = given.filter((number) => number >= first && number < first + room);
			const next = Math.max(typeof inStore === 'number' ? inStore : first - 1, ...here) + 1;
			if (next < first + room) return next;
		}
	}

	/** Above all numbers of posts of this moment: as far as a crowd of its second has spilled, by the rule of `freeNumber`. */
	function above(at: number): number {
		const first = firstNumber(at);
		const newest = looker.prepare<number[], number | null>(last).pluck();
		for (let room = perSecond * perSecond; ; room *= perSecond)
			if (newest.get(first, first + room) !== first + room - 1) return first + room;
	}

	/** Of two changes of one post the later one counts. */
	function end() {
		if (changes.length === 0) return;
		const newest = new Map(changes.map(({ post, put }) => [post, put]));
		changes = [];
		writer.prepare(dropped).run(JSON.stringify([...newest.keys()]));
		const numbers: number[] = [];
		const rows: [number: number, ...unknown[]][] = [];
		for (const [post, put] of newest) {
			if (!put) continue;
			const number = freeNumber(put.at, numbers);
			numbers.push(number);
			rows.push([number, post, put.board, put.at, put.rules, put.title, put.body]);
		}
		// The newest first, as the index counts: for a number below the one before FTS5 begins another piece.
		rows.sort(([one], [other]) => other - one);
		if (rows.length === 0) return;
		writer.prepare(added).run(JSON.stringify(rows));
		writer.prepare(joinFew).run();
	}

	/**
	 * What matches below a number of the index, from the newest; of two of one moment not those from `post` on. Boards that are not for this
	 * reader are left out of what was found: FTS5 would walk through all that stands there beside it.
	 */
	function walk(matching: string, { number, at, post }: Below, limit: number, except: string[]): Found[] {
		const unseen = ` ${except.map(boardToken).join(' ')} `;
		return looker.prepare<unknown[], Found>(found).all(matching, -number, at, post, unseen, limit);
	}

	/** Numbers know the second; posts of the last one are all looked at and put in order by the moment. */
	function newest(group: SearchGroup, asked: SearchAsked, after: SearchAsked['after'], limit = asked.limit): Found[] {
		const matching = match(group, asked);
		const below = after ? { ...after, number: above(after.at) } : everything;
		// The one behind the page is nearly always from an earlier second already: then nothing more is asked.
		const found = walk(matching, below, limit + 1, asked.except);
		if (found.length <= limit) return found.toSorted(newestFirst);
		const from = firstNumber(Math.min(...found.slice(0, limit).map(({ at }) => at)));
		// Step by step: FTS5 would look for a lower bound through all that holds the word.
		for (let more = found; more.length > 0 && (more.at(-1)?.number ?? 0) >= from;) {
			more = walk(matching, { ...below, number: more.at(-1)?.number ?? 0 }, perSecond, asked.except);
			found.push(...more);
		}
		return found.toSorted(newestFirst).slice(0, limit);
	}

	/** One group of the order after the other; one that is not needed to fill the page is not looked for. */
	function grouped(asked: SearchAsked, groups: SearchGroup[], known: Found[]): SearchHit[] {
		const hits: SearchHit[] = [];
		for (const group of groups) {
			const after = group.score === asked.after?.score ? asked.after : undefined;
			const missing = asked.limit - hits.length;
			if (missing <= 0) break;
			const ready = group.title === 'none' ? known.filter(({ title }) => scoreOf(title, asked.words) === 0) : [];
			const found = ready.length < missing ? newest(group, asked, after, missing) : ready.slice(0, missing);
			hits.push(...found.map(({ post }) => ({ post, score: group.score })));
		}
		return hits;
	}

	/**
	 * Where few posts hold the words, all of them are looked at once and put in order here: each group would be looked for through everything.
	 * Where many do, the newest of them are most of what the last group needs.
	 */
	function closest(asked: SearchAsked): SearchHit[] {
		const [all, ...others] = groupsOf(asked);
		const titled = all ? newest(all, asked, undefined).map(({ post }) => ({ post, score: 2 })) : [];
		if (titled.length === asked.limit) return titled;
		const most = 2 * asked.limit;
		const some = newest({ score: 0, title: 'anywhere' }, asked, undefined, most);
		if (some.length === most) return [...titled, ...grouped({ ...asked, limit: asked.limit - titled.length }, others, some)];
		const hits = some.map(({ post, title }) => ({ post, score: scoreOf(title, asked.words) }));
		return hits.toSorted((one, other) => other.score - one.score).slice(0, asked.limit);
	}

	return {
		waiting: () => changes.length,
		keepFirst: (count) => void (changes = changes.slice(0, count)),
		end,
		async drop(_, post) {
			changes.push({ post });
		},
		async put(_, { post, board, at, rules, title, body }) {
			const [titleWords = '', bodyWords = ''] = [marked(title), body].map((tokens) => tokens.map(plainToken).join(' '));
			changes.push({ post, put: { board: boardToken(board), at, rules, title: titleWords, body: bodyWords } });
		},
		async find(asked) {
			return asked.sort === 'best' && !asked.after ? closest(asked) : grouped(asked, groupsOf(asked), []);
		},
		async missing(rules, after, limit) {
			return missingIn(reader.all<{ id: string; lacking: number }>(nextPiece(rules, after)), limit);
		}
	};
}
