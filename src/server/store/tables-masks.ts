// Masks: what waits a moment before others see it, and who looked behind one. No row here names an author.
import type { Words } from './columns.postgres.ts';

export function maskTables({ table, text, instant, index }: Words) {
	/** Posts with a mask that others do not see yet: their place in the order of rows must not tell when they were written. */
	const waitingMasks = table(
		'waiting_masks',
		{
			/** The post's own id, once it stands. */
			id: text().primaryKey(),
			/** The words with their place and their author, sealed. */
			sealed: text().notNull(),
			/** A random moment within three minutes; null where it could not be shown and its author has the words back. */
			showAt: instant()
		},
		(t) => [index('waiting_masks_due').on(t.showAt)]
	);

	/**
	 * Two moderators who looked behind a mask because somebody was in danger. Append-only: triggers refuse any change.
	 * Never who was found.
	 */
	const unmaskings = table(
		'unmaskings',
		{
			id: text().primaryKey(),
			caseId: text().notNull(),
			/** Who asks, and who says yes to it: never the same. */
			step: text().$type<'asked' | 'confirmed'>().notNull(),
			/** Null where they have left. */
			actorId: text(),
			/** For a yes: what was asked. */
			askedId: text().unique(),
			reason: text().notNull(),
			at: instant().notNull()
		},
		(t) => [index('unmaskings_case').on(t.caseId, t.at), index('unmaskings_actor').on(t.actorId)]
	);

	return { waitingMasks, unmaskings };
}
