// A thief with the database, its log and a backup, but without the key file: every row of both copies as the database itself gives it, and
// attacks that name whom they suspect of having written a post behind a mask.
import { copyFileSync, existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';

export type Row = { table: string; cells: [column: string, value: unknown][]; order: number; tx: string };
/** One stolen copy. */
export type Copy = Map<string, Row[]>;

const cellsOf = (row: Record<string, unknown>, leave: string[]): Row['cells'] =>
	Object.entries(row)
		.filter(([name, value]) => !leave.includes(name) && value !== null)
		.flatMap(([name, value]): Row['cells'] => inside(name, value));

/** What stands inside JSON counts as cells too. */
function inside(name: string, value: unknown): Row['cells'] {
	if (typeof value === 'string' && /^[[{]/.test(value)) {
		try {
			return inside(name, JSON.parse(value));
		} catch {
			return [[name, value]];
		}
	}
	if (Array.isArray(value)) return value.flatMap((one) => inside(`${name}[]`, one));
	if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value))
		return Object.entries(value).flatMap(([key, one]) => inside(`${name}.${key}`, one));
	return [[name, value]];
}

/** The file and its log, copied while nobody writes, and read by a program that knows nothing of ours. */
export function stealSqlite(file: string, to: string): Copy {
	copyFileSync(file, to);
	if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${to}-wal`);
	const client = new Sqlite(to);
	const copy = everyRowIn(client);
	client.close();
	return copy;
}

export function everyRowIn(client: Sqlite.Database): Copy {
	const tables = client
		.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and sql not like '%virtual%'")
		.pluck()
		.all();
	const copy: Copy = new Map();
	for (const table of tables.map(String)) {
		const hasRowid = !/without rowid/i.test(String(client.prepare('select sql from sqlite_master where name = ?').pluck().get(table)));
		const rows = client.prepare(`select ${hasRowid ? 'rowid as "the order", ' : ''}* from "${table}"`).all() as Record<string, unknown>[];
		copy.set(
			table,
			rows.map((row, i) => ({ table, cells: cellsOf(row, ['the order']), order: Number(row['the order'] ?? i), tx: '' }))
		);
	}
	return copy;
}

export async function stealPostgres(url: string): Promise<Copy> {
	const client = new Client({ connectionString: url });
	await client.connect();
	const names = await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'");
	const copy: Copy = new Map();
	for (const { name } of names.rows) {
		const { rows } = await client.query<Record<string, unknown>>(`select xmin::text as "the tx", * from "${name}" order by ctid`);
		copy.set(
			name,
			rows.map((row, order) => ({ table: name, cells: cellsOf(row, ['the tx']), order, tx: String(row['the tx']) }))
		);
	}
	await client.end();
	return copy;
}

/** How likely so many hits, or more, are where so many are expected by chance. */
export function tail(hits: number, expected: number): number {
	let term = Math.exp(-expected);
	let below = 0;
	for (let k = 0; k < hits; k++) {
		below += term;
		term *= expected / (k + 1);
	}
	return Math.max(0, 1 - below);
}

/** Whom an attack suspects; the same name of an attack for every post. */
export type Suspects = Map<string, Set<string>>;
type Post = { post: string; body: string };

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : '');

export function thief(copies: Copy[], members: ReadonlySet<string>) {
	const rows = copies.flatMap((copy) => [...copy.values()].flat());
	const namedCache = new Map<Row, string[]>();
	for (const row of rows)
		namedCache.set(
			row,
			row.cells.flatMap(([, value]) => {
				const id = text(value).replace(/^member:/, '');
				return members.has(id) ? [id] : [];
			})
		);
	const namedIn = (row: Row) => namedCache.get(row) ?? [];

	/** Where each value stands. Short words, and those that stand everywhere, tie nothing to anything. */
	const places = new Map<string, { row: Row; column: string }[]>();
	for (const row of rows)
		for (const [column, value] of [...row.cells, ...(row.tx ? [['xmin', `tx ${row.tx}`] as [string, unknown]] : [])]) {
			const key = text(value);
			if (key.length < 6 || members.has(key.replace(/^member:/, ''))) continue;
			const there = places.get(key);
			if (there) there.push({ row, column });
			else places.set(key, [{ row, column }]);
		}
	const common = Math.max(60, rows.length / 100);
	const standing = (value: string) => {
		const found = places.get(value) ?? [];
		return found.length > common ? [] : found;
	};
	const suspect = (found: Suspects, attack: string, who: string[]) => {
		if (who.length > 0) found.set(attack, new Set([...(found.get(attack) ?? []), ...who]));
	};

	/** Every pair of columns that hold the same value, from the post's own rows and from those that they lead to. */
	function joins(post: Post, found: Suspects) {
		const own = (places.get(post.post) ?? []).map(({ row }) => row);
		for (const row of own) suspect(found, `names: ${row.table}`, namedIn(row));
		for (const from of new Set(own))
			for (const [column, value] of [...from.cells, ['xmin', `tx ${from.tx}`] as [string, unknown]])
				for (const to of standing(text(value)))
					if (to.row !== from) suspect(found, `join: ${from.table}.${column} = ${to.row.table}.${to.column}`, namedIn(to.row));
	}

	/** The very words, in any row that names somebody. */
	function words(post: Post, found: Suspects) {
		for (const { row } of places.get(post.body) ?? []) suspect(found, `words: ${row.table}`, namedIn(row));
	}

	const final = copies.at(-1) ?? new Map<string, Row[]>();
	const moments = (row: Row) =>
		row.cells.filter(([, value]) => /^1[67]\d{11}$/.test(text(value))).map(([column, value]) => ({ column, at: Number(value) }));

	/** By table and column of moments: who stands at which. */
	const clocks = new Map<string, { at: number; who: string[] }[]>();
	for (const row of rows)
		if (namedIn(row).length > 0)
			for (const { column, at } of moments(row)) {
				const clock = `${row.table}.${column}`;
				const all = clocks.get(clock) ?? [];
				all.push({ at, who: namedIn(row) });
				clocks.set(clock, all);
			}
	for (const all of clocks.values()) all.sort((a, b) => a.at - b.at);

	/** Whoever did something under a name next before or after. */
	function times(post: Post, found: Suspects) {
		const own = (final.get('posts') ?? []).find(({ cells }) => cells.some(([column, value]) => column === 'id' && value === post.post));
		const at = own && moments(own).find(({ column }) => column === 'posted_at')?.at;
		if (at === undefined) return;
		for (const [clock, all] of clocks) {
			const after = all.findIndex((one) => one.at > at);
			suspect(found, `next after: ${clock}`, all[after]?.who ?? []);
			suspect(found, `last before: ${clock}`, (after === -1 ? all.at(-1) : all[after - 1])?.who ?? []);
		}
	}

	/** Rows lie in the order in which they were written: each table's that name somebody, at the same part of the way. */
	function orders(post: Post, found: Suspects) {
		const posts = [...(final.get('posts') ?? [])].sort((a, b) => a.order - b.order);
		const at = posts.findIndex(({ cells }) => cells.some(([column, value]) => column === 'id' && value === post.post));
		if (at === -1) return;
		const tx = Number(posts[at]?.tx || NaN);
		for (const [table, all] of final) {
			const named = all.filter((row) => namedIn(row).length > 0).sort((a, b) => a.order - b.order);
			const row = named[Math.min(named.length - 1, Math.round((at / posts.length) * named.length))];
			if (row) suspect(found, `order: ${table}`, namedIn(row));
			if (Number.isNaN(tx)) continue;
			const near = named.filter((one) => one.tx !== '').sort((a, b) => Math.abs(Number(a.tx) - tx) - Math.abs(Number(b.tx) - tx))[0];
			if (near) suspect(found, `nearest transaction: ${table}`, namedIn(near));
		}
	}

	/** Something of theirs that is as long as the post. */
	function sizes(post: Post, found: Suspects) {
		for (const row of rows)
			if (row.table !== 'posts' && namedIn(row).length > 0)
				for (const [column, value] of row.cells)
					if (typeof value === 'string' && value.length === post.body.length) suspect(found, `size: ${row.table}.${column}`, namedIn(row));
	}

	return function suspects(post: Post): Suspects {
		const found: Suspects = new Map();
		for (const attack of [joins, words, times, orders, sizes]) attack(post, found);
		return found;
	};
}
