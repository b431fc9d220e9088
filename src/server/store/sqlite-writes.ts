// The writing side of SQLite: one write after the other, and those of one turn of the event loop reach the disk together.
import { setTimeout as pause } from 'node:timers/promises';
import type { Database as Client } from 'better-sqlite3';
import { Refusal } from '#lib/refusals.ts';

/** Milliseconds for which a write waits where another program holds the lock, and between two tries. */
const patience = { most: 5000, pause: 25 };
const comeBackIn = 5;

/** SQLite's word for a lock that some other program holds; Drizzle wraps it. */
export function isBusy(problem: unknown): boolean {
	if (!(problem instanceof Error)) return false;
	return ('code' in problem && typeof problem.code === 'string' && problem.code.startsWith('SQLITE_BUSY')) || isBusy(problem.cause);
}

/** Work that the writes of one transaction leave for its end, to be done once for all. Whatever is undone takes its own back. */
export type AtTheEnd = { waiting: () => number; keepFirst: (count: number) => void; end: () => void };
const nothing: AtTheEnd = { waiting: () => 0, keepFirst: () => undefined, end: () => undefined };

/**
 * A commit waits for the disk (fsync), and nothing else runs meanwhile: sixteen answers at once waited sixteen times. So the writes that
 * meet in one turn share a transaction. Each is a savepoint of its own, undone alone where it fails, and none resolves before all are durable.
 */
export function sqliteWrites(writer: Client, { most } = patience, last = nothing) {
	// SQLite's own waiting would hold up the whole process, Help now included: here only the queue waits.
	writer.pragma('busy_timeout = 0');
	let queue: Promise<unknown> = Promise.resolve();
	/** The open transaction; its promise says that it is on the disk. */
	let group: PromiseWithResolvers<void> | undefined;
	const says = (text: string) => {
		const statement = writer.prepare(text);
		return () => void statement.run();
	};
	const [begin, commit, rollBack] = [says('BEGIN IMMEDIATE'), says('COMMIT'), says('ROLLBACK')];
	const [mark, keep, undo] = [says('SAVEPOINT one_write'), says('RELEASE one_write'), says('ROLLBACK TO one_write')];

	/** One after the other: nothing runs on the writing connection while a write is under way. */
	function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
		const turn = queue.then(work);
		queue = turn.catch(() => undefined);
		return turn;
	}

	/** Whoever waited in the queue has used up patience there, so that a long queue is not refused one every five seconds. */
	async function unlocked<T>(since: number, work: () => T): Promise<T> {
		for (;;) {
			try {
				return work();
			} catch (problem) {
				throwAway();
				if (!isBusy(problem)) throw problem;
				if (performance.now() - since > most) throw new Refusal('busy', comeBackIn);
			}
			await pause(patience.pause);
		}
	}

	async function open(since: number) {
		throwAway();
		await unlocked(since, begin);
		const opened = Promise.withResolvers<void>();
		// Whoever wrote hears of it below; where everybody's write failed before, nobody listens.
		opened.promise.catch(() => undefined);
		setImmediate(() => void inTurn(() => finish(opened)));
		return opened;
	}

	function finish(opened: typeof group) {
		if (!opened || opened !== group) return;
		group = undefined;
		try {
			last.end();
			commit();
			opened.resolve();
		} catch (problem) {
			throwAway();
			opened.reject(problem);
		}
	}

	/** Never throws: what cannot be rolled back now is tried again before the next transaction. */
	function throwAway() {
		last.keepFirst(0);
		try {
			if (writer.inTransaction) rollBack();
		} catch {
			// A disk that fails at this, too: nothing was committed.
		}
	}

	/** Undoes one write of the group; where that cannot be done, all of it goes, for half a write must never be committed with the others. */
	function undone(problem: unknown, before: number) {
		let why = problem;
		try {
			if (writer.inTransaction) {
				undo();
				keep();
				last.keepFirst(before);
				return;
			}
			// Else the disk is full or broken: SQLite has thrown the whole transaction away.
		} catch (broken) {
			why = broken;
		}
		throwAway();
		group?.reject(why);
		group = undefined;
	}

	async function write<T>(work: () => Promise<T>): Promise<T> {
		const since = performance.now();
		const { result, durable } = await inTurn(async () => {
			group ??= await open(since);
			const durable = group.promise;
			const before = last.waiting();
			try {
				mark();
				const result = await work();
				keep();
				return { result, durable };
			} catch (problem) {
				undone(problem, before);
				throw problem;
			}
		});
		await durable;
		return result;
	}

	return {
		write,
		/** Work outside of any transaction; what waits for the disk goes there first. Done again where another program held the lock. */
		between<T>(work: () => T) {
			const since = performance.now();
			return inTurn(() => {
				finish(group);
				return unlocked(since, work);
			});
		}
	};
}
