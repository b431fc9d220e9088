// Posts: answering, editing, withdrawing.
import { eq } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import { authorship } from './authorship.ts';
import { postEdited } from './case-edits.ts';
import { postReturned, postWithdrawn, requireFewPutBacks } from './case-withdrawals.ts';
import { answerPlace, editPlace } from './draft-places.ts';
import { draftPosted } from './drafts.ts';
import { mayEditFolded } from './folding.ts';
import { openHeldCase, waitsSinceRedaction, wasHeld } from './held-cases.ts';
import { inPassing } from './in-passing.ts';
import { indexPost } from './indexing.ts';
import { keptWarnings } from './kept-warnings.ts';
import { renderMarkdown } from './markdown.ts';
import { maskHolds } from './mask-holds.ts';
import { masks } from './masks.ts';
import { requireRoom, type Actor, type Means, type Reader } from './means.ts';
import { ownMasks } from './own-masks.ts';
import { putAnswer, requireOpen, underOwnName } from './posting.ts';
import { excerpt, tidyText } from './text.ts';
import type { Preferences } from './preferences.ts';
import { postToWrite, readThread, type Place } from './reading.ts';
import { reads } from './reads.ts';
import { asSeenBy } from './sight.ts';
import { postsAreHeld, requireMayWrite } from './sanctions.ts';
import { recount } from './thread-counts.ts';
import { parseWritten, tooLong, type Written } from './words-of-posts.ts';
import { writeAndTellAs } from './write-and-tell.ts';
import { answerPressed, mayEdit, mayPost } from './writing.ts';

type Reply = Written & { thread: string; parent?: string | undefined };
type Edit = Written & { post: string; version: number };

