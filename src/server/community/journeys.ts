// Journeys: what a member changes, for their eyes only. The ledger is only ever added to, and a lapse takes nothing away.
import { eq } from 'drizzle-orm';
import type { LedgerKind } from '#lib/journeys.ts';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { findJourney, grantMedals, medalsDue, medalsOf, takeBackUnreached, type Journey } from './journey-rows.ts';
import { lapsesOf } from './journey-runs.ts';
import { journeyView } from './journey-view.ts';
import { goalInWords, parseBeginning, parseClock, parseDay, parseGoal, parseWords, throwIfAny, type Beginning } from './journey-words.ts';
import type { Actor, Means } from './means.ts';
import { writeAs } from './write-and-tell.ts';

/** As typed: `on` is a day, for the counter "0" or "1"; empty is today. `kind` only with a new goal. */
export type Change = { what: string; on: string; words: string; kind?: string | undefined };

export function journeys({ db, now, newId }: Means) {
	const { journeys, journeyEntries } = db.tables;

	/** One journey a member: a second press with the same words changes nothing. */
	async function begin(actor: Actor, typed: Beginning) {
		const at = now();
		const begun = parseBeginning(typed, at);
		await writeAs(db, actor, async (tx) => {
			const before = await findJourney(tx, db.tables, actor.id, at);
			if (before && before.kind === begun.kind && before.words === begun.words && before.startedOn === begun.startedOn) return;
			if (before) throw new Invalid({ form: 'You are on your way already. What changes now can be told further down this page.' });
			const id = newId();
			await tx.insert(journeys).values({ id, memberId: actor.id, ...begun, begunAt: at });
			await tx
				.insert(journeyEntries)
				.values({ id: newId(), journeyId: id, number: 1, kind: 'began', on: begun.startedOn, words: goalInWords(begun), at });
			await grant(tx, actor, at);
		});
	}

	async function grant(tx: Queries, actor: Actor, at: number) {
		const journey = await findJourney(tx, db.tables, actor.id, at);
		if (journey) await grantMedals(tx, db.tables, journey, newId);
	}

	async function add(
		tx: Queries,
		journey: Journey,
		entry: { kind: LedgerKind; on: string; words: string },
		change: Partial<typeof journeys.$inferInsert> = {}
	) {
		if (journey.entries.length >= limits.ledgerEntries) throw new Refusal('too_many', 86_400);
		const number = (journey.entries.at(-1)?.number ?? 0) + 1;
		await tx.insert(journeyEntries).values({ id: newId(), journeyId: journey.id, number, ...entry, at: now() });
		await tx
			.update(journeys)
			.set({ ...change, version: journey.version + 1 })
			.where(eq(journeys.id, journey.id));
	}

	const changes: Record<string, (tx: Queries, actor: Actor, journey: Journey, typed: Change) => Promise<void>> = {
		async lapse(tx, _, journey, typed) {
			const problems: Record<string, string> = {};
			const on = parseDay(typed.on, journey.today, 'on', problems);
			const words = parseWords(typed.words, limits.ledgerWords, problems);
			if (!problems.on && on < journey.startedOn)
				problems.on = `You began on ${journey.startedOn}, and what was before then is not counted here.`;
			throwIfAny(problems);
			if (!lapsesOf(journey.startedOn, journey.entries).includes(on)) await add(tx, journey, { kind: 'lapse', on, words });
		},
		async return(tx, _, journey, typed) {
			const problems: Record<string, string> = {};
			const on = parseDay(typed.on, journey.today, 'on', problems);
			const words = parseWords(typed.words, limits.ledgerWords, problems);
			const lapse = lapsesOf(journey.startedOn, journey.entries).findLast((day) => day <= on);
			if (!problems.on && !lapse)
				problems.on = 'No lapse is told before that day: you are on your way, and there is nothing to come back from.';
			throwIfAny(problems);
			const told = journey.entries.findLast((entry) => entry.kind === 'return' && entry.on >= (lapse ?? on));
			if (told?.on !== on) await add(tx, journey, { kind: 'return', on, words });
		},
		async goal(tx, _, journey, typed) {
			const problems: Record<string, string> = {};
			const on = parseDay(typed.on, journey.today, 'on', problems);
			const goal = parseGoal(typed, journey, problems);
			throwIfAny(problems);
			if (goal.kind !== journey.kind || goal.words !== journey.words)
				await add(tx, journey, { kind: 'goal', on, words: goalInWords(goal) }, goal);
		},
		async start(tx, actor, journey, typed) {
			const problems: Record<string, string> = {};
			const startedOn = parseDay(typed.on, journey.today, 'on', problems);
			const words = parseWords(typed.words, limits.ledgerWords, problems);
			throwIfAny(problems);
			if (startedOn === journey.startedOn) return;
			await add(tx, journey, { kind: 'start_moved', on: startedOn, words }, { startedOn });
			const fresh = now() - journey.begunAt < limits.firstDay && !journey.entries.some(({ kind }) => kind === 'lapse');
			if (fresh) await takeBackUnreached(tx, db.tables, actor.id, { ...journey, startedOn });
		},
		async counter(tx, _, journey, typed) {
			if (!['0', '1'].includes(typed.on)) throw new Invalid({ on: 'The counter can be on or off.' });
			const counterOff = typed.on === '0';
			if (counterOff !== journey.counterOff)
				await add(tx, journey, { kind: 'counter', on: journey.today, words: counterOff ? 'off' : 'on' }, { counterOff });
		}
	};

	/** Adds to the ledger. What was reached until now is granted first, so that no lapse, told however late, takes a medal away. */
	async function change(actor: Actor, typed: Change) {
		const at = now();
		await writeAs(db, actor, async (tx) => {
			const journey = await findJourney(tx, db.tables, actor.id, at);
			if (!journey) throw new Invalid({ form: 'Nothing has begun yet. Please begin first; it takes half a minute.' });
			const told = Object.entries(changes).find(([what]) => what === typed.what)?.[1];
			if (!told) throw new Invalid({ what: 'This is not something a journey can be told.' });
			await grantMedals(tx, db.tables, journey, newId);
			await told(tx, actor, journey, typed);
			await grant(tx, actor, at);
		});
	}

	/** Another zone after a journey by train or plane, another end of the day, another way to count. No ledger entry: nothing happened. */
	async function setClock(actor: Actor, typed: Pick<Beginning, 'zone' | 'dayEnds' | 'firstDay'>) {
		const problems: Record<string, string> = {};
		const clock = parseClock(typed, problems);
		throwIfAny(problems);
		await writeAs(db, actor, (tx) => tx.update(journeys).set(clock).where(eq(journeys.memberId, actor.id)));
	}

	/** Everything the member's own page shows; undefined before they begin. What has been reached meanwhile is granted by looking. */
	async function of(actor: Actor) {
		const at = now();
		const journey = await findJourney(db.read, db.tables, actor.id, at);
		if (!journey) return undefined;
		if ((await medalsDue(db.read, db.tables, journey)).length > 0) await writeAs(db, actor, (tx) => grant(tx, actor, at));
		return journeyView(journey, await medalsOf(db.read, db.tables, journey.id));
	}

	return { begin, change, setClock, of };
}
