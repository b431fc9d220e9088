// What a page notes in passing, such as what was read: where the store is locked, by its own upkeep too, the page comes without.
import { Refusal } from '#lib/refusals.ts';

/** Milliseconds for which a page waits for it; what still waits then is written when it can be. */
const aMoment = 1000;

export async function inPassing(noting: Promise<unknown>): Promise<void> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<void>((done) => (timer = setTimeout(done, aMoment)));
	const noted = noting.catch((problem: unknown) => {
		if (!(problem instanceof Refusal && problem.code === 'busy')) throw problem;
	});
	await Promise.race([noted, late]).finally(() => clearTimeout(timer));
}
