// Every row of every table, read from the real database and not through our own queries.
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';

export async function rowsOf({ url }: { url: string }): Promise<Record<string, unknown[]>> {
	if (url.startsWith('file:')) {
		const client = new Sqlite(url.slice(5), { readonly: true });
		const tables = client
			.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
			.pluck()
			.all() as string[];
		const rows = tables.map((name) => [name, client.prepare(`select * from "${name}"`).all()] as const);
		client.close();
		return Object.fromEntries(rows);
	}
	const client = new Client({ connectionString: url });
	await client.connect();
	const tables = await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'");
	const rows: [string, unknown[]][] = [];
	for (const { name } of tables.rows) rows.push([name, (await client.query(`select * from "${name}"`)).rows]);
	await client.end();
	return Object.fromEntries(rows);
}
