// The one queue of the desk: gravest first, then what is due first. Nothing of what was written is shown in it.
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm';
import { coarseAge, dueWords } from '#lib/ages.ts';
import { limits } from '#lib/limits.ts';
import { priorityWords, reasons as allReasons, type Priority } from '#lib/moderation.ts';
import { Refusal } from '#lib/refusals.ts';
import { authorOnly, notBy } from './authorship.ts';
import { apartIn, isKeptFrom, nobodyApart } from './case-apart.ts';
import { holderOf, requireDesk, stateNow } from './case-claims.ts';
import { decodeCursor, encodeCursor } from './cursors.ts';
import type { Actor, Means } from './means.ts';

const isPriority = (value: number): value is Priority => value in priorityWords;

export function caseQueue(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const { db, now } = means;
	const { cases, posts, boards, members, reports } = db.tables;

	function after(cursor: string) {
		const [gravity, due, id = ''] = decodeCursor(cursor, 'cases', 3);
		const [priority, dueAt] = [Number(gravity), Number(due)];
		if (!isPriority(priority) || !Number.isSafeInteger(dueAt)) throw new Refusal('bad_cursor');
		return sql`(${cases.priority}, ${cases.dueAt}, ${cases.id}) > (${priority}, ${dueAt}, ${id})`;
	}

	/** Open reports by case and reason, the gravest reason first. */
	async function reasonsOf(ids: string[]) {
		if (ids.length === 0) return [];
		const given = await db.read
			.select({ caseId: reports.caseId, reason: reports.reason, number: count() })
			.from(reports)
			.where(and(inArray(reports.caseId, ids), eq(reports.status, 'open')))
			.groupBy(reports.caseId, reports.reason)
			.orderBy(asc(reports.reason));
		return given.toSorted((a, b) => allReasons[a.reason].priority - allReasons[b.reason].priority);
	}

	/** The next rows of the queue, also those that are kept from this one of staff. */
	async function rowsAfter(actor: Actor, cursor: string | null) {
		// A case about one's own post would tell its author that it was reported.
		const ofOthers = notBy(db.tables, actor.id);
		return db.read
			.select({
				id: cases.id,
				postId: cases.postId,
				kind: cases.kind,
				priority: cases.priority,
				state: cases.state,
				claimedBy: cases.claimedBy,
				claimExpiresAt: cases.claimExpiresAt,
				escalatedBy: cases.escalatedBy,
				holderName: members.name,
				openedAt: cases.openedAt,
				dueAt: cases.dueAt,
				reopened: cases.reopened,
				folded: posts.folded,
				board: boards.title,
				...authorOnly(db.tables)
			})
			.from(cases)
			.innerJoin(posts, eq(posts.id, cases.postId))
			.innerJoin(boards, eq(boards.id, cases.boardId))
			.leftJoin(members, eq(members.id, cases.claimedBy))
			.where(and(sql`${cases.state} <> 'closed'`, ofOthers, cursor === null ? undefined : after(cursor)))
			.orderBy(asc(cases.priority), asc(cases.dueAt), asc(cases.id))
			.limit(limits.casesPerPage + 1);
	}
	type Row = Awaited<ReturnType<typeof rowsAfter>>[number];
	const cursorOf = ({ priority, dueAt, id }: Row) => encodeCursor('cases', [String(priority), String(dueAt), id]);

	/** What of these is there for this one of staff. */
	async function thereFor(actor: Actor, rows: Row[]): Promise<Row[]> {
		const apart = await apartIn(
			db.read,
			db.tables,
			rows.map(({ id }) => id)
		);
		const there: Row[] = [];
		for (const row of rows) {
			const { id, postId, authorId, maskTag, inThread } = row;
			const post = { id: postId, authorId, maskTag, inThread };
			if (!(await isKeptFrom(db.read, means, id, post, apart.get(id) ?? nobodyApart, actor))) there.push(row);
		}
		return there;
	}

	/** A page of what is unfinished. `cursor` is the opaque cursor of the page before. */
	return async function queue(actor: Actor, cursor: string | null = null) {
		const at = now();
		await requireDesk(db.read, means, actor, at);
		const found: Row[] = [];
		// Until the page is full: one that is shorter than another and goes on would say that something is kept from its reader.
		for (let from = cursor, more = true; more && found.length <= limits.casesPerPage;) {
			const rows = await rowsAfter(actor, from);
			found.push(...(await thereFor(actor, rows)));
			const last = rows.at(-1);
			more = last !== undefined && rows.length > limits.casesPerPage;
			if (last) from = cursorOf(last);
		}
		const page = found.slice(0, limits.casesPerPage);
		const given = await reasonsOf(page.map(({ id }) => id));
		const last = found.length > page.length ? page.at(-1) : undefined;
		return {
			cases: page.map((found) => {
				const { holderName, claimedBy, claimExpiresAt, escalatedBy, openedAt, dueAt, folded, ...rest } = found;
				const { authorId: _, maskTag: __, inThread: ___, postId: ____, ...row } = rest;
				const claim = { state: row.state, claimedBy, claimExpiresAt, escalatedBy };
				const state = stateNow(claim, at);
				return {
					...row,
					state,
					priorityWords: priorityWords[row.priority],
					due: dueWords(dueAt, at),
					overdue: dueAt <= at && state !== 'decided',
					opened: coarseAge(openedAt, at),
					folded: folded !== null,
					passedOnByYou: state === 'escalated' && escalatedBy === actor.id,
					holder: holderOf(claim, at) ? { name: holderName ?? '', mine: claimedBy === actor.id } : null,
					reasons: given
						.filter(({ caseId }) => caseId === row.id)
						.map(({ reason, number }) => ({ words: allReasons[reason].words, number }))
				};
			}),
			next: last ? cursorOf(last) : null
		};
	};
}
