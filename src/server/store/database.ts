// One store, two databases: what differs between SQLite and PostgreSQL ends in this room.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { handMade } from './ledger.ts';
import type { SearchIndex } from './search.ts';
import type { Signal } from './signal.ts';
import type { Tables } from './tables.ts';

/** Drizzle's builders, typed as PostgreSQL's on both databases. */
export type Queries = Pick<NodePgDatabase, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$count'>;

export interface Database {
	tables: Tables;
	/** What the migrations made by hand, by the ledger's word. */
	handMade: (typeof handMade)['sqlite'];
	/** For looking only; on SQLite the connection itself is read-only. */
	read: Queries;
	/**
	 * Runs `work` as one atomic write and resolves when it is durable. PostgreSQL may run it again after a lost race, so it has no
	 * side effects of its own. A write inside a write throws.
	 */
	write<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
	/** Finds posts by tokens; its writes belong to the write that changes the post. */
	search: SearchIndex;
	/** Tells this process, and on PostgreSQL the others, that the stream has grown. */
	signal: Signal;
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

/** Opens the store that the address names (`file:…` or `postgres://…`), brought up to date. */
export async function openDatabase(url: string): Promise<Database> {
	if (/^postgres(ql)?:\/\//.test(url)) return (await import('./postgres.ts')).openPostgres(url);
	return (await import('./sqlite.ts')).openSqlite(url.replace(/^file:/, ''));
}
