// One look at the versions of what guests see. Every page for a guest asks, so both statements are prepared by hand.
import type Sqlite from 'better-sqlite3';
import type { Pool } from 'pg';
import type { Versions } from './database.ts';

const newest = '(select coalesce(max(number), 0) from stream) as newest';

export function versionsSqlite(reader: Sqlite.Database) {
	const prepared = new Map<number, Sqlite.Statement<string[], Versions & { known: number }>>();

	return async function versions(scopes: string[]): Promise<Versions | undefined> {
		let statement = prepared.get(scopes.length);
		if (!statement) {
			const places = scopes.map(() => '+?').join(', ');
			const sum = `select sum(version) as version, count(*) as known, ${newest} from visible_versions where scope in (${places})`;
			prepared.set(scopes.length, (statement = reader.prepare<string[], Versions & { known: number }>(sum)));
		}
		const found = statement.get(...scopes);
		// A row that is missing is raised by nobody; PostgreSQL's triggers make it (0005).
		return found?.known === scopes.length ? found : undefined;
	};
}

export function versionsPostgres(pool: Pool) {
	const text = `select coalesce(sum(version), 0) as version, ${newest} from visible_versions where scope = any($1)`;

	return async function versions(scopes: string[]): Promise<Versions> {
		const { rows } = await pool.query<Record<keyof Versions, string>>({ name: 'visible_versions', text, values: [scopes] });
		return { version: Number(rows[0]?.version), newest: Number(rows[0]?.newest) };
	};
}
