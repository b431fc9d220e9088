// Invitations: a code on paper or in a message opens the door a few times. Nobody can look up who made it or who came in by it.
import { createHash } from 'node:crypto';
import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { requireDesk } from './case-claims.ts';
import { dayOf } from './lucia-adapter.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import { requireNotSuspended } from './sanctions.ts';
import { requireHere, writeAs } from './write-and-tell.ts';

/** Letters and digits that nobody confuses when reading them out. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
/** Five bits each: 120 in all. */
const letters = 24;
const day = 86_400_000;

/** As it was made, however it was typed: in capitals, with spaces, with an O for a zero. */
const tidyCode = (typed: string) =>
	typed
		.slice(0, 200)
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '')
		.replaceAll('o', '0')
		.replace(/[il]/g, '1');
const hashOf = (code: string) => createHash('sha256').update(tidyCode(code)).digest('base64url');

const notGood =
	'This invitation does not open the door: a letter may be wrong, or it was used or has run out. Please look at it once more, or ask for a new one.';

export function invitations(means: Pick<Means, 'db' | 'now' | 'newId' | 'pick' | 'sealer'>) {
	const { db, now, newId, pick } = means;
	const { invitations } = db.tables;
	const stands = (code: string) =>
		and(eq(invitations.codeHash, hashOf(code)), gt(invitations.expiresAt, now()), gt(invitations.usesLeft, 0));

	/** By staff, or by the operator's command, which has no actor. Answers with the code, which is shown this once. */
	async function make(by: Actor | 'operator', { uses, days }: { uses: number; days: number }): Promise<string> {
		if (by !== 'operator' && !isStaff(by)) throw new Refusal('not_found');
		if (by !== 'operator') await requireNotSuspended(db.read, means, by.id, now());
		const { invitationUses, invitationDays, invitationsStanding } = limits;
		const problems: Record<string, string> = {};
		if (!Number.isInteger(uses) || uses < 1 || uses > invitationUses) problems.uses = `Please choose from 1 to ${invitationUses} people.`;
		if (!Number.isInteger(days) || days < 1 || days > invitationDays) problems.days = `Please choose from 1 to ${invitationDays} days.`;
		if (Object.keys(problems).length > 0) throw new Invalid(problems);
		const code = Array.from({ length: letters }, () => alphabet[pick(alphabet.length)]).join('');
		await db.write(async (tx) => {
			if (by !== 'operator') await requireHere(tx, db.tables, by.id);
			if ((await tx.$count(invitations)) >= invitationsStanding)
				throw new Invalid({ form: `There are ${invitationsStanding} invitations already. Please take back some that nobody needs.` });
			// Whole days, so that the row does not tell when it was made.
			const expiresAt = now() - (now() % day) + (days + 1) * day;
			await tx.insert(invitations).values({ id: newId(), codeHash: hashOf(code), usesLeft: uses, madeOn: dayOf(now()), expiresAt });
		});
		return (code.match(/.{4}/g) ?? []).join('-');
	}

	/** Throws Invalid where the code opens nothing; it is not used up by this. */
	async function check(code: string) {
		const [found] = await db.read.select({ id: invitations.id }).from(invitations).where(stands(code));
		if (!found) throw new Invalid({ invitation: notGood });
	}

	/** Uses it up by one, within the write that lets somebody in. The last use takes the row away. */
	async function spend(tx: Queries, code: string) {
		const [used] = await tx
			.update(invitations)
			.set({ usesLeft: sql`${invitations.usesLeft} - 1` })
			.where(stands(code))
			.returning({ id: invitations.id, usesLeft: invitations.usesLeft });
		if (!used) throw new Invalid({ invitation: notGood });
		if (used.usesLeft === 0) await tx.delete(invitations).where(eq(invitations.id, used.id));
	}

	/** Those that still open the door, the first to run out first. For administrators. */
	async function list(actor: Actor) {
		if (actor.role !== 'administrator') throw new Refusal('not_found');
		await requireDesk(db.read, means, actor, now());
		const { id, usesLeft, madeOn, expiresAt } = invitations;
		const rows = await db.read
			.select({ id, usesLeft, madeOn, expiresAt })
			.from(invitations)
			.where(gt(expiresAt, now()))
			.orderBy(asc(expiresAt), asc(id));
		return rows.map((row) => ({ ...row, lastDay: dayOf(row.expiresAt - 1) }));
	}

	async function takeBack(actor: Actor, id: string) {
		if (actor.role !== 'administrator') throw new Refusal('not_found');
		await requireNotSuspended(db.read, means, actor.id, now());
		const gone = await writeAs(db, actor, (tx) => tx.delete(invitations).where(eq(invitations.id, id)).returning({ id: invitations.id }));
		if (gone.length === 0) throw new Refusal('stale');
	}

	async function tidy() {
		await db.write((tx) => tx.delete(invitations).where(lte(invitations.expiresAt, now())));
	}

	return { make, check, spend, list, takeBack, tidy };
}
