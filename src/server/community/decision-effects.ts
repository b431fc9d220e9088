// What a decision does to the author's account, and what it undoes.
import { eq, inArray } from 'drizzle-orm';
import { tellAuthor, wearsMask } from './authorship.ts';
import { recount } from './thread-counts.ts';
import type { AuthorAction, Duration, PostAction } from '#lib/moderation.ts';
import type { Warning } from '#lib/warnings.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { changeCase } from './case-events.ts';
import type { CaseRow, PostRow } from './case-rows.ts';
import { endOf } from './decision-words.ts';
import { foldPost, lastFold, unfoldPost } from './folding.ts';
import { provisionalWarnings } from './kept-warnings.ts';
import { holdTold, maskHolds } from './mask-holds.ts';
import type { Means } from './means.ts';
import { addNotice, type NoticeKind } from './notice-rows.ts';
import { tellAboutPost } from './post-notices.ts';
import { changesOf, redact, stateAfterRestore } from './post-actions.ts';
import { foldReason } from './rule-reasons.ts';
import { sanctionsOfCase } from './sanctions.ts';
import { unmasking } from './unmasking.ts';
import { openAuthor } from './waiting-masks.ts';
import type { Moment } from './write-and-tell.ts';

export type Applying = {
	id: string;
	moderatorId: string | null;
	decidedAt: number;
	postAction: PostAction;
	authorAction: AuthorAction;
	rule: string;
	reason: string;
	duration: Duration | null;
	warnings: Warning[];
	outcome: 'upheld' | 'not_upheld';
};

/**
 * Changes the post and tells its author. What was folded by reports alone lasts until somebody decides: from then on what they decided
 * holds. Warnings that readers' suggestions added go again when no rule was broken.
 */
export async function applyToPost(
	tx: Queries,
	tables: Tables,
	moment: Moment,
	was: CaseRow,
	post: PostRow,
	decision: Applying
): Promise<CaseRow> {
	const { posts, threads } = tables;
	const { postAction } = decision;
	const restores = postAction === 'restore';
	const byReports = post.folded !== null && (await lastFold(tx, tables, post.id))?.detail.by === 'reports';
	let current = await changeCase(tx, tables, moment, was, {
		kind: 'applied',
		detail: { decision: decision.id, post_action: postAction, post_was: post.state, warnings: decision.warnings }
	});
	// Its words are gone for good: nothing can be done with them, nor put back.
	if (post.state === 'erased') return current;
	if (post.folded && postAction !== 'fold' && (byReports || restores)) current = await unfoldPost(tx, tables, moment, current, post);

	const provisional = decision.outcome === 'not_upheld' ? await provisionalWarnings(tx, tables, post.id) : [];
	const kept = post.warnings.filter((warning) => !provisional.includes(warning));
	const changes = changesOf(post, decision, kept);
	if (restores && post.state === 'removed') changes.state = await stateAfterRestore(tx, tables, post.id);
	await tx
		.update(posts)
		.set({ warnings: kept, ...changes })
		.where(eq(posts.id, post.id));
	if (post.parentId === null && changes.locked !== undefined)
		await tx.update(threads).set({ locked: changes.locked }).where(eq(threads.id, post.threadId));
	if (postAction === 'redact') await redact(tx, tables, moment, post);
	if (postAction === 'fold') current = await foldPost(tx, tables, moment, current, post, foldReason(decision.rule), 'decision');
	await recount(tx, tables, post.threadId);
	moment.tells.push({ type: 'post.changed', thread: post.threadId, post: post.id });
	// What waited is new to everybody only now.
	if (post.state === 'held' && changes.state === 'standing') await tellAboutPost(tx, tables, moment, post.id);

	const { rule, reason } = decision;
	const decided = { kind: 'post_decided' } as const;
	if (post.state === 'held' && (postAction === 'none' || restores)) await tellAuthor(tx, tables, moment, post, { kind: 'held_settled' });
	else if (postAction !== 'none') {
		const detail = { action: postAction, rule, reason, version: String(post.version) };
		await tellAuthor(tx, tables, moment, post, { ...decided, detail });
	} else if (byReports || provisional.length > 0) await tellAuthor(tx, tables, moment, post, { ...decided, detail: { action: 'none' } });
	return current;
}

/**
 * Acts on whoever is behind a mask, and nobody learns of it who that is: what is asked of them stands on their shelf, and their notice names
 * the post. Who decided a pause has seen the name (unmasking.ts). For a suspension the stream names the decision and nobody: each process
 * looks whose open pages it ends (hub.ts), and is told so also where nobody is there any more.
 */
