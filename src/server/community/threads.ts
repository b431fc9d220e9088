// Threads: a story with its tree of answers. Opening one, listing them, finding those that wait.
import { and, desc, eq, isNull, notInArray, or, sql, type Placeholder, type SQL } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import type { StoryCardData } from '#lib/stories.ts';
import { shownHow } from '#lib/warnings.ts';
import { waysSeen } from '#lib/ways-seen.ts';
import { author, authorship, byline, isMasked, nameShown } from './authorship.ts';
import { encodeCursor, decodeCursor } from './cursors.ts';
import { storyPlace } from './draft-places.ts';
import { draftPosted } from './drafts.ts';
import { keptAnswers } from './kept-answers.ts';
import { listsInSight, type Place } from './lists-in-sight.ts';
import { foldedTitle } from './folding.ts';
import { masks } from './masks.ts';
import { isStaff, requireRoom, type Actor, type Means, type Reader } from './means.ts';
import { oneLook } from './one-look.ts';
import { ownMasks } from './own-masks.ts';
import { putStory, underOwnName } from './posting.ts';
import { shownAge } from './page-clock.ts';
import type { Preferences } from './preferences.ts';
import { readingMarks } from './reading-marks.ts';
import { quietFor, quietTitles, sights, type Sight } from './sight.ts';
import { parseWritten, type Written } from './words-of-posts.ts';
import { writeAndTellAs } from './write-and-tell.ts';
import { alreadyPosted, freeKey, mayPost } from './writing.ts';

/** Bytes: some thousand rows of lists. */
const roomForLists = 4 * 1024 * 1024;
/** Bytes of a row with how it is seen and its parts of pages. */
const rowSize = 6000;

export const sorts = ['unanswered', 'active', 'new'] as const;
export type Sort = (typeof sorts)[number];

