import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Sealer } from '#server/community/means.ts';
import { shelfOf } from '#server/community/shelf.ts';
import { sealerOver } from '#server/sealer.ts';
import { day, onBothDatabases, type World } from '../world.ts';

const sealerWith = (...ids: string[]) => sealerOver({ ids: () => ids, secret: (id) => Buffer.alloc(32, id) });
const isText = (value: unknown): value is string => typeof value === 'string';
const today = '2026-03-14';

function aShelf(world: World, sealer: Sealer = sealerWith('one'), kind = 'tests') {
	const shelf = shelfOf({ db: world.db, now: world.now, sealer }, kind, isText);
	return {
		...shelf,
		put: (member: string, value: string, keptOn = today) => world.db.write((tx) => shelf.put(tx, member, value, keptOn)),
		drop: (...tags: string[]) => world.db.write((tx) => shelf.drop(tx, tags)),
		values: async (member: string) => (await shelf.all(world.db.read, member)).map(({ value }) => value)
	};
}
const rows = (world: World) => world.db.read.$count(world.db.tables.sealedRows);

onBothDatabases((aWorld) => {
	test('what is put on a shelf is found again in its order, by its member alone', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		for (const value of ['a', 'b', 'c']) await shelf.put('wren', value);
		expect(await shelf.values('wren')).toEqual(['a', 'b', 'c']);
		expect(await shelf.values('finch')).toEqual([]);
		expect(await aShelf(world, sealerWith('one'), 'other').values('wren')).toEqual([]);
		expect(await aShelf(world, sealerWith('two')).values('wren')).toEqual([]);
	});

	test('a place that was let go is never used again, and holds nothing', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		const tags: string[] = [];
		for (let i = 0; i < 40; i++) {
			tags.push(await shelf.put('wren', `v${i}`));
			if (i % 2) await shelf.drop(tags[i] ?? '');
		}
		expect(new Set(tags).size).toBe(40);
		expect(await shelf.values('wren')).toEqual(Array.from({ length: 20 }, (_, i) => `v${i * 2}`));
		const { sealedRows } = world.db.tables;
		expect(await world.db.read.$count(sealedRows, eq(sealedRows.sealed, ''))).toBe(20);
	});

	test('what stands behind a long hole is found', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		const tags: string[] = [];
		for (let i = 0; i < 150; i++) tags.push(await shelf.put('wren', `v${i}`));
		await shelf.drop(...tags.slice(0, 149));
		expect(await shelf.values('wren')).toEqual(['v149']);
	});

	test('ten puts at once are ten rows', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		const all = Array.from({ length: 10 }, (_, i) => `v${i}`);
		await Promise.all(all.map((value) => shelf.put('wren', value)));
		expect((await shelf.values('wren')).sort()).toEqual(all);
	});

	test('after a new key what was kept under the old one is found and dropped', async () => {
		const world = await aWorld();
		const before = aShelf(world);
		await before.put('wren', 'a');
		const b = await before.put('wren', 'b');
		const shelf = aShelf(world, sealerWith('one', 'two'));
		await shelf.put('wren', 'c');
		expect(await shelf.values('wren')).toEqual(['a', 'b', 'c']);
		await shelf.drop(b);
		expect(await shelf.values('wren')).toEqual(['a', 'c']);
		await shelf.put('finch', 'hers');
		await world.db.write((tx) => shelf.dropAll(tx, 'wren'));
		expect(await shelf.values('wren')).toEqual([]);
		expect(await shelf.values('finch')).toEqual(['hers']);
		await world.db.write((tx) => shelf.dropAll(tx, 'finch'));
		expect(await rows(world)).toBe(0);
	});

	test('words that were moved to another row, or changed, do not open [ASVS 11.3.3]', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		const [a = '', b = ''] = [await shelf.put('wren', 'a'), await shelf.put('finch', 'b')];
		const { sealedRows } = world.db.tables;
		const [moved] = await world.db.read.select({ sealed: sealedRows.sealed }).from(sealedRows).where(eq(sealedRows.tag, a));
		await world.db.write((tx) =>
			tx
				.update(sealedRows)
				.set({ sealed: moved?.sealed ?? '' })
				.where(eq(sealedRows.tag, b))
		);
		expect(await shelf.values('finch')).toEqual([]);
		expect(await shelf.values('wren')).toEqual(['a']);
	});

	test('no row names a member, a kind or a word, and short things all have one length', async () => {
		const world = await aWorld();
		const shelf = aShelf(world, undefined, 'diaries');
		await shelf.put('wren-herself', 'w');
		await shelf.put('finch-herself', 'words that are a little longer than the others');
		const { sealedRows } = world.db.tables;
		const found = await world.db.read
			.select({ tag: sealedRows.tag, sealed: sealedRows.sealed, keptOn: sealedRows.keptOn })
			.from(sealedRows)
			.orderBy(asc(sealedRows.keptOn));
		expect(found).toHaveLength(4);
		expect(JSON.stringify(found)).not.toMatch(/wren|finch|words|diar/);
		expect(new Set(found.map(({ sealed }) => sealed.length)).size).toBe(1);
		expect(found.map(({ keptOn }) => keptOn)).toEqual([today, today, '9999-12-31', '9999-12-31']);
	});

	test('a year after it was last touched a row goes; what stands behind it stays until its own day', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		await shelf.put('wren', 'old', '2026-03-14');
		await shelf.put('wren', 'new', '2026-03-20');
		world.later(364 * day);
		await world.pruning.pruneAll();
		expect(await shelf.values('wren')).toEqual(['old', 'new']);
		world.later(day);
		await world.pruning.pruneAll();
		expect(await shelf.values('wren')).toEqual(['new']);
		world.later(6 * day);
		await world.pruning.pruneAll();
		expect(await shelf.values('wren')).toEqual([]);
	});
});
