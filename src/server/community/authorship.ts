// Who wrote a post, by which name others see it, and whether it is the reader's own: nothing else compares authors.
import { eq, isNull, ne, or, type Placeholder, type SQL } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import type { Means, Reader } from './means.ts';
import { addNotice, type Notice } from './notice-rows.ts';
import type { Moment } from './write-and-tell.ts';

export const formerMember = 'A former member';

/** What a query selects of a post to know its author; the member is joined by `author`. */
export const byline = ({ posts, members }: Pick<Tables, 'posts' | 'members'>) => ({ authorId: posts.authorId, name: members.name });
export const author = ({ posts, members }: Pick<Tables, 'posts' | 'members'>) => eq(members.id, posts.authorId);
/** The same without a name to show. */
export const authorOnly = ({ posts }: Pick<Tables, 'posts'>) => ({ authorId: posts.authorId });

export type Author = { authorId: string | null };
export type Byline = Author & { name: string | null };

export const nameShown = ({ name }: Pick<Byline, 'name'>): string => name ?? formerMember;
/** Whether both were written under one name. */
export const sameAuthor = (one: Author, other: Author): boolean => one.authorId !== null && one.authorId === other.authorId;

/** The posts that this member wrote under their own name, as a condition. */
export const namedPostsOf = ({ posts }: Pick<Tables, 'posts'>, member: string | Placeholder): SQL => eq(posts.authorId, member);

/** Everything written under the name of this post, as a condition; undefined where its author has left. */
export const alsoBy = ({ posts }: Pick<Tables, 'posts'>, { authorId }: Author): SQL | undefined =>
	authorId === null ? undefined : eq(posts.authorId, authorId);
/** The posts of others than this member, as a condition. */
export const notBy = ({ posts }: Pick<Tables, 'posts'>, member: string) => or(isNull(posts.authorId), ne(posts.authorId, member));

export type Authorship = ReturnType<typeof authorship>;

export function authorship(_: Pick<Means, 'sealer'>) {
	/** Whether it is this reader's own. */
	const wrote = (reader: Reader, post: Author): boolean => reader !== undefined && post.authorId === reader.id;

	return { wrote };
}

/** Tells whoever wrote the post, where they are still here. */
export async function tellAuthor(
	tx: Queries,
	tables: Tables,
	moment: Moment,
	post: Author,
	notice: Omit<Notice, 'memberId'>
): Promise<void> {
	if (post.authorId !== null) await addNotice(tx, tables, moment, { memberId: post.authorId, ...notice });
}
