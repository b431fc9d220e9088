// Eight codes on paper: the way back in when the passphrase is lost. There is no e-mail to send one to.
import { createHash, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import { foldCode, writtenCode } from './code-letters.ts';
import { closeDoorways } from './doorways.ts';
import { noSealer, type Actor, type Means } from './means.ts';
import type { Members } from './members.ts';
import { writeAs } from './write-and-tell.ts';

const codesOfASet = 8;
/** 120 bits: 24 letters of five bits. */
const codeBytes = 15;
/** Somebody turns to a notebook and back, and an old phone forgets the page meanwhile. */
const shownFor = 10 * 60_000;

/** Nobody tries out 2^120 codes, so a plain SHA-256 keeps them; a slow hash is for what people think up (ASVS 6.5.2). */
export const hashOfCode = (folded: string) => createHash('sha256').update(`recovery code ${folded}`).digest('hex');

export function recoveryCodes({ db, now, sealer = noSealer }: Means, { stepUp }: Pick<Members, 'stepUp'>) {
	const { recoveryCodes } = db.tables;
	const about = (actor: Actor) => `recovery codes shown to ${actor.id}`;

	/** A new set in a write of the caller's; every code of before is worthless from then on, and so is a door that one of them has opened. */
	async function replace(tx: Queries, memberId: string): Promise<string[]> {
		const codes = Array.from({ length: codesOfASet }, () => writtenCode(randomBytes(codeBytes)));
		await tx.delete(recoveryCodes).where(eq(recoveryCodes.memberId, memberId));
		await closeDoorways(tx, db.tables, memberId);
		await tx.insert(recoveryCodes).values(codes.map((code) => ({ hash: hashOfCode(foldCode(code) ?? ''), memberId })));
		return codes;
	}

	/** Whether this code was the member's and unused: from now on it is used. */
	async function spend(tx: Queries, memberId: string, folded: string): Promise<boolean> {
		const this_ = and(eq(recoveryCodes.hash, hashOfCode(folded)), eq(recoveryCodes.memberId, memberId));
		return (await tx.delete(recoveryCodes).where(this_).returning({ hash: recoveryCodes.hash })).length === 1;
	}

	/** For somebody who has just joined. Whoever has codes already keeps them: undefined. */
	async function first(actor: Actor): Promise<string[] | undefined> {
		return writeAs(db, actor, async (tx) =>
			(await tx.$count(recoveryCodes, eq(recoveryCodes.memberId, actor.id))) > 0 ? undefined : replace(tx, actor.id)
		);
	}

	/** A new set, for whoever knows the passphrase. */
	async function renew(actor: Actor, { passphrase }: { passphrase: string }): Promise<string[]> {
		await stepUp(actor, { passphrase });
		return writeAs(db, actor, (tx) => replace(tx, actor.id));
	}

	const left = (actor: Actor) => db.read.$count(recoveryCodes, eq(recoveryCodes.memberId, actor.id));

	/** A set on its way to the page that shows it, sealed: the store cannot tell it any more, and the browser's cookie jar does not. */
	const wrap = (actor: Actor, codes: string[]) => sealer.seal(`${now() + shownFor} ${codes.join(',')}`, about(actor));

	function unwrap(actor: Actor, wrapped: string | undefined): string[] | undefined {
		const [, until = 0, codes = ''] = /^(\d+) (.*)$/.exec(sealer.open(wrapped ?? '', about(actor)) ?? '') ?? [];
		return Number(until) > now() ? codes.split(',') : undefined;
	}

	return { first, renew, left, wrap, unwrap, replace, spend };
}

export type RecoveryCodes = ReturnType<typeof recoveryCodes>;
