// Threads: a story with its tree of answers. Opening one, listing them, finding those that wait.
import { and, asc, desc, eq, gt, lt, or, type SQL } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import { shownHow } from '#lib/warnings.ts';
import { coarseAge } from '#lib/ages.ts';
import { encodeCursor, decodeCursor } from './cursors.ts';
import { openHeldCase } from './held-cases.ts';
import type { Actor, Means, Reader } from './means.ts';
import type { Preferences } from './preferences.ts';
import { firstPlace } from './places.ts';
import { excerpt } from './text.ts';
import { parseWritten, type Written } from './words-of-posts.ts';
import { alreadyPosted, freeKey, mayPost } from './writing.ts';

export const sorts = ['unanswered', 'active', 'new'] as const;
export type Sort = (typeof sorts)[number];

export function threads({ db, now, newId, tell }: Means) {
	const { threads, posts, boards, members } = db.tables;
	const card = {
		id: threads.id,
		title: threads.title,
		excerpt: threads.excerpt,
		warnings: posts.warnings,
		postFolded: posts.folded,
		name: members.name,
		boardTitle: boards.title,
		boardSlug: boards.slug,
		answers: threads.answers,
		answered: threads.answered,
		locked: threads.locked,
		openedAt: threads.openedAt,
		activeAt: threads.activeAt
	};

	function cards(where: SQL | undefined, order: SQL[], limit: number) {
		return db.read
			.select(card)
			.from(threads)
			.innerJoin(posts, eq(posts.id, threads.openingId))
			.innerJoin(boards, eq(boards.id, threads.boardId))
			.leftJoin(members, eq(members.id, threads.authorId))
			.where(where)
			.orderBy(...order)
			.limit(limit);
	}
	type Card = Awaited<ReturnType<typeof cards>>[number];

	/** A card as this reader wants to see it; undefined where they chose to hide what it warns of. */
	function shown(row: Card, preferences: Preferences) {
		const how = shownHow(row.warnings, preferences.warnings, preferences.hardDay);
		if (how === 'hide') return undefined;
		const { openedAt, activeAt, postFolded, name, ...rest } = row;
		const folded = how === 'fold' || postFolded !== null;
		const at = row.answered ? activeAt : openedAt;
		return {
			...rest,
			name: name ?? 'A former member',
			folded,
			excerpt: folded ? '' : row.excerpt,
			answered: row.answered > 0,
			age: coarseAge(at, now())
		};
	}

	function allShown(rows: Card[], preferences: Preferences) {
		return rows.map((row) => shown(row, preferences)).filter((card) => card !== undefined);
	}

	/** A page of a board's threads in the asked order. `after` is the opaque cursor of the page before. */
	async function list(boardId: string, sort: Sort, after: string | null, preferences: Preferences) {
		const at = sort === 'new' ? threads.openedAt : threads.activeAt;
		const seen = after === null ? undefined : decodeCursor(after, sort, 3);
		const here = and(eq(threads.boardId, boardId), eq(threads.listed, true));
		const order = sort === 'unanswered' ? [asc(threads.answered), desc(at), desc(threads.id)] : [desc(at), desc(threads.id)];
		let beyond: SQL | undefined;
		if (seen) {
			const [answered, moment, id] = [Number(seen[0]), Number(seen[1]), seen[2] ?? ''];
			const later = or(lt(at, moment), and(eq(at, moment), lt(threads.id, id)));
			beyond = sort === 'unanswered' ? or(gt(threads.answered, answered), and(eq(threads.answered, answered), later)) : later;
		}
		const rows = await cards(and(here, beyond), order, limits.threadsPerPage + 1);
		const page = rows.slice(0, limits.threadsPerPage);
		const last = rows.length > page.length ? page.at(-1) : undefined;
		const next = last ? encodeCursor(sort, [String(last.answered), String(sort === 'new' ? last.openedAt : last.activeAt), last.id]) : null;
		const cardsShown = allShown(page, preferences);
		return { threads: cardsShown, hidden: page.length - cardsShown.length, next };
	}

	/** For the home page: stories that wait for a first answer, and stories people are talking in. */
	async function forHome(reader: Reader, preferences: Preferences) {
		const open = and(eq(threads.listed, true), reader ? undefined : eq(boards.membersOnly, false));
		const [waiting, recent] = await Promise.all([
			cards(and(open, eq(threads.answered, 0)), [desc(threads.activeAt), desc(threads.id)], 6),
			cards(and(open, eq(threads.answered, 1)), [desc(threads.activeAt), desc(threads.id)], 8)
		]);
		const mine = (row: Card) => reader !== undefined && row.name === reader.name;
		return { waiting: allShown(waiting.filter((row) => !mine(row)).slice(0, 4), preferences), recent: allShown(recent, preferences) };
	}

	/** Opens a thread on a board. A second press answers with the thread that the first one opened. */
	async function open(actor: Actor, slug: string, written: Written) {
		const { title = '', body, html, warnings } = parseWritten({ title: '', ...written });
		const at = now();
		const opened = await db.write(async (tx) => {
			const [board] = await tx.select({ id: boards.id }).from(boards).where(eq(boards.slug, slug));
			if (!board) throw new Refusal('not_found');
			const before = await alreadyPosted(tx, db.tables, actor, { key: written.key, body, parentId: null, boardId: board.id, title }, at);
			if (before) return { thread: before.threadId, post: before.id, held: false, again: true, board: board.id };
			const { held } = await mayPost(tx, db.tables, actor, board.id, at, true, `${title}\n${body}`);
			const [thread, post] = [newId(), newId()];
			const key = await freeKey(tx, db.tables, actor, written.key, newId);
			const cardText = excerpt(body, limits.excerpt);
			await tx.insert(threads).values({
				id: thread,
				boardId: board.id,
				authorId: actor.id,
				openingId: post,
				title,
				excerpt: cardText,
				openedAt: at,
				activeAt: at,
				listed: !held
			});
			const state = held ? 'held' : 'standing';
			await tx.insert(posts).values({
				id: post,
				threadId: thread,
				parentId: null,
				authorId: actor.id,
				place: firstPlace(),
				depth: 0,
				body,
				html,
				warnings,
				postedAt: at,
				state,
				encouraged: {},
				key
			});
			if (held) await openHeldCase(tx, db.tables, { postId: post, boardId: board.id, authorId: actor.id }, at, newId);
			return { thread, post, held, again: false, board: board.id };
		});
		if (!opened.held && !opened.again) tell({ type: 'thread.opened', thread: opened.thread, board: opened.board });
		return { thread: opened.thread, post: opened.post };
	}

	return { list, forHome, open };
}
