// What a guest may see, as numbers that rise: triggers in the migrations raise them in the same write as the change, so no verb can forget.
import type { Words } from './columns.postgres.ts';

export function pageTables({ table, text, integer, uniqueIndex }: Words) {
	const visibleVersions = table(
		'visible_versions',
		{
			/** "thread:{id}", "board:{id}", "stories" (any thread), "openings" (any story's card), "celebrations", "everything" (boards, names). */
			scope: text().notNull(),
			/** PostgreSQL spreads a scope that every writer raises over several rows, or all writers would wait for one; SQLite has one writer. */
			slot: integer().notNull(),
			version: integer().notNull()
		},
		(t) => [uniqueIndex('visible_versions_slot').on(t.scope, t.slot)]
	);

	return { visibleVersions };
}
