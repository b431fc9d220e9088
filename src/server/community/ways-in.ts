// Coming in by name: with the passphrase, with it and a code from an app, or with a code on paper when the passphrase is lost.
import { and, eq } from 'drizzle-orm';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { foldCode } from './code-letters.ts';
import { closeDoorways, doorways, type DoorwayNeeds } from './doorways.ts';
import type { Actor, Means } from './means.ts';
import type { Members } from './members.ts';
import { foldName } from './pseudonyms.ts';
import { hashOfCode, type RecoveryCodes } from './recovery-codes.ts';
import type { SecondFactors } from './second-factors.ts';
import type { TimeCodes } from './time-codes.ts';
import { writeAs } from './write-and-tell.ts';

/** In, or at a doorway that asks for one thing more. */
export type Arrival = { actor: Actor; secondFactor: boolean } | { doorway: string; needs: DoorwayNeeds };
type SignIn = Parameters<Members['signIn']>[0] & { code: string };

/** One sentence for an unknown name, a wrong code and a used one. */
const doNotFit =
	'That name and code do not fit together. Please look at both once more: each code on your paper is good for one time only, and a new paper makes the old one worthless.';

type Others = { members: Members; paper: RecoveryCodes; app: TimeCodes; factors: SecondFactors };

export function waysIn(means: Means, { members: people, paper, app, factors }: Others) {
	const { db, tell } = means;
	const { members, sessions, recoveryCodes, passkeys, timeCodes } = db.tables;
	const { judge, hashes } = people.checks;
	const doors = doorways(means);

	/** Uses the code up, ends every session, and opens the doorway to a new passphrase: undefined where the code is not good (any more). */
	async function enterByPaper(memberId: string, code: string): Promise<Arrival | undefined> {
		const doorway = await db.write(async (tx) => {
			if (!(await paper.spend(tx, memberId, code))) return undefined;
			await tx.delete(sessions).where(eq(sessions.memberId, memberId));
			await closeDoorways(tx, db.tables, memberId);
			return doors.open(tx, memberId, 'passphrase');
		});
		if (doorway === undefined) return undefined;
		tell({ type: 'sessions.ended', member: memberId });
		return { doorway, needs: 'passphrase' };
	}

	/**
	 * Not slowed down as passphrases are: nobody guesses 120 bits, and strangers who guess at a passphrase all day must not shut out the one
	 * who has the paper.
	 */
	async function nameAndPaper(name: string, code: string): Promise<Arrival> {
		const [owner] = await db.read
			.select({ id: members.id })
			.from(recoveryCodes)
			.innerJoin(members, eq(members.id, recoveryCodes.memberId))
			.where(and(eq(recoveryCodes.hash, hashOfCode(code)), eq(members.nameFolded, foldName(name).slice(0, 100))));
		const entered = owner && (await enterByPaper(owner.id, code));
		if (!entered) throw new Invalid({ form: doNotFit });
		return entered;
	}

	/**
	 * A code on paper stands alone, whatever stands in the field of the passphrase. Whether an app's code is needed shows only after the right
	 * passphrase.
	 */
	async function comeIn({ code, ...typed }: SignIn): Promise<Arrival> {
		const onPaper = foldCode(code);
		if (onPaper) return nameAndPaper(typed.name, onPaper);
		const actor = await people.signIn(typed);
		if ((await app.since(actor)) === undefined) return { actor, secondFactor: false };
		if (code.trim() === '') return { doorway: await writeAs(db, actor, (tx) => doors.open(tx, actor.id, 'code')), needs: 'code' };
		await app.check(actor.id, code);
		return { actor, secondFactor: true };
	}

	async function through(token: string | undefined, needs: DoorwayNeeds) {
		const found = await doors.find(token);
		if (!token || found?.needs !== needs) throw new Refusal('doorway_closed');
		return { token, actor: found.actor };
	}

	/** At the doorway that needs a code: the app's, or one on paper when the app is gone. */
	async function giveCode(doorway: string | undefined, code: string): Promise<Arrival> {
		const { token, actor } = await through(doorway, 'code');
		const onPaper = foldCode(code);
		if (onPaper) {
			const entered = await enterByPaper(actor.id, onPaper);
			if (!entered) throw new Invalid({ code: 'This code on paper is not good any more. Please take another one.' });
			return entered;
		}
		await app.check(actor.id, code);
		if (!(await writeAs(db, actor, (tx) => doors.close(tx, token)))) throw new Refusal('doorway_closed');
		return { actor, secondFactor: true };
	}

	/** What is asked at a doorway, and of what there is that may be lost along with the passphrase. */
	async function atDoorway(token: string | undefined) {
		const found = await doors.find(token);
		if (!found) return undefined;
		const { id, name } = found.actor;
		const may = await factors.mayDrop(db.read, id);
		const hasPasskeys = (await db.read.$count(passkeys, eq(passkeys.memberId, id))) > 0;
		return { needs: found.needs, name, app: may && (await app.since(found.actor)) !== undefined, passkeys: may && hasPasskeys };
	}

	/** At the doorway that needs a new passphrase. All in one: the passphrase, eight new codes, the end of everything open. */
	async function renew(doorway: string | undefined, typed: { passphrase: string; dropApp: boolean; dropPasskeys: boolean }) {
		const { token, actor } = await through(doorway, 'passphrase');
		judge(typed.passphrase, actor.name);
		const passphraseHash = await hashes.make(typed.passphrase);
		const codes = await writeAs(db, actor, async (tx) => {
			if (!(await doors.close(tx, token))) throw new Refusal('doorway_closed');
			await tx.update(members).set({ passphraseHash }).where(eq(members.id, actor.id));
			await tx.delete(sessions).where(eq(sessions.memberId, actor.id));
			if (await factors.mayDrop(tx, actor.id)) {
				if (typed.dropApp) await tx.delete(timeCodes).where(eq(timeCodes.memberId, actor.id));
				if (typed.dropPasskeys) await tx.delete(passkeys).where(eq(passkeys.memberId, actor.id));
			}
			return paper.replace(tx, actor.id);
		});
		tell({ type: 'sessions.ended', member: actor.id });
		return { actor, codes };
	}

	return { comeIn, giveCode, atDoorway, renew };
}