export function threads(means: Means) {
	const { db, now, newId, tell } = means;
	const { threads, posts, boards, members } = db.tables;
	const { wrote } = authorship(means);
	const own = ownMasks(means);
	const masked = masks(means);
	const marks = readingMarks(means);
	const look = oneLook(means);
	const sightOf = sights(means);
	const inSight = listsInSight(means);
	const card = {
		id: threads.id,
		title: threads.title,
		excerpt: threads.excerpt,
		warnings: posts.warnings,
		postFolded: posts.folded,
		...byline(db.tables),
		boardTitle: boards.title,
		boardSlug: boards.slug,
		answers: threads.answers,
		answered: threads.answered,
		locked: threads.locked,
		openedAt: threads.openedAt,
		activeAt: threads.activeAt
	};

	const newestFirst = [desc(threads.activeAt), desc(threads.id)];
	type Most = number | Placeholder;
	/** A board's threads in one order; of the unanswered sort, those that wait (0) or the others (1). */
	function group(boardId: string | Placeholder, sort: Sort, answered: 0 | 1 | undefined, most: Most, later?: SQL) {
		const here = and(eq(threads.boardId, boardId), eq(threads.listed, true));
		const only = answered === undefined ? undefined : eq(threads.answered, answered);
		return cards(and(here, only, later), sort === 'new' ? [desc(threads.openedAt), desc(threads.id)] : newestFirst, most);
	}
	// Guests meet hard hours where they look for them, not on the first page; members do, for somebody waits there.
	const forGuests = and(eq(boards.membersOnly, false), eq(boards.titlesPublic, true));
	const atHome = (who: SQL | undefined, answered: 0 | 1, most: number) =>
		cards(and(eq(threads.listed, true), who, eq(threads.answered, answered)), newestFirst, most);
	const waiting = (who: SQL | undefined) => atHome(who, 0, 6);
	const recent = (who: SQL | undefined) => atHome(who, 1, 8);
	const inPublic = and(eq(threads.listed, true), eq(boards.membersOnly, false), eq(boards.distress, false), eq(boards.titlesPublic, true));
	const told = (who: SQL | undefined) => cards(and(inPublic, who), [desc(threads.openedAt), desc(threads.id)], 12);
	const firstPage = (sort: Sort, answered?: 0 | 1) =>
		db.prepare(() => group(sql.placeholder('board'), sort, answered, sql.placeholder('most')));
	const ready = {
		first: { unanswered: [firstPage('unanswered', 0), firstPage('unanswered', 1)], active: [firstPage('active')], new: [firstPage('new')] },
		told: db.prepare(() => told(undefined)),
		guests: { waiting: db.prepare(() => waiting(forGuests)), recent: db.prepare(() => recent(forGuests)) },
		members: { waiting: db.prepare(() => waiting(undefined)), recent: db.prepare(() => recent(undefined)) }
	};

	function cards(where: SQL | undefined, order: SQL[], limit: Most) {
		return db.read
			.select(card)
			.from(threads)
			.innerJoin(posts, eq(posts.id, threads.openingId))
			.innerJoin(boards, eq(boards.id, threads.boardId))
			.leftJoin(members, author(db.tables))
			.where(where)
			.orderBy(...order)
			.limit(limit);
	}
	type Card = Awaited<ReturnType<typeof cards>>[number];
	/** What most readers see of a story is one object, shared and never changed. */
	const cardSeen = waysSeen<Card, Required<StoryCardData>>(3);

	/** Lists are kept as they stand until something in them changes: reading and mapping their rows was a third of a board. */
	const { answerTo: kept, letGo: letListsGo } = keptAnswers<Card[]>(roomForLists, (rows) => rows.length * rowSize);
	const standing = async (scopes: string[]) => {
		const stands = await db.versions(['everything', 'openings', ...scopes]);
		return (list: string, ask: () => Promise<Card[]>) => (stands ? kept(list, stands.version, ask) : ask());
	};

	/** A card as this reader wants to see it; undefined where they chose to hide what it warns of. `fresh`: written in since they were there. */
	function shown(row: Card, fresh: boolean, reader: Reader, preferences: Preferences, sight: Sight) {
		const how = shownHow(row.warnings, preferences.warnings, preferences.hardDay);
		if (how === 'hide') return undefined;
		const own = wrote(reader, row);
		const open = row.postFolded === null || isStaff(reader) || own;
		const folded = how === 'fold' || row.postFolded !== null;
		const quiet = own ? null : quietFor(sight, row.authorId, () => [row.title, row.excerpt]);
		const age = shownAge(row.answered ? row.activeAt : row.openedAt, now());
		return cardSeen(row, `${fresh} ${open} ${folded} ${quiet} ${age}`, () => {
			const { openedAt: _, activeAt: __, postFolded: ___, authorId: ____, maskTag: _____, inThread: ______, alias, ...rest } = row;
			return {
				...rest,
				title: quiet ? quietTitles[quiet] : open ? row.title : foldedTitle,
				name: nameShown(row),
				masked: isMasked({ alias }),
				folded,
				/** Why it waits for this reader, if they asked for that. */
				quiet,
				excerpt: folded || quiet ? '' : row.excerpt,
				answered: row.answered > 0,
				age,
				fresh
			};
		});
	}

	async function allShown(rows: Card[], preferences: Preferences, reader: Reader, sight: Sight) {
		const ids = rows.map(({ id }) => id);
		const read = reader ? await marks.findAll(db.read, reader.id, ids) : undefined;
		return rows.flatMap((row) => shown(row, row.activeAt > (read?.get(row.id)?.readAt ?? Infinity), reader, preferences, sight) ?? []);
	}

	/** What stands after this thread in the order. Cursors name a thread, never a moment: public times are coarse. */
	async function endedAt(id: string, sort: Sort, hidden: string[]): Promise<{ answered: number; place: Place }> {
		const columns = { answered: threads.answered, activeAt: threads.activeAt, openedAt: threads.openedAt };
		const [kept] = await db.read.select(columns).from(threads).where(eq(threads.id, id));
		if (!kept) throw new Refusal('bad_cursor');
		const last = (hidden.length > 0 && (await inSight.without(hidden, eq(threads.id, id))).get(id)) || kept;
		return { answered: last.answered, place: { at: sort === 'new' ? last.openedAt : last.activeAt, id } };
	}
	/** Compared as a pair it is one range of the index; taken apart with "or" every earlier page would be read again. */
	const laterThan = ({ at, id }: Place, sort: Sort) =>
		sql`(${sort === 'new' ? threads.openedAt : threads.activeAt}, ${threads.id}) < (${at}, ${id})`;

	/** A page of a board's threads in the asked order. `after` is the opaque cursor of the page before. */
	async function list(boardId: string, sort: Sort, after: string | null, preferences: Preferences, reader?: Reader) {
		const seen = after === null ? undefined : decodeCursor(after, sort, 1)[0];
		const sight = await sightOf(reader);
		const hidden = [...sight.hidden];
		const beyond = seen === undefined ? undefined : await endedAt(seen, sort, hidden);
		// First those that wait, then the others: two ranges, for no index is read in both directions at once.
		const groups = sort === 'unanswered' ? ([0, 1] as const).filter((answered) => answered >= (beyond?.answered ?? 0)) : [undefined];
		const rows: Card[] = [];
		const listed = await standing([`board:${boardId}`]);
		for (const answered of groups) {
			const later = answered === undefined || answered === beyond?.answered ? beyond?.place : undefined;
			const most = limits.threadsPerPage + 1 - rows.length;
			const first = later ? undefined : ready.first[sort][answered ?? 0];
			if (most <= 0) continue;
			if (hidden.length > 0)
				rows.push(...(await inSight.page(hidden, { here: eq(threads.boardId, boardId), sort, answered, most, after: later }, cards)));
			else if (first) rows.push(...(await listed(`${boardId} ${sort} ${answered} ${most}`, () => first({ board: boardId, most }))));
			else rows.push(...(await group(boardId, sort, answered, most, later && laterThan(later, sort))));
		}
		const page = rows.slice(0, limits.threadsPerPage);
		const last = rows.length > page.length ? page.at(-1) : undefined;
		const next = last ? encodeCursor(sort, [last.id]) : null;
		const cardsShown = await allShown(page, preferences, reader, sight);
		return { threads: cardsShown, hidden: page.length - cardsShown.length, next };
	}

	/** For the home page: stories that wait for a first answer, and stories people are talking in. */
	async function forHome(reader: Reader, preferences: Preferences) {
		const [{ boards: muted }, sight] = await Promise.all([look(reader), sightOf(reader)]);
		const hidden = [...sight.hidden];
		const heard = and(
			muted.length > 0 ? notInArray(threads.boardId, muted) : undefined,
			sight.muted.size > 0 ? or(isNull(threads.authorId), notInArray(threads.authorId, [...sight.muted])) : undefined
		);
		const who = reader ? 'members' : 'guests';
		const { waiting: waitingNow, recent: recentNow } = ready[who];
		const listed = await standing(['stories']);
		const left = (answered: 0 | 1, most: number) => inSight.page(hidden, { here: heard, sort: 'active', answered, most }, cards);
		const [unanswered, talking] = await Promise.all(
			hidden.length > 0
				? [left(0, 6), left(1, 8)]
				: heard
					? [waiting(heard), recent(heard)]
					: [listed(`waiting ${who}`, () => waitingNow({})), listed(`recent ${who}`, () => recentNow({}))]
		);
		const others = unanswered.filter((row) => !wrote(reader, row)).slice(0, 4);
		return { waiting: await allShown(others, preferences, reader, sight), recent: await allShown(talking, preferences, reader, sight) };
	}

	/** The newest stories whose titles the board lets stand in a public feed, none with anything folded. */
	async function newest(reader: Reader) {
		const sight = await sightOf(reader);
		const unseen = [...sight.hidden, ...sight.muted];
		const inSight = unseen.length > 0 ? or(isNull(threads.authorId), notInArray(threads.authorId, unseen)) : undefined;
		const rows = inSight ? await told(inSight) : await (await standing(['stories']))('told', () => ready.told({}));
		return rows
			.filter(({ warnings, postFolded, title }) => warnings.length === 0 && postFolded === null && !quietFor(sight, null, () => [title]))
			.map(({ id, title, boardTitle, boardSlug, openedAt }) => ({ id, title, boardTitle, boardSlug, age: shownAge(openedAt, now()) }));
	}

	/** Opens a thread on a board. A second press answers with the thread that the first one opened. With `mask` others see it within three minutes. */
	async function open(actor: Actor, slug: string, written: Written) {
		if (written.mask) return { ...(await masked.story(actor, slug, written)), waits: true };
		const { title = '', body, html, warnings } = parseWritten({ title: '', ...written });
		requireRoom(db);
		const opened = await writeAndTellAs(means, actor, async (tx, moment, here) => {
			const { at } = moment;
			const told = { membersOnly: boards.membersOnly, distress: boards.distress, titlesPublic: boards.titlesPublic };
			const [board] = await tx
				.select({ id: boards.id, ...told })
				.from(boards)
				.where(eq(boards.slug, slug));
			if (!board) throw new Refusal('not_found');
			await draftPosted(tx, means, actor.id, storyPlace(slug), board.id, written.body);
			const before = await alreadyPosted(tx, db.tables, actor, { key: written.key, body, parentId: null, boardId: board.id, title }, at);
			if (before) return { thread: before.threadId, post: before.id, held: false, again: true, board };
			const today = () => own.since(tx, actor.id, true, at - limits.firstDay);
			const { held } = await mayPost(tx, means, { ...actor, ...here }, board.id, at, true, `${title}\n${body}`, today);
			const [thread, post] = [newId(), newId()];
			const key = await freeKey(tx, db.tables, actor, written.key, newId);
			await putStory(tx, db, moment, { id: post, thread, title, board, body, html, warnings, key, held }, underOwnName(actor.id));
			return { thread, post, held, again: false, board };
		});
		const { membersOnly, distress, titlesPublic } = opened.board;
		const open = titlesPublic && !distress && warnings.length === 0;
		if (!opened.held && !opened.again)
			tell({ type: 'thread.opened', thread: opened.thread, board: slug, membersOnly, ...(open ? { title } : {}), by: actor.id });
		return { thread: opened.thread, post: opened.post, waits: false };
	}

	return { list, forHome, newest, open, letListsGo };
}
