// The hourly chore that makes the ledger's times true: what is past its time goes, some rows at a time.
import { ledger, tableNames, type TableName } from '#server/store/ledger.ts';
import type { Pruned } from '#server/store/ledger-words.ts';
import { pruneRows } from '#server/store/rows-about.ts';
import type { Means } from './means.ts';

const every = 60 * 60_000;
/** A copy of before a change of the database is of use until the change has shown itself sound. */
const copiesFor = 30 * 24 * 60 * 60_000;
/** Rows in one write: others wait for it. */
const atOnce = 500;
/** Writes for one rule in one round; what is left waits an hour. */
const mostWrites = 20;

export function pruning({ db, now }: Pick<Means, 'db' | 'now'>) {
	let lastAt: number | undefined;

	async function prune(name: TableName, rule: Pruned<string>) {
		for (let writes = 1; writes <= mostWrites; writes++) {
			const more = await db.write((tx) => pruneRows(tx, db.tables, name, rule, now(), atOnce));
			if (!more) return;
		}
	}

	/** One rule that fails does not keep the others waiting. */
	async function pruneAll() {
		const problems: unknown[] = [];
		for (const name of tableNames)
			for (const rule of ledger[name].prune ?? []) await prune(name, rule).catch((problem: unknown) => problems.push(problem));
		if (problems.length > 0) throw new AggregateError(problems, 'Some rows that are past their time could not be taken out.');
	}

	/** Works at the start and then once an hour; called every second. */
	async function pruneDue() {
		if (lastAt !== undefined && now() - lastAt < every) return;
		lastAt = now();
		await db.dropCopies(now() - copiesFor);
		await pruneAll();
	}

	return { pruneAll, pruneDue };
}
