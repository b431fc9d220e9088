// How a member wants to read: warnings, hard day, country. Guests keep the same in a cookie (lib/guest-preferences.ts).
import { eq, sql } from 'drizzle-orm';
import { chosenCountry, chosenWarnings, type Preferences } from '#lib/guest-preferences.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Tables } from '#server/store/tables.ts';
import type { Actor, Means } from './means.ts';
import { writeAs } from './write-and-tell.ts';

export type { Preferences };

export const preferenceColumns = ({ members }: Tables) => ({
	country: members.country,
	hardDay: members.hardDay,
	warnings: members.warningChoices
});
type Row = Omit<Preferences, 'country'> & { country: string | null };
export const preferencesFrom = ({ country, ...row }: Row): Preferences => ({ ...row, country: country ?? undefined });

export function preferences({ db }: Means) {
	const { members } = db.tables;

	const chosen = db.prepare(() =>
		db.read
			.select(preferenceColumns(db.tables))
			.from(members)
			.where(eq(members.id, sql.placeholder('id')))
	);

	async function of(memberId: string): Promise<Preferences> {
		const [member] = await chosen({ id: memberId });
		if (!member) throw new Refusal('not_found');
		return preferencesFrom(member);
	}

	/** `choices` as typed: a warning's code and show, fold or hide. What is not named stays as it was. */
	async function chooseWarnings(actor: Actor, choices: Record<string, unknown>) {
		const chosen = chosenWarnings(choices);
		await writeAs(db, actor, async (tx) => {
			const [member] = await tx.select({ before: members.warningChoices }).from(members).where(eq(members.id, actor.id));
			await tx
				.update(members)
				.set({ warningChoices: { ...member?.before, ...chosen } })
				.where(eq(members.id, actor.id));
		});
	}

	async function chooseHardDay(actor: Actor, on: boolean) {
		await writeAs(db, actor, (tx) => tx.update(members).set({ hardDay: on }).where(eq(members.id, actor.id)));
	}

	/** Empty: nowhere in particular. */
	async function chooseCountry(actor: Actor, country: string) {
		const chosen = chosenCountry(country);
		await writeAs(db, actor, (tx) =>
			tx
				.update(members)
				.set({ country: chosen ?? null })
				.where(eq(members.id, actor.id))
		);
	}

	return { of, chooseWarnings, chooseHardDay, chooseCountry };
}
