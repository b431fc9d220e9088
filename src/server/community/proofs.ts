// Proof of work: a sum that costs a browser a moment and a crowd of machines a lot. The server chooses and signs it (ALTCHA's format, PBKDF2
// because browsers do that natively: a machine gains less on a phone than with a plain hash), and takes each answer once.
import { createHash } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Payload } from 'altcha-lib/types';
import { eq, lt, lte } from 'drizzle-orm';
import { limits } from '#lib/limits.ts';
import { Invalid } from '#lib/refusals.ts';
import { dayOf } from './lucia-adapter.ts';
import type { Means } from './means.ts';

export type Purpose = 'join' | 'sign-in';

/**
 * Rounds of PBKDF2 for each number that is tried, and how many numbers there may be: 600,000 rounds at most, half of it on average. A browser
 * that was slowed down eight times took 0.5 s, 0.8 s at worst (tests/bench/proof.ts); an old phone has two.
 */
const work = { cost: 1500, numbers: 400 };
/** Ours are some 900 characters. */
const longest = 4000;
const day = 86_400_000;

const again = 'Your browser is doing a new one: please press once more.';
const broken = `The small sum that your browser does for us did not arrive as it should. ${again}`;
const tooOld = `The small sum that your browser did for us is too old by now. ${again}`;
const used = `The small sum that your browser did for us was used already. ${again}`;

export function proofs({ db, now, pick, newId }: Pick<Means, 'db' | 'now' | 'pick' | 'newId'>) {
	const { proofKeys, spentProofs } = db.tables;
	const secrets = new Map<string, string>();

	/** The key of a day, the same in every process on this store. */
	async function secretOf(date: string): Promise<string | undefined> {
		const cached = secrets.get(date);
		if (cached) return cached;
		const [row] = await db.read.select({ secret: proofKeys.secret }).from(proofKeys).where(eq(proofKeys.day, date));
		if (row) secrets.clear();
		if (row) secrets.set(date, row.secret);
		return row?.secret;
	}

	async function todays(): Promise<string> {
		const date = dayOf(now());
		const standing = await secretOf(date);
		if (standing) return standing;
		await db.write(async (tx) => {
			await tx
				.insert(proofKeys)
				.values({ day: date, secret: newId() + newId() })
				.onConflictDoNothing();
		});
		return (await secretOf(date)) ?? '';
	}

	/** A new challenge as JSON, for the browser to solve. */
	async function challenge(purpose: Purpose): Promise<string> {
		const secret = await todays();
		const made = await createChallenge({
			algorithm: 'PBKDF2/SHA-256',
			cost: work.cost,
			counter: pick(work.numbers),
			deriveKey,
			// Its own date is ours to check: the library would look at the machine's clock.
			data: { for: purpose, until: now() + limits.proofGoodFor, day: dayOf(now()) },
			hmacSignatureSecret: secret,
			hmacKeySignatureSecret: `${secret} number`
		});
		return JSON.stringify(made);
	}

	/** Takes a proof once; throws Invalid (field `proof`) when it is forged, too old, for another form, or was taken before. */
	async function spend(purpose: Purpose, typed: string): Promise<void> {
		const payload = payloadIn(typed);
		const { until = 0, day: date, for: made } = payload?.challenge.parameters.data ?? {};
		if (!payload || made !== purpose || typeof date !== 'string') throw new Invalid({ proof: broken });
		if (typeof until !== 'number' || until <= now()) throw new Invalid({ proof: tooOld });
		const secret = date === dayOf(now()) || date === dayOf(now() - day) ? await secretOf(date) : undefined;
		if (!secret) throw new Invalid({ proof: tooOld });
		const { verified } = await verifySolution({
			...payload,
			deriveKey,
			hmacSignatureSecret: secret,
			hmacKeySignatureSecret: `${secret} number`
		}).catch(() => ({ verified: false }));
		if (!verified) throw new Invalid({ proof: broken });
		const id = createHash('sha256')
			.update(payload.challenge.signature ?? '')
			.digest('base64url');
		const taken = await db.write((tx) =>
			tx.insert(spentProofs).values({ id, expiresAt: until }).onConflictDoNothing().returning({ id: spentProofs.id })
		);
		if (taken.length === 0) throw new Invalid({ proof: used });
	}

	/** Lets go of what is too old to be used again. */
	async function tidy() {
		await db.write(async (tx) => {
			await tx.delete(spentProofs).where(lte(spentProofs.expiresAt, now()));
			await tx.delete(proofKeys).where(lt(proofKeys.day, dayOf(now() - day)));
		});
	}

	return { challenge, spend, tidy };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was signed is checked by its signature; here only that everything is in its place. */
function isPayload(value: unknown): value is Payload {
	if (!isObject(value) || !isObject(value.challenge) || !isObject(value.solution)) return false;
	const { parameters, signature } = value.challenge;
	return isObject(parameters) && isObject(parameters.data) && typeof signature === 'string';
}

function payloadIn(typed: string): Payload | undefined {
	if (typed.length > longest) return undefined;
	try {
		const opened: unknown = JSON.parse(Buffer.from(typed, 'base64').toString());
		return isPayload(opened) ? opened : undefined;
	} catch {
		return undefined;
	}
}
