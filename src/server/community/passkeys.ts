// Passkeys (WebAuthn): a key that a phone or a browser keeps, opened by a finger, a face or a PIN. They find the account by themselves.
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { and, asc, eq } from 'drizzle-orm';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { dayOf } from './lucia-adapter.ts';
import { noSealer, type Actor, type Means } from './means.ts';
import type { Members } from './members.ts';
import { authenticationIn, registrationIn } from './passkey-answers.ts';
import { labelOf } from './passkey-labels.ts';
import type { SecondFactors } from './second-factors.ts';
import { spending } from './spent.ts';
import { writeAs } from './write-and-tell.ts';

/** Fetched when somebody uses a passkey: it holds 11 MB. */
const library = () => import('@simplewebauthn/server');

const goodFor = 5 * 60_000;
/** More devices than anybody has; each is looked up when one is added. */
const most = 10;
/** ES256, RS256, EdDSA: what phones, Windows and security keys make. */
const algorithms = [-7, -257, -8];

const didNotFit = 'This passkey did not fit, or it took longer than five minutes. Please try once more, or come in with your passphrase.';

const tooMany = 'You have ten passkeys. Please remove one that you do not use any more first.';

type Asked = { challenge: string; until: number; handle?: string; label?: string };
type Answer = { answer: string; asked: string | undefined };

/** The site as devices know it: passkeys belong to a host name and never leave it. */
function siteOf(origin: string) {
	const { hostname } = new URL(origin);
	if (isIP(hostname.replace(/^\[|\]$/g, '')))
		throw new Invalid({ passkey: 'Passkeys need an address with a name: on your own machine that is localhost, not a number.' });
	return hostname;
}

