// Ways into an account besides the passphrase. Nothing here tells an hour, a device or a place.
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Words } from './columns.postgres.ts';

export function accountTables({ table, text, instant, index }: Words, { members }: { members: { id: PgColumn } }) {
	const ofMember = () =>
		text()
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' });

	/** Codes on paper that nobody has used yet. */
	const recoveryCodes = table(
		'recovery_codes',
		{
			/** SHA-256 of the code: 120 random bits need no slow hash. */
			hash: text().primaryKey(),
			memberId: ofMember()
		},
		(t) => [index('recovery_codes_member').on(t.memberId)]
	);

	const passkeys = table(
		'passkeys',
		{
			/** The id that the device gave it, base64url. */
			id: text().primaryKey(),
			memberId: ofMember(),
			/** What the device knows the account by: random, the same for all of a member's passkeys, never the member's id. */
			handle: text().notNull(),
			/** COSE, base64url. */
			publicKey: text().notNull(),
			/** Of signatures, where the device counts them. */
			counter: instant().notNull(),
			/** What the member and the device call it. */
			label: text().notNull(),
			addedOn: text().notNull()
		},
		(t) => [index('passkeys_member').on(t.memberId)]
	);

	/** The secret shared with an app that shows codes, sealed under a key that is not in this store. */
	const timeCodes = table('time_codes', {
		memberId: ofMember().primaryKey(),
		sealed: text().notNull(),
		addedOn: text().notNull()
	});

	/** What may be used once only (a code of this half minute, a challenge), as a hash, until it would be too old anyway. */
	const spent = table('spent', { hash: text().primaryKey(), expiresAt: instant().notNull() }, (t) => [
		index('spent_expiry').on(t.expiresAt)
	]);

	/** Somebody half-way in: a right passphrase that lacks its code, or a code on paper that lacks a new passphrase. No session yet. */
	const doorways = table(
		'doorways',
		{
			/** SHA-256 of the cookie's token. */
			id: text().primaryKey(),
			memberId: ofMember(),
			needs: text().$type<'code' | 'passphrase'>().notNull(),
			expiresAt: instant().notNull()
		},
		(t) => [index('doorways_member').on(t.memberId), index('doorways_expiry').on(t.expiresAt)]
	);

	/** Keys of the key file that something here was sealed or tagged under: a start without one of them is refused. */
	const namedKeys = table('named_keys', {
		id: text().primaryKey(),
		/** What the key makes of a fixed word: another secret under the same name is seen. */
		mark: text()
	});

	return { recoveryCodes, passkeys, timeCodes, spent, doorways, namedKeys };
}