export function posts(means: Means) {
	const { db, newId, tell } = means;
	const { posts, threads, postRevisions } = db.tables;
	const own = ownMasks(means);
	const masked = masks(means);
	const holds = maskHolds(means);
	const { wrote } = authorship(means);
	const { readAndStand, ...reading } = readThread(means);
	const marks = reads(means);

	/**
	 * Answers a post; an absent parent is the opening. A second press answers with the post that the first one made. With `mask` others see
	 * it within three minutes, under an alias (`waits`).
	 */
	async function reply(actor: Actor, written: Reply) {
		if (written.mask) return { ...(await masked.answer(actor, written)), held: false, waits: true };
		const { body, html, warnings } = parseWritten({ ...written, title: undefined });
		requireRoom(db);
		const posted = await writeAndTellAs(means, actor, async (tx, moment, here) => {
			const { at } = moment;
			const parent = await asSeenBy(tx, db.tables, actor, await postToWrite(tx, db.tables, written.thread, written.parent || undefined));
			await draftPosted(tx, means, actor.id, answerPlace(parent.threadId, parent), parent.boardId, written.body);
			const press = { key: written.key, body, parentId: parent.id };
			const { before, key } = await answerPressed(tx, db.tables, actor, press, at, newId);
			if (before) return { id: before.id, held: false, again: true };
			await requireOpen(tx, db.tables, parent);
			const today = () => own.since(tx, actor.id, false, at - limits.firstDay);
			const { held } = await mayPost(tx, means, { ...actor, ...here }, parent.boardId, at, false, body, today);
			const id = newId();
			await putAnswer(tx, db, moment, parent, { id, body, html, warnings, key, held }, underOwnName(actor.id));
			return { id, held, again: false };
		});
		if (!posted.held && !posted.again) tell({ type: 'reply.posted', thread: written.thread, post: posted.id, by: actor.id });
		return { post: posted.id, held: posted.held, waits: false };
	}

	/**
	 * Changes one's own words; what they were is kept for staff, and warnings that others set stay. An edit of an older version is refused
	 * as stale, unless it is a second press that says what the first one wrote.
	 */
	async function edit(actor: Actor, written: Edit) {
		const edited = await writeAndTellAs(means, actor, async (tx, moment, here) => {
			const { at } = moment;
			const post = await postToWrite(tx, db.tables, undefined, written.post);
			if (!wrote(actor, post)) throw new Refusal('not_allowed');
			if (post.state === 'removed' || post.state === 'withdrawn') throw new Refusal('gone');
			const opening = post.parentId === null;
			const {
				title = post.title,
				body,
				html,
				warnings: typed
			} = parseWritten({ ...written, title: opening ? (written.title ?? post.title) : undefined });
			const kept = (await keptWarnings(tx, db.tables, [post])).get(post.id) ?? [];
			const warnings = [...new Set([...typed, ...kept])];
			if (post.version !== written.version) {
				const sameWarnings = warnings.toSorted().join() === post.warnings.toSorted().join();
				const same = title === post.title && body === post.body && sameWarnings;
				if (same && post.version === written.version + 1) return undefined;
				throw new Refusal('stale');
			}
			const may = await mayEdit(tx, means, { ...actor, ...here }, post.boardId, at, `${title}\n${body}`);
			const waits = await holds.waits(tx, actor.id, post, may.held, at);
			const held = waits || (await waitsSinceRedaction(tx, db.tables, post.id));
			if (post.folded) await mayEditFolded(tx, db.tables, post.id, at);
			const before = { title: opening ? post.title : null, body: post.body, warnings: post.warnings };
			await tx.insert(postRevisions).values({ id: newId(), postId: post.id, version: post.version, ...before, replacedAt: at });
			await draftPosted(tx, means, actor.id, editPlace(post.threadId, post.id), post.boardId, written.body);
			// Whose posts wait for a moderator, or whose words one took out, cannot put other words into a post that stands.
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
				await openHeldCase(tx, db.tables, moment, post);
				await recount(tx, db.tables, post.threadId);
			}
			await indexPost(tx, db, post.id);
			await postEdited(tx, db.tables, moment, post.id);
			return post.threadId;
		});
		if (edited) tell({ type: 'post.changed', thread: edited, post: written.post });
	}

	/** Takes one's own post back, or puts it back; its place in the tree stays either way. */
	async function withdraw(actor: Actor, postId: string, on: boolean) {
		const thread = await writeAndTellAs(means, actor, async (tx, moment) => {
			const { at } = moment;
			const post = await postToWrite(tx, db.tables, undefined, postId);
			if (!wrote(actor, post)) throw new Refusal('not_allowed');
			if (post.state !== (on ? 'standing' : 'withdrawn') && !(on && post.state === 'held')) {
				if (post.state === 'removed') throw new Refusal('gone');
				return post.threadId;
			}
			// Putting a post back is writing again: a member who was silenced meanwhile cannot.
			if (!on) {
				await requireMayWrite(tx, means, actor.id, post.boardId, at);
				await requireFewPutBacks(tx, db.tables, post.id, at);
			}
			// Nobody gets past a moderator by taking a post back and putting it up again.
			const waits =
				!on &&
				((await holds.waits(tx, actor.id, post, await postsAreHeld(tx, db.tables, actor.id, at), at)) ||
					(await wasHeld(tx, db.tables, post.id)) ||
					(await waitsSinceRedaction(tx, db.tables, post.id)));
			await tx
				.update(posts)
				.set({ state: on ? 'withdrawn' : waits ? 'held' : 'standing' })
				.where(eq(posts.id, post.id));
			await indexPost(tx, db, post.id);
			if (on) await postWithdrawn(tx, db.tables, moment, post.id);
			else if (waits) await openHeldCase(tx, db.tables, moment, post);
			else await postReturned(tx, db.tables, moment, post.id);
			await recount(tx, db.tables, post.threadId);
			return post.threadId;
		});
		tell({ type: 'post.changed', thread, post: postId });
	}

	/** How a body will look, by the same code that renders it when it is posted. */
	function preview(body: string): string {
		const tidied = tidyText(body);
		if (tidied.length > limits.body) throw tooLong(tidied);
		return renderMarkdown(tidied);
	}

	/** Opens the thread before this reader, as `read`, and marks it as read. */
	async function visit(reader: Reader, thread: string, preferences: Preferences, place?: Place) {
		const { shown, stands } = await readAndStand(reader, thread, preferences, place);
		if (reader) await inPassing(marks.visited(reader, thread, stands));
		return shown;
	}

	return { reply, edit, withdraw, preview, visit, ...reading };
}
