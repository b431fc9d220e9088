// SQLite: one read-only connection, and one writer behind a queue.
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { Refusal } from '#lib/refusals.ts';
import { words } from './columns.sqlite.ts';
import { alone, type Database, type DatabaseOptions, type Queries } from './database.ts';
import { handMade } from './ledger.ts';
import { ledger, migrationsFor, outstanding } from './migrations.ts';
import { isFull, sqliteBallast } from './sqlite-ballast.ts';
import { searchSqlite } from './search.sqlite.ts';
import { copyMark, longestLog, sampled, sqliteUpkeep } from './sqlite-upkeep.ts';
import { isBusy, sqliteWrites } from './sqlite-writes.ts';
import { signalInProcess } from './signal.ts';
import { defineTables } from './tables.ts';
import { versionsSqlite } from './versions.ts';

/**
 * Kibibytes of pages that a connection keeps, where better-sqlite3's default is 16,000 for each: a start on 40,000 posts fills both. With
 * less nothing measurable was lost, for the system's own cache of the file is behind them, and each commit empties the reading one.
 */
const pagesKept = { reading: 8000, writing: 4000 };

/** better-sqlite3's default acknowledges commits that are not on disk yet (200 commits, one fsync): FULL, on every connection. */
function connect(file: string, readonly = false) {
	const client = new Sqlite(file, { readonly, timeout: 5000 });
	if (!readonly) client.pragma('journal_mode = WAL');
	client.pragma('synchronous = FULL');
	client.pragma('secure_delete = ON');
	client.pragma('foreign_keys = ON');
	client.pragma(`cache_size = -${readonly ? pagesKept.reading : pagesKept.writing}`);
	return client;
}

/** Texts kept ready on a connection: every verb's, and those that differ by the length of a list. */
const mostReady = 500;

/**
 * SQLite plans a statement anew for each value it is handed, in case it helps to know the value; a plus sign hides it. A page of posts
 * takes 12 µs so and 45 without the sign before its limit alone.
 */
