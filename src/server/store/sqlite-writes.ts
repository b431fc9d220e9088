// The writing side of SQLite: one write after the other, and those of one turn of the event loop reach the disk together.
import type { Database as Client } from 'better-sqlite3';

/**
 * A commit waits for the disk (fsync), and nothing else runs meanwhile: sixteen answers at once waited sixteen times. So the writes that
 * meet in one turn share a transaction. Each is a savepoint of its own, undone alone where it fails, and none resolves before all are durable.
 */
export function sqliteWrites(writer: Client) {
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

	function open() {
		begin();
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
			commit();
			opened.resolve();
		} catch (problem) {
			if (writer.inTransaction) rollBack();
			opened.reject(problem);
		}
	}

	async function write<T>(work: () => Promise<T>): Promise<T> {
		const { result, durable } = await inTurn(async () => {
			group ??= open();
			const durable = group.promise;
			mark();
			try {
				const result = await work();
				keep();
				return { result, durable };
			} catch (problem) {
				if (writer.inTransaction) {
					undo();
					keep();
				} else {
					// The disk is full or broken: SQLite has thrown the whole transaction away.
					group.reject(problem);
					group = undefined;
				}
				throw problem;
			}
		});
		await durable;
		return result;
	}

	return {
		write,
		/** Work outside of any transaction; what waits for the disk goes there first. */
		between: <T>(work: () => T) =>
			inTurn(() => {
				finish(group);
				return work();
			})
	};
}
