// One case as the desk shows it: the words and their surroundings, what readers said, what was done before, what is possible.
import { and, asc, desc, eq, lte } from 'drizzle-orm';
import { coarseAge, dueWords, exactTime } from '#lib/ages.ts';
import { rules } from '#lib/agreement.ts';
import { authorActionWords, isDuration, priorityWords, reachesMasks, reasons as allReasons, type AuthorAction } from '#lib/moderation.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Database, Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { isMasked, nameShown, wearsMask } from './authorship.ts';
import { holderOf, stateNow, whyNot, type Desk, type DeskVerb } from './case-claims.ts';
import { contextOf } from './case-context.ts';
import { logLine } from './case-log.ts';
import { endOf } from './decision-words.ts';
import { lastFold } from './folding.ts';
import { isStaff, type Actor } from './means.ts';
import { mayLift, standingSanctions } from './sanctions.ts';

async function reportsOf(q: Queries, { reports }: Tables, { found, post }: Desk, now: number) {
	const rows = await q
		.select({
			reason: reports.reason,
			note: reports.note,
			suggested: reports.suggested,
			status: reports.status,
			version: reports.postVersion,
			snapshot: reports.snapshot,
			reportedAt: reports.reportedAt
		})
		.from(reports)
		.where(eq(reports.caseId, found.id))
		.orderBy(asc(reports.reportedAt), asc(reports.id));
	// What was reported, where it no longer reads like that: each earlier text once.
	const gone = rows.filter(
		({ version, snapshot }) => snapshot.body !== '' && (version !== post.version || post.state === 'withdrawn' || post.state === 'erased')
	);
	const earlier = [
		...new Map(
			gone.map(({ version, snapshot }) => [version, { version, title: snapshot.title, body: snapshot.body, warnings: snapshot.warnings }])
		).values()
	];
	const said = rows.map(({ snapshot: _, reportedAt, ...row }) => ({
		...row,
		words: allReasons[row.reason].words,
		age: coarseAge(reportedAt, now),
		textChanged: gone.some(({ version }) => version === row.version)
	}));
	return { reports: said, earlier, open: said.filter(({ status }) => status === 'open').length };
}

async function decisionsOf(q: Queries, { decisions, members }: Tables, caseId: string, now: number) {
	const rows = await q
		.select({
			id: decisions.id,
			by: members.name,
			postAction: decisions.postAction,
			authorAction: decisions.authorAction,
			rule: decisions.rule,
			reason: decisions.reason,
			privateReason: decisions.privateReason,
			duration: decisions.duration,
			warnings: decisions.warnings,
			settled: decisions.settled,
			applyAt: decisions.applyAt,
			decidedAt: decisions.decidedAt
		})
		.from(decisions)
		.leftJoin(members, eq(members.id, decisions.moderatorId))
		.where(eq(decisions.caseId, caseId))
		.orderBy(desc(decisions.decidedAt), desc(decisions.id));
	return rows.map(({ decidedAt, by, ...row }) => ({
		...row,
		by: by ?? 'Somebody who has left',
		ruleTitle: rules.find(({ anchor }) => anchor === row.rule)?.title ?? '',
		age: coarseAge(decidedAt, now)
	}));
}

const pauses = (
	{ authorAction, duration, applyAt }: { authorAction: AuthorAction; duration: string | null; applyAt: number },
	now: number
) => !reachesMasks(authorAction) && duration !== null && isDuration(duration) && endOf(authorAction, duration, applyAt) > now;

/** The author as far as a decision needs it: what holds already, and how often they were told. */
async function authorOf(q: Queries, tables: Tables, desk: Desk, now: number) {
	const { post } = desk;
	if (wearsMask(post)) return { name: nameShown(post), masked: true, left: false, staff: false, sanctions: [], notices: 0 };
	if (post.authorId === null) return { name: nameShown(post), masked: isMasked(post), left: true, staff: false, sanctions: [], notices: 0 };
	const { sanctions } = tables;
	const standing = await standingSanctions(q, tables, post.authorId, now);
	const notices = await q.$count(
		sanctions,
		and(eq(sanctions.memberId, post.authorId), eq(sanctions.kind, 'formal_notice'), lte(sanctions.from, now))
	);
	const words = standing.map(({ kind, until }) => ({ words: authorActionWords[kind], until: until === null ? null : exactTime(until) }));
	return { name: nameShown(post), masked: false, left: false, staff: isStaff(post), sanctions: words, notices };
}

