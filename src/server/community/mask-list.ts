// What a member wrote behind masks, for that member alone: what waits, what came back, and what stands.
import { eq, inArray } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import { renderMarkdown } from './markdown.ts';
import { answerPlace, storyPlace } from './draft-places.ts';
import { noSealer, type Actor, type Means, type Reader } from './means.ts';
import { ownMasks, type OwnMask } from './own-masks.ts';
import { excerpt } from './text.ts';
import { openWaiting } from './waiting-masks.ts';

/** The newest; older ones are found through their threads. */
const most = 500;
const excerptLength = 220;

export function maskList(means: Means) {
	const { db, now, sealer = noSealer } = means;
	const { posts, threads, boards, waitingMasks } = db.tables;
	const own = ownMasks(means);

	/** Rows that wait, or that could not be shown, by their posts. */
	async function waitingOf(mine: OwnMask[]) {
		if (mine.length === 0) return [];
		const ids = mine.map(({ post }) => post);
		const rows = await db.read
			.select({ id: waitingMasks.id, sealed: waitingMasks.sealed, showAt: waitingMasks.showAt })
			.from(waitingMasks)
			.where(inArray(waitingMasks.id, ids));
		return mine.flatMap((mask) => {
			const row = rows.find(({ id }) => id === mask.post);
			if (!row) return [];
			const { parent, slug, thread, title, body, warnings } = openWaiting(sealer, row);
			const place = parent === null ? storyPlace(slug) : answerPlace(thread, { id: parent, parentId: parent });
			return [
				{ post: row.id, story: mask.story, place, parent, title, body, warnings, html: renderMarkdown(body), back: row.showAt === null }
			];
		});
	}

	async function standingOf(mine: OwnMask[]) {
		if (mine.length === 0) return [];
		const ids = mine.map(({ post }) => post);
		return db.read
			.select({
				id: posts.id,
				thread: posts.threadId,
				state: posts.state,
				alias: posts.alias,
				body: posts.body,
				postedAt: posts.postedAt,
				title: threads.title,
				board: boards.title
			})
			.from(posts)
			.innerJoin(threads, eq(threads.id, posts.threadId))
			.innerJoin(boards, eq(boards.id, threads.boardId))
			.where(inArray(posts.id, ids));
	}

	/** The newest first. */
	async function mine(actor: Actor) {
		const all = (await own.all(db.read, actor.id)).map(({ value }) => value).toSorted((a, b) => b.at - a.at);
		const newest = all.slice(0, most);
		const [waiting, standing] = await Promise.all([waitingOf(newest), standingOf(newest)]);
		return {
			waiting: waiting.filter(({ back }) => !back),
			returned: waiting.filter(({ back }) => back),
			standing: newest.flatMap((mask) => {
				const row = standing.find(({ id }) => id === mask.post);
				if (!row) return [];
				const { id, thread, state, alias, body, postedAt, title, board } = row;
				const open = state === 'standing' || state === 'held';
				return {
					post: id,
					thread,
					story: mask.story,
					title,
					board,
					state,
					alias: alias ?? '',
					excerpt: state === 'removed' ? '' : excerpt(body, excerptLength),
					age: coarseAge(postedAt, now()),
					may: { withdraw: open, putBack: state === 'withdrawn' }
				};
			})
		};
	}

	/** What this reader wrote in a thread behind a mask and others do not see yet. */
	async function waitingIn(reader: Reader, thread: string) {
		if (!reader) return [];
		const here = (await own.of(reader)).map(({ value }) => value).filter((mask) => mask.thread === thread);
		return (await waitingOf(here)).filter(({ back }) => !back);
	}

	return { mine, waitingIn };
}
