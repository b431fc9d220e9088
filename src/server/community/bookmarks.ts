// Bookmarks: posts a member wants to find again. Nobody else learns of them.
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import { Refusal } from '#lib/refusals.ts';
import { shownHow } from '#lib/warnings.ts';
import { author, authorOnly, authorship, byline, nameShown, wearsMask } from './authorship.ts';
import { decodeCursor, encodeCursor } from './cursors.ts';
import { titleInstead } from './folding.ts';
import type { Actor, Means } from './means.ts';
import type { Preferences } from './preferences.ts';
import { postToWrite } from './reading.ts';
import { asSeenBy, seenBy, sights } from './sight.ts';
import { excerpt } from './text.ts';
import { writeAs } from './write-and-tell.ts';

const perPage = 30;

export function bookmarks(means: Means) {
	const { db, now, newId } = means;
	const { bookmarks, posts, threads, boards, members } = db.tables;
	const { wrote } = authorship(means);
	const sightOf = sights(means);

	/** Keeps a post or lets it go; doing either twice changes nothing. */
	async function bookmark(actor: Actor, postId: string, on: boolean) {
		await writeAs(db, actor, async (tx) => {
			const post = await asSeenBy(tx, db.tables, actor, await postToWrite(tx, db.tables, undefined, postId));
			// Behind a mask as for everybody: a row with a name, made while nobody else sees it, would tell who wrote it.
			const own = !wearsMask(post) && wrote(actor, post);
			if (post.state === 'held' && !own) throw new Refusal('not_found');
			if (!on) await tx.delete(bookmarks).where(and(eq(bookmarks.memberId, actor.id), eq(bookmarks.postId, postId)));
			else if (post.state !== 'standing' && !own) throw new Refusal('gone');
			else await tx.insert(bookmarks).values({ id: newId(), memberId: actor.id, postId, at: now() }).onConflictDoNothing();
		});
	}

	async function page(actor: Actor, after: string | null) {
		const seen = after === null ? undefined : decodeCursor(after, 'bookmarks', 2);
		const [moment, id] = [Number(seen?.[0]), seen?.[1] ?? ''];
		if (seen && !Number.isSafeInteger(moment)) throw new Refusal('bad_cursor');
		const beyond = seen ? sql`(${bookmarks.at}, ${bookmarks.id}) < (${moment}, ${id})` : undefined;
		return db.read
			.select({
				id: bookmarks.id,
				at: bookmarks.at,
				post: posts.id,
				thread: posts.threadId,
				openingId: threads.openingId,
				title: threads.title,
				board: boards.title,
				...byline(db.tables),
				body: posts.body,
				warnings: posts.warnings,
				folded: posts.folded,
				state: posts.state,
				postedAt: posts.postedAt
			})
			.from(bookmarks)
			.innerJoin(posts, eq(posts.id, bookmarks.postId))
			.innerJoin(threads, eq(threads.id, posts.threadId))
			.innerJoin(boards, eq(boards.id, threads.boardId))
			.leftJoin(members, author(db.tables))
			.where(and(eq(bookmarks.memberId, actor.id), beyond))
			.orderBy(desc(bookmarks.at), desc(bookmarks.id))
			.limit(perPage + 1);
	}

	/** The newest first. A post that was taken back or removed keeps its line, without words. */
	async function list(actor: Actor, preferences: Preferences, after: string | null) {
		const [sight, read] = [await sightOf(actor), await page(actor, after)];
		const rows = read.map((row) => seenBy(sight, row));
		const found = rows.slice(0, perPage);
		const last = rows.length > perPage ? found.at(-1) : undefined;
		const openings =
			found.length === 0
				? []
				: await db.read
						.select({ id: posts.id, state: posts.state, folded: posts.folded, ...authorOnly(db.tables) })
						.from(posts)
						.where(
							inArray(
								posts.id,
								found.map(({ openingId }) => openingId)
							)
						);
		const opening = new Map(openings.map((one) => [one.id, seenBy(sight, one)]));
		const kept = found.map((row) => {
			const { post, thread, openingId, title, board, body, warnings, folded, state, postedAt } = row;
			const open = state === 'standing' || (state === 'held' && wrote(actor, row));
			const shown = open && folded === null && shownHow(warnings, preferences.warnings, preferences.hardDay) === 'show';
			return {
				post,
				href: `/threads/${thread}?post=${post}#p-${post}`,
				title: titleInstead(opening.get(openingId)) ?? title,
				board,
				name: open ? nameShown(row) : '',
				open,
				excerpt: shown ? excerpt(body, 220) : '',
				warnings: open ? warnings : [],
				age: coarseAge(postedAt, now())
			};
		});
		return { kept, next: last ? encodeCursor('bookmarks', [String(last.at), last.id]) : null };
	}

	return { bookmark, list };
}
