// SQLite: one read-only connection, and one writer behind a queue.
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { words } from './columns.sqlite.ts';
import { alone, type Database, type DatabaseOptions, type Queries } from './database.ts';
import { ledger, migrationsFor, outstanding } from './migrations.ts';
import { searchSqlite } from './search.sqlite.ts';
import { longestLog, sampled, sqliteUpkeep } from './sqlite-upkeep.ts';
import { signalInProcess } from './signal.ts';
import { defineTables } from './tables.ts';

/** better-sqlite3's default acknowledges commits that are not on disk yet (200 commits, one fsync): FULL, on every connection. */
function connect(file: string, readonly = false) {
	const client = new Sqlite(file, { readonly, timeout: 5000 });
	if (!readonly) client.pragma('journal_mode = WAL');
	client.pragma('synchronous = FULL');
	client.pragma('secure_delete = ON');
	client.pragma('foreign_keys = ON');
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
			copyFileSync(file, `${file}.before-${steps[0]?.name}`);
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
	mkdirSync(dirname(file), { recursive: true });
	migrate(file);
	const writer = connect(file);
	writer.pragma(`journal_size_limit = ${longestLog}`);
	const reader = connect(file, true);
	const options = { casing: 'snake_case' as const, ...(logQuery && { logger: { logQuery } }) };
	const write = drizzle({ client: writer, ...options }) as unknown as Queries;
	const read = drizzle({ client: reader, ...options });
	const signal = signalInProcess();
	let queue: Promise<unknown> = Promise.resolve();

	const upkeep = sqliteUpkeep(file, writer);

	/** One after the other: nothing runs on the writing connection while a write is under way. */
	function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
		const turn = queue.then(work);
		queue = turn.catch(() => undefined);
		return turn;
	}

	async function transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
		writer.exec('BEGIN IMMEDIATE');
		try {
			const result = await work(write);
			writer.exec('COMMIT');
			return result;
		} catch (problem) {
			if (writer.inTransaction) writer.exec('ROLLBACK');
			throw problem;
		}
	}

	return {
		tables: defineTables(words),
		read: read as unknown as Queries,
		search: searchSqlite(read),
		write: (work) => alone(() => inTurn(() => transaction(work))),
		analyse: () => inTurn(upkeep.analyse),
		checkpoint: () => inTurn(upkeep.checkpoint),
		tidy: () => inTurn(upkeep.tidy),
		signal,
		ready: async () => void reader.prepare('select 1').get(),
		async close() {
			await signal.close();
			await queue;
			reader.close();
			writer.close();
		}
	};
}
