import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Sealer } from '#server/community/means.ts';
import { shelfOf } from '#server/community/shelf.ts';
import { sealerOver } from '#server/sealer.ts';
import { day, onBothDatabases, type World } from '../world.ts';

const sealerWith = (...ids: string[]) => sealerOver({ ids: () => ids, secret: (id) => Buffer.alloc(32, id) });
const isText = (value: unknown): value is string => typeof value === 'string';
const today = '2026-03-14';

function aShelf(world: World, sealer: Sealer = sealerWith('one'), kind = 'tests') {
	const shelf = shelfOf({ db: world.db, sealer }, kind, isText);
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

	test('a change stands where the old words stood, and a hole is filled before the shelf grows', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		const tags: string[] = [];
		for (let i = 0; i < 5; i++) tags.push(await shelf.put('wren', `v${i}`));
		await world.db.write((tx) => shelf.change(tx, 'wren', tags[2] ?? '', 'changed', today));
		await shelf.drop(tags[1] ?? '', tags[3] ?? '');
		expect(await shelf.values('wren')).toEqual(['v0', 'changed', 'v4']);
		expect(await shelf.put('wren', 'new')).toBe(tags[1]);
		expect(await shelf.values('wren')).toEqual(['v0', 'new', 'changed', 'v4']);
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

	test('after a new key what was kept under the old one is found, changed and dropped', async () => {
		const world = await aWorld();
		const before = aShelf(world);
		const [a = '', b = ''] = [await before.put('wren', 'a'), await before.put('wren', 'b')];
		const shelf = aShelf(world, sealerWith('one', 'two'));
		await shelf.put('wren', 'c');
		await world.db.write((tx) => shelf.change(tx, 'wren', a, 'changed', today));
		expect(await shelf.values('wren')).toEqual(['changed', 'b', 'c']);
		await shelf.drop(b);
		expect(await shelf.values('wren')).toEqual(['changed', 'c']);
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
			.from(sealedRows);
		expect(found).toHaveLength(4);
		expect(JSON.stringify(found)).not.toMatch(/wren|finch|words|diar/);
		expect(new Set(found.map(({ sealed }) => sealed.length)).size).toBe(1);
		expect(new Set(found.map(({ keptOn }) => keptOn))).toEqual(new Set([today]));
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
		expect(await rows(world)).toBe(0);
	});
});
