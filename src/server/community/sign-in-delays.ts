// Slows down guessing, name by name: five tries are free, then each failure doubles the wait. Unknown names wait alike, so waiting tells nothing.
// Kept in memory only: a restart forgives, and no row says who tried to come in.
const second = 1000;
const minute = 60 * second;

const freeFailures = 5;
const shortest = second;
const longest = 15 * minute;
/** As long without a try is as good as a fresh start. */
const forgivenAfter = 24 * 60 * minute;
/** Names watched at once. Whoever would flood it has to pay a hash for each. */
const mostNames = 50_000;

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

	return {
		/**
		 * Seconds to wait, or 0: then the try counts as a failure until `succeeded` or `takeBack` says otherwise, so that a hundred
		 * tries at once are no way around.
		 */
		attempt(key: string): number {
			const last = failures.get(key);
			const before = last && now() - last.at < forgivenAfter ? last : { count: 0, at: 0 };
			const wait = before.count < freeFailures ? 0 : Math.min(longest, shortest * 2 ** Math.min(before.count - freeFailures, 20));
			const left = before.at + wait - now();
			if (wait > 0 && left > 0) return Math.ceil(left / second);
			remember(key, { count: before.count + 1, at: now() });
			return 0;
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