async function applyToMask(tx: Queries, means: Means, moment: Moment, found: CaseRow, post: PostRow, decision: Applying): Promise<void> {
	const { decisions, members } = means.db.tables;
	const { authorAction, rule, reason, duration } = decision;
	const tell = (kind: NoticeKind, detail: Record<string, string>) => tellAuthor(tx, means.db.tables, moment, post, { kind, detail });
	if (authorAction === 'formal_notice') return tell('formal_notice', { rule, reason });
	if (authorAction === 'suspend') moment.tells.push({ type: 'mask.paused', decision: decision.id });
	const behind = means.sealer && post.sealedAuthor ? openAuthor(means.sealer, post.id, post.sealedAuthor) : undefined;
	// Who has left cannot be asked for anything, and rows on their shelf would be nobody's for ever.
	if (behind === undefined || (await tx.$count(members, eq(members.id, behind))) === 0) return;
	const holds = maskHolds(means);
	if (authorAction !== 'none') {
		const until = endOf(authorAction, duration, moment.at);
		const { id: board, title: boardTitle } = post.board;
		const kind = authorAction === 'hold_posts' ? {} : { kind: authorAction };
		const where = authorAction === 'board_ban' ? { board, boardTitle } : {};
		const hold = { decision: decision.id, until, rule, reason, ...kind, ...where };
		await holds.put(tx, behind, hold);
		return tell('sanction', holdTold(hold));
	}
	if (decision.postAction !== 'restore') return;
	const ofCase = await tx.select({ id: decisions.id }).from(decisions).where(eq(decisions.caseId, found.id));
	const ids = ofCase.map(({ id }) => id);
	const pausesToo = await mayLiftPauses(tx, means, found, post, decision);
	if (await holds.lift(tx, behind, ids, pausesToo, moment.at)) await tell('sanction', { sanction: 'lifted' });
}

/**
 * A pause over a mask ends early by those who could ask for it, or by an administrator. Whom it holds is not looked at otherwise: the kind of
 * hold decides, so that nobody learns by trying who is behind the mask.
 */
async function mayLiftPauses(tx: Queries, means: Means, found: CaseRow, post: PostRow, { moderatorId, decidedAt }: Applying) {
	const { members } = means.db.tables;
	const [actor] = await tx
		.select({ id: members.id, name: members.name, role: members.role })
		.from(members)
		.where(eq(members.id, moderatorId ?? ''));
	if (!actor || actor.role === 'administrator') return actor !== undefined;
	const { seenBehind, mayReach } = unmasking(means);
	return mayReach(actor, await seenBehind(tx, actor, { found, post, conflict: false, passedOn: false }, decidedAt));
}

/** Restrains or notifies the author, or, when a post is put back and nothing else is asked, takes back what this case did to them. */
export async function applyToAuthor(
	tx: Queries,
	means: Means,
	moment: Moment,
	found: CaseRow,
	post: PostRow,
	decision: Applying
): Promise<void> {
	const { tables } = means.db;
	const { sanctions } = tables;
	const { authorAction, rule, reason, duration } = decision;
	if (wearsMask(post)) return applyToMask(tx, means, moment, found, post, decision);
	if (authorAction === 'none') {
		if (decision.postAction === 'restore') await liftSanctions(tx, tables, moment, found.id, post, { rule, reason });
		return;
	}
	if (post.authorId === null) return;
	const until = endOf(authorAction, duration, moment.at);
	const boardId = authorAction === 'board_ban' ? post.board.id : null;
	await tx.insert(sanctions).values({
		id: moment.newId(),
		memberId: post.authorId,
		decisionId: decision.id,
		kind: authorAction,
		boardId,
		rule,
		reason,
		from: moment.at,
		until
	});
	// Who is suspended may read, so their pages hear on of what they may read; but each comes back as who it is now, staff without the desk.
	if (authorAction === 'suspend') moment.tells.push({ type: 'sessions.ended', member: post.authorId });
	const tell = (kind: NoticeKind, detail: Record<string, string>) => tellAuthor(tx, tables, moment, post, { kind, detail });
	if (authorAction === 'formal_notice') await tell('formal_notice', { rule, reason });
	else await tell('sanction', { sanction: authorAction, rule, reason, until: String(until), board: post.board.title });
}

/** Also where the author erased the post since: whom it was asked of says the sanction itself. */
async function liftSanctions(
	tx: Queries,
	tables: Tables,
	moment: Moment,
	caseId: string,
	post: PostRow,
	why: Pick<Applying, 'rule' | 'reason'>
) {
	const { sanctions } = tables;
	const made = await sanctionsOfCase(tx, tables, caseId, moment.at);
	const among = (some: typeof made) =>
		inArray(
			sanctions.id,
			some.map(({ id }) => id)
		);
	const noticed = made.filter(({ kind }) => kind === 'formal_notice');
	const standing = made.filter((one) => !noticed.includes(one));
	// The decision stays on record; a notice that was wrong is not counted against anybody.
	if (noticed.length > 0) await tx.delete(sanctions).where(among(noticed));
	const [lifted] = standing;
	if (!lifted) return;
	await tx.update(sanctions).set({ until: moment.at }).where(among(standing));
	const [kind, detail] = ['sanction', { sanction: 'lifted' }] as const;
	if (post.authorId !== null) await tellAuthor(tx, tables, moment, post, { kind, detail });
	// Otherwise nothing else says why.
	else await addNotice(tx, tables, moment, { kind, detail: { ...detail, ...why }, memberId: lifted.memberId });
}
