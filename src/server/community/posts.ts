// Posts: answering, editing, withdrawing.
import { eq } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import { postEdited } from './case-edits.ts';
import { postReturned, postWithdrawn } from './case-withdrawals.ts';
import { mayEditFolded } from './folding.ts';
import { openHeldCase, wasHeld } from './held-cases.ts';
import { renderMarkdown } from './markdown.ts';
import type { Actor, Means } from './means.ts';
import { placeUnder } from './places.ts';
import { excerpt, tidyText } from './text.ts';
import { postToWrite, readThread } from './reading.ts';
import { postsAreHeld, requireMayWrite } from './sanctions.ts';
import { recount } from './thread-counts.ts';
import { parseWritten, type Written } from './words-of-posts.ts';
import { alreadyPosted, freeKey, mayEdit, mayPost } from './writing.ts';

type Reply = Written & { thread: string; parent?: string | undefined };
type Edit = Written & { post: string; version: number };

export function posts(means: Means) {
	const { db, now, newId, tell } = means;
	const { posts, threads, postRevisions } = db.tables;

	/** Answers a post; an absent parent is the opening. A second press answers with the post that the first one made. */
	async function reply(actor: Actor, written: Reply) {
		const { body, html, warnings } = parseWritten({ ...written, title: undefined });
		const at = now();
		const posted = await db.write(async (tx) => {
			const parent = await postToWrite(tx, db.tables, written.thread, written.parent || undefined);
			const before = await alreadyPosted(tx, db.tables, actor, { key: written.key, body, parentId: parent.id }, at);
			if (before) return { id: before.id, held: false, again: true };
			if (parent.locked || parent.threadLocked) throw new Refusal('locked');
			if (parent.state !== 'standing') throw new Refusal('gone');
			const { held } = await mayPost(tx, db.tables, actor, parent.boardId, at, false, body);
			const id = newId();
			const place = await placeUnder(tx, db.tables, parent.threadId, parent);
			const key = await freeKey(tx, db.tables, actor, written.key, newId);
			const state = held ? 'held' : 'standing';
			const row = {
				id,
				threadId: parent.threadId,
				parentId: parent.id,
				authorId: actor.id,
				place,
				depth: parent.depth + 1,
				body,
				html,
				warnings,
				postedAt: at,
				state,
				encouraged: {},
				key
			} as const;
			await tx.insert(posts).values(row);
			if (held) await openHeldCase(tx, db.tables, { postId: id, boardId: parent.boardId, authorId: actor.id }, at, newId);
			else {
				const answered = parent.answered > 0 || parent.openerId !== actor.id ? 1 : 0;
				await tx
					.update(threads)
					.set({ answers: parent.answers + 1, answered, activeAt: at })
					.where(eq(threads.id, parent.threadId));
			}
			return { id, held, again: false };
		});
		if (!posted.held && !posted.again) tell({ type: 'reply.posted', thread: written.thread, post: posted.id });
		return { post: posted.id, held: posted.held };
	}

	/** Changes one's own words; what they were is kept for staff. An edit of an older version is refused as stale. */
	async function edit(actor: Actor, written: Edit) {
		const at = now();
		const thread = await db.write(async (tx) => {
			const post = await postToWrite(tx, db.tables, undefined, written.post);
			if (post.authorId !== actor.id) throw new Refusal('not_allowed');
			if (post.state === 'removed' || post.state === 'withdrawn') throw new Refusal('gone');
			if (post.version !== written.version) throw new Refusal('stale');
			const opening = post.parentId === null;
			const {
				title = post.title,
				body,
				html,
				warnings
			} = parseWritten({ ...written, title: opening ? (written.title ?? post.title) : undefined });
			const { held } = await mayEdit(tx, db.tables, actor, post.boardId, at, `${title}\n${body}`);
			if (post.folded) await mayEditFolded(tx, db.tables, post.id, at);
			const before = { title: opening ? post.title : null, body: post.body, warnings: post.warnings };
			await tx.insert(postRevisions).values({ id: newId(), postId: post.id, version: post.version, ...before, replacedAt: at });
			// Whose posts wait for a moderator cannot put other words into one that stands.
			const state = held ? 'held' : post.state;
			await tx
				.update(posts)
				.set({ body, html, warnings, state, editedAt: at, version: post.version + 1 })
				.where(eq(posts.id, post.id));
			if (opening)
				await tx
					.update(threads)
					.set({ title, excerpt: excerpt(body, limits.excerpt) })
					.where(eq(threads.id, post.threadId));
			if (held && post.state === 'standing') {
				await openHeldCase(tx, db.tables, { postId: post.id, boardId: post.boardId, authorId: actor.id }, at, newId);
				await recount(tx, db.tables, post.threadId);
			}
			await postEdited(tx, db.tables, post.id, at, newId);
			return post.threadId;
		});
		tell({ type: 'post.changed', thread, post: written.post });
	}

	/** Takes one's own post back, or puts it back; its place in the tree stays either way. */
	async function withdraw(actor: Actor, postId: string, on: boolean) {
		const thread = await db.write(async (tx) => {
			const post = await postToWrite(tx, db.tables, undefined, postId);
			if (post.authorId !== actor.id) throw new Refusal('not_allowed');
			if (post.state !== (on ? 'standing' : 'withdrawn') && !(on && post.state === 'held')) {
				if (post.state === 'removed') throw new Refusal('gone');
				return post.threadId;
			}
			// Putting a post back is writing again: a member who was silenced meanwhile cannot.
			if (!on) await requireMayWrite(tx, db.tables, actor.id, post.boardId, now());
			// Nobody gets past a moderator by taking a post back and putting it up again.
			const waits = !on && ((await postsAreHeld(tx, db.tables, actor.id, now())) || (await wasHeld(tx, db.tables, post.id)));
			await tx
				.update(posts)
				.set({ state: on ? 'withdrawn' : waits ? 'held' : 'standing' })
				.where(eq(posts.id, post.id));
			if (on) await postWithdrawn(tx, db.tables, post.id, now(), newId);
			else if (waits) await openHeldCase(tx, db.tables, { postId: post.id, boardId: post.boardId, authorId: actor.id }, now(), newId);
			else await postReturned(tx, db.tables, post.id, now(), newId);
			await recount(tx, db.tables, post.threadId);
			return post.threadId;
		});
		tell({ type: 'post.changed', thread, post: postId });
	}

	/** How a body will look, by the same code that renders it when it is posted. */
	const preview = (body: string) => renderMarkdown(tidyText(body));

	return { reply, edit, withdraw, preview, ...readThread(means) };
}
