// The migrations that drizzle-kit wrote, built into the server so that no path can be wrong.
// Drizzle's own migrate() loses child rows when SQLite rebuilds a table with foreign keys on: the steps here are ours.
import { createHash } from 'node:crypto';

const files: Record<string, string> = import.meta.glob('../../../drizzle/*/*.sql', { query: '?raw', import: 'default', eager: true });

export type Migration = { name: string; hash: string; statements: string[] };

export function migrationsFor(dialect: 'sqlite' | 'postgres'): Migration[] {
	return Object.entries(files)
		.filter(([path]) => path.includes(`/${dialect}/`))
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([path, text]) => ({
			name: path.replace(/^.*\/(.*)\.sql$/, '$1'),
			hash: createHash('sha256').update(text).digest('hex'),
			statements: text.split('--> statement-breakpoint').map((statement) => statement.trim())
		}));
}

/** What is still to be done; refuses a store whose past differs from ours, for then nothing can be assumed about it. */
export function outstanding(all: Migration[], done: { name: string; hash: string }[]): Migration[] {
	done.forEach((past, i) => {
		const ours = all[i];
		if (!ours) throw new Error(`This database was made by a newer Lamplight (it knows ${past.name}). Install that version.`);
		if (ours.name !== past.name || ours.hash !== past.hash)
			throw new Error(`The database's migration ${past.name} is not the one this version ships.`);
	});
	return all.slice(done.length);
}

export const ledger = 'create table if not exists migrations (name text primary key, hash text not null)';
