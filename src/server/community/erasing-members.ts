// One member erased in one write: what goes, and what stays without a name because they chose so.
import { and, eq, inArray, notInArray, type SQL } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import { forgetMember, forgetWith } from '#server/store/erasing.ts';
import type { Kept } from '#lib/leaving-choices.ts';
import { blockerLeft } from './case-withdrawals.ts';
import { eraseNotes, eraseSnapshots } from './erasing-evidence.ts';
import { eraseCelebrations, eraseCheers, eraseEncouragements, forgetInStream } from './erasing-kindness.ts';
import { erasePosts } from './erasing-posts.ts';
import type { Means } from './means.ts';
import { ownMasks } from './own-masks.ts';
import type { Moment } from './write-and-tell.ts';

/** Rows in one statement. */
const atOnce = 500;

/** Posts in one write that takes them out of the search index. */
const fewAtOnce = 2;

type Needs = Pick<Means, 'db' | 'now' | 'sealer'>;

export async function eraseMember(tx: Queries, means: Needs, moment: Moment, member: string, kept: readonly Kept[]): Promise<void> {
	const { db } = means;
	const { tables } = db;
	const { posts, sessions } = tables;
	// By session and not by member: nothing that is told from here on says who it was.
	const open = await tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.memberId, member));
	for (const { id } of open) moment.tells.push({ type: 'sessions.ended', session: id });

	const own = eq(posts.authorId, member);
	// What nobody can read any more is not what somebody lets stand.
	const unread = notInArray(posts.state, ['standing', 'held']);
	const going = kept.includes('posts') ? and(own, unread) : own;
	const erased = await tx.select({ id: posts.id }).from(posts).where(going);
	const masked = (await ownMasks(means).all(tx, member)).map(({ value }) => value.post);
	erased.push(...(await eraseMasks(tx, means, masked, kept.includes('masks') ? unread : undefined)));
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
		await blockerLeft(tx, tables, some);
	}
	if (!kept.includes('encouragements')) await eraseEncouragements(tx, tables, member);
	if (!kept.includes('cheers')) await eraseCheers(tx, tables, member);
	await eraseCelebrations(tx, tables, moment, member, kept.includes('celebrations'));
	await eraseNotes(tx, tables, member);
	await forgetInStream(tx, tables, member);
	await forgetMember(tx, tables, member);
}

/**
 * Before the write that erases: taking a post out of the search index takes SQLite twenty milliseconds, and all of somebody who wrote 1,749
 * in one write kept everybody from writing for 37 s, now for 6. What stands behind a mask waits for that write, or a backup that is made just
 * now would show whose it is.
 */
export async function leaveSearch({ db }: Pick<Means, 'db'>, member: string, kept: readonly Kept[]): Promise<void> {
	if (kept.includes('posts')) return;
	const { posts } = db.tables;
	const all = await db.read.select({ id: posts.id }).from(posts).where(eq(posts.authorId, member));
	for (let from = 0; from < all.length; from += fewAtOnce)
		await db.write(async (tx) => {
			for (const { id } of all.slice(from, from + fewAtOnce)) await db.search.drop(tx, id);
		});
}

/**
 * What waits behind a mask goes in any case: nobody would be there to answer for it. Masks that stay are not touched at all: whoever compared
 * two backups could see which ones were.
 */
async function eraseMasks(tx: Queries, { db }: Needs, all: string[], only: SQL | undefined) {
	const { waitingMasks, posts } = db.tables;
	const erased: { id: string }[] = [];
	for (let from = 0; from < all.length; from += atOnce) {
		const some = all.slice(from, from + atOnce);
		await tx.delete(waitingMasks).where(inArray(waitingMasks.id, some));
		const going = await tx
			.select({ id: posts.id })
			.from(posts)
			.where(and(inArray(posts.id, some), only));
		erased.push(...going);
	}
	return erased;
}
