// What has to happen without anybody pressing anything: each chore in turn, every second, none stopping the others.
import type { Community } from './community/community.ts';
import type { Database } from './store/database.ts';

/** Promises to people ("takes effect in a moment"), not to the millisecond. */
const every = 1000;

export function startChores(
	{ decisions, celebrations, search, doorstep, stream, pruning }: Community,
	db: Pick<Database, 'tidy'>,
	failed: (chore: string, problem: unknown) => void
) {
	const chores = {
		'due decisions': () => decisions.applyDue(),
		'due celebrations': () => celebrations.shareDue(),
		'what the doors need no longer': () => seldom(doorstep.tidy),
		'older posts to be found': () => search.catchUp(),
		'a database in good order': () => db.tidy(),
		'an old stream': () => stream.forgetOld(),
		'what is past its time': () => pruning.pruneDue()
	};
	let rounds = 0;
	const seldom = async (work: () => Promise<void>) => void (rounds++ % 60 === 0 && (await work()));
	let working: Promise<void> | undefined;

	async function workAll() {
		for (const [chore, work] of Object.entries(chores)) await work().catch((problem: unknown) => failed(chore, problem));
	}
	const timer = setInterval(() => (working ??= workAll().finally(() => (working = undefined))), every);

	/** Resolves when the last round is over. */
	return async function stop() {
		clearInterval(timer);
		await working;
	};
}
