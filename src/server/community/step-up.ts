// Before what cannot be taken back, whoever holds the session says once more that the account is theirs: a phone is shared, a screen left open.
import { eq } from 'drizzle-orm';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Actor, Means } from './means.ts';

type Checks = {
	/** Slows guesses down under this key. */
	guarded: (key: string, work: () => Promise<boolean>) => Promise<boolean>;
	fits: (passphrase: string, known: string | undefined) => Promise<boolean>;
};

/**
 * Resolves when the passphrase is the member's; else `Invalid` (field `again`), and `too_many` after five wrong ones. It is the passphrase for
 * everybody: an app for codes lies on the same phone as the open session. It writes nothing and lasts for this one form.
 */
export function stepUp({ db }: Pick<Means, 'db'>, { guarded, fits }: Checks) {
	const { members } = db.tables;

	return async (actor: Actor, { passphrase }: { passphrase: string }): Promise<void> => {
		const [member] = await db.read.select({ hash: members.passphraseHash }).from(members).where(eq(members.id, actor.id));
		if (!member) throw new Refusal('signed_out');
		// Nobody guesses with nothing.
		if (!passphrase) throw new Invalid({ again: 'Please type your passphrase.' });
		// The key of a change of passphrase: two forms are no way to twice as many guesses.
		if (!(await guarded(`change ${actor.id}`, () => fits(passphrase, member.hash))))
			throw new Invalid({ again: 'This is not your passphrase. Please type it once more.' });
	};
}
