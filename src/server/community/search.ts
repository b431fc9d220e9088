// Search: titles and posts that the reader may see, found by tokens that are the same on both databases.
import { setImmediate as breathe } from 'node:timers/promises';
import { aliasedTable, asc, eq, inArray, sql } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { shownHow } from '#lib/warnings.ts';
import { author, authorOnly, byline, isMasked, nameShown } from './authorship.ts';
import { decodeCursor, encodeCursor } from './cursors.ts';
import { titleInstead } from './folding.ts';
import type { SearchAsked, SearchHit } from '#server/store/search.ts';
import { indexPost } from './indexing.ts';
import type { Means, Reader } from './means.ts';
import type { Preferences } from './preferences.ts';
import { excerptAround, marked } from './search-excerpts.ts';
import { queryTokens, tokenRules, type AskedWord } from './search-tokens.ts';
import { quietFor, quietTitles, seenBy, sights, type Sight } from './sight.ts';
import { graphemes, plainWords, tidyLine } from './text.ts';
import { turns } from './turns.ts';

type Asked = { q: string; /** A board's slug; empty: every board. */ board: string; sort: 'best' | 'new'; after: string | null };

/** Posts put into the index at one go. */
const atOnce = 100;
/** Pieces of a hundred posts that are looked through each second where nothing is missing: at a million a fiftieth of a core for half an hour. */
const piecesAtOnce = 5;

/** On SQLite each search holds the event loop, on PostgreSQL one of ten connections: the rest is for reading. */
const searches = { atWork: 2, waiting: 20, comeBackIn: 5 };

