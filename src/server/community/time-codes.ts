// An app that shows a new code every half minute (TOTP, RFC 6238), for those without scripts or without a device that holds passkeys.
import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { Invalid } from '#lib/refusals.ts';
import { dayOf } from './lucia-adapter.ts';
import { noSealer, type Actor, type Means } from './means.ts';
import type { Members } from './members.ts';
import type { SecondFactors } from './second-factors.ts';
import { spending } from './spent.ts';
import { requireHere, writeAs } from './write-and-tell.ts';

const halfMinute = 30;
/** Clocks of phones go wrong: the code before and the one after are good too. */
const stepsAround = 1;
const setUpWithin = 30 * 60_000;

const wrongCode = 'This code does not fit. Each is good for half a minute and only once, so please take the one that comes next.';
const tooOld = 'This took a while, and the secret on this page is not good any more. Please begin again.';

/** What the app shows beside its codes tells nobody who sees it more than this word. */
const totpOf = (secret: string) =>
	new TOTP({ issuer: '', label: 'Lamplight', algorithm: 'SHA1', digits: 6, period: halfMinute, secret: Secret.fromBase32(secret) });

export function timeCodes(means: Means, { stepUp, checks }: Members, { mustBeFree }: SecondFactors) {
	const { db, now, sealer = noSealer } = means;
	const { timeCodes } = db.tables;
	const spend = spending(means);
	const kept = (memberId: string) => `time codes of ${memberId}`;
	const setUp = (actor: Actor) => `time codes to be set up by ${actor.id}`;

	/** The half minute that this code belongs to, or undefined. */
	function stepOf(secret: string, typed: string): number | undefined {
		const token = typed.slice(0, 40).normalize('NFKC').replace(/\s/g, '');
		const timestamp = now();
		const away = /^\d{6}$/.test(token) ? totpOf(secret).validate({ token, timestamp, window: stepsAround }) : null;
		return away === null ? undefined : Math.floor(timestamp / 1000 / halfMinute) + away;
	}

	const spendStep = (tx: Parameters<typeof spend>[0], secret: string, step: number) => spend(tx, `${secret} ${step}`, 5 * 60_000);

	/** A new secret to put into an app, sealed for the cookie that carries it: nothing is kept until a code from it was typed. */
	async function begin(actor: Actor, session: string, { passphrase }: { passphrase: string }): Promise<string> {
		await stepUp(actor, { passphrase });
		await mustBeFree(db.read, actor, session);
		return sealer.seal(`${now() + setUpWithin} ${new Secret({ size: 20 }).base32}`, setUp(actor));
	}

	/** The secret that is being set up, or undefined where that began too long ago. */
	function again(actor: Actor, sealed: string | undefined) {
		const [until = '', secret = ''] = (sealer.open(sealed ?? '', setUp(actor)) ?? '').split(' ');
		return Number(until) > now() ? { secret, uri: totpOf(secret).toString() } : undefined;
	}

	/** Takes the place of an app of before. */
	async function confirm(actor: Actor, session: string, { sealed, code }: { sealed: string | undefined; code: string }) {
		const secret = again(actor, sealed)?.secret;
		if (secret === undefined) throw new Invalid({ form: tooOld });
		const step = stepOf(secret, code);
		if (step === undefined) throw new Invalid({ code: wrongCode });
		const row = { sealed: sealer.seal(secret, kept(actor.id)), addedOn: dayOf(now()) };
		await writeAs(db, actor, async (tx) => {
			await mustBeFree(tx, actor, session);
			if (!(await spendStep(tx, secret, step))) throw new Invalid({ code: wrongCode });
			await tx
				.insert(timeCodes)
				.values({ memberId: actor.id, ...row })
				.onConflictDoUpdate({ target: timeCodes.memberId, set: row });
		});
	}

	/** Throws `Invalid` (field `code`) unless it is a code of this moment that was not used yet. Guesses are slowed down like passphrases. */
	async function check(memberId: string, code: string): Promise<void> {
		const [row] = await db.read.select({ sealed: timeCodes.sealed }).from(timeCodes).where(eq(timeCodes.memberId, memberId));
		const secret = row && sealer.open(row.sealed, kept(memberId));
		await requireHere(db.read, db.tables, memberId);
		const fits = await checks.guarded(`code ${memberId}`, async () => {
			const step = secret === undefined ? undefined : stepOf(secret, code);
			return secret !== undefined && step !== undefined && db.write((tx) => spendStep(tx, secret, step));
		});
		if (!fits) throw new Invalid({ code: wrongCode });
	}

	async function turnOff(actor: Actor, session: string, { passphrase }: { passphrase: string }) {
		await stepUp(actor, { passphrase });
		await writeAs(db, actor, async (tx) => {
			await mustBeFree(tx, actor, session);
			await tx.delete(timeCodes).where(eq(timeCodes.memberId, actor.id));
		});
	}

	/** The day since when it is on, or undefined. */
	async function since({ id }: { id: string }): Promise<string | undefined> {
		const [row] = await db.read.select({ addedOn: timeCodes.addedOn }).from(timeCodes).where(eq(timeCodes.memberId, id));
		return row?.addedOn;
	}

	return { begin, again, confirm, check, turnOff, since };
}

/** Ids of the keys that secrets in the store are sealed under: a start without one of them would lock people out. */
export async function sealedUnder({ read, tables: { timeCodes } }: Means['db']): Promise<string[]> {
	const rows = await read.select({ sealed: timeCodes.sealed }).from(timeCodes);
	return [...new Set(rows.map(({ sealed }) => sealed.split('.')[0] ?? ''))];
}

export type TimeCodes = ReturnType<typeof timeCodes>;
