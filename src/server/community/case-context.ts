// The conversation around a reported post, so that nobody judges a sentence alone.
import { and, asc, eq, inArray } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { author, byline, nameShown } from './authorship.ts';
import { belowPost } from './places.ts';

const mostAbove = 3;
const mostAnswers = 5;

type Post = { id: string; threadId: string; parentId: string | null; place: string; depth: number };

/** Up to three posts above, the outermost first, and the first five direct answers. What its author took back stays unread. */
export async function contextOf(q: Queries, tables: Tables, post: Post, now: number) {
	const { posts, members } = tables;
	const columns = {
		id: posts.id,
		parentId: posts.parentId,
		...byline(tables),
		html: posts.html,
		warnings: posts.warnings,
		state: posts.state,
		postedAt: posts.postedAt
	};
	const rows = () => q.select(columns).from(posts).leftJoin(members, author(tables)).$dynamic();
	type Row = Awaited<ReturnType<typeof rows>>[number];

	const above: Row[] = [];
	for (let id = post.parentId; id !== null && above.length < mostAbove; id = above[0]?.parentId ?? null) {
		const [parent] = await rows().where(eq(posts.id, id));
		if (!parent) break;
		above.unshift(parent);
	}
	const below = await belowPost(q, tables, post.threadId, post);
	const answers = await rows()
		.where(and(below, eq(posts.depth, post.depth + 1), inArray(posts.state, ['standing', 'held', 'removed'])))
		.orderBy(asc(posts.place))
		.limit(mostAnswers);
	const view = (post: Row) => ({
		id: post.id,
		warnings: post.warnings,
		state: post.state,
		name: nameShown(post),
		html: post.state === 'withdrawn' ? '' : post.html,
		age: coarseAge(post.postedAt, now)
	});
	return { above: above.map(view), answers: answers.map(view) };
}
