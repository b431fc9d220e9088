// Argon2id behind a bounded queue: each hash takes 19 MiB and about 10 ms of a core, so a crowd at the door must not take the whole machine.
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { turns } from './turns.ts';

/** OWASP's minimum for Argon2id: 19 MiB, two passes, one lane. */
const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Nobody's: the hash of 32 random bytes that were thrown away. Checking against it takes as long as checking a member's. */
export const nobodys = '$argon2id$v=19$m=19456,t=2,p=1$KQ9Pd79XUncD9UasjMVSng$vX2SkdPsFUzsNeWywuoQpahQaXaCcVacQriwXqx0pH0';

/** No passphrase of the allowed length is longer as typed; what is longer than this was never accepted and fits nothing. */
const longestTyped = 4000;

/**
 * One core is left to the pages. On two cores, under a flood of 500 sign-ins a second, one hash at a time answered 98 a second and the
 * slowest hundredth of pages in 29 ms; two at a time 118 and 226 ms; four 123 and five seconds. The worker threads are four in all.
 */
const hashesAtWork = Math.max(1, Math.min(3, availableParallelism() - 1));

/** Twenty waiting are a fifth of a second on a calm machine and one on a busy one. */
export function passphraseHashes({ atWork = hashesAtWork, waiting = 20 } = {}) {
	const { inTurn, crowded, full } = turns({ atWork, waiting, comeBackIn: 5 });

	/** The same letters typed on another keyboard are the same passphrase. */
	const bytes = (passphrase: string) => Buffer.from(passphrase.slice(0, longestTyped).normalize('NFC'), 'utf8');

	return {
		make: (passphrase: string) => inTurn(() => hash(bytes(passphrase), strength)),
		/** Without a hash (an unknown name) it takes the same time and says no. `first`: before strangers in the queue. */
		fits: async (passphrase: string, known: string | undefined, first = false) =>
			(await inTurn(() => verify(known ?? nobodys, bytes(passphrase)), { first })) && known !== undefined,
		crowded,
		full
	};
}
