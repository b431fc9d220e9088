// Reports: a reader says what worries them about a post. The author never learns who, or that anybody did.
import { and, count, eq, gt, inArray, isNull, min } from 'drizzle-orm';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { authorship, nameShown } from './authorship.ts';
import { apartFrom } from './case-apart.ts';
import { changeCase } from './case-events.ts';
import { alreadyLookedAt, createReportCase, reopenCase } from './case-reports.ts';
import { closedReportCase, findPost, unfinishedCase } from './case-rows.ts';
import { takeBackReport } from './case-withdrawals.ts';
import { weighReports } from './case-weighing.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import { addNotice } from './notice-rows.ts';
import { weightOf } from './report-weights.ts';
import { parseReport, type ReportTyped } from './report-words.ts';
import { requireNotSuspended } from './sanctions.ts';
import { asSeenBy } from './sight.ts';
import { writeAndTellAs } from './write-and-tell.ts';

const day = 24 * 60 * 60_000;
/** Enough for the worst evening; more is somebody reporting everything. */
const mostInADay = 30;

export function reports(means: Means) {
	const { db } = means;
	const { reports } = db.tables;
	const { wrote } = authorship(means);

	async function standingPost(tx: Queries, actor: Actor, postId: string) {
		const post = await findPost(tx, db.tables, postId);
		if (!post) throw new Refusal('not_found');
		if (wrote(actor, post)) throw new Refusal('own_post');
		if ((await asSeenBy(tx, db.tables, actor, post)).state !== 'standing') throw new Refusal('not_found');
		return post;
	}

	async function requireFewToday(tx: Queries, actor: Actor, now: number) {
		if (isStaff(actor)) return;
		const [today] = await tx
			.select({ number: count(), first: min(reports.reportedAt) })
			.from(reports)
			.where(and(eq(reports.reporterId, actor.id), gt(reports.reportedAt, now - day)));
		if ((today?.number ?? 0) >= mostInADay) throw new Refusal('too_many', Math.ceil(((today?.first ?? now) + day - now) / 1000));
	}

	/** A second report while the first is open changes nothing and is answered as done. */
	async function report(actor: Actor, typed: ReportTyped): Promise<void> {
		const said = parseReport(typed);
		await writeAndTellAs(means, actor, async (tx, moment) => {
			await requireNotSuspended(tx, means, actor.id, moment.at);
			const post = await standingPost(tx, actor, typed.post);
			const mineHere = and(eq(reports.reporterId, actor.id), eq(reports.postId, post.id), eq(reports.status, 'open'));
			if ((await tx.$count(reports, mineHere)) > 0) return;
			await requireFewToday(tx, actor, moment.at);

			const weighed = await weightOf(tx, db.tables, actor, moment.at);
			const snapshot = { title: post.title, body: post.body, warnings: post.warnings, name: nameShown(post) };
			const row = {
				id: moment.newId(),
				postId: post.id,
				reporterId: actor.id,
				...said,
				...weighed,
				postVersion: post.version,
				snapshot,
				reportedAt: moment.at
			};
			const unfinished = await unfinishedCase(tx, db.tables, post.id);
			const past = unfinished ? undefined : await closedReportCase(tx, db.tables, post.id);
			if (
				past &&
				(past.outcome === 'upheld' || past.outcome === 'not_upheld') &&
				(await alreadyLookedAt(tx, db.tables, past, post.version, said.reason))
			) {
				await tx.insert(reports).values({ ...row, caseId: past.id, status: past.outcome, settledAt: moment.at });
				await addNotice(tx, db.tables, moment, {
					memberId: actor.id,
					kind: 'report_settled',
					postId: post.id,
					detail: { outcome: past.outcome, reason: said.reason }
				});
				await changeCase(tx, db.tables, moment, past, { kind: 'report_settled', detail: { reason: said.reason } });
				return;
			}
			const joined =
				unfinished ??
				(past
					? await reopenCase(tx, db.tables, moment, past)
					: await createReportCase(tx, db.tables, moment, post, said.reason, await apartFrom(tx, means, post, actor.id)));
			await tx.insert(reports).values({ ...row, caseId: joined.id });
			await addNotice(tx, db.tables, moment, { memberId: actor.id, kind: 'report_received', postId: post.id });
			await weighReports(tx, db.tables, moment, joined, post, { kind: 'report_added', detail: { reason: said.reason } });
		});
	}

	/** Taking back twice, or what was never reported, changes nothing. */
	async function takeBack(actor: Actor, postId: string): Promise<void> {
		await writeAndTellAs(means, actor, (tx, moment) => takeBackReport(tx, db.tables, moment, actor.id, postId));
	}

	/** Which of these posts this reader has an open report on. */
	async function mine(actor: Actor, postIds: string[]): Promise<Set<string>> {
		if (postIds.length === 0) return new Set();
		const open = await db.read
			.select({ postId: reports.postId })
			.from(reports)
			.where(
				and(eq(reports.reporterId, actor.id), eq(reports.status, 'open'), isNull(reports.settledAt), inArray(reports.postId, postIds))
			);
		return new Set(open.map(({ postId }) => postId));
	}

	return { report, takeBack, mine };
}