export function search({ db, now }: Means) {
	const { posts, threads, boards, members } = db.tables;
	/** The last id that was looked at for `catchUp`; undefined when all were. */
	let looked: string | undefined = '';
	const { inTurn } = turns(searches);
	const sightOf = sights({ db });

	const everyBoard = db.prepare(() =>
		db.read
			.select({ id: boards.id, slug: boards.slug, title: boards.title, membersOnly: boards.membersOnly })
			.from(boards)
			.orderBy(asc(boards.position))
	);
	type Board = Awaited<ReturnType<typeof everyBoard>>[number];
	/** The boards in which this reader may search, and those that do not exist for them. */
	async function boardsFor(reader: Reader) {
		const all = await everyBoard({});
		const open = all.filter(({ membersOnly }) => reader || !membersOnly);
		return { open, except: all.filter((board) => !open.includes(board)).map(({ id }) => id) };
	}

	/** The last result of the page before. Times stay out of the cursor: they are coarse for readers. */
	async function placeAfter(cursor: string | null, list: string) {
		if (cursor === null) return undefined;
		const [score = '', post = ''] = decodeCursor(cursor, list, 2);
		const [found] = await db.read.select({ at: posts.postedAt }).from(posts).where(eq(posts.id, post));
		if (!found || !/^[012]$/.test(score)) throw new Refusal('bad_cursor');
		return { score: Number(score), at: found.at, post };
	}

	/** As many hits as are asked for, without those of somebody out of sight: a page that came out shorter would tell. */
	async function hitsInSight({ hidden }: Sight, asked: SearchAsked): Promise<SearchHit[]> {
		if (hidden.size === 0) return db.search.find(asked);
		const found: SearchHit[] = [];
		const manyAtOnce = 3 * asked.limit;
		for (let after = asked.after; ;) {
			const some = await db.search.find({ ...asked, after, limit: manyAtOnce });
			const ids = some.map(({ post }) => post);
			const written = await db.read
				.select({ id: posts.id, at: posts.postedAt, ...authorOnly(db.tables) })
				.from(posts)
				.where(inArray(posts.id, ids));
			const unseen = new Set(written.filter(({ authorId }) => authorId !== null && hidden.has(authorId)).map(({ id }) => id));
			found.push(...some.filter(({ post }) => !unseen.has(post)));
			const last = some.at(-1);
			const at = written.find(({ id }) => id === last?.post)?.at;
			if (found.length >= asked.limit || some.length < manyAtOnce || !last || at === undefined) return found.slice(0, asked.limit);
			after = { ...last, at };
		}
	}

	// A list of a fixed length can be prepared: the places that are left over ask for a post that never is.
	const numbers = Array.from({ length: limits.resultsPerPage }, (_, i) => `id${i}`);
	const among = numbers.map((number) => sql.placeholder(number));
	const listed = (ids: string[]) => Object.fromEntries(numbers.map((number, i) => [number, ids[i] ?? '']));
	const openings = aliasedTable(posts, 'openings');
	const foundPosts = db.prepare(() =>
		db.read
			.select({
				id: posts.id,
				thread: threads.id,
				openingId: threads.openingId,
				title: threads.title,
				boardId: threads.boardId,
				html: posts.html,
				warnings: posts.warnings,
				state: posts.state,
				folded: posts.folded,
				postedAt: posts.postedAt,
				...byline(db.tables),
				opening: { state: openings.state, folded: openings.folded, warnings: openings.warnings, authorId: openings.authorId }
			})
			.from(posts)
			.innerJoin(threads, eq(threads.id, posts.threadId))
			.innerJoin(openings, eq(openings.id, threads.openingId))
			.leftJoin(members, author(db.tables))
			.where(inArray(posts.id, among))
	);

	async function rowsOf(ids: string[], all: Board[]) {
		if (ids.length === 0) return [];
		const rows = new Map((await foundPosts(listed(ids))).map((row) => [row.id, row]));
		return ids.flatMap((id) => {
			const row = rows.get(id);
			const board = all.find((one) => one.id === row?.boardId);
			return row && board ? [{ ...row, board }] : [];
		});
	}
	type Row = Awaited<ReturnType<typeof rowsOf>>[number];

	/** A result as this reader wants to see it; undefined where they chose to hide what it, or its story, warns of. */
	function shown(row: Row, words: AskedWord[], preferences: Preferences, sight: Sight) {
		const how = (warnings: Row['warnings']) => shownHow(warnings, preferences.warnings, preferences.hardDay);
		if (how(row.warnings) === 'hide' || how(row.opening.warnings) === 'hide') return undefined;
		const opens = row.id === row.openingId;
		const folded = row.folded !== null || how(row.warnings) === 'fold';
		const text = () => plainWords(row.html).replace(/\s+/gu, ' ').trim();
		const quiet = quietFor(sight, row.authorId, () => [row.title, text()]);
		const instead = quiet ? quietTitles[quiet] : titleInstead(row.opening);
		return {
			post: row.id,
			thread: row.thread,
			title: instead ? [{ text: instead, hit: false }] : marked(row.title, opens ? words : []),
			excerpt: folded || quiet ? [] : excerptAround(text(), words),
			/** Why it waits for this reader, if they asked for that. */
			quiet,
			opens,
			folded,
			warnings: row.warnings,
			name: nameShown(row),
			masked: isMasked(row),
			board: { slug: row.board.slug, title: row.board.title },
			age: coarseAge(row.postedAt, now())
		};
	}

	/**
	 * One page of what holds every word of `q`: 20 posts, fewer where some are hidden by choice (counted) or were taken back this moment.
	 * `hint` says in a sentence why nothing was looked for. Throws Invalid for a text that is too long, Refusal for a board that is not there and `busy` where many search.
	 */
	const find = (reader: Reader, asked: Asked, preferences: Preferences) => inTurn(() => look(reader, asked, preferences));

	async function look(reader: Reader, { q, board, sort, after }: Asked, preferences: Preferences) {
		const { open, except } = await boardsFor(reader);
		const here = board === '' ? undefined : open.find(({ slug }) => slug === board);
		if (board !== '' && !here) throw new Refusal('unknown_board');
		const text = tidyLine(q);
		if (graphemes(text) > limits.search)
			throw new Invalid({ q: `This is longer than ${limits.search} characters. A few words find more.` });
		// A space at the end says that the last word is whole; tidying takes it away.
		const words = queryTokens(/\s$/u.test(q) ? `${text} ` : text);
		const found = {
			q: text,
			boards: open.map(({ slug, title }) => ({ slug, title })),
			board: here && { slug: here.slug, title: here.title },
			sort
		};
		const list = `search-${sort}`;
		const place = await placeAfter(after, list);
		if (words.length === 0) {
			const hint = text === '' ? undefined : 'There are no letters or numbers in this to look for. One plain word is enough.';
			return { ...found, asked: false, hint, results: [], hidden: 0, next: null };
		}
		const sight = await sightOf(reader);
		// Of one board the index knows by itself; the posts of many closed ones it would walk past, at a million for a second.
		const only = here ?? (open.length === 1 ? open[0] : undefined);
		const asked = { words, sort, board: only?.id, except, after: place, limit: limits.resultsPerPage + 1 };
		const hits = open.length === 0 ? [] : await hitsInSight(sight, asked);
		const page = hits.slice(0, limits.resultsPerPage);
		const last = hits.length > page.length ? page.at(-1) : undefined;
		// The index may be a moment behind what was read beside it: what counts is how the posts stand now.
		const rows = (
			await rowsOf(
				page.map(({ post }) => post),
				open
			)
		).map((row) => ({
			...seenBy(sight, row),
			opening: seenBy(sight, row.opening)
		}));
		const seen = rows.filter((row) => row.state === 'standing' && row.opening.state !== 'held');
		const results = seen.map((row) => shown(row, words, preferences, sight)).filter((result) => result !== undefined);
		return {
			...found,
			asked: true,
			hint: undefined,
			results,
			hidden: seen.length - results.length,
			next: last ? encodeCursor(list, [String(last.score), last.post]) : null
		};
	}

	/**
	 * Puts up to a hundred posts into the index that it lacks, from before there was search or from older rules, and answers how many.
	 * main calls it each second: it goes through all posts once, a piece at a time so that nobody waits; after that it costs nothing.
	 */
	async function catchUp(): Promise<number> {
		for (let piece = 0; piece < piecesAtOnce && looked !== undefined; piece++) {
			const { posts: missing, upTo } = await db.search.missing(tokenRules, looked, atOnce);
			for (const id of missing) await db.write((tx) => indexPost(tx, db, id));
			looked = upTo;
			if (missing.length > 0) return missing.length;
			await breathe();
		}
		return 0;
	}

	return { find, mostAtOnce: searches.atWork + searches.waiting, catchUp };
}
