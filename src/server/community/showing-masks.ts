// Shows what waited behind a mask: once, whichever process comes first, and by the same code as any other post.
import { and, asc, eq, isNotNull, lte } from 'drizzle-orm';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { aliasOf } from './aliases.ts';
import { authorship } from './authorship.ts';
import { maskHolds } from './mask-holds.ts';
import { renderMarkdown } from './markdown.ts';
import { noSealer, type Means } from './means.ts';
import { putAnswer, putStory, requireOpen, type By } from './posting.ts';
import { postToWrite } from './reading.ts';
import { postsAreHeld, requireMayWrite } from './sanctions.ts';
import { openWaiting, sealAuthor, type Waiting } from './waiting-masks.ts';
import { writeAndTell, type Moment } from './write-and-tell.ts';

/** Taken at one go; the next second brings more. */
const atOnce = 50;
/** Aliases tried before one gets a number behind it. */
const mostTries = 200;

export function showingMasks(means: Means) {
	const { db, now, sealer = noSealer } = means;
	const { waitingMasks, posts, threads, boards, members } = db.tables;
	const { maskTagOf } = authorship(means);
	const holds = maskHolds(means);

	/** The one this member has in this thread already; otherwise the first of theirs that nobody else wears here. */
	async function aliasIn(tx: Queries, thread: string, maskTag: string, key: string): Promise<string> {
		const [worn] = await tx.select({ alias: posts.alias }).from(posts).where(eq(posts.maskTag, maskTag)).limit(1);
		if (worn?.alias) return worn.alias;
		const others = await tx
			.selectDistinct({ alias: posts.alias })
			.from(posts)
			.where(and(eq(posts.threadId, thread), isNotNull(posts.alias)));
		const taken = new Set(others.map(({ alias }) => alias));
		const tried = (number: number) => aliasOf(sealer.tag('aliases', [maskTag, String(number)], key));
		for (let number = 0; number < mostTries; number++) if (!taken.has(tried(number))) return tried(number);
		return `${tried(0)} ${taken.size}`;
	}

	/** The mask of a member in a thread. The key it is made with is pinned to the thread by its first mask. */
	async function maskFor(tx: Queries, thread: string, pinned: string | null | undefined, post: string, member: string) {
		const maskKey = pinned ?? sealer.keys().at(-1) ?? '';
		const maskTag = maskTagOf(member, thread, maskKey);
		const alias = await aliasIn(tx, thread, maskTag, maskKey);
		const by: By = { authorId: null, alias, maskTag, sealedAuthor: sealAuthor(sealer, post, member) };
		return { maskKey, by };
	}

	async function putUp(tx: Queries, moment: Moment, id: string, waiting: Waiting): Promise<void> {
		const { author, thread, body, warnings } = waiting;
		const [board] = await tx
			.select({
				id: boards.id,
				slug: boards.slug,
				membersOnly: boards.membersOnly,
				distress: boards.distress,
				titlesPublic: boards.titlesPublic
			})
			.from(boards)
			.where(eq(boards.id, waiting.board));
		if (!board) throw new Refusal('gone');
		const parent = waiting.parent === null ? undefined : await postToWrite(tx, db.tables, thread, waiting.parent);
		if (parent) await requireOpen(tx, db.tables, parent);
		await requireMayWrite(tx, means, author, board.id, moment.at);
		const held = await holds.waits(tx, author, { maskTag: '' }, await postsAreHeld(tx, db.tables, author, moment.at), moment.at);

		const [there] = await tx.select({ maskKey: threads.maskKey }).from(threads).where(eq(threads.id, thread));
		const { maskKey, by } = await maskFor(tx, thread, there?.maskKey, id, author);
		// The form's key stays out: the same form could have been sent again with a name.
		const words = { id, body, html: renderMarkdown(body), warnings, key: moment.newId(), held };
		if (parent) {
			if (there?.maskKey !== maskKey) await tx.update(threads).set({ maskKey }).where(eq(threads.id, thread));
			await putAnswer(tx, db, moment, parent, words, by);
			if (!held) moment.tells.push({ type: 'reply.posted', thread, post: id });
			return;
		}
		await putStory(tx, db, moment, { ...words, thread, title: waiting.title, board, maskKey }, by);
		const { slug, membersOnly, distress, titlesPublic } = board;
		const title = titlesPublic && !distress && warnings.length === 0 ? { title: waiting.title } : {};
		if (!held) moment.tells.push({ type: 'thread.opened', thread, board: slug, membersOnly, ...title });
	}

	async function show(id: string): Promise<void> {
		await writeAndTell(means, async (tx, moment) => {
			const [row] = await tx
				.delete(waitingMasks)
				.where(and(eq(waitingMasks.id, id), lte(waitingMasks.showAt, moment.at)))
				.returning({ id: waitingMasks.id, sealed: waitingMasks.sealed });
			// Another process was first.
			if (!row) return;
			const waiting = openWaiting(sealer, row);
			const [author] = await tx.select({ id: members.id }).from(members).where(eq(members.id, waiting.author));
			// They have left meanwhile.
			if (!author) return;
			try {
				await putUp(tx, moment, id, waiting);
			} catch (problem) {
				// Nothing is written before the last thing that refuses. The words go back to their author.
				if (!(problem instanceof Refusal)) throw problem;
				await tx.insert(waitingMasks).values({ ...row, showAt: null });
			}
		});
	}

	/** Shows what is due; main calls it each second. One that fails does not keep the others waiting. */
	async function showDue(): Promise<void> {
		const due = await db.read
			.select({ id: waitingMasks.id })
			.from(waitingMasks)
			.where(lte(waitingMasks.showAt, now()))
			.orderBy(asc(waitingMasks.showAt), asc(waitingMasks.id))
			.limit(atOnce);
		const problems: unknown[] = [];
		for (const { id } of due) await show(id).catch((problem: unknown) => void problems.push(problem));
		if (problems.length > 0) throw new AggregateError(problems, 'Some posts with a mask could not be shown.');
	}

	return { showDue };
}
