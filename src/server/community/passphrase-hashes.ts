// Argon2id behind a bounded queue: each hash takes 19 MiB and about 10 ms of a core, so a crowd at the door must not take the whole machine.
import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '#lib/refusals.ts';

/** OWASP's minimum for Argon2id: 19 MiB, two passes, one lane. */
const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Nobody's: the hash of 32 random bytes that were thrown away. Checking against it takes as long as checking a member's. */
const nobodys = '$argon2id$v=19$m=19456,t=2,p=1$KQ9Pd79XUncD9UasjMVSng$vX2SkdPsFUzsNeWywuoQpahQaXaCcVacQriwXqx0pH0';

/** Seconds after which somebody who found the queue full may try again. */
const comeBackIn = 5;

/** No passphrase of the allowed length is longer as typed; what is longer than this was never accepted and fits nothing. */
const longestTyped = 4000;

/** At most `atWork` hashes at once and `waiting` behind them; whoever comes then is asked to come back (Refusal `busy`). */
export function passphraseHashes({ atWork = 2, waiting = 40 } = {}) {
	const queue: (() => void)[] = [];
	let busy = 0;

	async function inTurn<T>(work: () => Promise<T>): Promise<T> {
		if (busy < atWork) busy++;
		else if (queue.length < waiting) await new Promise<void>((turn) => queue.push(turn));
		else throw new Refusal('busy', comeBackIn);
		try {
			return await work();
		} finally {
			// The place is handed on, so that nobody who comes just now slips in between.
			const next = queue.shift();
			if (next) next();
			else busy--;
		}
	}

	/** The same letters typed on another keyboard are the same passphrase. */
	const bytes = (passphrase: string) => Buffer.from(passphrase.slice(0, longestTyped).normalize('NFC'), 'utf8');

	return {
		make: (passphrase: string) => inTurn(() => hash(bytes(passphrase), strength)),
		/** Without a hash (an unknown name) it takes the same time and says no. */
		fits: async (passphrase: string, known: string | undefined) =>
			(await inTurn(() => verify(known ?? nobodys, bytes(passphrase)))) && known !== undefined
	};
}
