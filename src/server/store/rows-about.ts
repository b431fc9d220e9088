// Rows by the ledger's word: whose they are, and which are past their time. Nothing here knows a table; the ledger does.
import { and, asc, eq, getTableColumns, gt, inArray, isNull, lte, ne, or, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Queries } from './database.ts';
import { ledger, type TableName } from './ledger.ts';
import { retentions, type Pruned } from './ledger-words.ts';
import type { Tables } from './tables.ts';

export type Row = Record<string, unknown>;

const tableOf = (tables: Tables, name: TableName): PgTable => tables[name];
/** The column, or an error: the ledger's types keep its names true. */
export function columnOf(table: PgTable, name: string): PgColumn {
	const column = getTableColumns(table)[name];
	if (!column) throw new Error(`The ledger names a column "${name}" that its table lacks.`);
	return column;
}

function keyOf(table: PgTable): PgColumn {
	const key = Object.values(getTableColumns(table)).find(({ primary }) => primary);
	if (!key) throw new Error('A table whose rows are to go has no key.');
	return key;
}

/** Whom or what rows are about: a member, or posts that no row ties to one. */
type Whom = { member: string } | { posts: string[] };

/** `owned`: only rows that are the member's own. Otherwise also those about their posts or made by them as staff. */
function aboutThem(q: Queries, tables: Tables, name: TableName, whom: Whom, owned: boolean): SQL | undefined {
	const table = tableOf(tables, name);
	const links = owned ? ledger[name].about.slice(0, 1) : ledger[name].about;
	return or(
		...links.map(([column, target, , prefix = '']) => {
			const here = columnOf(table, column);
			if (target === 'members') return 'member' in whom ? eq(here, prefix + whom.member) : undefined;
			if (target === 'posts' && 'posts' in whom) return inArray(here, whom.posts);
			const there = tableOf(tables, target);
			const about = aboutThem(q, tables, target, whom, true);
			return (
				about &&
				inArray(
					here,
					q
						.select({ id: columnOf(there, 'id') })
						.from(there)
						.where(about)
				)
			);
		})
	);
}

/** The next rows of a table about a member, at most `limit`, in the order of their ids; tables without ids answer all at once. */
export async function rowsAbout(
	q: Queries,
	tables: Tables,
	name: TableName,
	{ member, owned, after, limit }: { member: string; owned: boolean; after: string | undefined; limit: number }
): Promise<Row[]> {
	const about = aboutThem(q, tables, name, { member }, owned);
	if (!about) return [];
	const table = tableOf(tables, name);
	const columns = Object.fromEntries(Object.keys(ledger[name].columns).map((column) => [column, columnOf(table, column)]));
	const found = q.select(columns).from(table);
	const { id } = columns;
	if (!id) return found.where(about);
	return found
		.where(and(about, after === undefined ? undefined : gt(id, after)))
		.orderBy(asc(id))
		.limit(limit);
}

/** The rows of a table about these posts, whoever wrote them. */
export async function rowsOfPosts(q: Queries, tables: Tables, name: TableName, posts: string[], owned: boolean): Promise<Row[]> {
	const about = aboutThem(q, tables, name, { posts }, owned);
	if (!about) return [];
	const table = tableOf(tables, name);
	return q
		.select(Object.fromEntries(Object.keys(ledger[name].columns).map((one) => [one, columnOf(table, one)])))
		.from(table)
		.where(about);
}

/** The rows of a table that have one of these in a column. */
export async function rowsWith(q: Queries, tables: Tables, name: TableName, column: string, values: string[]): Promise<Row[]> {
	const table = tableOf(tables, name);
	const columns = Object.fromEntries(Object.keys(ledger[name].columns).map((one) => [one, columnOf(table, one)]));
	return q
		.select(columns)
		.from(table)
		.where(inArray(columnOf(table, column), values));
}

/** Deletes or empties the `limit` oldest rows that are past their time. True where more may be left. */
export async function pruneRows(tx: Queries, tables: Tables, name: TableName, rule: Pruned<string>, now: number, limit: number) {
	const table = tableOf(tables, name);
	const from = columnOf(table, rule.from);
	const retention = retentions[rule.kept];
	if (!('after' in retention)) throw new Error(`"${rule.kept}" is not a time.`);
	const only = Object.entries(rule.only ?? {}).map(([column, value]) =>
		value === null || value === undefined ? isNull(columnOf(table, column)) : eq(columnOf(table, column), value)
	);
	const unblanked = rule.marker ? ne(columnOf(table, rule.marker), rule.blank?.[rule.marker]) : undefined;
	/** A moment, or a day ("2026-03-14") where hours are not kept. */
	const past = now - retention.after;
	const until = from.dataType === 'string' ? new Date(past).toISOString().slice(0, 10) : past;
	const key = keyOf(table);
	const oldest = tx
		.select({ key })
		.from(table)
		.where(and(lte(from, until), ...only, unblanked))
		.orderBy(asc(from))
		.limit(limit);
	const chosen = inArray(key, oldest);
	const done = rule.blank
		? await tx.update(table).set(rule.blank).where(chosen).returning({ key })
		: await tx.delete(table).where(chosen).returning({ key });
	return done.length === limit;
}
