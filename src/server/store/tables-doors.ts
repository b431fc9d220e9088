// The doors: sums that were paid, invitations, and those who wait to be let in. No row says who invited whom.
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Words } from './columns.postgres.ts';

export function doorTables({ table, text, integer, instant, index }: Words, { members }: { members: { id: PgColumn } }) {
	/** Keys that sign the challenges of a day. Whoever steals one saves a machine some sums until the day after. */
	const proofKeys = table('proof_keys', { day: text().primaryKey(), secret: text().notNull() });

	/** Proofs of work that were used, until they would be too old anyway: no process takes one twice. */
	const spentProofs = table('spent_proofs', { id: text().primaryKey(), expiresAt: instant().notNull() }, (t) => [
		index('spent_proofs_expiry').on(t.expiresAt)
	]);

	/** Codes that open the door. Who made one, and who came in by it, is not kept. */
	const invitations = table(
		'invitations',
		{
			id: text().primaryKey(),
			/** SHA-256 of the code: 120 random bits need no slow hash. */
			codeHash: text().notNull().unique(),
			usesLeft: integer().notNull(),
			madeOn: text().notNull(),
			expiresAt: instant().notNull()
		},
		(t) => [index('invitations_expiry').on(t.expiresAt)]
	);

	/** Members who have not been let in yet: they cannot sign in. */
	const waitingMembers = table(
		'waiting_members',
		{
			memberId: text()
				.primaryKey()
				.references(() => members.id, { onDelete: 'cascade' }),
			/** A line of their own, if they like. */
			words: text().notNull(),
			state: text().$type<'waiting' | 'turned_away' | 'turned_away_unread'>().notNull(),
			askedAt: instant().notNull(),
			/** Then the request is gone, and the account with it. */
			expiresAt: instant().notNull()
		},
		(t) => [index('waiting_members_order').on(t.state, t.askedAt), index('waiting_members_expiry').on(t.expiresAt)]
	);

	/** Who turned away everybody at once who had asked in a while, and how many. Append-only: triggers refuse any change. */
	const turnedAway = table(
		'turned_away',
		{
			id: text().primaryKey(),
			/** Null where they have left. */
			actorId: text(),
			/** How many; never who. */
			number: integer().notNull(),
			/** They had asked from then on. */
			since: instant().notNull(),
			at: instant().notNull()
		},
		(t) => [index('turned_away_actor').on(t.actorId), index('turned_away_at').on(t.at)]
	);

	/** Wrong tries at a way in. The mark is made under the key file: without it no row tells whose way in it was. */
	const guesses = table(
		'guesses',
		{
			mark: text().primaryKey(),
			count: integer().notNull(),
			at: instant().notNull()
		},
		(t) => [index('guesses_age').on(t.at)]
	);

	return { proofKeys, spentProofs, invitations, waitingMembers, turnedAway, guesses };
}
