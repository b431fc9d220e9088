// The stream: what open pages are told, kept for a quarter of an hour so that a page that was away hears it again.
import { and, asc, desc, gt, lt, ne, sql } from 'drizzle-orm';
import { cursorOf } from '#lib/stream-cursors.ts';
import { ready } from '#server/store/database.ts';
import { retentions } from '#server/store/ledger-words.ts';
import type { CommunityEvent } from './events.ts';
import type { Means } from './means.ts';
import { staffBut } from './staff-ears.ts';
import { asTheyStand } from './told-again.ts';

const keptFor = retentions.stream.after;
/** What is left of the newest row when it is old: its number, so that numbers never begin again. */
const emptied = { type: 'pruned', audience: 'doors', data: {}, by: null } as const;
const newestNumber = ready((q, { stream }) => q.select({ number: stream.number }).from(stream).orderBy(desc(stream.number)).limit(1));
// The newest row stays, however old: numbers never begin again.
const forgetBefore = ready((q, { stream }) =>
	q.delete(stream).where(and(lt(stream.at, sql.placeholder('at')), lt(stream.number, sql.placeholder('number'))))
);
const lookEvery = 60_000;
/** Milliseconds: where the line to PostgreSQL was lost, the hub looks later, and another process may have erased what was kept for it. */
const handedOnWithin = 1000;
/** A page that missed more than this starts from the page again. */
export const longestReplay = 500;

export type Streamed = {
	number: number;
	type: string;
	/** Who may hear it: "public", "members", "staff", "staff:not:…" (staff-ears.ts), "thread:{id}", "member:{id}", or "doors": the hub itself. */
	audience: string;
	data: Record<string, string | number>;
	/** The member whose doing it tells of by name; it never leaves the server. */
	by?: string | null;
	at: number;
};

export function stream({ db, now }: Pick<Means, 'db' | 'now'>) {
	const { stream } = db.tables;
	let lookedAt = 0;
	/** What was appended just now, on the disk: the hub hands it on without reading it again. */
	let appended: Streamed[] = [];
	const columns = { number: stream.number, type: stream.type, audience: stream.audience, data: stream.data, by: stream.by, at: stream.at };

	/** Adds what happened, in this order, and tells every process. Old rows go in the same write. */
	async function append(events: CommunityEvent[]) {
		const rows = events.map(streamed).filter((row) => row !== undefined);
		if (rows.length === 0) return;
		appended = await db.write(async (tx) => {
			const [newest] = await newestNumber(tx, db.tables, {});
			const first = (newest?.number ?? 0) + 1;
			const numbered = rows.map((row, i) => ({ by: null, ...row, number: first + i, at: now() }));
			await tx.insert(stream).values(numbered);
			await forgetBefore(tx, db.tables, { at: now() - keptFor, number: first });
			return numbered;
		});
		await db.signal.send(appended.at(-1)?.number ?? 0);
	}

	/** Empties a stream in which nothing happens any more; looks once a minute, and writes only where something is old. */
	async function forgetOld() {
		if (now() - lookedAt < lookEvery) return;
		lookedAt = now();
		const old = and(lt(stream.at, now() - keptFor), ne(stream.type, emptied.type));
		if ((await db.read.$count(stream, old)) === 0) return;
		await db.write(async (tx) => {
			const [newest] = await newestNumber(tx, db.tables, {});
			if (newest) await forgetBefore(tx, db.tables, { at: now() - keptFor, number: newest.number });
			await tx.update(stream).set(emptied).where(old);
		});
	}

	async function newest(): Promise<number> {
		const [row] = await newestNumber(db.read, db.tables, {});
		return row?.number ?? 0;
	}

	const following = db.prepare(() =>
		db.read
			.select(columns)
			.from(stream)
			.where(and(gt(stream.number, sql.placeholder('number')), ne(stream.type, emptied.type)))
			.orderBy(asc(stream.number))
			.limit(longestReplay)
	);
	/** The next rows after a number, at most `longestReplay`: numbers have no gaps, so a gap tells what was pruned unseen. */
	async function next(number: number): Promise<Streamed[]> {
		const known = appended;
		// Kept no longer: what they say may be erased.
		appended = [];
		const [first] = known;
		return first?.number === number + 1 && now() - first.at < handedOnWithin ? known : following({ number });
	}

	/** What came after a number; undefined where that is not known any more. */
	async function since(number: number): Promise<Streamed[] | undefined> {
		const [oldest] = await db.read.select({ number: stream.number, type: stream.type }).from(stream).orderBy(asc(stream.number)).limit(1);
		const first = (oldest?.number ?? 1) + (oldest?.type === emptied.type ? 1 : 0);
		const rows = await db.read
			.select(columns)
			.from(stream)
			.where(gt(stream.number, number))
			.orderBy(asc(stream.number))
			.limit(longestReplay + 1);
		const known = number >= first - 1 && number <= (rows.at(-1)?.number ?? (await newest()));
		return known && rows.length <= longestReplay ? asTheyStand(db, rows) : undefined;
	}

	/** Where a page stands that is rendered now: taken before its lists are read, so that nothing falls between. */
	const cursor = async () => cursorOf(await newest());

	return { append, newest, next, since, cursor, forgetOld };
}

/** Who hears what, and no more than that: ids, a chosen name, a line of own words. */
function streamed(event: CommunityEvent): Omit<Streamed, 'number' | 'at'> | undefined {
	switch (event.type) {
		case 'thread.opened':
			return {
				type: event.type,
				audience: event.membersOnly ? 'members' : 'public',
				data: { thread: event.thread, board: event.board, ...(event.title ? { title: event.title } : {}) },
				by: event.by ?? null
			};
		case 'reply.posted':
			return {
				type: event.type,
				audience: `thread:${event.thread}`,
				data: { thread: event.thread, post: event.post },
				by: event.by ?? null
			};
		case 'notice.added':
			return { type: event.type, audience: `member:${event.member}`, data: {} };
		case 'case.changed':
			return {
				type: event.type,
				audience: staffBut(event.except ?? []),
				data: { case: event.case, priority: event.priority, state: event.state }
			};
		case 'celebration.shared':
			return {
				type: event.type,
				audience: 'public',
				data: { celebration: event.celebration, name: event.name, milestone: event.milestone, words: event.words },
				by: event.by ?? null
			};
		case 'celebration.cheered':
			return { type: event.type, audience: 'public', data: { celebration: event.celebration, cheers: event.cheers }, by: event.by ?? null };
		case 'celebration.undone':
			return { type: event.type, audience: 'public', data: { celebration: event.celebration }, by: event.by ?? null };
		case 'words.erased':
			return { type: event.type, audience: 'doors', data: {} };
		case 'mask.paused':
			return { type: event.type, audience: 'doors', data: { decision: event.decision } };
		case 'people.changed':
			return { type: event.type, audience: 'doors', data: { member: event.member } };
		case 'sessions.ended':
			return {
				type: event.type,
				audience: 'doors',
				data: {
					...(event.member ? { member: event.member } : {}),
					...(event.session ? { session: event.session } : {}),
					...(event.except ? { except: event.except } : {})
				}
			};
		default:
			return undefined;
	}
}
