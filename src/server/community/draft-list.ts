// The list of what a member is writing, each with the name of its place and the way back, where that is still open.
import { and, desc, eq, inArray } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import { authorOnly, authorship } from './authorship.ts';
import { formAt, partsOf, type Parts } from './draft-places.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import { excerpt } from './text.ts';

const excerptLength = 220;
const ids = (parts: (string | undefined)[]) => [...new Set(parts.filter((id) => id !== undefined))];

export function listDrafts(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const { db, now } = means;
	const { drafts, boards, threads, posts } = db.tables;
	const { wrote } = authorship(means);

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

	/** Newest first. `href` leads back to the form while it can still be sent; the words themselves are always here. */
	return async function all(actor: Actor) {
		const rows = await db.read
			.select({ place: drafts.place, title: drafts.title, body: drafts.body, keptAt: drafts.keptAt, board: boards.title })
			.from(drafts)
			.leftJoin(boards, eq(boards.id, drafts.boardId))
			.where(and(eq(drafts.memberId, actor.id)))
			.orderBy(desc(drafts.keptAt), desc(drafts.id));
		const parts = rows.map(({ place }): Parts => partsOf(place) ?? {});
		const [around, targets] = await Promise.all([
			openThreads(actor, ids(parts.map(({ thread }) => thread))),
			postsAt(ids(parts.map(({ post, edit }) => edit ?? post)))
		]);

		return rows.map(({ place, title, body, keptAt, board }, i) => {
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
