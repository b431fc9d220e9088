// Encouragements: five kind answers without words. One of each per member and post, undoable; there is no down-vote and no score.
import { and, count, eq } from 'drizzle-orm';
import { isEncouragement } from '#lib/encouragements.ts';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { authorship } from './authorship.ts';
import type { Actor, Means } from './means.ts';
import { pace } from './pace.ts';
import { postToWrite } from './reading.ts';
import { requireNotSuspended } from './sanctions.ts';
import { asSeenBy } from './sight.ts';
import { writeAs } from './write-and-tell.ts';

export function encouragements(means: Means) {
	const { db, now, newId, tell } = means;
	const { encouragements, posts } = db.tables;
	const { wrote } = authorship(means);
	const requirePace = pace(means, limits.kindPresses);

	/** Gives an encouragement or takes it back; doing either twice changes nothing. */
	async function encourage(actor: Actor, postId: string, kind: string, on: boolean) {
		if (!isEncouragement(kind)) throw new Invalid({ form: 'This encouragement is not known here. Please choose one of the five.' });
		requirePace(actor.id);
		const thread = await writeAs(db, actor, async (tx) => {
			const post = await asSeenBy(tx, db.tables, actor, await postToWrite(tx, db.tables, undefined, postId));
			if (post.state !== 'standing') throw new Refusal('gone');
			if (wrote(actor, post)) throw new Refusal('own_post');
			await requireNotSuspended(tx, means, actor.id, now());
			const pressed = and(eq(encouragements.postId, post.id), eq(encouragements.memberId, actor.id), eq(encouragements.kind, kind));
			if (on) await tx.insert(encouragements).values({ id: newId(), postId: post.id, memberId: actor.id, kind }).onConflictDoNothing();
			else await tx.delete(encouragements).where(pressed);
			const [given] = await tx
				.select({ number: count() })
				.from(encouragements)
				.where(and(eq(encouragements.postId, post.id), eq(encouragements.kind, kind)));
			await tx
				.update(posts)
				.set({ encouraged: { ...post.encouraged, [kind]: given?.number ?? 0 } })
				.where(eq(posts.id, post.id));
			return post.threadId;
		});
		tell({ type: 'post.changed', thread, post: postId });
	}

	return { encourage };
}
