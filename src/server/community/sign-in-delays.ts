// Slows down guessing, name by name: five tries are free, then each failure doubles the wait. Unknown names wait alike, so waiting tells nothing.
// Kept in memory only: no row says whose account somebody tried to open, nor what was typed as a name (some type their passphrase there).
// So a restart forgives, and each process counts for itself: with three, three times as many guesses as the table says.
const second = 1000;
const minute = 60 * second;

const freeFailures = 5;
const shortest = second;
const longest = 15 * minute;
/** As long without a try is as good as a fresh start. */
const forgivenAfter = 24 * 60 * minute;
/** Names watched at once. Whoever would flood it has to pay a hash for each. */
const mostNames = 50_000;

const waitAfter = (failed: number) => Math.min(longest, shortest * 2 ** Math.min(failed - freeFailures, 20));

type Failures = { count: number; at: number };

export function signInDelays(now: () => number) {
	/** In the order of the last try, the longest ago first. */
	const failures = new Map<string, Failures>();

	function remember(key: string, entry: Failures) {
		failures.delete(key);
		failures.set(key, entry);
		for (const oldest of failures.keys()) {
			if (failures.size <= mostNames) break;
			failures.delete(oldest);
		}
	}

	const before = (key: string) => {
		const last = failures.get(key);
		return last && now() - last.at < forgivenAfter ? last : { count: 0, at: 0 };
	};

	/** Seconds until a try under this key is looked at, or 0. `unproven`: it lacks the proof of work that was asked for, and waits longest. */
	function waitFor(key: string, unproven = false): number {
		const { count, at } = before(key);
		const wait = count < freeFailures ? 0 : unproven ? longest : waitAfter(count);
		return wait === 0 ? 0 : Math.max(0, Math.ceil((at + wait - now()) / second));
	}

	return {
		waitFor,
		/**
		 * Seconds to wait, or 0: then the try counts as a failure until `succeeded` or `takeBack` says otherwise, so that a hundred
		 * tries at once are no way around.
		 */
		attempt(key: string, unproven = false): number {
			const wait = waitFor(key, unproven);
			if (wait === 0) remember(key, { count: before(key).count + 1, at: now() });
			return wait;
		},
		succeeded: (key: string) => void failures.delete(key),
		/** The try never happened: the passphrase was not looked at. */
		takeBack(key: string) {
			const last = failures.get(key);
			if (last) last.count -= 1;
		},
		watched: () => failures.size
	};
}
