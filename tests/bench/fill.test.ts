// The benchmark's database is filled beside the verbs; here the verbs look at it and find nothing to mend.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { community } from '#server/community/community.ts';
import { indexPost } from '#server/community/indexing.ts';
import { renderMarkdown } from '#server/community/markdown.ts';
import { recount } from '#server/community/thread-counts.ts';
import { openDatabase, type Database } from '#server/store/database.ts';
import { everything, fillSqlite } from './fill.ts';
import { shapeOf, tokenOf } from './shape.ts';

const folder = mkdtempSync(join(tmpdir(), 'lamplight-fill-'));
const file = join(folder, 'filled.db');
const shape = shapeOf(800);
const now = Date.UTC(2026, 2, 14, 21, 30);
let db: Database;
let sqlite: Sqlite.Database;
type Values = Record<string, string | number | null>;
const rows = (sql: string, ...params: unknown[]) => sqlite.prepare<unknown[], Values>(sql).all(...params);

beforeAll(async () => {
	await (await openDatabase(`file:${file}`)).close();
	fillSqlite(file, everything(shape, now, 'no passphrase fits this'));
	db = await openDatabase(`file:${file}`);
	sqlite = new Sqlite(file);
});
afterAll(async () => {
	sqlite.close();
	await db.close();
	rmSync(folder, { recursive: true });
});

test('it holds as many posts, threads and members as it should, and no row points nowhere', () => {
	const count = (table: string) => sqlite.prepare(`select count(*) from ${table}`).pluck().get();
	expect([count('posts'), count('threads'), count('members'), count('boards')]).toEqual([800, 40, 50, 20]);
	expect(sqlite.pragma('foreign_key_check')).toEqual([]);
});

test('every post is rendered and stands where its parent says', () => {
	const open: Values[] = [];
	for (const post of rows('select id, thread_id, parent_id, depth, body, html from posts order by thread_id, place')) {
		expect(post.html).toBe(renderMarkdown(String(post.body)));
		// What is above a post in its branch when the tree is read from top to bottom.
		open.length = Number(post.depth);
		expect(post.parent_id).toBe(open.at(-1)?.id ?? null);
		open.push(post);
	}
});

test('counting again changes no thread, and encouragements are as many as their posts say', async () => {
	const threads = () => rows('select * from threads order by id');
	const before = threads();
	await db.write(async (tx) => {
		for (const { id } of before) await recount(tx, db.tables, String(id));
	});
	expect(threads()).toEqual(before);
	for (const { id, encouraged } of rows('select id, encouraged from posts')) {
		const given = rows('select kind, count(*) as given from encouragements where post_id = ? group by kind', id);
		expect(JSON.parse(String(encouraged))).toEqual(Object.fromEntries(given.map((row) => [row.kind, row.given])));
	}
});

test('the search index lacks nothing, and putting posts in again changes no word of it', async () => {
	expect(await db.search.missing(1, '', 10)).toMatchObject({ posts: [] });
	sqlite.exec("insert into search_words (search_words) values ('integrity-check')");
	const entry = (id: unknown) => rows('select board, at, rules, title, body from search_posts where post_id = ?', id);
	for (const { id } of rows('select id from posts order by posted_at limit 60')) {
		const before = entry(id);
		await db.write((tx) => indexPost(tx, db, String(id)));
		expect(entry(id)).toEqual(before);
	}
});

test('its members are signed in by the cookies the benchmark knows', async () => {
	const { sessions } = community({ db, now: () => now, newId: () => '', pick: () => 0, tell: () => undefined });
	const found = await sessions.find(tokenOf(7));
	expect(found?.actor.role).toBe('member');
});
