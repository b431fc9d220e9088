// The desk: one queue, one case at a time, held by one moderator. For everybody else there is no desk.
import { and, eq } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { authorship } from './authorship.ts';
import { caseForStaff, freeState, holderOf, requireDesk, whyNot } from './case-claims.ts';
import { changeCase } from './case-events.ts';
import { caseQueue } from './case-queue.ts';
import { caseView } from './case-view.ts';
import { isStaff, type Actor, type Means, type Reader } from './means.ts';
import { isSuspended } from './sanctions.ts';
import { graphemes, tidyText } from './text.ts';
import { unmasking } from './unmasking.ts';
import { writeAndTellAs } from './write-and-tell.ts';

export function cases(means: Means) {
	const { db, now } = means;
	const { cases } = db.tables;
	const own = authorship(means);
	const mask = unmasking(means);

	/** Holds the case for fifteen minutes; for who holds it already, fifteen more. */
	async function claim(actor: Actor, id: string): Promise<void> {
		await writeAndTellAs(means, actor, async (tx, moment) => {
			const desk = await caseForStaff(tx, means, own, actor, id, moment.at);
			const refused = whyNot('claim', desk, actor, moment.at);
			if (refused) throw new Refusal(refused);
			const claimExpiresAt = moment.at + limits.claimHeldFor;
			if (holderOf(desk.found, moment.at) === actor.id) {
				await tx.update(cases).set({ claimExpiresAt }).where(eq(cases.id, id));
				return;
			}
			const free =
				desk.found.state === 'claimed'
					? await changeCase(tx, db.tables, moment, desk.found, { kind: 'released', detail: { by: 'expiry' } })
					: desk.found;
			await changeCase(tx, db.tables, moment, free, {
				kind: 'claimed',
				actorId: actor.id,
				set: { state: 'claimed', claimedBy: actor.id, claimExpiresAt }
			});
		});
	}

	/** Needs no reason. Releasing what nobody holds is answered as done. */
	async function release(actor: Actor, id: string): Promise<void> {
		await writeAndTellAs(means, actor, async (tx, moment) => {
			const desk = await caseForStaff(tx, means, own, actor, id, moment.at);
			if (!holderOf(desk.found, moment.at)) return;
			const refused = whyNot('release', desk, actor, moment.at);
			if (refused) throw new Refusal(refused);
			const set = { state: freeState(desk.found), claimedBy: null, claimExpiresAt: null } as const;
			await changeCase(tx, db.tables, moment, desk.found, { kind: 'released', actorId: actor.id, set });
		});
	}

	/** Passes the case on to another person; whoever did so does not decide it. */
	async function escalate(actor: Actor, id: string, typed: string): Promise<void> {
		await caseForStaff(db.read, means, own, actor, id, now());
		const reason = tidyText(typed);
		if (reason === '') throw new Invalid({ reason: 'Please say in a sentence why somebody else should look.' });
		if (graphemes(reason) > limits.decisionReason) throw new Invalid({ reason: `At most ${limits.decisionReason} characters, please.` });
		await writeAndTellAs(means, actor, async (tx, moment) => {
			const fresh = await caseForStaff(tx, means, own, actor, id, moment.at);
			const refused = whyNot('escalate', fresh, actor, moment.at);
			if (refused) throw new Refusal(refused);
			const set = { state: 'escalated', escalatedBy: actor.id, claimedBy: null, claimExpiresAt: null } as const;
			await changeCase(tx, db.tables, moment, fresh.found, { kind: 'escalated', actorId: actor.id, detail: { reason }, set });
		});
	}

	/** Everything the desk shows about one case. Reading it renews the reader's own claim. */
	async function theCase(actor: Actor, id: string) {
		const at = now();
		await requireDesk(db.read, means, actor, at);
		const desk = await caseForStaff(db.read, means, own, actor, id, at);
		const lapsing = (desk.found.claimExpiresAt ?? 0) - at < limits.claimHeldFor - 60_000;
		if (holderOf(desk.found, at) === actor.id && lapsing) {
			const mine = and(eq(cases.id, id), eq(cases.state, 'claimed'), eq(cases.claimedBy, actor.id));
			await db.write((tx) =>
				tx
					.update(cases)
					.set({ claimExpiresAt: at + limits.claimHeldFor })
					.where(mine)
			);
		}
		return { ...(await caseView(db, desk, actor, at)), unmasking: await mask.view(actor, desk) };
	}

	/** Whether this reader hears of cases at all: for the live line of the desk. */
	async function mayHear(reader: Reader): Promise<boolean> {
		return isStaff(reader) && !(await isSuspended(db.read, means, reader?.id ?? '', now()));
	}

	const { ask: askUnmasking, confirm: confirmUnmasking } = mask;
	return { queue: caseQueue(means), theCase, claim, release, escalate, askUnmasking, confirmUnmasking, mayHear };
}

/** One case as `theCase` answers it. */
export type OneCase = Awaited<ReturnType<ReturnType<typeof cases>['theCase']>>;
