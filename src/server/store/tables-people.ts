// Whom and what a member does not want to meet. Days only: nobody needs to know the hour at which somebody had enough.
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Words } from './columns.postgres.ts';

export function peopleTables({ table, text, index, uniqueIndex }: Words, { members }: { members: { id: PgColumn } }) {
	const ofMember = () =>
		text()
			.notNull()
			.references(() => members.id, { onDelete: 'cascade' });

	/** Hides both from one another. Only the one who blocked ever learns of it. */
	const blocks = table('blocks', { id: text().primaryKey(), memberId: ofMember(), blockedId: ofMember(), at: text().notNull() }, (t) => [
		uniqueIndex('blocks_once').on(t.memberId, t.blockedId),
		index('blocks_blocked').on(t.blockedId, t.memberId)
	]);

	/** Hides one from the other, behind one press. */
	const mutes = table('mutes', { id: text().primaryKey(), memberId: ofMember(), mutedId: ofMember(), at: text().notNull() }, (t) => [
		uniqueIndex('mutes_once').on(t.memberId, t.mutedId),
		index('mutes_muted').on(t.mutedId, t.memberId)
	]);

	const mutedWords = table(
		'muted_words',
		{
			id: text().primaryKey(),
			memberId: ofMember(),
			words: text().notNull(),
			/** As it is looked for: folded by the rules of the search, so that one word is kept once. */
			folded: text().notNull()
		},
		(t) => [uniqueIndex('muted_words_once').on(t.memberId, t.folded)]
	);

	return { blocks, mutes, mutedWords };
}
