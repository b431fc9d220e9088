// The writing side of PostgreSQL: serializable, tried again after a lost race, and no connection comes back in the middle of a write.
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';
import { Refusal } from '#lib/refusals.ts';
import type { Queries } from './database.ts';
import { isAway, noAnswer, says } from './postgres-away.ts';

const mostTries = 12;
/** Whoever lost so often takes a turn with the others who did: in a crowd everybody may lose for ever. */
const triesAtOnce = 3;
const comeBackIn = 5;

/**
 * 40001 and 40P01 say that another write won; so does 23505 where the work looked for the row before it inserted it, and looking again
 * will find it.
 */
const lostRace = ['40001', '40P01', '23505'];
function refuseWhereBusy(problem: unknown): never {
	throw isAway(problem) ? new Refusal('busy', comeBackIn) : problem;
}

async function rolledBack(queries: NodePgDatabase): Promise<boolean> {
	return queries.execute(sql`rollback`).then(
		() => true,
		() => false
	);
}

/** Drizzle's own transaction() gives a connection back inside of the open one where its rollback fails, and loses it where `begin` does. */
export function postgresWrites(pool: Pool, over: (client: PoolClient) => NodePgDatabase) {
	const known = new WeakMap<PoolClient, NodePgDatabase>();
	function queriesOf(client: PoolClient) {
		let queries = known.get(client);
		if (!queries) known.set(client, (queries = over(client)));
		return queries;
	}

	async function once<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
		const client = await pool.connect().catch(refuseWhereBusy);
		const queries = queriesOf(client);
		/** Only a connection that is known to be outside of any transaction serves another write. */
		let outside = false;
		let committing = false;
		try {
			await queries.execute(sql`begin isolation level serializable`);
			const result = await work(queries);
			committing = true;
			await queries.execute(sql`commit`);
			outside = true;
			return result;
		} catch (problem) {
			if (!says(problem, noAnswer)) outside = await rolledBack(queries);
			// Nobody knows whether it happened, which "try again" would deny.
			if (committing && !outside) throw problem;
			return refuseWhereBusy(problem);
		} finally {
			client.release(!outside);
		}
	}

	async function transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
		for (let tried = 1; ; tried++) {
			try {
				return await (tried > triesAtOnce || waiting > 0 ? inTurn(() => once(work)) : once(work));
			} catch (problem) {
				if (!says(problem, lostRace) || tried === mostTries) throw problem;
				await pause(Math.random() * 5 * 2 ** Math.min(tried, 6));
			}
		}
	}

	let turn: Promise<unknown> = Promise.resolve();
	let waiting = 0;
	/** While some wait for their turn, newcomers of this process wait behind them. */
	function inTurn<T>(work: () => Promise<T>): Promise<T> {
		waiting++;
		const mine = turn.then(work).finally(() => waiting--);
		turn = mine.catch(() => undefined);
		return mine;
	}

	return transaction;
}
