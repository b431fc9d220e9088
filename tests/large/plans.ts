// Reads how a database means to answer a statement, and says what would grow with the site.
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';

export type Asked = { sql: string; params: unknown[] };

/** Rows one page, one member's desk or one post may take; a million are there to be read by mistake. */
export const most = 2_000;

/** Tables that do not grow with the site. */
const small = ['boards', 'migrations'];

export type Reader = { problems: (asked: Asked) => Promise<string[]>; close: () => Promise<void> };

export async function plansOf(url: string): Promise<Reader> {
	return url.startsWith('file:') ? sqlitePlans(url.replace(/^file:/, '')) : postgresPlans(url);
}

function sqlitePlans(file: string): Reader {
	const client = new Sqlite(file);

	/** How many rows come out when nothing stops them: what a sort has to hold. */
	function sorted({ sql, params }: Asked): number {
		const bare = /^(select .*) order by (?:(?! order by ).)*$/is.exec(sql)?.[1] ?? sql;
		const dropped = (sql.match(/\?/g)?.length ?? 0) - (bare.match(/\?/g)?.length ?? 0);
		const found = client
			.prepare<unknown[], { rows: number }>(`select count(*) as rows from (${bare} limit ${most + 1})`)
			.get(...params.slice(0, params.length - dropped));
		return found?.rows ?? 0;
	}

	return {
		async problems(asked) {
			const plan = client.prepare<unknown[], { detail: string }>(`explain query plan ${asked.sql}`).all(...asked.params);
			return plan.flatMap(({ detail }) => {
				const scanned = /^SCAN (\w+)/.exec(detail)?.[1];
				const derived = new RegExp(`\\) ${scanned}\\b`).test(asked.sql) || /ROW VALUES CLAUSE/.test(detail);
				if (scanned && !derived && !small.includes(scanned) && !/VIRTUAL TABLE INDEX/.test(detail)) return [detail];
				if (/TEMP B-TREE/.test(detail) && /^select/i.test(asked.sql) && sorted(asked) > most)
					return [`${detail} over more than ${most} rows`];
				return [];
			});
		},
		async close() {
			client.close();
		}
	};
}

type Node = {
	'Node Type': string;
	'Relation Name'?: string;
	'Actual Rows'?: number;
	'Actual Loops'?: number;
	'Rows Removed by Filter'?: number;
	'Rows Removed by Index Recheck'?: number;
	'Rows Removed by Join Filter'?: number;
	'Plan Rows': number;
	Plans?: Node[];
};

function* within(node: Node): Generator<Node> {
	yield node;
	for (const child of node.Plans ?? []) yield* within(child);
}

async function postgresPlans(url: string): Promise<Reader> {
	const client = new Client({ connectionString: url });
	await client.connect();
	const explain = async (how: string, { sql, params }: Asked, values: unknown[] = params) => {
		const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(`explain (${how}, format json) ${sql}`, values);
		return rows[0]?.['QUERY PLAN'][0].Plan;
	};

	return {
		/** Carried out inside a transaction that is rolled back, and counted: every row that was touched, not only those that came out. */
		async problems(asked) {
			const inserts = /^insert/i.test(asked.sql);
			await client.query('begin');
			try {
				const plan = await explain(inserts ? 'costs' : 'analyze, timing off', asked);
				return [...(plan ? within(plan) : [])].flatMap((node) => {
					const table = node['Relation Name'] ?? '';
					const removed =
						(node['Rows Removed by Filter'] ?? 0) +
						(node['Rows Removed by Index Recheck'] ?? 0) +
						(node['Rows Removed by Join Filter'] ?? 0);
					const touched = Math.round(((node['Actual Rows'] ?? node['Plan Rows']) + removed) * (node['Actual Loops'] ?? 1));
					return touched > most && !small.includes(table) ? [`${node['Node Type']} ${table} touches ${touched} rows`] : [];
				});
			} finally {
				await client.query('rollback');
			}
		},
		async close() {
			await client.end();
		}
	};
}
