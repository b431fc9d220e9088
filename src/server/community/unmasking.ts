// Who is behind a mask, for imminent danger only: one moderator asks and says why, a second one says yes, both see the name for a day.
// Each step leaves a row that nobody can change, and the member is told.
import { asc, eq } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { authorship, tellAuthor, wearsMask } from './authorship.ts';
import { caseForStaff, type Desk } from './case-claims.ts';
import { changeCase } from './case-events.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import { graphemes, tidyText } from './text.ts';
import { openAuthor } from './waiting-masks.ts';
import { writeAndTellAs } from './write-and-tell.ts';

export function unmasking(means: Means) {
	const { db, now, sealer } = means;
	const { unmaskings, members } = db.tables;
	const own = authorship(means);

	/** What was asked and confirmed in the last day, the newest at the end. */
	async function steps(q: Queries, caseId: string, at: number) {
		const rows = await q
			.select({
				id: unmaskings.id,
				step: unmaskings.step,
				actorId: unmaskings.actorId,
				by: members.name,
				askedId: unmaskings.askedId,
				reason: unmaskings.reason,
				at: unmaskings.at
			})
			.from(unmaskings)
			.leftJoin(members, eq(members.id, unmaskings.actorId))
			.where(eq(unmaskings.caseId, caseId))
			.orderBy(asc(unmaskings.at), asc(unmaskings.id));
		const recent = rows.filter((row) => row.at > at - limits.unmaskedFor);
		const asked = recent.findLast(({ step }) => step === 'asked');
		return { asked, confirmed: recent.find((row) => row.step === 'confirmed' && row.askedId === asked?.id) };
	}

	function requireMask({ post, conflict }: Desk) {
		if (!wearsMask(post)) throw new Refusal('not_found');
		if (conflict) throw new Refusal('conflict_of_interest');
	}

	/** A second press, or a second request while one is open, is answered as done. */
	async function ask(actor: Actor, caseId: string, typed: string): Promise<void> {
		requireMask(await caseForStaff(db.read, means, own, actor, caseId, now()));
		const reason = tidyText(typed);
		if (reason === '') throw new Invalid({ unmask_reason: 'Please say what danger there is. The author will read it.' });
		if (graphemes(reason) > limits.decisionReason)
			throw new Invalid({ unmask_reason: `At most ${limits.decisionReason} characters, please.` });
		await writeAndTellAs(means, actor, async (tx, moment) => {
			const desk = await caseForStaff(tx, means, own, actor, caseId, moment.at);
			requireMask(desk);
			if ((await steps(tx, caseId, moment.at)).asked) return;
			const row = { id: moment.newId(), caseId, step: 'asked', actorId: actor.id, reason, at: moment.at } as const;
			await tx.insert(unmaskings).values(row);
			await changeCase(tx, db.tables, moment, desk.found, { kind: 'unmask_asked', actorId: actor.id });
		});
	}

	/** Nobody confirms their own request. */
	async function confirm(actor: Actor, caseId: string): Promise<void> {
		await writeAndTellAs(means, actor, async (tx, moment) => {
			const desk = await caseForStaff(tx, means, own, actor, caseId, moment.at);
			requireMask(desk);
			const { asked, confirmed } = await steps(tx, caseId, moment.at);
			if (!asked) throw new Refusal('stale');
			if (asked.actorId === actor.id) throw new Refusal('second_person');
			if (confirmed) return;
			await tx.insert(unmaskings).values({
				id: moment.newId(),
				caseId,
				step: 'confirmed',
				actorId: actor.id,
				askedId: asked.id,
				reason: '',
				at: moment.at
			});
			await changeCase(tx, db.tables, moment, desk.found, { kind: 'unmask_confirmed', actorId: actor.id });
			await tellAuthor(tx, db.tables, moment, desk.post, { kind: 'unmasked', detail: { reason: asked.reason } });
		});
	}

	/** Whoever this moderator sees behind the mask at this moment: one of the two, for a day; undefined for everybody else. */
	async function seenBehind(q: Queries, actor: Actor, { found, post, conflict }: Desk, at: number) {
		if (!wearsMask(post) || conflict) return undefined;
		const { asked, confirmed } = await steps(q, found.id, at);
		if (!confirmed || (asked?.actorId !== actor.id && confirmed.actorId !== actor.id)) return undefined;
		const id = sealer && post.sealedAuthor !== null ? openAuthor(sealer, post.id, post.sealedAuthor) : undefined;
		const [member] =
			id === undefined ? [] : await q.select({ name: members.name, role: members.role }).from(members).where(eq(members.id, id));
		return member ?? { name: 'Somebody who has left', role: null };
	}

	/** Whether this moderator may do to them what needs a name: who sees it may, and about staff an administrator alone. */
	const mayReach = (actor: Actor, behind: Awaited<ReturnType<typeof seenBehind>>): boolean =>
		behind?.role != null && (!isStaff(behind) || actor.role === 'administrator');

	/** What the case page shows of it: the name to the two alone. */
	async function view(actor: Actor, desk: Desk) {
		const { found, post, conflict } = desk;
		if (!wearsMask(post)) return null;
		const { asked, confirmed } = await steps(db.read, found.id, now());
		const behind = await seenBehind(db.read, actor, desk, now());
		return {
			asked: asked ? { by: asked.by ?? 'Somebody who has left', reason: asked.reason, mine: asked.actorId === actor.id } : null,
			confirmedBy: confirmed ? (confirmed.by ?? 'Somebody who has left') : null,
			name: behind?.name ?? null,
			may: {
				reach: mayReach(actor, behind),
				ask: !conflict && !asked,
				confirm: !conflict && asked !== undefined && !confirmed && asked.actorId !== actor.id
			}
		};
	}

	return { ask, confirm, view, seenBehind, mayReach };
}
