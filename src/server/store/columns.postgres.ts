// The words that tables are written in, as PostgreSQL understands them. columns.sqlite.ts says the same for SQLite.
import { sql } from 'drizzle-orm';
import { bigint, boolean, customType, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';

/** A moment in milliseconds since 1970, UTC. */
const instant = () => bigint({ mode: 'number' });
const flag = () => boolean();
const json = <T>() => jsonb().$type<T>();
/** Text that sorts by its bytes on both databases: PostgreSQL's locale would order "a" before "B". */
const ordered = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

export const words = { table: pgTable, text, ordered: () => ordered(), integer, instant, flag, json, index, uniqueIndex, sql };
export type Words = typeof words;
