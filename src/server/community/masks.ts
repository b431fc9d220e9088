// Masks: a story or an answer without its author's name. Nothing of it stands among the posts until a random moment within three minutes.
import { and, eq, inArray, lt } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { answerPlace, storyPlace } from './draft-places.ts';
import { draftPosted, drafts } from './drafts.ts';
import { dayOf } from './lucia-adapter.ts';
import { maskHolds } from './mask-holds.ts';
import { noSealer, requireRoom, type Actor, type Means } from './means.ts';
import { ownMasks } from './own-masks.ts';
import { requireOpen } from './posting.ts';
import { postToWrite } from './reading.ts';
import { parseWritten, type Written } from './words-of-posts.ts';
import { asSeenBy } from './sight.ts';
import { openWaiting, sealWaiting, type Waiting } from './waiting-masks.ts';
import { mayPost } from './writing.ts';
import { writeAs, type Here } from './write-and-tell.ts';

type Answer = Written & { thread: string; parent?: string | undefined };
type Place = Pick<Waiting, 'parent' | 'board' | 'slug' | 'title'> & { thread: string };

export function masks(means: Means) {
	const { db, now, newId, pick, sealer = noSealer } = means;
	const { blocks, boards, posts, waitingMasks } = db.tables;
	const own = ownMasks(means);
	const holds = maskHolds(means);

	/** Puts the words where they wait; a second press answers with what the first one made. */
	async function press(
		tx: Queries,
		actor: Actor & Here,
		written: Written,
		said: ReturnType<typeof parseWritten>,
		at: number,
		place: Place
	) {
		const { body } = said;
		const words = sealer.tag('own mask words', [place.parent ?? place.board, place.title, body]);
		const mine = (await own.all(tx, actor.id)).map(({ value }) => value);
		const same = mine.filter((mask) => mask.words === words);
		const before = same.find((mask) => (written.key ? mask.key === written.key : mask.at > at - limits.sameWordsWithin));
		if (before) return { post: before.post, thread: before.thread };

		const story = place.parent === null;
		const today = () => own.since(tx, actor.id, story, at - limits.firstDay);
		const { held } = await mayPost(tx, means, actor, place.board, at, story, `${place.title}\n${body}`, today);
		await holds.waits(tx, actor.id, { maskTag: '' }, held, at);

		const post = newId();
		const sealed = sealWaiting(sealer, post, { ...place, author: actor.id, body, warnings: said.warnings });
		await tx.insert(waitingMasks).values({ id: post, sealed, showAt: at + pick(limits.maskDelay + 1) });
		const key = written.key ?? '';
		await own.put(tx, actor.id, { post, thread: place.thread, story, at, key, words });
		return { post, thread: place.thread };
	}

	/**
	 * Whom a block parts do not answer one another from behind a mask either: that would tell of the block. But only blocks of before their
	 * mask came into the conversation count: else an author could block half of all, wait for its next answer, and find out who wears it.
	 */
	async function fromBehind<P extends { threadId: string; authorId: string | null; state: string }>(tx: Queries, actor: Actor, post: P) {
		const seen = await asSeenBy(tx, db.tables, actor, post);
		if (seen.state === post.state || post.authorId === null) return seen;
		const worn = (await own.all(tx, actor.id)).flatMap(({ value }) => (value.thread === post.threadId ? [value.at] : []));
		if (worn.length === 0) return seen;
		const both = [actor.id, post.authorId];
		const older = and(inArray(blocks.memberId, both), inArray(blocks.blockedId, both), lt(blocks.at, dayOf(Math.min(...worn))));
		return (await tx.$count(blocks, older)) > 0 ? seen : post;
	}

	async function answer(actor: Actor, written: Answer) {
		const said = parseWritten({ ...written, title: undefined });
		requireRoom(db);
		const { draft, ...pressed } = await writeAs(db, actor, async (tx, here) => {
			const parent = await fromBehind(tx, actor, await postToWrite(tx, db.tables, written.thread, written.parent || undefined));
			await requireOpen(tx, db.tables, parent);
			const place = { thread: parent.threadId, parent: parent.id, board: parent.boardId, slug: '', title: '' };
			return {
				...(await press(tx, { ...actor, ...here }, written, said, now(), place)),
				draft: [answerPlace(parent.threadId, parent), parent.boardId] as const
			};
		});
		await letDraftGo(actor, draft, written.body);
		return pressed;
	}

	async function story(actor: Actor, slug: string, written: Written) {
		const said = parseWritten({ title: '', ...written });
		requireRoom(db);
		const { draft, ...pressed } = await writeAs(db, actor, async (tx, here) => {
			const [board] = await tx.select({ id: boards.id }).from(boards).where(eq(boards.slug, slug));
			if (!board) throw new Refusal('not_found');
			const place = { thread: newId(), parent: null, board: board.id, slug, title: said.title ?? '' };
			return { ...(await press(tx, { ...actor, ...here }, written, said, now(), place)), draft: [storyPlace(slug), board.id] as const };
		});
		await letDraftGo(actor, draft, written.body);
		return pressed;
	}

	/** In a write of its own: a draft's row comes again with the next draft, and beside the post's row it would tell whose that is. */
	async function letDraftGo(actor: Actor, [place, board]: readonly [string, string], typed: string) {
		await writeAs(db, actor, (tx) => draftPosted(tx, means, actor.id, place, board, typed));
	}

	/** Lets go of what waits, or came back, before anybody saw it. What stands already is withdrawn like any other post. */
	async function letGo(actor: Actor, post: string): Promise<void> {
		await writeAs(db, actor, async (tx) => {
			const gone = await unwait(tx, actor, post);
			if (!gone && (await tx.$count(posts, eq(posts.id, post))) > 0) throw new Refusal('shown_meanwhile');
		});
	}

	/** The same, and its words are a draft again: both or neither. Answers with the form they stand in. */
	async function takeBack(actor: Actor, post: string): Promise<string> {
		return writeAs(db, actor, async (tx) => {
			const gone = await unwait(tx, actor, post);
			if (!gone) throw new Refusal('shown_meanwhile');
			const { parent, slug, thread, title, body, warnings } = openWaiting(sealer, gone);
			const place = parent === null ? storyPlace(slug) : answerPlace(thread, { id: parent, parentId: parent });
			const { kept, form } = await drafts(means).keepWithin(tx, actor, { place, title, body, warnings, mask: true });
			if (!kept) throw new Refusal('gone');
			return form;
		});
	}

	async function unwait(tx: Queries, actor: Actor, post: string) {
		const mine = (await own.all(tx, actor.id)).find(({ value }) => value.post === post);
		if (!mine) throw new Refusal('not_found');
		const [gone] = await tx
			.delete(waitingMasks)
			.where(inArray(waitingMasks.id, [post]))
			.returning({ id: waitingMasks.id, sealed: waitingMasks.sealed });
		if (gone) await own.drop(tx, [mine.tag]);
		return gone;
	}

	return { answer, story, letGo, takeBack };
}
