// What a write promises: all or nothing by itself, and durable when it resolves, also where many meet.
import { readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Queries } from '#server/store/database.ts';
import { onBothDatabases, type World } from '../world.ts';

const form = (id: string) => ({ id, sealed: 'words', expiresAt: 1 });
const keep = ({ db }: World, id: string) => db.write((tx: Queries) => tx.insert(db.tables.keptForms).values(form(id)));
const kept = async ({ db }: World) =>
	(await db.read.select({ id: db.tables.keptForms.id }).from(db.tables.keptForms)).map(({ id }) => id).sort();
const fileOf = ({ url }: World) => url.replace(/^file:/, '');

/** Transactions in the log: a frame that ends one says how long the file is then. */
function commitsIn(file: string): number {
	const log = readFileSync(`${file}-wal`);
	const frame = 24 + log.readUInt32BE(8);
	return Array.from({ length: Math.floor((log.length - 32) / frame) }, (_, i) => log.readUInt32BE(32 + i * frame + 4)).filter(
		(size) => size > 0
	).length;
}

onBothDatabases((aWorld, dialect) => {
	test('of writes that meet, one that fails leaves nothing behind and the others everything', async () => {
		const world = await aWorld();
		const { db } = world;
		const broken = db.write(async (tx) => {
			await tx.insert(db.tables.keptForms).values(form('broken'));
			throw new Error('broken');
		});
		const settled = await Promise.allSettled([keep(world, 'a'), broken, keep(world, 'b'), keep(world, 'c')]);
		expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
		expect(await kept(world)).toEqual(['a', 'b', 'c']);
	});

	test('a write that has resolved is there for everybody', async () => {
		const world = await aWorld();
		const seen = await Promise.all(['a', 'b', 'c'].map(async (id) => keep(world, id).then(async () => (await kept(world)).includes(id))));
		expect(seen).toEqual([true, true, true]);
	});

	test('a write inside a write is refused, also where writes meet', async () => {
		const world = await aWorld();
		const inside = world.db.write(() => keep(world, 'inside'));
		const [refused] = await Promise.allSettled([inside, keep(world, 'a')]);
		expect(refused).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('A write inside a write') } });
		expect(await kept(world)).toEqual(['a']);
	});

	test('chores find no write half done', async () => {
		const world = await aWorld();
		await Promise.all([keep(world, 'a'), world.db.checkpoint(), keep(world, 'b'), world.db.analyse(), keep(world, 'c')]);
		expect(await kept(world)).toEqual(['a', 'b', 'c']);
	});

	if (dialect === 'sqlite')
		test('on SQLite, writes that meet reach the disk together', async () => {
			const world = await aWorld();
			await world.db.checkpoint();
			await Promise.all(Array.from({ length: 20 }, (_, i) => keep(world, `form-${i}`)));
			expect(commitsIn(fileOf(world))).toBe(1);
			await keep(world, 'alone');
			expect(commitsIn(fileOf(world))).toBe(2);
		});

	if (dialect === 'sqlite')
		test('on SQLite, a transaction that the database itself gave up fails each of its writes and none after it', async () => {
			const world = await aWorld();
			const other = new Sqlite(fileOf(world));
			other.exec(`create trigger full before insert on kept_forms when new.id = 'full' begin select raise(rollback, 'full'); end`);
			other.close();
			const settled = await Promise.allSettled([keep(world, 'a'), keep(world, 'full'), keep(world, 'b')]);
			expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
			expect(await kept(world)).toEqual(['b']);
		});
});
