// The door for newcomers: open, after a look by a moderator, by invitation, or closed; and what keeps machines from it.
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { invitations } from './invitations.ts';
import type { Actor, Means } from './means.ts';
import type { Joining, Members } from './members.ts';
import { proofs } from './proofs.ts';
import { graphemes, tidyLine } from './text.ts';
import { waitingMembers } from './waiting-members.ts';

type Knocking = Joining & {
	invitation: string;
	proof: string;
	/** A line for the moderator who looks. */
	words: string;
	/** A field that people never see. */
	trap: string;
};

/** What came of it: a member, or a name that waits for a moderator. */
export type Arrival = { actor: Actor } | { waiting: string };

export function doorstep(means: Means, { join, forgetOldGuesses }: Pick<Members, 'join' | 'forgetOldGuesses'>) {
	const { signUp, proofOfWork } = means.house ?? { signUp: 'open', proofOfWork: false };
	const codes = invitations(means);
	const sums = proofs(means);
	const waiting = waitingMembers(means);

	/** `from` stands for an address, where one is to count. */
	async function knock({ invitation, proof, words, trap, ...form }: Knocking, from?: string): Promise<Arrival> {
		if (signUp === 'closed') throw new Refusal('sign_up_closed');
		// Not a silent yes: the one person whose browser filled it in would wait for ever.
		if (trap)
			throw new Invalid({
				form: 'A field that nobody can see was filled in, perhaps by your browser. It is empty again: please press once more.'
			});
		const invited = invitation.trim() !== '';
		if (invited) await codes.check(invitation);
		else if (signUp === 'invited')
			throw new Invalid({ invitation: 'People join here by invitation. Please type the code you were given.' });
		const line = tidyLine(words);
		if (graphemes(line) > limits.joiningWords) throw new Invalid({ words: `Please keep it to ${limits.joiningWords} characters.` });
		const paid = invited || proof !== '';
		const looked = !invited && (signUp === 'reviewed' || (proofOfWork && !paid));

		const actor = await join(form, {
			pay: async () => void (proofOfWork && !invited && proof && (await sums.spend('join', proof))),
			async within(tx, { id }) {
				if (invited) await codes.spend(tx, invitation);
				if (looked) await waiting.add(tx, id, line, from);
			}
		});
		return looked ? { waiting: actor.name } : { actor };
	}

	/** What the form needs: how the door stands, and the sum to do, as JSON. */
	async function sign() {
		return { signUp, challenge: proofOfWork && signUp !== 'closed' && signUp !== 'invited' ? await sums.challenge('join') : undefined };
	}

	async function tidy() {
		await sums.tidy();
		await codes.tidy();
		await waiting.tidy();
		await forgetOldGuesses();
	}

	const { list: whoWaits, letIn, turnAway, askedWithin, turnAllAway, turnings } = waiting;
	const { make: invite, list: invitationsStanding, takeBack: takeBackInvitation } = codes;
	const desk = { whoWaits, letIn, turnAway, askedWithin, turnAllAway, turnings };
	return { knock, sign, ...desk, invite, invitationsStanding, takeBackInvitation, tidy };
}
