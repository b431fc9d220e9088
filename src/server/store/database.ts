// One store, two databases: what differs between SQLite and PostgreSQL ends in this room.
import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgInsertValue, PgTable } from 'drizzle-orm/pg-core';
import type { handMade } from './ledger.ts';
import type { Patience } from './postgres.ts';
import type { SearchIndex } from './search.ts';
import type { Signal } from './signal.ts';
import type { Tables } from './tables.ts';

export type Versions = { version: number; newest: number };

/** Drizzle's builders, typed as PostgreSQL's on both databases. */
export type Queries = Pick<NodePgDatabase, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$count'>;

/** A query that Drizzle can build ahead, with `sql.placeholder` where values belong. */
export type Preparable<Rows> = PromiseLike<Rows> & { prepare(name: string): { execute(values: Record<string, unknown>): Promise<Rows> } };

let built = 0;

/**
 * A query for hot paths inside of writes: built once for each connection and only handed its values afterwards, as with `Database.prepare`.
 */
export function ready<Rows>(build: (q: Queries, tables: Tables) => Preparable<Rows>) {
	const prepared = new WeakMap<Queries, ReturnType<Preparable<Rows>['prepare']>>();
	const name = `built_${built++}`;
	return (q: Queries, tables: Tables, values: Record<string, unknown>): Promise<Rows> => {
		let known = prepared.get(q);
		if (!known) prepared.set(q, (known = build(q, tables).prepare(name)));
		return known.execute(values);
	};
}

/** Adds one row, likewise built once for each set of columns. */
export function readyToAdd<T extends PgTable>(into: (tables: Tables) => T) {
	const known = new Map<string, ReturnType<typeof ready>>();
	return async (q: Queries, tables: Tables, row: T['$inferInsert']): Promise<void> => {
		const names = Object.keys(row);
		let add = known.get(names.join());
		if (!add) {
			const places = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as PgInsertValue<T>;
			known.set(names.join(), (add = ready((to, all) => to.insert(into(all)).values(places))));
		}
		await add(q, tables, row);
	};
}

export interface Database {
	tables: Tables;
	/** What the migrations made by hand, by the ledger's word. */
	handMade: (typeof handMade)['sqlite'];
	/** For looking only; on SQLite the connection itself is read-only. */
	read: Queries;
	/**
	 * A reading query that is built once, at its first use, and then only handed its values: building it anew costs up to twenty times its
	 * answer (50 µs against 3). For what every page asks; elsewhere `read` is easier to follow.
	 */
	prepare<Rows>(build: () => Preparable<Rows>): (values: Record<string, unknown>) => Promise<Rows>;
	/**
	 * Runs `work` as one atomic write and resolves when it is durable. PostgreSQL may run it again after a lost race, so it has no
	 * side effects of its own. A write inside a write throws.
	 */
	write<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
	/**
	 * Around writes that may touch very many rows, so that SQLite keeps the pages as they were before in files meanwhile: in memory they take
	 * 110 kB for each of a member's posts that is erased.
	 */
	writingMuch<T>(work: () => Promise<T>): Promise<T>;
	/** False while the disk is full: then only what takes away is still written. Verbs that add words ask first. */
	hasRoom(): boolean;
	/** Gives up what room is kept for taking away, where something else than the store needs it for that. */
	makeRoom(): void;
	/** Finds posts by tokens; its writes belong to the write that changes the post. */
	search: SearchIndex;
	/**
	 * How often anything under these scopes has changed for guests (`visible_versions`), and the newest number of the stream, in one look.
	 * A page rendered after this look is never older than what it says. Undefined on SQLite where one of the scopes has no row, which nobody
	 * would raise; PostgreSQL makes the row with the first change, and counts a missing one as never changed.
	 */
	versions(scopes: string[]): Promise<Versions | undefined>;
	/** Tells this process, and on PostgreSQL the others, that the stream has grown. */
	signal: Signal;
	/** Makes the statistics by which statements are planned: after a bulk change, and by itself as the site grows. */
	analyse(): Promise<void>;
	/** Whether all that was ever written stands in the database file itself and nothing in its log. */
	checkpoint(): Promise<boolean>;
	/**
	 * Takes what was deleted off the disk as far as the store can; false where it has to be asked again. On SQLite then nothing is left in the
	 * file, its log or the copies that migrations keep. PostgreSQL's log, replicas and backups are the operator's.
	 */
	scrub(): Promise<boolean>;
	/** Lets go of copies that migrations left beside the file before this moment. */
	dropCopies(before: number): Promise<void>;
	/** For the chores, each second: keeps the log short and the statistics true. Throws where it could not for a minute. */
	tidy(): Promise<void>;
	/** Whether a problem says that the store hangs, is locked by somebody else or cannot be reached: it passes, and is no bug of ours. */
	isAway(problem: unknown): boolean;
	/** Resolves when the store answers. */
	ready(): Promise<void>;
	close(): Promise<void>;
}

const writing = new AsyncLocalStorage<true>();

/** Both databases refuse a write inside a write in the same words: on SQLite it would wait for itself for ever. */
export function alone<T>(work: () => Promise<T>): Promise<T> {
	if (writing.getStore()) throw new Error('A write inside a write: hand the transaction on instead.');
	return writing.run(true, work);
}

export type DatabaseOptions = {
	/** Hears each statement with its values: for benchmarks and for tests that read query plans. */
	logQuery?: (sql: string, params: unknown[]) => void;
	/** Waits for PostgreSQL, shorter than a site has them: for tests. */
	patience?: Partial<Patience>;
};

/** Opens the store that the address names (`file:…` or `postgres://…`), brought up to date. */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
	if (/^postgres(ql)?:\/\//.test(url)) return (await import('./postgres.ts')).openPostgres(url, options);
	return (await import('./sqlite.ts')).openSqlite(url.replace(/^file:/, ''), options);
}
