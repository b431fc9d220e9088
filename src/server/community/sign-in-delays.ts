// Slows down guessing, name by name: five tries are free, then each failure doubles the wait. Unknown names wait alike, so waiting tells nothing.
// The count stands in the store, so that it holds over restarts and for every process together. Its row knows only a mark made under the key
// file: not whose account it was, nor what was typed as a name (some type their passphrase there).
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { noSealer, type Means } from './means.ts';

const second = 1000;
const minute = 60 * second;

const freeFailures = 5;
const shortest = second;
const longest = 15 * minute;
/** As long without a try is as good as a fresh start. */
const forgivenAfter = 24 * 60 * minute;
/** Names watched at once, some 30 MB. Whoever would flood it has to pay a hash for each. */
const mostWatched = 200_000;
/** Rows that go at one go: more than hashes can be made between two looks. */
const goAtOnce = 10_000;

const waitAfter = (failed: number) => Math.min(longest, shortest * 2 ** Math.min(failed - freeFailures, 20));

type Failures = { count: number; at: number };

export function signInDelays({ db, now, sealer = noSealer }: Pick<Means, 'db' | 'now' | 'sealer'>, most = mostWatched) {
	const { guesses } = db.tables;
	const markOf = (key: string) => sealer.tag('guesses', [key]);
	const found = { count: guesses.count, at: guesses.at };
	const last = db.prepare(() =>
		db.read
			.select(found)
			.from(guesses)
			.where(eq(guesses.mark, sql.placeholder('mark')))
	);

	function secondsAfter(row: Failures | undefined, unproven: boolean): number {
		const count = countOf(row);
		const wait = count < freeFailures ? 0 : unproven ? longest : waitAfter(count);
		return wait === 0 ? 0 : Math.max(0, Math.ceil(((row?.at ?? 0) + wait - now()) / second));
	}
	const countOf = (row: Failures | undefined) => (row && now() - row.at < forgivenAfter ? row.count : 0);

	/** Seconds until a try under this key is looked at, or 0. `unproven`: it lacks the proof of work that was asked for, and waits longest. */
	async function waitFor(key: string, unproven = false): Promise<number> {
		const [row] = await last({ mark: markOf(key) });
		return secondsAfter(row, unproven);
	}

	/**
	 * Counts a try as a failure before it is looked at, so that a hundred at once are no way around. `wait`: seconds after which it would be
	 * looked at, or 0; then it stays a failure until `succeeded` or `takeBack` says otherwise.
	 */
	async function attempt(key: string, unproven = false): Promise<{ wait: number; before: Failures | undefined }> {
		const mark = markOf(key);
		// A crowd that has to wait is answered without a write.
		const wait = secondsAfter((await last({ mark }))[0], unproven);
		if (wait > 0) return { wait, before: undefined };
		return db.write(async (tx) => {
			const [before] = await tx.select(found).from(guesses).where(eq(guesses.mark, mark));
			const late = secondsAfter(before, unproven);
			if (late > 0) return { wait: late, before };
			const set = { count: countOf(before) + 1, at: now() };
			await tx
				.insert(guesses)
				.values({ mark, ...set })
				.onConflictDoUpdate({ target: guesses.mark, set });
			return { wait: 0, before };
		});
	}

	async function succeeded(key: string) {
		await db.write((tx) => tx.delete(guesses).where(eq(guesses.mark, markOf(key))));
	}

	/** The try never happened: the passphrase was not looked at. Neither its count nor its moment stays. */
	async function takeBack(key: string, before: Failures | undefined) {
		const mark = eq(guesses.mark, markOf(key));
		await db.write(async (tx) => {
			const [row] = await tx.select(found).from(guesses).where(mark);
			if (!row) return;
			if (row.count <= 1) await tx.delete(guesses).where(mark);
			else
				await tx
					.update(guesses)
					.set({ count: row.count - 1, at: row.count - 1 === before?.count ? before.at : row.at })
					.where(mark);
		});
	}

	/** Lets the longest ago go where more are watched than there is room for. */
	async function tidy() {
		const excess = (await db.read.$count(guesses)) - most;
		if (excess <= 0) return;
		await db.write(async (tx) => {
			const oldest = await tx.select({ mark: guesses.mark }).from(guesses).orderBy(asc(guesses.at)).limit(Math.min(excess, goAtOnce));
			await tx.delete(guesses).where(
				inArray(
					guesses.mark,
					oldest.map(({ mark }) => mark)
				)
			);
		});
	}

	return { waitFor, attempt, succeeded, takeBack, tidy };
}
