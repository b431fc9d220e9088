// Celebrations as others see them, newest first, and a member's own.
import { and, desc, eq, inArray, ne, notInArray, or, isNull, sql, type SQL } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { waysSeen } from '#lib/ways-seen.ts';
import { celebrationView } from './celebration-words.ts';
import { decodeCursor, encodeCursor } from './cursors.ts';
import { keptAnswers } from './kept-answers.ts';
import type { Actor, Means, Reader } from './means.ts';
import { quietFor, sights, type Quiet } from './sight.ts';

/** Bytes: the first page and the rail, with how their rows are seen. */
const room = 512 * 1024;
const rowSize = 4000;

/** Celebrations never stand beside distress (safety.md N4): not on boards for cravings, setbacks and long nights. */
export function mayShowOn(board: { distress: boolean }): boolean {
	return !board.distress;
}

export function celebrationFeed({ db, now }: Pick<Means, 'db' | 'now'>) {
	const sightOf = sights({ db });
	const { celebrations, cheers, members } = db.tables;
	const columns = {
		id: celebrations.id,
		memberId: celebrations.memberId,
		name: members.name,
		milestone: celebrations.milestone,
		words: celebrations.words,
		state: celebrations.state,
		cheers: celebrations.cheers,
		shareAt: celebrations.shareAt
	};

	const numbers = Array.from({ length: limits.celebrationsPerPage }, (_, i) => `id${i}`);
	/** The narrow rail stands beside most pages: short lists have a query of their own. Places left over ask for a celebration that never is. */
	const lists = [8, limits.celebrationsPerPage].map((most) => {
		const places = numbers.slice(0, most);
		const among = places.map((place) => sql.placeholder(place));
		const cheered = db.prepare(() =>
			db.read
				.select({ id: cheers.celebrationId })
				.from(cheers)
				.where(and(eq(cheers.memberId, sql.placeholder('reader')), inArray(cheers.celebrationId, among)))
		);
		return { places, cheered };
	});

	async function cheeredBy(reader: Reader, ids: string[]): Promise<Set<string>> {
		const list = lists.find(({ places }) => ids.length <= places.length);
		if (!reader || ids.length === 0 || !list) return new Set();
		const values = Object.fromEntries(list.places.map((place, i) => [place, ids[i] ?? '']));
		return new Set((await list.cheered({ reader: reader.id, ...values })).map(({ id }) => id));
	}

	/** What came before the celebration that a cursor names, also when it has been undone since. */
	async function earlierThan(cursor: string) {
		const [id = ''] = decodeCursor(cursor, 'celebrations', 1);
		const [place] = await db.read.select({ shareAt: celebrations.shareAt }).from(celebrations).where(eq(celebrations.id, id));
		return sql`(${celebrations.shareAt}, ${celebrations.id}) < (${place?.shareAt ?? 0}, ${id})`;
	}

	const page = (before: SQL | undefined, most: number | ReturnType<typeof sql.placeholder>) =>
		db.read
			.select(columns)
			.from(celebrations)
			.leftJoin(members, eq(members.id, celebrations.memberId))
			.where(and(eq(celebrations.state, 'shared'), before))
			.orderBy(desc(celebrations.shareAt), desc(celebrations.id))
			.limit(most);
	const newest = db.prepare(() => page(undefined, sql.placeholder('most')));
	type Row = Awaited<ReturnType<typeof page>>[number];
	const { answerTo: kept, letGo: letFeedGo } = keptAnswers<Row[]>(room, (rows) => rows.length * rowSize);

	/** The newest as they stand, kept until one of them changes. */
	async function newestNow(most: number): Promise<Row[]> {
		const stands = await db.versions(['everything', 'celebrations']);
		return stands ? kept(String(most), stands.version, () => newest({ most })) : newest({ most });
	}

	/** What most readers see of a celebration is one object, shared and never changed. */
	const known = waysSeen<Row, ReturnType<typeof celebrationView> & { quiet: Quiet }>(3);
	function seen(row: Row, at: number, reader: Reader, cheered: boolean, quiet: Quiet) {
		const view = celebrationView(row, at, reader?.id, cheered);
		return known(row, `${view.age} ${cheered} ${view.mine} ${quiet}`, () => ({ ...view, quiet }));
	}

	/** The newest that are shared; `next` leads to those before them. */
	async function feed(reader: Reader, before?: string, most: number = limits.celebrationsPerPage) {
		const sight = await sightOf(reader);
		const inSight =
			sight.hidden.size > 0 ? or(isNull(celebrations.memberId), notInArray(celebrations.memberId, [...sight.hidden])) : undefined;
		const earlier = before ? await earlierThan(before) : undefined;
		const rows = earlier || inSight ? await page(and(earlier, inSight), most + 1) : await newestNow(most + 1);
		const shown = rows.slice(0, most);
		const [at, mine, last] = [
			now(),
			await cheeredBy(
				reader,
				shown.map(({ id }) => id)
			),
			shown.at(-1)
		];
		return {
			celebrations: shown.map((row) => {
				const quiet = row.memberId === reader?.id ? null : quietFor(sight, row.memberId, () => [row.words]);
				return seen(row, at, reader, mine.has(row.id), quiet);
			}),
			next: rows.length > most && last ? encodeCursor('celebrations', [last.id]) : undefined
		};
	}

	/** A member's own, waiting and shared, newest first. */
	async function mine(actor: Actor) {
		const rows = await db.read
			.select(columns)
			.from(celebrations)
			.innerJoin(members, eq(members.id, celebrations.memberId))
			.where(and(eq(celebrations.memberId, actor.id), ne(celebrations.state, 'undone')))
			.orderBy(desc(celebrations.madeAt), desc(celebrations.id))
			.limit(limits.celebrationsPerPage);
		return rows.map((row) => ({ ...celebrationView(row, now(), actor.id, false), waiting: row.state === 'waiting' }));
	}

	/** Milestones that are celebrated already or soon will be. */
	async function celebrated(actor: Actor): Promise<string[]> {
		const rows = await db.read
			.selectDistinct({ milestone: celebrations.milestone })
			.from(celebrations)
			.where(and(eq(celebrations.memberId, actor.id), ne(celebrations.state, 'undone')));
		return rows.map(({ milestone }) => milestone);
	}

	return { feed, mine, celebrated, letFeedGo };
}
