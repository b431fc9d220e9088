import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { longestLog } from '#server/store/sqlite-upkeep.ts';
import { onBothDatabases, type World } from '../world.ts';

const fileOf = (world: World) => world.url.replace('file:', '');
const logOf = (world: World) => statSync(`${fileOf(world)}-wal`).size;

/** Writes until the log would be over its limit if nobody emptied it. */
async function writeMuch(world: World) {
	const { keptForms } = world.db.tables;
	const sealed = 'x'.repeat(200_000);
	for (let written = 0; written < longestLog * 1.5; written += sealed.length)
		await world.db.write((tx) => tx.insert(keptForms).values({ id: `${world.now()}-${written}`, sealed, expiresAt: 0 }));
}

onBothDatabases((aWorld, dialect) => {
	test('after a checkpoint nothing stands in the log', async () => {
		const world = await aWorld();
		await world.someone();
		expect(await world.db.checkpoint()).toBe(true);
		if (world.url.startsWith('file:')) expect(logOf(world)).toBe(0);
	});

	test('a log that a long read kept from being emptied is emptied after it', async () => {
		const world = await aWorld();
		if (!world.url.startsWith('file:')) return expect(await world.db.tidy()).toBeUndefined();
		const other = new Sqlite(fileOf(world), { readonly: true });
		other.exec('begin');
		other.prepare('select count(*) from members').get();
		await writeMuch(world);
		await world.db.tidy();
		expect(await world.db.checkpoint()).toBe(false);
		expect(logOf(world)).toBeGreaterThan(longestLog);
		other.close();
		await world.db.tidy();
		expect(logOf(world)).toBe(0);
	});

	if (dialect === 'sqlite')
		test('a log that cannot be emptied for a minute is reported once a minute', async () => {
			const world = await aWorld();
			const other = new Sqlite(fileOf(world), { readonly: true });
			other.exec('begin');
			other.prepare('select count(*) from members').get();
			await writeMuch(world);
			let reported = 0;
			for (let round = 0; round < 125; round++) await world.db.tidy().catch(() => reported++);
			expect(reported).toBe(2);
			other.close();
		});

	test('statistics are made anew when there are twice as many posts', async () => {
		const world = await aWorld();
		if (!world.url.startsWith('file:')) return expect(await world.db.analyse()).toBeUndefined();
		const wren = await world.someone();
		const { thread } = await world.threads.open(wren, 'harbour', { title: 'One', body: 'One', warnings: [], anyway: true });
		const client = new Sqlite(fileOf(world));
		const known = () => client.prepare(`select max(cast(stat as integer)) from sqlite_stat1 where tbl = 'posts'`).pluck().get();
		const made = () => client.prepare(`select count(*) from sqlite_schema where name = 'sqlite_stat1'`).pluck().get();
		await world.db.tidy();
		expect(made()).toBe(0);
		client.exec(`insert into posts (id, thread_id, place, depth, body, html, warnings, posted_at, encouraged, key)
			with recursive n(i) as (select 1 union all select i + 1 from n where i < 600)
			select 'p' || i, '${thread}', 'b' || printf('%03d', i), 1, '', '', '[]', 1, '{}', 'k' || i from n`);
		await world.db.tidy();
		expect(known()).toBeGreaterThan(500);
		client.close();
	});

	if (dialect === 'sqlite')
		test('every foreign key begins an index, or whoever erases a row would read the table', async () => {
			const world = await aWorld();
			const client = new Sqlite(fileOf(world));
			const keys = client
				.prepare<[], { name: string; column: string }>(
					`select t.name as name, k."from" as "column" from sqlite_schema t, pragma_foreign_key_list(t.name) k
						where t.type = 'table' and k."table" <> 'boards' and not exists (
							select 1 from pragma_index_list(t.name) l, pragma_index_info(l.name) i
							where l.partial = 0 and i.seqno = 0 and i.name = k."from")`
				)
				.all();
			expect(keys).toEqual([]);
			client.close();
		});
});
