// Who belongs here: joining under an offered name, coming back, changing the passphrase. No e-mail, no real name, no address.
import { and, eq, gt, ne } from 'drizzle-orm';
import { agreementVersion } from '#lib/agreement.ts';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Queries } from '#server/store/database.ts';
import type { Role } from '#server/store/values.ts';
import { closeDoorways } from './doorways.ts';
import { introduce, knownAgain } from './known-devices.ts';
import { isStaff, requireRoom, type Actor, type Means } from './means.ts';
import { nameOffers } from './name-offers.ts';
import { nobodys, passphraseHashes } from './passphrase-hashes.ts';
import { offerPassphrase, whyRefused, type PassphraseProblem } from './passphrases.ts';
import { proofs } from './proofs.ts';
import { foldName } from './pseudonyms.ts';
import { signInDelays } from './sign-in-delays.ts';
import { requireLetIn } from './waiting-members.ts';
import { stepUp } from './step-up.ts';
import { writeAs } from './write-and-tell.ts';

export type Joining = { offer: string; name: string; passphrase: string; adult: boolean; agree: boolean };

/** What the door asks for besides: paid before the hash is made, and written with the member. */
type Terms = { pay?: () => Promise<void>; within?: (tx: Queries, member: Actor) => Promise<void> };

type SigningIn = {
	name: string;
	passphrase: string;
	/** The browser's cookie of an earlier sign-in. */
	device?: string;
	proof?: string;
};

const roles: readonly Role[] = ['member', 'greeter', 'moderator', 'administrator'];

const passphraseSentences: Record<PassphraseProblem, string> = {
	too_short: `Please use at least ${limits.passphraseShortest} characters. Five short words are easy to keep.`,
	too_long: 'This is longer than we can take. A thousand characters are plenty.',
	leaked: 'This one is on lists that strangers try first. Please choose another, or take the five words.',
	is_name: 'Everybody can see your name, so it cannot be your passphrase too. Please choose another, or take the five words.',
	too_plain: 'This is easy to guess. Please choose another, or take the five words.'
};

/** One sentence for an unknown name and a wrong passphrase: the form never says which. */
const doNotFit =
	'That name and passphrase do not fit together. Please look at both once more; capital letters count in the passphrase only.';

const notHeld =
	'Names are held for ten minutes, and this one is not held any more. If you pressed twice it may be yours already: try to sign in. If not, here are names to choose from.';

export type Members = ReturnType<typeof members>;

