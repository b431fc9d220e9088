// Who wrote a post, by which name others see it, and whether it is the reader's own: nothing else compares authors.
import { eq, isNull, ne, or, type Placeholder, type SQL } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { noSealer, type Means, type Reader } from './means.ts';
import { addNotice, type Notice } from './notice-rows.ts';
import type { Moment } from './write-and-tell.ts';

type Posts = Pick<Tables, 'posts'>;
export const formerMember = 'A former member';

/** What a query selects of a post to know its author, without a name to show. */
export const authorOnly = ({ posts }: Posts) => ({ authorId: posts.authorId, maskTag: posts.maskTag, inThread: posts.threadId });
/** The same with the name; the member is joined by `author`. */
export const byline = ({ posts, members }: Pick<Tables, 'posts' | 'members'>) => ({
	...authorOnly({ posts }),
	name: members.name,
	alias: posts.alias
});
export const author = ({ posts, members }: Pick<Tables, 'posts' | 'members'>) => eq(members.id, posts.authorId);

/** Without either its author has left. */
export type Author = { authorId: string | null; maskTag: string | null; inThread: string | null };
export type Byline = Author & { name: string | null; alias: string | null };

export const nameShown = ({ name, alias }: Pick<Byline, 'name' | 'alias'>): string => alias ?? name ?? formerMember;
/** Whether the name shown is an alias: so it stays also when nobody is behind it any more. */
export const isMasked = ({ alias }: Pick<Byline, 'alias'>): boolean => alias !== null;
/** Whether somebody is behind a mask, whom a notice or a hold still reaches. */
export const wearsMask = ({ maskTag }: Pick<Author, 'maskTag'>): boolean => maskTag !== null;
/** Whether both were written under one name. Somebody's mask and their own name are two. */
export const sameAuthor = (one: Author, other: Author): boolean =>
	(one.authorId !== null && one.authorId === other.authorId) || (one.maskTag !== null && one.maskTag === other.maskTag);

/** The posts that this member wrote under their own name, as a condition. */
export const namedPostsOf = ({ posts }: Posts, member: string | Placeholder): SQL => eq(posts.authorId, member);
/** Everything written under the name of this post, as a condition; undefined where its author has left. */
export function alsoBy({ posts }: Posts, { authorId, maskTag }: Author): SQL | undefined {
	if (maskTag !== null) return eq(posts.maskTag, maskTag);
	return authorId === null ? undefined : eq(posts.authorId, authorId);
}
/** What is not under this member's own name, as a condition. */
export const notBy = ({ posts }: Posts, member: string) => or(isNull(posts.authorId), ne(posts.authorId, member));
/** What is not under the name of this post, as a condition. */
export function notUnderNameOf({ posts }: Posts, { authorId, maskTag }: Author): SQL | undefined {
	if (maskTag !== null) return or(isNull(posts.maskTag), ne(posts.maskTag, maskTag));
	return authorId === null ? undefined : notBy({ posts }, authorId);
}

export type Authorship = ReturnType<typeof authorship>;

export function authorship({ sealer = noSealer }: Pick<Means, 'sealer'>) {
	/** What a member with a mask is called in one thread, under the key that is pinned there. */
	const maskTagOf = (member: string, thread: string, key: string) => `${key}.${sealer.tag('masks', [thread, member], key)}`;

	/** Whether it is this reader's own. */
	function wrote(reader: Reader, { authorId, maskTag, inThread }: Author): boolean {
		if (!reader) return false;
		if (maskTag === null || inThread === null) return authorId === reader.id;
		return maskTag === maskTagOf(reader.id, inThread, maskTag.slice(0, maskTag.indexOf('.')));
	}

	return { wrote, maskTagOf };
}

/** Tells whoever wrote the post, where they are still here. Of a mask no row says who that is, and nothing is pushed to an open page. */
export async function tellAuthor(
	tx: Queries,
	tables: Tables,
	moment: Moment,
	post: Author & { id: string },
	notice: Pick<Notice, 'kind' | 'detail'>
): Promise<void> {
	if (wearsMask(post)) await addNotice(tx, tables, moment, { ...notice, postId: post.id, forPost: post.id });
	else if (post.authorId !== null) await addNotice(tx, tables, moment, { ...notice, postId: post.id, memberId: post.authorId });
}
