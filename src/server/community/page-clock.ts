// When a page that is being made will say something else by the clock alone. Whatever depends on the hour notes it here while it is made.
import { AsyncLocalStorage } from 'node:async_hooks';
import { ageChangesAt, coarseAge } from '#lib/ages.ts';

const watching = new AsyncLocalStorage<{ until: number }>();

/** Notes that what is being made holds only until this moment, in milliseconds since 1970. Costs nothing where nobody watches. */
export function changesAt(moment: number): void {
	const watched = watching.getStore();
	if (watched && moment < watched.until) watched.until = moment;
}

/** A coarse age for a page. */
export function shownAge(at: number, now: number): string {
	changesAt(ageChangesAt(at, now));
	return coarseAge(at, now);
}

/** What `work` makes, and how long it holds: at most until `longest`. */
export async function whileItHolds<T>(longest: number, work: () => Promise<T>): Promise<{ made: T; until: number }> {
	const watched = { until: longest };
	const made = await watching.run(watched, work);
	return { made, until: watched.until };
}