const withPlainValues = (text: string) => text.replace(/(?<=[=<>(,] ?|\blimit )\?/g, '+?');

/** Drizzle's own logger would not hear what this room asks by hand. */
function logged(statement: Sqlite.Statement, text: string, logQuery: DatabaseOptions['logQuery']) {
	if (!logQuery) return statement;
	const { all, get, run } = statement;
	const hears = (original: typeof all) =>
		function (this: Sqlite.Statement, ...params: unknown[]) {
			logQuery(text, params);
			return original.apply(this, params);
		};
	return Object.assign(statement, { all: hears(all), get: hears(get as typeof all), run: hears(run as never) });
}

/** Drizzle asks for its statement anew at each query; SQLite needs as long to read the text as to answer it. */
function keepReady(client: Sqlite.Database, logQuery: DatabaseOptions['logQuery']) {
	const ready = new Map<string, Sqlite.Statement>();
	const prepare = client.prepare.bind(client);
	client.prepare = ((text: string) => {
		let statement = ready.get(text);
		if (!statement) {
			statement = logged(prepare(withPlainValues(text)), text, logQuery);
			if (ready.size === mostReady) ready.delete(ready.keys().next().value ?? '');
			ready.set(text, statement);
		}
		return statement;
	}) as typeof client.prepare;
	return client;
}

function migrate(file: string) {
	const client = connect(file);
	try {
		client.exec(ledger);
		const done = client.prepare('select name, hash from migrations order by name').all() as { name: string; hash: string }[];
		const steps = outstanding(migrationsFor('sqlite'), done);
		if (steps.length === 0) return;
		if (done.length > 0) {
			client.pragma('wal_checkpoint(TRUNCATE)');
			copyFileSync(file, `${file}${copyMark}${steps[0]?.name}`);
		}
		// Rebuilding a table drops the old one, which with keys on would delete the rows that point to it.
		client.pragma('foreign_keys = OFF');
		for (const step of steps) {
			client.transaction(() => {
				for (const statement of step.statements) client.exec(statement);
				client.prepare('insert into migrations (name, hash) values (?, ?)').run(step.name, step.hash);
				const broken = client.pragma('foreign_key_check') as unknown[];
				if (broken.length > 0)
					throw new Error(`Migration ${step.name} would leave ${broken.length} rows pointing nowhere. Nothing was changed.`);
			})();
		}
		// What the tables of a new store hold, nothing, would be believed for long.
		if (done.length > 0) client.exec(sampled);
	} finally {
		client.close();
	}
}

export function openSqlite(file: string, { logQuery }: DatabaseOptions = {}): Database {
	const folder = dirname(resolve(file));
	mkdirSync(folder, { recursive: true });
	// Read once, when the first file is opened: what SQLite writes aside for a moment stays on the store's disk, where the operator looks after it.
	process.env['SQLITE_TMPDIR'] ??= folder;
	migrate(file);
	const writer = keepReady(connect(file), logQuery);
	writer.pragma(`journal_size_limit = ${longestLog}`);
	// Each savepoint keeps pages aside as they were, 28 for an answer: in files these were nearly half of all that was written.
	writer.pragma('temp_store = MEMORY');
	const reader = keepReady(connect(file, true), logQuery);
	const options = { casing: 'snake_case' as const };
	const write = drizzle({ client: writer, ...options }) as unknown as Queries;
	const read = drizzle({ client: reader, ...options });
	const signal = signalInProcess();
	const upkeep = sqliteUpkeep(file, writer);
	const search = searchSqlite(read, reader, writer);
	const writes = sqliteWrites(writer, undefined, search);
	const ballast = sqliteBallast(file);
	ballast.make();

	let large = 0;
	const keepAside = (where: 'FILE' | 'MEMORY') => writes.between(() => void writer.pragma(`temp_store = ${where}`));

	/** On a full disk the ballast goes, and what was to be written is tried once more: nothing of the first try is left. */
	async function withRoom<T>(write: () => Promise<T>): Promise<T> {
		try {
			return await write().catch((problem: unknown) => {
				if (!isFull(problem)) throw problem;
				ballast.giveUp();
				return write();
			});
		} catch (problem) {
			throw isFull(problem) ? new Refusal('no_room') : problem;
		}
	}

	return {
		tables: defineTables(words),
		handMade: handMade.sqlite,
		read: read as unknown as Queries,
		search,
		prepare(build) {
			// Drizzle's promise of an answer that is there already would be waited for three times.
			let ready: { execute(values: Record<string, unknown>): { sync(): unknown } } | undefined;
			return async (values) => (ready ??= build().prepare('') as unknown as typeof ready & object).execute(values).sync() as never;
		},
		versions: versionsSqlite(reader),
		write: (work) => alone(() => withRoom(() => writes.write(() => work(write)))),
		async writingMuch(work) {
			if (large === 0) await keepAside('FILE');
			large++;
			return work().finally(() => (--large === 0 ? keepAside('MEMORY') : undefined));
		},
		hasRoom: ballast.hasRoom,
		makeRoom: ballast.giveUp,
		analyse: () => writes.between(upkeep.analyse),
		checkpoint: () => writes.between(upkeep.checkpoint),
		async scrub() {
			upkeep.dropCopies();
			// With a reader in the way nothing could be taken away for certain.
			if (!(await writes.between(upkeep.checkpoint))) return false;
			try {
				await upkeep.writeAnew();
			} catch (problem) {
				if (isBusy(problem)) return false;
				throw problem;
			}
			return writes.between(upkeep.checkpoint);
		},
		dropCopies: async (before) => upkeep.dropCopies(before),
		tidy: () =>
			writes.between(() => {
				ballast.make();
				upkeep.tidy();
			}),
		signal,
		isAway: isBusy,
		ready: async () => void reader.prepare('select 1').get(),
		async close() {
			await signal.close();
			await writes.between(() => undefined);
			reader.close();
			writer.close();
		}
	};
}
