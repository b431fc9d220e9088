// The list of what a member is writing, each with the name of its place and the way back, where that is still open.
import { eq, inArray } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import { authorOnly, authorship } from './authorship.ts';
import { formAt, partsOf, type Parts } from './draft-places.ts';
import { draftShelf, type Draft } from './draft-shelf.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import type { Kept } from './shelf.ts';
import { seenBy, sights } from './sight.ts';
import { excerpt } from './text.ts';

const excerptLength = 220;
const ids = (parts: (string | undefined)[]) => [...new Set(parts.filter((id) => id !== undefined))];

export const newestFirst = (a: Kept<Draft>, b: Kept<Draft>) => b.value.keptAt - a.value.keptAt || (b.tag < a.tag ? -1 : 1);

export function listDrafts(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const { db, now } = means;
	const { boards, threads, posts } = db.tables;
	const shelf = draftShelf(means);
	const { wrote } = authorship(means);
	const sightOf = sights(means);

	/** The threads that this member can open, with the standing of their openings. */
	async function openThreads(actor: Actor, found: string[]) {
		if (found.length === 0) return [];
		const rows = await db.read
			.select({
				id: threads.id,
				title: threads.title,
				locked: threads.locked,
				opening: { id: posts.id, ...authorOnly(db.tables), state: posts.state, locked: posts.locked }
			})
			.from(threads)
			.innerJoin(posts, eq(posts.id, threads.openingId))
			.where(inArray(threads.id, found));
		return rows.filter(({ opening }) => opening.state !== 'held' || wrote(actor, opening) || isStaff(actor));
	}

	async function postsAt(found: string[]) {
		if (found.length === 0) return [];
		return db.read
			.select({ id: posts.id, ...authorOnly(db.tables), state: posts.state, locked: posts.locked })
			.from(posts)
			.where(inArray(posts.id, found));
	}

	async function boardsOf(found: string[]) {
		if (found.length === 0) return [];
		return db.read.select({ id: boards.id, title: boards.title }).from(boards).where(inArray(boards.id, found));
	}

	/** Newest first. `href` leads back to the form while it can still be sent; the words themselves are always here. */
	return async function all(actor: Actor) {
		const rows = (await shelf.all(db.read, actor.id)).sort(newestFirst).map(({ value }) => value);
		const parts = rows.map(({ place }): Parts => partsOf(place) ?? {});
		const sight = await sightOf(actor);
		const [boardsHere, open, found] = await Promise.all([
			boardsOf(ids(rows.map(({ boardId }) => boardId ?? undefined))),
			openThreads(actor, ids(parts.map(({ thread }) => thread))),
			postsAt(ids(parts.map(({ post, edit }) => edit ?? post)))
		]);
		const around = open.map(({ opening, ...row }) => ({ ...row, opening: seenBy(sight, opening) }));
		const targets = found.map((row) => seenBy(sight, row));

		return rows.map(({ place, boardId, title, body, keptAt }, i) => {
			const board = boardsHere.find(({ id }) => id === boardId)?.title ?? null;
			const { slug, thread, post, edit }: Parts = parts[i] ?? {};
			const there = around.find(({ id }) => id === thread);
			const target = edit || post ? targets.find(({ id }) => id === (edit ?? post)) : there?.opening;
			const answerable = target?.state === 'standing' && !target.locked && !there?.locked;
			const editable = target !== undefined && wrote(actor, target) && (target.state === 'standing' || target.state === 'held');
			const open = slug ? board !== null : there !== undefined && (edit ? editable : answerable);
			const gone = there !== undefined && !['standing', 'held'].includes(there.opening.state);
			return {
				place,
				what: slug ? 'story' : edit ? 'edit' : 'answer',
				board,
				/** The draft's own title, or the title of the thread where it may still be read. */
				title: slug || (edit && title) ? title : gone ? '' : (there?.title ?? ''),
				excerpt: excerpt(body, excerptLength),
				body,
				age: coarseAge(keptAt, now()),
				href: open ? formAt({ slug, thread, post, edit }) : undefined
			} as const;
		});
	};
}
