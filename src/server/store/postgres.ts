// PostgreSQL: two pools, one of them for writes (postgres-writes.ts).
import { setTimeout as pause } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client, Pool } from 'pg';
import { words } from './columns.postgres.ts';
import { alone, type Database, type DatabaseOptions } from './database.ts';
import { handMade } from './ledger.ts';
import { ledger, migrationsFor, outstanding } from './migrations.ts';
import { isAway } from './postgres-away.ts';
import { postgresWrites } from './postgres-writes.ts';
import { searchPostgres } from './search.postgres.ts';
import { signalOverPostgres } from './signal.postgres.ts';
import { defineTables } from './tables.ts';
import { versionsPostgres } from './versions.ts';

/**
 * Milliseconds after which a server that hangs is not waited for any longer. Readers have gone by then; a write may be large, as the pruning
 * after a long rest; whoever asks whether the store is ready wants to know now. The server itself gives up a write's statement and its waiting
 * for a lock before that: then the connection stays good and nothing goes on for somebody who has left.
 */
const patient = { connecting: 5000, reading: 10_000, writing: 60_000, statement: 55_000, lock: 10_000, ready: 2000 };
export type Patience = typeof patient;
/** Connections. Each kind has its own: a reader inside of a write never waits for the writers before it. */
const most = { reading: 10, writing: 10 };

/** Any number would do: it keeps two starting processes from migrating at once. */
const migrationLock = 727_274;

async function migrate(client: Client) {
	await client.query('select pg_advisory_lock($1)', [migrationLock]);
	try {
		await client.query(ledger);
		const done = await client.query<{ name: string; hash: string }>('select name, hash from migrations order by name');
		const steps = outstanding(migrationsFor('postgres'), done.rows);
		for (const step of steps) {
			await client.query('begin');
			for (const statement of step.statements) await client.query(statement);
			await client.query('insert into migrations (name, hash) values ($1, $2)', [step.name, step.hash]);
			await client.query('commit');
		}
		if (steps.length > 0 && done.rows.length > 0) await client.query('analyze');
	} catch (problem) {
		await client.query('rollback');
		throw problem;
	} finally {
		await client.query('select pg_advisory_unlock($1)', [migrationLock]);
	}
}

export async function openPostgres(url: string, { logQuery, patience: given }: DatabaseOptions = {}): Promise<Database> {
	const patience = { ...patient, ...given };
	function lines(kind: keyof typeof most) {
		const pool = new Pool({
			connectionString: url,
			max: most[kind],
			connectionTimeoutMillis: patience.connecting,
			query_timeout: patience[kind],
			...(kind === 'writing' && {
				statement_timeout: patience.statement,
				lock_timeout: patience.lock,
				idle_in_transaction_session_timeout: patience.writing
			}),
			keepAlive: true
		});
		// A connection that breaks while idle must not end the process; the next query gets a new one.
		pool.on('error', () => undefined);
		// Nor one that breaks in the middle of a write, where the pool listens no more: the next statement of that write says it.
		pool.on('connect', (client) => void client.on('error', () => undefined));
		return pool;
	}
	/** Migrations and upkeep take as long as they take. */
	async function patiently(work: (client: Client) => Promise<unknown>) {
		const client = new Client({ connectionString: url, connectionTimeoutMillis: patience.connecting, keepAlive: true });
		client.on('error', () => undefined);
		await client.connect();
		try {
			await work(client);
		} finally {
			await client.end();
		}
	}
	await patiently(migrate);
	const [pool, writers] = [lines('reading'), lines('writing')];
	const options = { casing: 'snake_case' as const, ...(logQuery && { logger: { logQuery } }) };
	const db = drizzle({ client: pool, ...options });
	const transaction = postgresWrites(writers, (client) => drizzle({ client, ...options }));

	const signal = signalOverPostgres(url, (channel, payload) => pool.query('select pg_notify($1, $2)', [channel, payload]));

	let prepared = 0;

	/** Dead rows go from the tables, and from the statistics, which know common values. */
	async function scrub(): Promise<boolean> {
		await patiently((client) => client.query('vacuum (analyze)'));
		return true;
	}

	return {
		tables: defineTables(words),
		handMade: handMade.postgres,
		read: db,
		prepare(build) {
			let ready: ReturnType<ReturnType<typeof build>['prepare']> | undefined;
			return async (values) => (ready ??= build().prepare(`ready_${prepared++}`)).execute(values);
		},
		search: searchPostgres(db),
		write: (work) => alone(() => transaction(work)),
		writingMuch: (work) => work(),
		versions: versionsPostgres(pool),
		analyse: () => patiently((client) => client.query('analyze')),
		// PostgreSQL keeps both in order by itself.
		checkpoint: async () => true,
		tidy: async () => undefined,
		// Its disk is looked after by whoever runs it.
		hasRoom: () => true,
		makeRoom: () => undefined,
		scrub,
		// Migrations leave none here.
		dropCopies: async () => undefined,
		signal,
		isAway,
		async ready() {
			const late = pause(patience.ready, undefined, { ref: false }).then(() => {
				throw new Error('The store does not answer.');
			});
			await Promise.race([pool.query('select 1'), late]);
		},
		async close() {
			// A server that hangs says no goodbye.
			await Promise.race([signal.close(), pause(patience.ready, undefined, { ref: false })]);
			await Promise.all([pool.end(), writers.end()]);
		}
	};
}
