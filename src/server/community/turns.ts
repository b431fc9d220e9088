// A bounded queue in front of expensive work: whoever finds it full is asked to come back, so that nobody waits longer than the queue is long.
import { Refusal } from '#lib/refusals.ts';

type Bounds = {
	/** Pieces of work at once. */
	atWork: number;
	/** Places to wait in; those who go ahead have as many of their own. */
	waiting: number;
	/** Seconds after which somebody who found the queue full may try again. */
	comeBackIn: number;
};

export function turns({ atWork, waiting, comeBackIn }: Bounds) {
	const ahead: (() => void)[] = [];
	const others: (() => void)[] = [];
	let busy = 0;

	function handOn() {
		// The place is handed on, so that nobody who comes just now slips in between.
		const next = ahead.shift() ?? others.shift();
		if (next) next();
		else busy--;
	}

	/** Runs `work` when its turn comes; throws Refusal `busy` where every place is taken. */
	async function inTurn<T>(work: () => Promise<T>, { first = false } = {}): Promise<T> {
		const queue = first ? ahead : others;
		if (busy < atWork) busy++;
		else if (queue.length < waiting) await new Promise<void>((turn) => queue.push(turn));
		else throw new Refusal('busy', comeBackIn);
		try {
			return await work();
		} finally {
			// Not at once: work that never leaves the event loop (a search on SQLite) lets the pages that came meanwhile pass before the next.
			setImmediate(handOn);
		}
	}

	return {
		inTurn,
		/** Nobody would be let in just now. */
		full: ({ first = false } = {}) => busy >= atWork && (first ? ahead : others).length >= waiting,
		/** Half of the places for everybody are taken. */
		crowded: () => others.length * 2 >= waiting
	};
}
