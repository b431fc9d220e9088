// What a member keeps without a row that names them: found by a tag and opened under a key, both from the key file outside this store.
import type { Words } from './columns.postgres.ts';

export function sealedTables({ table, text, index }: Words) {
	/** Whose a row is, and what kind of thing it holds, cannot be told from here: the shelf (community) knows its tags. */
	const sealedRows = table(
		'sealed_rows',
		{
			tag: text().primaryKey(),
			sealed: text().notNull(),
			/** "2026-03-14": an hour could be compared with the hour of something public. */
			keptOn: text().notNull(),
			/** The day of its tag, where tags are new each day; "9999-12-31" where they stay; empty on rows of before there were such days. */
			turnedOn: text().notNull().default('')
		},
		(t) => [index('sealed_rows_age').on(t.keptOn), index('sealed_rows_turned').on(t.turnedOn, t.tag)]
	);

	/** How far somebody has read some thread. Neither can be told from here: the first who reads a new story is its author. */
	const readingMarks = table(
		'reading_marks',
		{
			tag: text().primaryKey(),
			sealed: text().notNull(),
			keptOn: text().notNull()
		},
		(t) => [index('reading_marks_age').on(t.keptOn)]
	);

	return { sealedRows, readingMarks };
}
