// Keeps the search index in step with the posts.
import { eq, sql } from 'drizzle-orm';
import { ready, type Database, type Queries } from '#server/store/database.ts';
import { documentTokens, tokenRules } from './search-tokens.ts';
import { plainWords } from './text.ts';

const wordsOf = ready((q, { posts, threads }) =>
	q
		.select({
			state: posts.state,
			parentId: posts.parentId,
			html: posts.html,
			postedAt: posts.postedAt,
			title: threads.title,
			board: threads.boardId
		})
		.from(posts)
		.innerJoin(threads, eq(threads.id, posts.threadId))
		.where(eq(posts.id, sql.placeholder('post')))
);

type Standing = { id: string; parentId: string | null; html: string; postedAt: number; title: string; board: string };

/** Puts a post that stands into the index, where all of it is known already. */
export async function indexStanding(tx: Queries, { search }: Pick<Database, 'search'>, post: Standing): Promise<void> {
	const title = post.parentId === null ? documentTokens(post.title) : [];
	const body = documentTokens(plainWords(post.html));
	await search.put(tx, { post: post.id, board: post.board, at: post.postedAt, rules: tokenRules, title, body });
}

/** Puts the post as it now stands into the index, or takes it out: called inside every write that adds a post or changes its words or state. */
export async function indexPost(tx: Queries, { tables, search }: Pick<Database, 'tables' | 'search'>, postId: string): Promise<void> {
	const [post] = await wordsOf(tx, tables, { post: postId });
	if (post?.state !== 'standing') return search.drop(tx, postId);
	await indexStanding(tx, { search }, { ...post, id: postId });
}
