// Who may do what with a case: one set of rules, asked by the verbs inside their writes and by the desk to show what is possible.
import { and, eq } from 'drizzle-orm';
import { Refusal, type RefusalCode } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import type { Authorship } from './authorship.ts';
import { apartIn, isKeptFrom, nobodyApart } from './case-apart.ts';
import { inConflict } from './case-conflicts.ts';
import { findCase, findPost, type CaseRow, type PostRow } from './case-rows.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import { isSuspended, requireNotSuspended } from './sanctions.ts';

type Claim = Pick<CaseRow, 'state' | 'claimedBy' | 'claimExpiresAt' | 'escalatedBy'>;

/** Who holds the case at this moment; a claim that ran out holds nothing. */
export function holderOf({ state, claimedBy, claimExpiresAt }: Claim, now: number): string | undefined {
	return state === 'claimed' && claimedBy && (claimExpiresAt ?? 0) > now ? claimedBy : undefined;
}

/** The state that counts: where a claim ran out, the one before it. */
export function stateNow(found: Claim, now: number): CaseRow['state'] {
	return found.state === 'claimed' && !holderOf(found, now) ? freeState(found) : found.state;
}

export const freeState = ({ escalatedBy }: Pick<Claim, 'escalatedBy'>) => (escalatedBy ? 'escalated' : 'open');

type Held = Pick<Means, 'db' | 'now' | 'sealer'>;
export type Desk = { found: CaseRow; post: PostRow; conflict: boolean; passedOn: boolean };

/** For reading: without staff's work to do there is no desk, nor for staff who are suspended. */
export async function requireDesk(q: Queries, means: Held, actor: Actor, now: number): Promise<void> {
	if (!isStaff(actor) || (await isSuspended(q, means, actor.id, now))) throw new Refusal('not_found');
}

/** The case with what decides who may act; for others than staff, and for whom it is kept from, it does not exist. Staff who are suspended do nothing with it. */
export async function caseForStaff(q: Queries, means: Held, own: Authorship, actor: Actor, id: string, now: number): Promise<Desk> {
	const { tables } = means.db;
	if (!isStaff(actor)) throw new Refusal('not_found');
	await requireNotSuspended(q, means, actor.id, now);
	const found = await findCase(q, tables, id);
	const post = found && (await findPost(q, tables, found.postId));
	if (!found || !post) throw new Refusal('not_found');
	const apart = (await apartIn(q, tables, [id])).get(id) ?? nobodyApart;
	if (await isKeptFrom(q, means, id, post, apart, actor)) throw new Refusal('not_found');
	const { caseEvents } = tables;
	const passedOn =
		(await q.$count(caseEvents, and(eq(caseEvents.caseId, id), eq(caseEvents.kind, 'escalated'), eq(caseEvents.actorId, actor.id)))) > 0;
	// Whoever passed a case on stays out of it until it has been decided.
	return {
		found,
		post,
		conflict: await inConflict(q, means, own, found.id, post, actor, now),
		passedOn: passedOn && found.escalatedBy !== null
	};
}

export type DeskVerb = 'claim' | 'release' | 'decide' | 'undo' | 'escalate';

/** Why this moderator may not, or undefined. `undo` also needs a waiting decision of theirs, which its verb looks for. */
export function whyNot(
	verb: DeskVerb,
	{ found, conflict, passedOn }: Desk,
	actor: Actor,
	now: number,
	restoring = false
): RefusalCode | undefined {
	const holder = holderOf(found, now);
	if (verb === 'release') return holder === actor.id ? undefined : holder ? 'claimed' : 'not_allowed';
	if (verb === 'undo') return found.state === 'decided' && found.claimedBy === actor.id ? undefined : 'not_allowed';
	if (conflict && verb !== 'escalate') return 'conflict_of_interest';
	if (passedOn && found.state !== 'closed') return 'not_allowed';
	if (holder && holder !== actor.id) return 'claimed';
	// After its twelve seconds a decision is put right by a decision to restore.
	if (found.state === 'decided' || (found.state === 'closed' && !restoring)) return 'decided';
	return verb === 'escalate' && stateNow(found, now) === 'escalated' ? 'not_allowed' : undefined;
}
