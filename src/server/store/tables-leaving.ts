// What has to be remembered of those who left, so that nothing else is: no row leads back to anybody.
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Words } from './columns.postgres.ts';

export function leavingTables({ table, text, flag, instant, index }: Words, { reports }: { reports: { id: PgColumn } }) {
	/** Names that are never offered again, each as a tag under the key file: there are few enough names to try all against a plain hash. */
	const erasedNames = table('erased_names', { tag: text().primaryKey() });

	/** Erasures that are done in the tables and not yet certain on the disk: a restart goes on with them. */
	const erasings = table('erasings', { id: text().primaryKey(), askedAt: instant().notNull() }, (t) => [
		index('erasings_asked').on(t.askedAt)
	]);

	/** Reports in a grave case that is still open: these words of theirs go when it closes (rulings.md 10). */
	const keptEvidence = table('kept_evidence', {
		reportId: text()
			.primaryKey()
			.references(() => reports.id, { onDelete: 'cascade' }),
		/** What the reporter, who has left, added. */
		note: flag().notNull(),
		/** What the post said, whose author erased it. */
		snapshot: flag().notNull()
	});

	return { erasedNames, erasings, keptEvidence };
}
