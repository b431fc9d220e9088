// What members are told about their posts, their reports and their account.
import { and, desc, eq, inArray } from 'drizzle-orm';
import { coarseAge } from '#lib/ages.ts';
import type { Actor, Means } from './means.ts';
import { noticeWords } from './notice-words.ts';

const most = 100;

export function notices({ db, now }: Means) {
	const { notices, posts, postRevisions } = db.tables;

	/** What redacted posts said before, by post and version. */
	async function earlierWords(postIds: string[]) {
		if (postIds.length === 0) return new Map<string, string>();
		const rows = await db.read
			.select({ postId: postRevisions.postId, version: postRevisions.version, body: postRevisions.body })
			.from(postRevisions)
			.where(inArray(postRevisions.postId, postIds));
		return new Map(rows.map(({ postId, version, body }) => [`${postId} ${version}`, body]));
	}

	/** The newest hundred, newest first. `copy` are the member's own words where others can no longer read them. */
	async function forMember(actor: Actor) {
		const at = now();
		const rows = await db.read
			.select({
				id: notices.id,
				kind: notices.kind,
				postId: notices.postId,
				detail: notices.detail,
				at: notices.at,
				thread: posts.threadId,
				state: posts.state,
				body: posts.body,
				authorId: posts.authorId
			})
			.from(notices)
			.leftJoin(posts, eq(posts.id, notices.postId))
			.where(and(eq(notices.memberId, actor.id)))
			.orderBy(desc(notices.at), desc(notices.id))
			.limit(most);
		const own = rows.filter(({ kind, authorId }) => kind === 'post_decided' && authorId === actor.id);
		const earlier = await earlierWords(own.filter(({ detail }) => detail.action === 'redact').flatMap(({ postId }) => postId ?? []));
		return rows.map(({ id, kind, postId, detail, at: then, thread, state, body, authorId }) => {
			const mine = authorId === actor.id;
			// A reporter is not led to a post that others cannot read.
			const reachable = thread !== null && (mine || state === 'standing');
			const decided = mine && kind === 'post_decided';
			const removed = decided && detail.action === 'remove' && state === 'removed' ? body : undefined;
			const redacted = decided && detail.action === 'redact' ? earlier.get(`${postId} ${detail.version}`) : undefined;
			return {
				id,
				at: then,
				age: coarseAge(then, at),
				...noticeWords(kind, detail),
				href: reachable ? `/threads/${thread}?post=${postId}#p-${postId}` : undefined,
				copy: removed ?? redacted
			};
		});
	}

	return { forMember };
}
