// The same words as columns.postgres.ts, for SQLite.
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Words } from './columns.postgres.ts';

// Everything is typed as PostgreSQL, whose builders lack `.get/.all/.run`: what only one database understands does not compile.
export const words = {
	table: sqliteTable,
	text,
	ordered: () => text(),
	integer,
	instant: () => integer({ mode: 'number' }),
	flag: () => integer({ mode: 'boolean' }),
	json: () => text({ mode: 'json' }),
	index,
	uniqueIndex,
	sql
} as unknown as Words;
