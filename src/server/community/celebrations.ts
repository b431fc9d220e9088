// Celebrations: what a member chooses to share of a milestone or a small victory, and may take back.
import { and, eq, gt, ne } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import { celebrationFeed, mayShowOn } from './celebration-feed.ts';
import { celebrationSharing, requireMayCelebrate } from './celebration-sharing.ts';
import { cautionAbout, celebrationView, parseCelebrating, victory as small, type Celebrating } from './celebration-words.ts';
import { cheers } from './cheers.ts';
import { findJourney, grantMedals, medalsDue, medalsOf } from './journey-rows.ts';
import type { Actor, Means } from './means.ts';
import { writeAndTellAs } from './write-and-tell.ts';

const notHeld = () => new Invalid({ milestone: 'This medallion is not on your shelf yet. It comes by itself when its day does.' });
const day = 86_400_000;

export function celebrations(means: Means) {
	const { db, now, pick } = means;
	const { celebrations } = db.tables;
	const columns = {
		id: celebrations.id,
		state: celebrations.state,
		milestone: celebrations.milestone,
		words: celebrations.words,
		madeAt: celebrations.madeAt
	};
	type Kept = { id: string; state: 'waiting' | 'shared' | 'undone' };

	async function requireMedal(q: Queries, actor: Actor, milestone: string, grant: (() => string) | undefined) {
		const journey = await findJourney(q, db.tables, actor.id, now());
		if (!journey) throw notHeld();
		if (grant) await grantMedals(q, db.tables, journey, grant);
		const held = [...(await medalsOf(q, db.tables, journey.id)), ...(await medalsDue(q, db.tables, journey))];
		if (!held.some((medal) => medal.milestone === milestone)) throw notHeld();
	}

	/** What an earlier press made: the same key; the same milestone; the same victory within a minute. */
	async function already(
		tx: Queries,
		actor: Actor,
		milestone: string,
		words: string,
		key: string | undefined,
		at: number
	): Promise<Kept | undefined> {
		const own = eq(celebrations.memberId, actor.id);
		const pressed = key
			? await tx
					.select(columns)
					.from(celebrations)
					.where(and(own, eq(celebrations.key, key)))
			: [];
		const standing = and(own, eq(celebrations.milestone, milestone), ne(celebrations.state, 'undone'));
		const recent = and(standing, eq(celebrations.words, words), gt(celebrations.madeAt, at - limits.sameWordsWithin));
		const same = await tx
			.select(columns)
			.from(celebrations)
			.where(milestone === small ? recent : standing)
			.limit(1);
		return pressed.find((row) => row.milestone === milestone && row.words === words) ?? same[0];
	}

	async function requireNoFlood(tx: Queries, actor: Actor, at: number) {
		const lately = and(eq(celebrations.memberId, actor.id), eq(celebrations.milestone, small), gt(celebrations.madeAt, at - day));
		const made = await tx.select({ madeAt: celebrations.madeAt }).from(celebrations).where(lately);
		const oldest = Math.min(...made.map(({ madeAt }) => madeAt));
		if (made.length >= limits.victoriesPerDay) throw new Refusal('too_many', Math.ceil((oldest + day - at) / 1000));
	}

	async function share(actor: Actor, milestone: string, typed: Celebrating): Promise<Kept> {
		const { words, later, key } = parseCelebrating(typed, milestone);
		const delay = later ? pick(limits.celebrationDelay) : 0;
		return writeAndTellAs(means, actor, async (tx, moment) => {
			await requireMayCelebrate(tx, means, actor.id, moment.at);
			const before = await already(tx, actor, milestone, words, key, moment.at);
			if (before) return { id: before.id, state: before.state };
			if (milestone === small) await requireNoFlood(tx, actor, moment.at);
			else await requireMedal(tx, actor, milestone, moment.newId);
			// A key that was pressed with other words before is a form that was gone back to: this one is new.
			const taken =
				key === undefined || (await tx.$count(celebrations, and(eq(celebrations.memberId, actor.id), eq(celebrations.key, key)))) > 0;
			const [id, state] = [moment.newId(), later ? 'waiting' : 'shared'] as const;
			const row = {
				id,
				memberId: actor.id,
				milestone,
				words,
				state,
				madeAt: moment.at,
				shareAt: moment.at + delay,
				key: taken ? moment.newId() : key
			};
			await tx.insert(celebrations).values(row);
			if (!later) moment.tells.push({ type: 'celebration.shared', celebration: id, name: actor.name, milestone, words, by: actor.id });
			return { id, state };
		});
	}

	/** A milestone whose medal the member holds, once; by default after a random 0–24 h. */
	const celebrate = (actor: Actor, { milestone, ...typed }: Celebrating & { milestone: string }) =>
		share(actor, milestone === small ? '' : milestone, typed);

	/** Something small that went well, in own words. No journey is needed. */
	const victory = (actor: Actor, typed: Celebrating) => share(actor, small, typed);

	/** Exactly what others will see; nothing is shared. */
	async function preview(actor: Actor, { milestone, ...typed }: Celebrating & { milestone: string }) {
		const { words } = parseCelebrating(typed, milestone);
		await requireMayCelebrate(db.read, means, actor.id, now());
		if (milestone !== small) await requireMedal(db.read, actor, milestone, undefined);
		const shown = celebrationView(
			{ id: '', name: actor.name, milestone, words, cheers: 0, shareAt: now(), memberId: '' },
			now(),
			undefined,
			false
		);
		return { ...shown, caution: cautionAbout(words) };
	}

	/** Takes it back, before or after it was shared. */
	async function undo(actor: Actor, id: string) {
		await writeAndTellAs(means, actor, async (tx, moment) => {
			const [row] = await tx
				.select({ state: celebrations.state })
				.from(celebrations)
				.where(and(eq(celebrations.id, id), eq(celebrations.memberId, actor.id)));
			if (!row) throw new Refusal('not_found');
			if (row.state === 'undone') return;
			await tx.update(celebrations).set({ state: 'undone' }).where(eq(celebrations.id, id));
			// One that still waited was never heard of.
			if (row.state === 'shared') moment.tells.push({ type: 'celebration.undone', celebration: id, by: actor.id });
		});
	}

	return { celebrate, victory, preview, undo, mayShowOn, ...cheers(means), ...celebrationFeed(means), ...celebrationSharing(means) };
}
