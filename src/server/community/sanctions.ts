// What a member may not do for a while. Reading, signing in and settings stay open to everybody.
import { and, asc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { Refusal } from '#lib/refusals.ts';
import { ready, type Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { maskHolds } from './mask-holds.ts';
import { isStaff, type Actor, type Means } from './means.ts';

const standing = ready((q, { sanctions }) =>
	q
		.select({
			id: sanctions.id,
			kind: sanctions.kind,
			boardId: sanctions.boardId,
			rule: sanctions.rule,
			reason: sanctions.reason,
			from: sanctions.from,
			until: sanctions.until
		})
		.from(sanctions)
		.where(
			and(
				eq(sanctions.memberId, sql.placeholder('member')),
				lte(sanctions.from, sql.placeholder('now')),
				or(isNull(sanctions.until), gt(sanctions.until, sql.placeholder('now')))
			)
		)
		.orderBy(asc(sanctions.from), asc(sanctions.id))
);

type Held = Pick<Means, 'db' | 'now' | 'sealer'>;

/** What holds of the name at this moment, the earliest first. A formal notice restricts nothing and never stands. */
export const standingSanctions = (q: Queries, tables: Tables, memberId: string, now: number) =>
	standing(q, tables, { member: memberId, now });

/** What decisions of this case asked of a named author and what of it still counts, with their role: about staff an administrator decides. */
export async function sanctionsOfCase(q: Queries, { sanctions, decisions, members }: Tables, caseId: string, now: number) {
	return q
		.select({ id: sanctions.id, kind: sanctions.kind, until: sanctions.until, memberId: members.id, role: members.role })
		.from(sanctions)
		.innerJoin(decisions, eq(decisions.id, sanctions.decisionId))
		.innerJoin(members, eq(members.id, sanctions.memberId))
		.where(and(eq(decisions.caseId, caseId), or(eq(sanctions.kind, 'formal_notice'), isNull(sanctions.until), gt(sanctions.until, now))));
}

/** Whether there is anything to take back of what a case did to its author, for this one of staff. */
export async function mayLift(q: Queries, tables: Tables, caseId: string, actor: Actor, now: number): Promise<boolean> {
	const made = await sanctionsOfCase(q, tables, caseId, now);
	return made.length > 0 && (actor.role === 'administrator' || !made.some(isStaff));
}

/** With what came over a mask: for the member's own acts alone, since nobody else may see that it holds. */
async function restraints(q: Queries, means: Held, memberId: string, now: number) {
	const named = await standingSanctions(q, means.db.tables, memberId, now);
	return [...named, ...(await maskHolds(means).restraints(q, memberId, now))];
}

/** For posting, answering and editing on this board; says whether the words have to wait for a moderator. */
export async function requireMayWrite(q: Queries, means: Held, memberId: string, boardId: string, now: number) {
	const standing = await restraints(q, means, memberId, now);
	if (standing.some(({ kind }) => kind === 'suspend')) throw new Refusal('suspended');
	if (standing.some(({ kind }) => kind === 'silence')) throw new Refusal('silenced');
	if (standing.some((sanction) => sanction.kind === 'board_ban' && sanction.boardId === boardId)) throw new Refusal('board_banned');
	return { held: standing.some(({ kind }) => kind === 'hold_posts') };
}

/** For what silence leaves open: reporting and encouraging, and the work of staff. */
export async function requireNotSuspended(q: Queries, means: Held, memberId: string, now: number) {
	if (await isSuspended(q, means, memberId, now)) throw new Refusal('suspended');
}

export async function isSuspended(q: Queries, means: Held, memberId: string, now: number): Promise<boolean> {
	const standing = await restraints(q, means, memberId, now);
	return standing.some(({ kind }) => kind === 'suspend');
}

/** Who of these is suspended by name. What came over a mask is left out: who may look at a case would tell whom it holds. */
export async function suspendedByName(q: Queries, { sanctions }: Tables, members: string[], now: number): Promise<Set<string>> {
	const holds = and(lte(sanctions.from, now), or(isNull(sanctions.until), gt(sanctions.until, now)));
	const rows = await q
		.selectDistinct({ member: sanctions.memberId })
		.from(sanctions)
		.where(and(eq(sanctions.kind, 'suspend'), inArray(sanctions.memberId, members), holds));
	return new Set(rows.map(({ member }) => member));
}

/** For celebrations, which stand on no board: what stops them, if anything. */
export async function stopsCelebrating(q: Queries, means: Held, memberId: string, now: number) {
	const standing = await restraints(q, means, memberId, now);
	return (['suspend', 'silence', 'hold_posts'] as const).find((kind) => standing.some((sanction) => sanction.kind === kind));
}

export async function postsAreHeld(q: Queries, tables: Tables, memberId: string, now: number): Promise<boolean> {
	const standing = await standingSanctions(q, tables, memberId, now);
	return standing.some(({ kind }) => kind === 'hold_posts');
}
