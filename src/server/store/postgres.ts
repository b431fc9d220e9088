// PostgreSQL: a pool; writes are serializable and tried again after a lost race.
import { setTimeout as pause } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client, Pool } from 'pg';
import { words } from './columns.postgres.ts';
import { alone, type Database, type DatabaseOptions, type Queries } from './database.ts';
import { handMade } from './ledger.ts';
import { ledger, migrationsFor, outstanding } from './migrations.ts';
import { searchPostgres } from './search.postgres.ts';
import { signalOverPostgres } from './signal.ts';
import { defineTables } from './tables.ts';
import { versionsPostgres } from './versions.ts';

/**
 * Milliseconds after which a server that hangs is not waited for any longer. Readers have gone by then; a write may be large, as the pruning
 * after a long rest; whoever asks whether the store is ready wants to know now.
 */
const patience = { connecting: 5000, reading: 10_000, writing: 60_000, ready: 2000 };
/** Connections. Each kind has its own: a reader inside of a write never waits for the writers before it. */
const most = { reading: 10, writing: 10 };

/** Any number would do: it keeps two starting processes from migrating at once. */
const migrationLock = 727_274;
const mostTries = 12;
/** Whoever lost so often takes a turn with the others who did: in a crowd everybody may lose for ever. */
const triesAtOnce = 3;

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

/**
 * Drizzle wraps the driver's error: the code is on the cause. 40001 and 40P01 say that another write won; so does 23505 where
 * the work looked for the row before it inserted it, and looking again will find it.
 */
const lostCodes = ['40001', '40P01', '23505'];
function lostRace(problem: unknown): boolean {
	if (!(problem instanceof Error)) return false;
	if ('code' in problem && lostCodes.some((code) => code === problem.code)) return true;
	return lostRace(problem.cause);
}

export async function openPostgres(url: string, { logQuery }: DatabaseOptions = {}): Promise<Database> {
	function lines(kind: keyof typeof most) {
		const pool = new Pool({
			connectionString: url,
			max: most[kind],
			connectionTimeoutMillis: patience.connecting,
			query_timeout: patience[kind],
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
	const writing = drizzle({ client: writers, ...options });

	const signal = signalOverPostgres(url, (channel, payload) => pool.query('select pg_notify($1, $2)', [channel, payload]));

	let turn: Promise<unknown> = Promise.resolve();
	let waiting = 0;
	/** While some wait for their turn, newcomers of this process wait behind them. */
	function inTurn<T>(work: () => Promise<T>): Promise<T> {
		waiting++;
		const mine = turn.then(work).finally(() => waiting--);
		turn = mine.catch(() => undefined);
		return mine;
	}

	async function transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
		const once = () => writing.transaction(work, { isolationLevel: 'serializable' });
		for (let tried = 1; ; tried++) {
			try {
				return await (tried > triesAtOnce || waiting > 0 ? inTurn(once) : once());
			} catch (problem) {
				if (!lostRace(problem) || tried === mostTries) throw problem;
				await pause(Math.random() * 5 * 2 ** Math.min(tried, 6));
			}
		}
	}

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
		async ready() {
			const late = pause(patience.ready, undefined, { ref: false }).then(() => {
				throw new Error('The store does not answer.');
			});
			await Promise.race([pool.query('select 1'), late]);
		},
		async close() {
			await signal.close();
			await Promise.all([pool.end(), writers.end()]);
		}
	};
}
