// Those who asked to come in and wait for a moderator: an account that nobody can sign in to yet. What a moderator sees is a name and a line.
import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { requireDesk } from './case-claims.ts';
import { erasedNames } from './erased-names.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import { requireNotSuspended } from './sanctions.ts';
import { writeAs } from './write-and-tell.ts';

/** Rows taken away at one go. */
const atOnce = 100;

/** Throws where somebody has not been let in: before every session begins. */
export async function requireLetIn(q: Queries, { waitingMembers }: Tables, memberId: string) {
	const [row] = await q.select({ state: waitingMembers.state }).from(waitingMembers).where(eq(waitingMembers.memberId, memberId));
	if (row) throw new Refusal(row.state);
}

export function waitingMembers(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const { db, now, sealer } = means;
	const { waitingMembers, members } = db.tables;
	const erased = erasedNames({ db, sealer });

	/** Within the write that makes the account. */
	async function add(tx: Queries, memberId: string, words: string) {
		if ((await tx.$count(waitingMembers, eq(waitingMembers.state, 'waiting'))) >= limits.waitingToJoin)
			throw new Refusal('sign_up_full', 3600);
		await tx.insert(waitingMembers).values({ memberId, words, state: 'waiting', askedAt: now(), expiresAt: now() + limits.waitsFor });
	}

	/** Who has waited longest comes first. */
	async function list(actor: Actor) {
		await requireDesk(db.read, means, actor, now());
		const rows = await db.read
			.select({ member: members.id, name: members.name, words: waitingMembers.words, askedAt: waitingMembers.askedAt })
			.from(waitingMembers)
			.innerJoin(members, eq(members.id, waitingMembers.memberId))
			.where(eq(waitingMembers.state, 'waiting'))
			.orderBy(asc(waitingMembers.askedAt), asc(members.id));
		return rows.map(({ askedAt, ...row }) => ({ ...row, age: coarseAge(askedAt, now()) }));
	}

	/** From here on somebody is a member like any other, on their first day. */
	async function letIn(actor: Actor, member: string) {
		if (!isStaff(actor)) throw new Refusal('not_found');
		await writeAs(db, actor, async (tx) => {
			await requireNotSuspended(tx, means, actor.id, now());
			const gone = await tx.delete(waitingMembers).where(stillWaits(member)).returning({ id: waitingMembers.memberId });
			if (gone.length === 0) throw new Refusal('stale');
			await tx.update(members).set({ joinedAt: now() }).where(eq(members.id, member));
		});
	}

	/** They are told when they sign in, and may ask again under another name. */
	async function turnAway(actor: Actor, member: string) {
		if (!isStaff(actor)) throw new Refusal('not_found');
		const change = { state: 'turned_away', words: '', expiresAt: now() + limits.waitsFor } as const;
		const turned = await writeAs(db, actor, async (tx) => {
			await requireNotSuspended(tx, means, actor.id, now());
			return tx.update(waitingMembers).set(change).where(stillWaits(member)).returning({ id: waitingMembers.memberId });
		});
		if (turned.length === 0) throw new Refusal('stale');
	}

	const stillWaits = (member: string) => and(eq(waitingMembers.memberId, member), eq(waitingMembers.state, 'waiting'));

	/** Requests that nobody answered, and those who were turned away: the account goes, and its name is never offered again. */
	async function tidy() {
		await db.write(async (tx) => {
			const over = await tx
				.select({ id: members.id, name: members.nameFolded })
				.from(waitingMembers)
				.innerJoin(members, eq(members.id, waitingMembers.memberId))
				.where(lte(waitingMembers.expiresAt, now()))
				.limit(atOnce);
			if (over.length === 0) return;
			await erased.remember(
				tx,
				over.map(({ name }) => name)
			);
			await tx.delete(members).where(
				inArray(
					members.id,
					over.map(({ id }) => id)
				)
			);
		});
	}

	return { add, list, letIn, turnAway, tidy };
}
