// How much one member's report weighs, from what became of their earlier ones. Never shown to anybody.
import { and, count, desc, eq, gt, inArray, ne } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { alsoBy, type Author } from './authorship.ts';
import { isStaff, type Actor } from './means.ts';
import { trustOf } from './trust.ts';

const newcomer = 50;
/** What staff's own reports weigh. Somebody of staff who reported as a member (sessions.ts) is heard as one. */
export const staffWeight = 600;
const trustedFrom = 2;
/** Below this nobody's luck is taken for judgement. */
const decidedNeeded = 5;
const decidedSeen = 100;
const week = 7 * 24 * 60 * 60_000;
/** Reports of one author in a week; two accounts that both pass it count half. */
const manyOfOneAuthor = 3;

/** In hundredths: 1 + trust + accuracy, staff 6, accounts under a day 0.5. Never below zero: a report cannot speak for a post. */
export async function weightOf(tx: Queries, tables: Tables, actor: Actor, now: number): Promise<{ weight: number; trusted: boolean }> {
	const { members } = tables;
	if (isStaff(actor)) return { weight: staffWeight, trusted: true };
	const [member] = await tx.select({ joinedAt: members.joinedAt, trust: members.trust }).from(members).where(eq(members.id, actor.id));
	if (!member || now - member.joinedAt < limits.firstDay) return { weight: newcomer, trusted: false };
	const trust = await trustOf(tx, tables, { id: actor.id, ...member }, now);
	const weight = 100 + 100 * trust + (await accuracyOf(tx, tables, actor.id));
	return { weight: Math.max(0, weight), trusted: trust >= trustedFrom };
}

/**
 * −200 to +200: how often staff agreed, over the last hundred decided reports. Left out are reports settled by an earlier decision,
 * which anybody could gather, and worries about a life, which nobody should weigh before sending.
 */
async function accuracyOf(tx: Queries, { reports }: Tables, reporterId: string): Promise<number> {
	const decided = await tx
		.select({ status: reports.status })
		.from(reports)
		.where(
			and(
				eq(reports.reporterId, reporterId),
				inArray(reports.status, ['upheld', 'not_upheld']),
				gt(reports.settledAt, reports.reportedAt),
				ne(reports.reason, 'worry_life')
			)
		)
		.orderBy(desc(reports.settledAt), desc(reports.id))
		.limit(decidedSeen);
	if (decided.length <= decidedNeeded) return 0;
	const upheld = decided.filter(({ status }) => status === 'upheld').length;
	return Math.round((400 * upheld) / decided.length) - 200;
}

/** Which of these reporters keep reporting this author together: none, or two and more. Reports taken back count too. */
export async function reportersTogether(
	tx: Queries,
	tables: Tables,
	author: Author,
	reporterIds: string[],
	now: number
): Promise<Set<string>> {
	const { reports, posts } = tables;
	const written = alsoBy(tables, author);
	if (!written || reporterIds.length < 2) return new Set();
	const often = await tx
		.select({ reporterId: reports.reporterId, number: count() })
		.from(reports)
		.innerJoin(posts, eq(posts.id, reports.postId))
		.where(and(written, inArray(reports.reporterId, reporterIds), gt(reports.reportedAt, now - week)))
		.groupBy(reports.reporterId);
	const many = often.filter(({ number }) => number > manyOfOneAuthor).flatMap(({ reporterId }) => reporterId ?? []);
	return new Set(many.length > 1 ? many : []);
}
