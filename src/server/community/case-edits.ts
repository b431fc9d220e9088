// What an author's edit means for the case of the post.
import { firstLookWithin } from '#lib/moderation.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { changeCase } from './case-events.ts';
import { reopenCase } from './case-reports.ts';
import { closedReportCase, findPost, unfinishedCase } from './case-rows.ts';
import type { Moment } from './write-and-tell.ts';

/**
 * Inside the author's write, after the edit: nobody decides about words they have not read, so an unfinished case moves on a version.
 * A post that a moderator folded and its author put right goes back into the queue.
 */
export async function postEdited(tx: Queries, tables: Tables, moment: Moment, postId: string): Promise<void> {
	const unfinished = await unfinishedCase(tx, tables, postId);
	if (unfinished) {
		await changeCase(tx, tables, moment, unfinished, { kind: 'post_edited' });
		return;
	}
	const [past, post] = [await closedReportCase(tx, tables, postId), await findPost(tx, tables, postId)];
	if (!past || !post?.folded) return;
	const reopened = await reopenCase(tx, tables, moment, past);
	await changeCase(tx, tables, moment, reopened, { kind: 'post_edited', set: { dueAt: moment.at + firstLookWithin[past.priority] } });
}
