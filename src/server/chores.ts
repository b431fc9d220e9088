// What has to happen without anybody pressing anything: each chore in turn, every second, none stopping the others.
import type { Community } from './community/community.ts';
import type { Database } from './store/database.ts';

/** Promises to people ("takes effect in a moment"), not to the millisecond. */
const every = 1000;

type Hears = {
	failed: (chore: string, problem: unknown) => void;
	/** Something was erased, and now it is certain that nothing of it is left on the disk. */
	erased: () => void;
};

export function startChores(
	{ decisions, celebrations, masks, search, doorstep, stream, pruning, shelves, leaving }: Community,
	db: Pick<Database, 'tidy'>,
	{ failed, erased }: Hears
) {
	let rounds = 0;
	const seldom = async (work: () => Promise<void>) => void (rounds++ % 60 === 0 && (await work()));
	const ends = [
		inTurn({
			'due decisions': () => decisions.applyDue(),
			'posts behind a mask': () => masks.showDue(),
			'due celebrations': () => celebrations.shareDue(),
			'what the doors need no longer': () => seldom(doorstep.tidy),
			'older posts to be found': () => search.catchUp(),
			'a database in good order': () => db.tidy(),
			'an old stream': () => stream.forgetOld(),
			'shelves with new tags': () => shelves.turnDue(),
			'what is past its time': () => pruning.pruneDue()
		}),
		// PostgreSQL may take a while for this one.
		inTurn({ 'what was erased': async () => void ((await leaving.finish()) && erased()) })
	];

	function inTurn(chores: Record<string, () => Promise<unknown>>) {
		let working: Promise<void> | undefined;
		async function workAll() {
			for (const [chore, work] of Object.entries(chores)) await work().catch((problem: unknown) => failed(chore, problem));
		}
		const timer = setInterval(() => (working ??= workAll().finally(() => (working = undefined))), every);
		return async () => {
			clearInterval(timer);
			await working;
		};
	}

	/** Resolves when the last round is over. */
	return async function stop() {
		await Promise.all(ends.map((end) => end()));
	};
}
