// A second thing besides the passphrase: who has one, and who may change it. For staff it can be required (`STAFF_SECOND_FACTOR`).
import { and, eq } from 'drizzle-orm';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { isStaff, type Actor, type Means } from './means.ts';

export function secondFactors({ db, staffNeedSecondFactor = false }: Means) {
	const { members, sessions, passkeys, timeCodes } = db.tables;

	/** The role in the store: an actor's may be lowered until the second factor was given. */
	async function isReallyStaff(q: Queries, memberId: string): Promise<boolean> {
		const [member] = await q.select({ role: members.role }).from(members).where(eq(members.id, memberId));
		return isStaff(member);
	}

	async function hasAny(q: Queries, memberId: string): Promise<boolean> {
		return (
			(await q.$count(timeCodes, eq(timeCodes.memberId, memberId))) > 0 || (await q.$count(passkeys, eq(passkeys.memberId, memberId))) > 0
		);
	}

	/** Whether this session was begun with the second factor too, or with a passkey. */
	async function given(q: Queries, memberId: string, session: string): Promise<boolean> {
		const own = and(eq(sessions.id, session), eq(sessions.memberId, memberId), eq(sessions.secondFactor, true));
		return (await q.$count(sessions, own)) > 0;
	}

	/**
	 * Where staff need a second factor, whoever has only their passphrase (or their paper) neither takes it away nor puts another beside it.
	 * The first one is set up with the passphrase.
	 */
	async function mustBeFree(q: Queries, actor: Actor, session: string) {
		if (!staffNeedSecondFactor || !(await isReallyStaff(q, actor.id))) return;
		if ((await hasAny(q, actor.id)) && !(await given(q, actor.id, session))) throw new Refusal('second_factor_first');
	}

	/** Whether paper alone may also do away with the second factor: never that of staff who need it. */
	const mayDrop = async (q: Queries, memberId: string) => !staffNeedSecondFactor || !(await isReallyStaff(q, memberId));

	return { mustBeFree, mayDrop, given: (actor: Actor, session = '') => given(db.read, actor.id, session) };
}

export type SecondFactors = ReturnType<typeof secondFactors>;