function sentence(verb: DeskVerb, desk: Desk, actor: Actor, now: number): string | null {
	const code = whyNot(verb, desk, actor, now);
	if (!code) return null;
	if (code !== 'not_allowed') return new Refusal(code).message;
	if (verb === 'release') return 'You are not holding this case.';
	if (verb === 'undo') return 'There is no decision of yours to undo.';
	return desk.passedOn ? 'You passed this case on, so another moderator decides it.' : 'It has been passed on already.';
}

export async function caseView({ read: q, tables }: Database, desk: Desk, actor: Actor, now: number) {
	const { found, post } = desk;
	const { caseEvents, members } = tables;
	const events = await q
		.select({ version: caseEvents.version, kind: caseEvents.kind, detail: caseEvents.detail, at: caseEvents.at, actor: members.name })
		.from(caseEvents)
		.leftJoin(members, eq(members.id, caseEvents.actorId))
		.where(eq(caseEvents.caseId, found.id))
		.orderBy(asc(caseEvents.version));
	const [holder] = found.claimedBy ? await q.select({ name: members.name }).from(members).where(eq(members.id, found.claimedBy)) : [];
	const [said, decisions, author, context] = await Promise.all([
		reportsOf(q, tables, desk, now),
		decisionsOf(q, tables, found.id, now),
		authorOf(q, tables, desk, now),
		contextOf(q, tables, post, now)
	]);
	const waiting = decisions.find(({ settled }) => settled === 'waiting');
	const may = (verb: DeskVerb) => ({ allowed: whyNot(verb, desk, actor, now) === undefined, why: sentence(verb, desk, actor, now) });
	const undo = may('undo');
	const mayAboutAuthor = !isStaff(post) || actor.role === 'administrator';
	// Words that are gone cannot be put back; what was done to whoever wrote them can.
	const canRestore = post.state === 'erased' ? await mayLift(q, tables, found.id, actor, now) : mayAboutAuthor;
	return {
		id: found.id,
		kind: found.kind,
		version: found.version,
		state: stateNow(found, now),
		outcome: found.outcome,
		priority: found.priority,
		priorityWords: priorityWords[found.priority],
		due: dueWords(found.dueAt, now),
		overdue: found.dueAt <= now && found.state !== 'closed' && found.state !== 'decided',
		opened: coarseAge(found.openedAt, now),
		reopened: found.reopened,
		board: post.board,
		thread: { id: post.threadId, title: post.title, locked: post.threadLocked },
		post: {
			id: post.id,
			opening: post.parentId === null,
			html: post.state === 'withdrawn' ? '' : post.html,
			warnings: post.warnings,
			state: post.state,
			folded: post.folded,
			foldedByReports: post.folded !== null && (await lastFold(q, tables, post.id))?.detail.by === 'reports',
			locked: post.locked,
			age: coarseAge(post.postedAt, now)
		},
		author,
		...context,
		reports: said.reports,
		earlier: said.earlier,
		reporters: said.open,
		decisions: decisions.map(({ applyAt: _, ...decision }) => decision),
		waiting: waiting !== undefined,
		/** A pause over a mask, which most moderators cannot lift (decision-effects.ts). */
		pausedOverMask: wearsMask(post) && decisions.some((one) => one.settled === 'applied' && pauses(one, now)),
		holder: holderOf(found, now) || found.state === 'decided' ? { name: holder?.name ?? '', mine: found.claimedBy === actor.id } : null,
		log: events.map(({ version, kind, detail, at, actor: by }) => ({ version, words: logLine(kind, detail, by), age: coarseAge(at, now) })),
		may: {
			claim: may('claim'),
			release: may('release'),
			decide: may('decide'),
			/** Acting on the author's account. */
			sanction: mayAboutAuthor
				? { allowed: true, why: null }
				: { allowed: false, why: 'The author is one of staff: only an administrator can decide about them. You can pass the case on.' },
			escalate: may('escalate'),
			undo: waiting && waiting.applyAt <= now ? { allowed: false, why: new Refusal('too_late').message } : undo,
			restore: { allowed: canRestore && found.state === 'closed' && whyNot('decide', desk, actor, now, true) === undefined, why: null }
		}
	};
}
export type CaseView = Awaited<ReturnType<typeof caseView>>;
