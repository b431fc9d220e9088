// Those who asked to come in and wait for a moderator: an account that nobody can sign in to yet. What a moderator sees is a name and a line.
import { and, asc, between, desc, eq, inArray, lte } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { addressShares } from './address-shares.ts';
import { requireDesk } from './case-claims.ts';
import { erasedNames } from './erased-names.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import { requireNotSuspended } from './sanctions.ts';
import { writeAs } from './write-and-tell.ts';

/** Rows taken away at one go. */
const atOnce = 100;
/** Requests of one address that are remembered, also those that were answered since. */
const remembered = 1000;
const turningsShown = 5;

/** Throws where somebody has not been let in: before every session begins. */
export async function requireLetIn(q: Queries, { waitingMembers }: Tables, memberId: string) {
	const [row] = await q.select({ state: waitingMembers.state }).from(waitingMembers).where(eq(waitingMembers.memberId, memberId));
	if (row) throw new Refusal(row.state);
}

export function waitingMembers(means: Pick<Means, 'db' | 'now' | 'newId' | 'sealer'>) {
	const { db, now, newId, sealer } = means;
	const { waitingMembers, members, turnedAway } = db.tables;
	const shares = addressShares(remembered);
	const erased = erasedNames({ db, sealer });

	/** Nobody alone fills the room in which all wait. */
	async function requireShare(tx: Queries, memberId: string, from: string) {
		// First this one, so that of many at once each sees the others.
		shares.add(from, memberId);
		const here = and(inArray(waitingMembers.memberId, [...shares.of(from)]), eq(waitingMembers.state, 'waiting'));
		if ((await tx.$count(waitingMembers, here)) < limits.waitingFromOneAddress) return;
		shares.drop(from, memberId);
		throw new Refusal('many_from_here', 3600);
	}

	/** Within the write that makes the account. `from` stands for an address. */
	async function add(tx: Queries, memberId: string, words: string, from: string | undefined) {
		if (from !== undefined) await requireShare(tx, memberId, from);
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

	const askedBetween = (since: number, until: number) =>
		and(eq(waitingMembers.state, 'waiting'), between(waitingMembers.askedAt, since, until));

	/** Whom `turnAllAway` would turn away: how many asked within this time (milliseconds; undefined: all), as things stand now. */
	async function askedWithin(actor: Actor, within: number | undefined) {
		await requireDesk(db.read, means, actor, now());
		const until = now();
		const since = within === undefined ? 0 : until - within;
		return { since, until, number: await db.read.$count(waitingMembers, askedBetween(since, until)) };
	}

	/** All at once who asked in this time: who comes after the moderator looked is not among them. It stays written down who did it. */
	async function turnAllAway(actor: Actor, { since, until }: { since: number; until: number }): Promise<void> {
		if (!isStaff(actor)) throw new Refusal('not_found');
		if (![since, until].every(Number.isSafeInteger)) throw new Invalid({ form: 'This form is not complete. Please open the page again.' });
		await writeAs(db, actor, async (tx) => {
			await requireNotSuspended(tx, means, actor.id, now());
			const change = { state: 'turned_away_unread', words: '', expiresAt: now() + limits.waitsFor } as const;
			const turned = await tx
				.update(waitingMembers)
				.set(change)
				.where(askedBetween(since, Math.min(until, now())))
				.returning({ id: waitingMembers.memberId });
			if (turned.length === 0) throw new Refusal('stale');
			await tx.insert(turnedAway).values({ id: newId(), actorId: actor.id, number: turned.length, since, at: now() });
		});
	}

	/** The last times that somebody did. */
	async function turnings(actor: Actor) {
		await requireDesk(db.read, means, actor, now());
		const rows = await db.read
			.select({ id: turnedAway.id, by: members.name, number: turnedAway.number, at: turnedAway.at })
			.from(turnedAway)
			.leftJoin(members, eq(members.id, turnedAway.actorId))
			.orderBy(desc(turnedAway.at), desc(turnedAway.id))
			.limit(turningsShown);
		return rows.map(({ at, by, ...row }) => ({ ...row, by: by ?? 'Somebody who has left', age: coarseAge(at, now()) }));
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

	return { add, list, letIn, turnAway, askedWithin, turnAllAway, turnings, tidy };
}
