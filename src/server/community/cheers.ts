// Cheers for a celebration: one a member, one press, undoable. The count is in step with the rows in the same write.
import { and, eq } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import type { Actor, Means } from './means.ts';
import { addNotice } from './notice-rows.ts';
import { pace } from './pace.ts';
import { requireNotSuspended } from './sanctions.ts';
import { hiddenFrom } from './sight.ts';
import { writeAndTellAs } from './write-and-tell.ts';

export function cheers(means: Means) {
	const { db } = means;
	const { celebrations, cheers, notices } = db.tables;
	const requirePace = pace(means, limits.kindPresses);

	/** Only the first cheer is announced: who is glad with whom is no number to chase. */
	async function announced(tx: Queries, celebration: string): Promise<boolean> {
		const told = await tx
			.select({ id: notices.id })
			.from(notices)
			.where(and(eq(notices.postId, celebration), eq(notices.kind, 'cheered')))
			.limit(1);
		return told.length > 0;
	}

	/** Cheers, or takes the cheer back; doing either twice changes nothing. */
	async function cheer(actor: Actor, id: string, on = true) {
		requirePace(actor.id);
		await writeAndTellAs(means, actor, async (tx, moment) => {
			const [row] = await tx
				.select({ ownerId: celebrations.memberId, state: celebrations.state, cheers: celebrations.cheers })
				.from(celebrations)
				.where(eq(celebrations.id, id));
			// Before it is shared nobody may learn that it is there.
			if (!row || (row.state === 'waiting' && row.ownerId !== actor.id)) throw new Refusal('not_found');
			if (row.ownerId === actor.id) throw new Refusal('own_celebration');
			if (row.state !== 'shared' || (await hiddenFrom(tx, db.tables, actor, row.ownerId))) throw new Refusal('gone');
			await requireNotSuspended(tx, means, actor.id, moment.at);
			if (on) await tx.insert(cheers).values({ id: moment.newId(), celebrationId: id, memberId: actor.id }).onConflictDoNothing();
			else await tx.delete(cheers).where(and(eq(cheers.celebrationId, id), eq(cheers.memberId, actor.id)));
			const number = await tx.$count(cheers, eq(cheers.celebrationId, id));
			if (number === row.cheers) return;
			await tx.update(celebrations).set({ cheers: number }).where(eq(celebrations.id, id));
			moment.tells.push({ type: 'celebration.cheered', celebration: id, cheers: number, ...(row.ownerId ? { by: row.ownerId } : {}) });
			if (on && row.ownerId && !(await announced(tx, id)))
				await addNotice(tx, db.tables, moment, { memberId: row.ownerId, kind: 'cheered', postId: id, detail: { celebration: id } });
		});
	}

	return { cheer };
}
