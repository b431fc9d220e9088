// One member erased in one write: what goes, and what stays without a name because they chose so.
import { and, eq, notInArray } from 'drizzle-orm';
import type { Database, Queries } from '#server/store/database.ts';
import { forgetMember, forgetWith } from '#server/store/erasing.ts';
import type { Kept } from '#lib/leaving-choices.ts';
import { eraseNotes, eraseSnapshots } from './erasing-evidence.ts';
import { eraseCelebrations, eraseCheers, eraseEncouragements } from './erasing-kindness.ts';
import { erasePosts } from './erasing-posts.ts';
import type { Moment } from './write-and-tell.ts';

/** Rows in one statement. */
const atOnce = 500;

export async function eraseMember(tx: Queries, db: Database, moment: Moment, member: string, kept: readonly Kept[]): Promise<void> {
	const { tables } = db;
	const { posts, sessions } = tables;
	// By session and not by member: nothing that is told from here on says who it was.
	const open = await tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.memberId, member));
	for (const { id } of open) moment.tells.push({ type: 'sessions.ended', session: id });

	const own = eq(posts.authorId, member);
	// What nobody can read any more is not what somebody lets stand.
	const going = kept.includes('posts') ? and(own, notInArray(posts.state, ['standing', 'held'])) : own;
	const erased = await tx.select({ id: posts.id }).from(posts).where(going);
	await erasePosts(
		tx,
		db,
		moment,
		erased.map(({ id }) => id)
	);
	const staying = (await tx.select({ id: posts.id }).from(posts).where(own)).map(({ id }) => id);
	for (let from = 0; from < staying.length; from += atOnce) {
		const some = staying.slice(from, from + atOnce);
		await eraseSnapshots(tx, tables, some, { nameOnly: true });
		await forgetWith(tx, tables, 'posts', some);
	}
	if (!kept.includes('encouragements')) await eraseEncouragements(tx, tables, member);
	if (!kept.includes('cheers')) await eraseCheers(tx, tables, member);
	await eraseCelebrations(tx, tables, moment, member, kept.includes('celebrations'));
	await eraseNotes(tx, tables, member);
	await forgetMember(tx, tables, member);
}