export function passkeys(means: Means, { stepUp }: Pick<Members, 'stepUp'>, { mustBeFree }: SecondFactors) {
	const { db, now, sealer = noSealer } = means;
	const { passkeys, members } = db.tables;
	const spend = spending(means);
	const adding = (actor: Actor) => `a passkey to be added by ${actor.id}`;
	const entering = 'a passkey to come in with';

	/** Travels in a short cookie, so that looking at the door writes nothing: only an answer that fits is written down, as spent. */
	const seal = (asked: Omit<Asked, 'until'>, about: string) => sealer.seal(JSON.stringify({ ...asked, until: now() + goodFor }), about);

	function unseal(sealed: string | undefined, about: string): Asked {
		const asked: Asked | undefined = JSON.parse(sealer.open(sealed ?? '', about) ?? 'null') ?? undefined;
		if (!asked || asked.until <= now()) throw new Invalid({ passkey: didNotFit });
		return asked;
	}

	const ofMember = (memberId: string) =>
		db.read
			.select({ id: passkeys.id, handle: passkeys.handle, label: passkeys.label, addedOn: passkeys.addedOn })
			.from(passkeys)
			.where(eq(passkeys.memberId, memberId))
			.orderBy(asc(passkeys.addedOn), asc(passkeys.id))
			.limit(most);

	/** What the browser needs to make one, after the passphrase was typed once more; `asked` is for the cookie. */
	async function askToAdd(actor: Actor, session: string, { passphrase, label }: { passphrase: string; label: string }, origin: string) {
		const rpID = siteOf(origin);
		const called = labelOf(label, actor);
		await stepUp(actor, { passphrase });
		await mustBeFree(db.read, actor, session);
		const there = await ofMember(actor.id);
		if (there.length >= most) throw new Invalid({ passkey: tooMany });
		// A second passkey on one device takes the first one's place, so nothing is left behind there.
		const handle = there[0]?.handle ?? randomBytes(16).toString('base64url');
		const { generateRegistrationOptions } = await library();
		const options = await generateRegistrationOptions({
			rpName: 'Lamplight',
			rpID,
			userID: new Uint8Array(Buffer.from(handle, 'base64url')),
			userName: called,
			userDisplayName: called,
			attestationType: 'none',
			authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
			excludeCredentials: there.map(({ id }) => ({ id })),
			supportedAlgorithmIDs: algorithms,
			timeout: goodFor
		});
		return { options, asked: seal({ challenge: options.challenge, handle, label: called }, adding(actor)) };
	}

	async function add(actor: Actor, session: string, { answer, asked }: Answer, origin: string) {
		const { challenge, handle = '', label = '' } = unseal(asked, adding(actor));
		const response = await registrationIn(answer);
		const { verifyRegistrationResponse } = await library();
		const checked =
			response &&
			(await verifyRegistrationResponse({
				response,
				expectedChallenge: challenge,
				expectedOrigin: origin,
				expectedRPID: siteOf(origin),
				requireUserVerification: true,
				supportedAlgorithmIDs: algorithms
			}).catch(() => undefined));
		if (!checked?.verified) throw new Invalid({ passkey: didNotFit });
		const { id, publicKey, counter } = checked.registrationInfo.credential;
		const row = {
			id,
			memberId: actor.id,
			handle,
			publicKey: Buffer.from(publicKey).toString('base64url'),
			counter,
			label,
			addedOn: dayOf(now())
		};
		await writeAs(db, actor, async (tx) => {
			await mustBeFree(tx, actor, session);
			if (!(await spend(tx, challenge, goodFor))) throw new Invalid({ passkey: didNotFit });
			// Counted again: whoever was asked twenty times beforehand would else have some that no list shows.
			if ((await tx.$count(passkeys, eq(passkeys.memberId, actor.id))) >= most) throw new Invalid({ passkey: tooMany });
			const added = await tx.insert(passkeys).values(row).onConflictDoNothing().returning({ id: passkeys.id });
			if (added.length === 0) throw new Invalid({ passkey: 'This passkey is here already.' });
		});
	}

	async function askToEnter(origin: string) {
		const { generateAuthenticationOptions } = await library();
		const options = await generateAuthenticationOptions({ rpID: siteOf(origin), userVerification: 'required', timeout: goodFor });
		return { options, asked: seal({ challenge: options.challenge }, entering) };
	}

	/** A passkey is two things by itself: the device, and what opens it. A signature counter that went back is a copied key, and refused. */
	async function enter({ answer, asked }: Answer, origin: string): Promise<{ actor: Actor; secondFactor: true }> {
		const no = new Invalid({ passkey: didNotFit });
		const { challenge } = unseal(asked, entering);
		const response = authenticationIn(answer);
		const [known] = response
			? await db.read
					.select({
						actor: { id: members.id, name: members.name, role: members.role },
						handle: passkeys.handle,
						publicKey: passkeys.publicKey,
						counter: passkeys.counter
					})
					.from(passkeys)
					.innerJoin(members, eq(members.id, passkeys.memberId))
					.where(eq(passkeys.id, response.id))
			: [];
		if (!response || !known || response.response.userHandle !== known.handle) throw no;
		const { actor, publicKey, counter } = known;
		const { verifyAuthenticationResponse } = await library();
		const checked = await verifyAuthenticationResponse({
			response,
			expectedChallenge: challenge,
			expectedOrigin: origin,
			expectedRPID: siteOf(origin),
			credential: { id: response.id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter },
			requireUserVerification: true
		}).catch(() => undefined);
		if (!checked?.verified) throw no;
		await writeAs(db, actor, async (tx) => {
			if (!(await spend(tx, challenge, goodFor))) throw no;
			const same = and(eq(passkeys.id, response.id), eq(passkeys.counter, counter));
			const counted = await tx
				.update(passkeys)
				.set({ counter: checked.authenticationInfo.newCounter })
				.where(same)
				.returning({ id: passkeys.id });
			if (counted.length === 0) throw no;
		});
		return { actor, secondFactor: true };
	}

	async function remove(actor: Actor, session: string, { id, passphrase }: { id: string; passphrase: string }) {
		await stepUp(actor, { passphrase });
		await writeAs(db, actor, async (tx) => {
			await mustBeFree(tx, actor, session);
			const own = and(eq(passkeys.id, id), eq(passkeys.memberId, actor.id));
			if ((await tx.delete(passkeys).where(own).returning({ id: passkeys.id })).length === 0) throw new Refusal('not_found');
		});
	}

	const list = async (actor: Actor) => (await ofMember(actor.id)).map(({ id, label, addedOn }) => ({ id, label, addedOn }));

	return { askToAdd, add, askToEnter, enter, remove, list };
}
