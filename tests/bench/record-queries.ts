// Loaded before the built site (`node --import`): writes down every statement that SQLite is asked, with what it is asked with.
import { appendFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

export type Query = { sql: string; params: unknown[]; /** Whether it only looks. */ reader: boolean };

const file = process.env.BENCH_QUERIES ?? '/dev/null';
const statement: Record<string, unknown> = Object.getPrototypeOf(new Sqlite(':memory:').prepare('select 1'));

for (const name of ['all', 'get', 'run', 'iterate']) {
	const original = statement[name];
	if (typeof original !== 'function') continue;
	statement[name] = function (this: { source: string; reader: boolean }, ...params: unknown[]) {
		const query: Query = { sql: this.source, params: params.flat(), reader: this.reader };
		// At once, so that what a page asked is there when its answer is.
		appendFileSync(file, `${JSON.stringify(query)}\n`);
		return original.apply(this, params);
	};
}
