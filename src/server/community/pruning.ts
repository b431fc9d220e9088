// The hourly chore that makes the ledger's times true: what is past its time goes, some rows at a time.
import { ledger, tableNames } from '#server/store/ledger.ts';
import { pruneRows } from '#server/store/rows-about.ts';
import type { Means } from './means.ts';

const every = 60 * 60_000;
/** A copy of before a change of the database is of use until the change has shown itself sound. */
const copiesFor = 30 * 24 * 60 * 60_000;
/**
 * Rows in one write. On SQLite nobody is answered meanwhile: at a million posts five hundred notices took a tenth of a second and fifty take
 * a hundredth.
 */
const atOnce = 50;

const rules = tableNames.flatMap((name) => (ledger[name].prune ?? []).map((rule) => ({ name, rule })));

export function pruning({ db, now }: Pick<Means, 'db' | 'now'>) {
	let lastAt: number | undefined;
	/** Those of this hour that may have more. */
	let due: typeof rules = [];

	/** One write for each rule that is due. One that fails waits for the next hour and does not keep the others waiting. */
	async function pruneSome() {
		const problems: unknown[] = [];
		const more: typeof rules = [];
		for (const one of due) {
			const prune = db.write((tx) => pruneRows(tx, db.tables, one.name, one.rule, now(), atOnce));
			if (await prune.catch((problem: unknown) => void problems.push(problem))) more.push(one);
		}
		due = more;
		if (problems.length > 0) throw new AggregateError(problems, 'Some rows that are past their time could not be taken out.');
	}

	async function pruneAll() {
		for (due = rules; due.length > 0;) await pruneSome();
	}

	/** Begins at the start and then once an hour; called every second, it takes out some until nothing more is past its time. */
	async function pruneDue() {
		if (lastAt === undefined || now() - lastAt >= every) {
			lastAt = now();
			due = rules;
			await db.dropCopies(now() - copiesFor);
		}
		await pruneSome();
	}

	return { pruneAll, pruneDue };
}
