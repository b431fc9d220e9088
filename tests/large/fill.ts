// Fills a world's store past its verbs, in SQL: a million posts in about a minute.
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import { encodeToken } from '#server/community/search-tokens.ts';
import type { World } from '../world.ts';
import { rows, size } from './rows.ts';

/** Half of all posts hold "evening", every thousandth the same other word, and every opening "story" in its title. */
const evening = encodeToken('evening');
const tokens = (number: string) => ({
	title: `case when ${number} < ${size.threads} then 'story __story' else '' end`,
	body: `case when ${number} % 2 = 0 then '${evening} ' else '' end || 'word' || cast(${number} % 1000 as text)`
});

/** The posts of rows.ts with the number that each was made from. */
const numbered = `select id, thread_id, posted_at, cast(substr(key, 2) as bigint) as n from posts where state = 'standing' and body like 'One more evening, number%'`;

export async function fill({ url, now }: Pick<World, 'url' | 'now'>): Promise<void> {
	if (url.startsWith('file:')) fillSqlite(url.replace(/^file:/, ''), now());
	else await fillPostgres(url, now());
}

function fillSqlite(file: string, now: number) {
	const client = new Sqlite(file);
	for (const setting of ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -1000000', 'temp_store = MEMORY']) client.pragma(setting);
	client.exec(
		`create temp table numbers as with recursive up(i) as (select 0 union all select i + 1 from up where i < ${size.posts - 1}) select i from up`
	);
	const indexes = client
		.prepare<[], { name: string; sql: string }>(`select name, sql from sqlite_master where type = 'index' and sql is not null`)
		.all();
	const triggers = client.prepare<[], { name: string; sql: string }>(`select name, sql from sqlite_master where type = 'trigger'`).all();
	client.transaction(() => {
		// What is built once from everything costs a fraction of what grows row by row.
		for (const { name } of indexes) client.exec(`drop index "${name}"`);
		for (const { name } of triggers) client.exec(`drop trigger "${name}"`);
		for (const statement of rows(now, 'sqlite')) client.exec(statement);
		const { title, body } = tokens('p.n');
		client.exec(`insert into search_posts (number, post_id, board, at, rules, title, body)
			select p.posted_at / 1000 * 64 + row_number() over (partition by p.posted_at / 1000) - 1, p.id, lower(hex(t.board_id)), p.posted_at, 1, ${title}, ${body} from (${numbered}) p join threads t on t.id = p.thread_id`);
		client.exec(`insert into search_words (search_words) values ('rebuild')`);
		for (const { sql } of indexes) client.exec(sql);
		for (const { sql } of triggers) client.exec(sql);
	})();
	client.exec('drop table numbers');
	client.pragma('wal_checkpoint(TRUNCATE)');
	client.close();
}

async function fillPostgres(url: string, now: number) {
	const client = new Client({ connectionString: url });
	await client.connect();
	await client.query(`set session_replication_role = replica`);
	await client.query(`set synchronous_commit = off`);
	await client.query(`set maintenance_work_mem = '1GB'`);
	await client.query(`set work_mem = '512MB'`);
	await client.query(`create temp table numbers as select generate_series(0, ${size.posts - 1})::bigint as i`);
	await client.query('analyze numbers');
	const { rows: indexes } = await client.query<{ name: string; sql: string }>(
		`select indexname as name, indexdef as sql from pg_indexes where schemaname = 'public' and indexname not in (select conname from pg_constraint)`
	);
	for (const { name } of indexes) await client.query(`drop index "${name}"`);
	for (const statement of rows(now, 'postgres')) await client.query(statement);
	const { body } = tokens('p.n');
	const eras = ['H', 'I'].map((mark, i) => `' ${mark}' || cast(p.posted_at / ${3_600_000 * 64 ** (i + 1)} as text)`).join(' || ');
	const vector = (words: string) => `array_to_tsvector(string_to_array(trim(${words}), ' '))`;
	const board = `' B' || encode(convert_to(t.board_id, 'UTF8'), 'hex')`;
	await client.query(`insert into search_posts (post_id, at, rules, words)
		select p.id, p.posted_at, 1, ${vector(`case when p.n < ${size.threads} then 'story Tstory ' else '' end || ${body} || ${board} || ${eras}`)}
		from (${numbered}) p join threads t on t.id = p.thread_id`);
	for (const { sql } of indexes) await client.query(sql);
	await client.end();
}