export function members(means: Means) {
	const { db, now, newId, pick, tell } = means;
	const { members, sessions } = db.tables;
	const offers = nameOffers(means);
	const hashes = passphraseHashes();
	const delays = signInDelays(means);
	const sums = proofs(means);
	const proofOfWork = means.house?.proofOfWork === true;
	const actorColumns = { id: members.id, name: members.name, role: members.role };

	/** Checks a passphrase as `work` says; failures under one key are slowed down (Refusal `too_many` with the seconds). */
	async function guarded(key: string, work: () => Promise<boolean>, unproven = false): Promise<boolean> {
		const { wait, before } = await delays.attempt(key, unproven);
		if (wait > 0) throw new Refusal('too_many', wait);
		const fits = await work().catch(async (problem: unknown) => {
			await delays.takeBack(key, before);
			throw problem;
		});
		if (fits) await delays.succeeded(key);
		return fits;
	}

	/** Throws `Invalid` (field `passphrase`) with the sentence of what is wrong with a new one. */
	function judge(passphrase: string, name: string) {
		const refused = whyRefused(passphrase, name);
		if (refused) throw new Invalid({ passphrase: passphraseSentences[refused] });
	}

	async function join({ offer, name, passphrase, adult, agree }: Joining, { pay, within }: Terms = {}): Promise<Actor> {
		const problems: Record<string, string> = {};
		const folded = foldName(name);
		const chosen = (await offers.namesHeld(db.read, offer)).find((held) => foldName(held) === folded);
		if (!folded) problems.name = 'Please choose one of the names.';
		else if (!chosen) problems.name = notHeld;
		const refused = whyRefused(passphrase, chosen ?? name);
		if (refused) problems.passphrase = passphraseSentences[refused];
		if (!adult)
			problems.adult =
				'This place is for adults. If you are 18 or older, please tick this. If you are younger, Help now has people for you too.';
		if (!agree) problems.agree = 'Please read what we ask of one another, and tick this if it is all right for you.';
		if (!chosen || Object.keys(problems).length > 0) throw new Invalid(problems);
		requireRoom(db);

		await pay?.();
		const passphraseHash = await hashes.make(passphrase);
		const taken = new Invalid({
			name: `${chosen} has just been taken. If that was you, pressing twice, sign in with it. If not, please choose another.`
		});
		return db.write(async (tx) => {
			if (!(await offers.namesHeld(tx, offer)).includes(chosen)) throw taken;
			await offers.letGo(tx, offer);
			const member = {
				id: newId(),
				name: chosen,
				nameFolded: folded,
				passphraseHash,
				joinedAt: now(),
				agreementVersion,
				warningChoices: {},
				tombstone: newId()
			};
			const [joined] = await tx.insert(members).values(member).onConflictDoNothing().returning(actorColumns);
			if (!joined) throw taken;
			await within?.(tx, joined);
			return joined;
		});
	}

	/**
	 * A browser that is known for this account has tries of its own, so that strangers who guess never lock it out. Where proof of work is
	 * on, a stranger's try that comes without one waits longest after five failures, and not at all in a crowd.
	 */
	async function signIn({ name, passphrase, device, proof }: SigningIn): Promise<Actor> {
		const nameFolded = foldName(name).slice(0, 100);
		const strangers = `sign-in ${nameFolded}`;
		// In a flood this is the cheapest answer there is: nothing is read for it.
		if (!device && hashes.full()) throw new Refusal('busy', 5);
		const wait = device ? 0 : await delays.waitFor(strangers, proofOfWork && !proof);
		if (wait > 0) throw new Refusal('too_many', wait);
		const columns = { ...actorColumns, passphraseHash: members.passphraseHash };
		const [member] = await db.read.select(columns).from(members).where(eq(members.nameFolded, nameFolded));
		const known = knownAgain(device, member?.passphraseHash ?? nobodys);
		if (proofOfWork && !known && proof) await sums.spend('sign-in', proof);
		const unproven = proofOfWork && !known && !proof;
		// Before the try is counted: that is a write, and in a flood there are more of those than of hashes.
		if ((unproven && hashes.crowded()) || hashes.full({ first: known !== undefined })) throw new Refusal('busy', 5);
		const work = () => hashes.fits(passphrase, member?.passphraseHash, known !== undefined);
		const fits = await guarded(known ? `device ${known}` : strangers, work, unproven);
		if (!member || !fits) throw new Invalid({ form: doNotFit });
		await requireLetIn(db.read, db.tables, member.id);
		return { id: member.id, name: member.name, role: member.role };
	}

	/** For the cookie by which this browser is known at its next sign-in. */
	async function deviceFor(actor: Actor): Promise<string> {
		const [member] = await db.read.select({ hash: members.passphraseHash }).from(members).where(eq(members.id, actor.id));
		if (!member) throw new Refusal('signed_out');
		return introduce(newId(), member.hash);
	}

	/** Whether this browser's cookie was made for this very account, with the passphrase of now. */
	async function knows(actor: Actor, device: string): Promise<boolean> {
		const [member] = await db.read.select({ hash: members.passphraseHash }).from(members).where(eq(members.id, actor.id));
		return member !== undefined && knownAgain(device, member.hash) !== undefined;
	}

	/** The sum that goes with a sign-in form that came back, as JSON. */
	const signInChallenge = async () => (proofOfWork ? sums.challenge('sign-in') : undefined);

	/** Ends every other session of the member, in the same write. */
	async function changePassphrase(actor: Actor, { current, passphrase }: { current: string; passphrase: string }, keepSession: string) {
		const [before] = await db.read.select({ hash: members.passphraseHash }).from(members).where(eq(members.id, actor.id));
		if (!before) throw new Refusal('signed_out');
		judge(passphrase, actor.name);
		const wrong = new Invalid({ current: 'This is not your passphrase. Please type it once more.' });
		if (!(await guarded(`change ${actor.id}`, () => hashes.fits(current, before.hash)))) throw wrong;
		const passphraseHash = await hashes.make(passphrase);
		await writeAs(db, actor, async (tx) => {
			// Only from the hash that was checked: of two changes at once the second finds its "current" gone.
			const same = and(eq(members.id, actor.id), eq(members.passphraseHash, before.hash));
			const changed = await tx.update(members).set({ passphraseHash }).where(same).returning({ id: members.id });
			if (changed.length === 0) throw wrong;
			await tx.delete(sessions).where(and(eq(sessions.memberId, actor.id), ne(sessions.id, keepSession)));
			await closeDoorways(tx, db.tables, actor.id);
		});
		tell({ type: 'sessions.ended', member: actor.id, except: keepSession });
	}

	/** With the role that stands in the store: a session's may be lowered until a second factor was shown. */
	async function actorOf({ id }: { id: string }): Promise<Actor> {
		const [actor] = await db.read.select(actorColumns).from(members).where(eq(members.id, id));
		if (!actor) throw new Refusal('signed_out');
		return actor;
	}

	/** Whether this account still stands: it may have been erased since a request began. */
	async function isHere({ id }: { id: string }): Promise<boolean> {
		return (await db.read.$count(members, eq(members.id, id))) > 0;
	}

	/** For the operator's command: there is no actor. Open sessions go on, but no longer than the new role allows. */
	async function appoint(name: string, role: string): Promise<Actor> {
		const known = roles.find((one) => one === role);
		if (!known) throw new Invalid({ role: `"${role}" is not a role. It may be one of: ${roles.join(', ')}.` });
		return db.write(async (tx) => {
			const [member] = await tx
				.update(members)
				.set({ role: known })
				.where(eq(members.nameFolded, foldName(name)))
				.returning(actorColumns);
			if (!member)
				throw new Invalid({
					name: `Nobody here is called "${name}". Please write the whole name as it is shown, in quotes: "Quiet Heron".`
				});
			const endsAt = now() + limits.staffSessionLongest;
			if (isStaff(member))
				await tx
					.update(sessions)
					.set({ endsAt })
					.where(and(eq(sessions.memberId, member.id), gt(sessions.endsAt, endsAt)));
			return member;
		});
	}

	const { offerNames, offerAgain } = offers;
	return {
		offerNames,
		offerAgain,
		offerPassphrase: () => offerPassphrase(pick),
		join,
		signIn,
		signInChallenge,
		deviceFor,
		knows,
		changePassphrase,
		stepUp: stepUp(means, { guarded, fits: hashes.fits }),
		actorOf,
		isHere,
		appoint,
		forgetOldGuesses: delays.tidy,
		/** For the other ways in, not for pages. */
		checks: { guarded, judge, hashes }
	};
}
