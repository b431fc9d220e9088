// Decisions: set by one moderator, undone by them within twelve seconds, then applied once, whichever process comes first.
import { and, asc, desc, eq, gt, lte } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { reachesMasks } from '#lib/moderation.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { authorship, wearsMask } from './authorship.ts';
import { caseForStaff, whyNot } from './case-claims.ts';
import { changeCase } from './case-events.ts';
import { reopening } from './case-reports.ts';
import { unfinishedCase } from './case-rows.ts';
import { applyDecision } from './decision-applying.ts';
import { parseDecision, type DecisionTyped } from './decision-words.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import { mayLift } from './sanctions.ts';
import { unmasking } from './unmasking.ts';
import { writeAndTell, writeAndTellAs } from './write-and-tell.ts';

const maskedOnly =
	'The author wrote without a name. You can send a notice, or ask that what they write without a name waits; anything more needs unmasking by two.';

/** Due decisions taken at one go; the next second brings more. */
const atOnce = 50;

export function decisions(means: Means) {
	const { db, now } = means;
	const { decisions, reports } = db.tables;
	const own = authorship(means);
	const mask = unmasking(means);

	/** Throws stale when the case is not as the moderator saw it; two can never both decide. */
	async function decide(actor: Actor, id: string, typed: DecisionTyped): Promise<void> {
		await caseForStaff(db.read, means, own, actor, id, now());
		const words = parseDecision(typed);
		await writeAndTellAs(means, actor, async (tx, moment) => {
			const desk = await caseForStaff(tx, means, own, actor, id, moment.at);
			const { found, post } = desk;
			const restoring = words.postAction === 'restore' && words.authorAction === 'none';
			const refused = whyNot('decide', desk, actor, moment.at, restoring);
			if (refused === 'conflict_of_interest' || refused === 'not_allowed') throw new Refusal(refused);
			if (found.version !== typed.version) throw new Refusal('stale');
			if (refused) throw new Refusal(refused);
			if (words.authorAction !== 'none') {
				if (wearsMask(post) && !reachesMasks(words.authorAction)) {
					const behind = await mask.seenBehind(tx, actor, desk, moment.at);
					if (!behind) throw new Invalid({ author_action: maskedOnly });
					if (!mask.mayReach(actor, behind)) throw new Refusal('not_allowed');
				}
				if (post.authorId === null && !wearsMask(post))
					throw new Invalid({
						author_action:
							post.state === 'erased'
								? 'The author erased the post, and with it whose it was: nothing can be done about their account.'
								: 'The author has left, so nothing can be done about their account.'
					});
			}
			if (restoring && post.state === 'erased' && !(await mayLift(tx, db.tables, found.id, actor, moment.at))) throw new Refusal('gone');
			// Only an administrator decides about somebody of staff; putting a post back lifts what was done to its author.
			const aboutAuthor = words.authorAction !== 'none' || words.postAction === 'restore';
			if (aboutAuthor && isStaff(post) && actor.role !== 'administrator') throw new Refusal('not_allowed');
			if (found.state === 'closed' && (await unfinishedCase(tx, db.tables, found.postId))) throw new Refusal('stale');
			const times = { decidedAt: moment.at, applyAt: moment.at + limits.undoWithin };
			await tx.insert(decisions).values({ id: moment.newId(), caseId: found.id, moderatorId: actor.id, ...words, ...times });
			const detail = { post_action: words.postAction, author_action: words.authorAction, rule: words.rule, post_version: post.version };
			await changeCase(tx, db.tables, moment, found, {
				kind: 'decision_set',
				actorId: actor.id,
				detail,
				set: { state: 'decided', claimedBy: actor.id, claimExpiresAt: null }
			});
		});
	}

	/** Takes one's own decision back before it takes effect; the case is held again. A second press is answered as done. */
	async function undo(actor: Actor, id: string): Promise<void> {
		await writeAndTellAs(means, actor, async (tx, moment) => {
			const { found } = await caseForStaff(tx, means, own, actor, id, moment.at);
			const [last] = await tx
				.select({ id: decisions.id, moderatorId: decisions.moderatorId, settled: decisions.settled, applyAt: decisions.applyAt })
				.from(decisions)
				.where(eq(decisions.caseId, id))
				.orderBy(desc(decisions.decidedAt), desc(decisions.id))
				.limit(1);
			if (!last || last.moderatorId !== actor.id) throw new Refusal('not_allowed');
			if (last.settled === 'undone') return;
			const undone = await tx
				.update(decisions)
				.set({ settled: 'undone' })
				.where(and(eq(decisions.id, last.id), eq(decisions.settled, 'waiting'), gt(decisions.applyAt, moment.at)))
				.returning({ id: decisions.id });
			if (undone.length === 0) throw new Refusal('too_late');
			// A closed case that somebody was about to restore is closed again, unless it was reported meanwhile.
			const held = { state: 'claimed', claimedBy: actor.id, claimExpiresAt: moment.at + limits.claimHeldFor } as const;
			const reported = (await tx.$count(reports, and(eq(reports.caseId, id), eq(reports.status, 'open')))) > 0;
			const past = reported ? reopening(found) : ({ state: 'closed', claimedBy: null } as const);
			const set = found.outcome === null ? held : past;
			await changeCase(tx, db.tables, moment, found, { kind: 'decision_undone', actorId: actor.id, set });
		});
	}

	/** False where another process was first. */
	const apply = (id: string) => writeAndTell(means, (tx, moment) => applyDecision(tx, means, moment, id));

	/** Applies what is due and answers how many; main calls it each second. One that fails does not keep the others waiting. */
	async function applyDue(): Promise<number> {
		const due = await db.read
			.select({ id: decisions.id })
			.from(decisions)
			.where(and(eq(decisions.settled, 'waiting'), lte(decisions.applyAt, now())))
			.orderBy(asc(decisions.applyAt), asc(decisions.id))
			.limit(atOnce);
		const problems: unknown[] = [];
		let applied = 0;
		for (const { id } of due) {
			const done = await apply(id).catch((problem: unknown) => void problems.push(problem));
			if (done) applied++;
		}
		if (problems.length > 0) throw new AggregateError(problems, 'Some decisions could not be applied.');
		return applied;
	}

	return { decide, undo, applyDue };
}
