import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import type { Sealer } from '#server/community/means.ts';
import { turnedShelf } from '#server/community/turned-shelf.ts';
import { turning } from '#server/community/turning.ts';
import { sealerOver } from '#server/sealer.ts';
import { day, onBothDatabases, type World } from '../world.ts';

const sealerWith = (...ids: string[]) => sealerOver({ ids: () => ids, secret: (id) => Buffer.alloc(32, id) });
const isText = (value: unknown): value is string => typeof value === 'string';
const today = '2026-03-14';

function aShelf(world: World, sealer: Sealer = sealerWith('one'), kind = 'tests') {
	const means = { db: world.db, now: world.now, sealer };
	const shelf = turnedShelf(means, kind, isText);
	return {
		...shelf,
		keep: (member: string, value: string, keptOn = today) => world.db.write((tx) => shelf.put(tx, member, value, keptOn)),
		letGo: (...tags: string[]) => world.db.write((tx) => shelf.drop(tx, tags)),
		values: async (member: string) => (await shelf.all(world.db.read, member)).map(({ value }) => value).sort(),
		turn: () => turning(means).turnDue()
	};
}
const rows = ({ db }: World) =>
	db.read
		.select({ tag: db.tables.sealedRows.tag, sealed: db.tables.sealedRows.sealed, turnedOn: db.tables.sealedRows.turnedOn })
		.from(db.tables.sealedRows);

onBothDatabases((aWorld) => {
	test('what is put there is found by its member alone, on the day and on any later one, turned or not', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		for (const value of ['a', 'b', 'c']) await shelf.keep('wren', value);
		for (const days of [0, 1, 30]) {
			world.later(days * day);
			expect(await shelf.values('wren')).toEqual(['a', 'b', 'c']);
			expect(await shelf.values('finch')).toEqual([]);
			expect(await aShelf(world, sealerWith('one'), 'other').values('wren')).toEqual([]);
			expect(await aShelf(world, sealerWith('two')).values('wren')).toEqual([]);
		}
		await shelf.keep('wren', 'd');
		expect(await shelf.values('wren')).toEqual(['a', 'b', 'c', 'd']);
		await shelf.turn();
		expect(await shelf.values('wren')).toEqual(['a', 'b', 'c', 'd']);
	});

	test('each day every row gets a new tag, and what was let go leaves nothing', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		const gone = await shelf.keep('wren', 'gone');
		for (const who of ['wren', 'finch', 'robin']) await shelf.keep(who, `of ${who}`);
		await shelf.letGo(gone);
		const tags = new Set<string>();
		for (let days = 0; days < 4; days++) {
			await shelf.turn();
			const found = await rows(world);
			expect(found).toHaveLength(days === 0 ? 4 : 3);
			for (const { tag } of found) tags.add(tag);
			for (const who of ['wren', 'finch', 'robin']) expect(await shelf.values(who)).toEqual([`of ${who}`]);
			world.later(day);
		}
		expect(tags.size).toBe(4 + 3 * 3);
	});

	test('within a day no tag is used twice', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		const tags: string[] = [];
		for (let i = 0; i < 40; i++) {
			const tag = await shelf.keep('wren', `v${i}`);
			tags.push(tag);
			if (i !== 20) await shelf.letGo(tag);
		}
		expect(new Set(tags).size).toBe(40);
		expect(await shelf.values('wren')).toEqual(['v20']);
		expect((await rows(world)).filter(({ sealed }) => sealed === '')).toHaveLength(39);
	});

	test('somebody who begins and lets go all day is asked to wait for the next', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		await world.db.write(async (tx) => {
			for (let i = 0; i < limits.placesADay; i++) await shelf.drop(tx, [await shelf.put(tx, 'wren', `v${i}`, today)]);
		});
		await expect(shelf.keep('wren', 'one more')).rejects.toMatchObject({ code: 'too_many', retryAfter: 2.5 * 3600 });
		world.later(day);
		await shelf.keep('wren', 'one more');
		expect(await shelf.values('wren')).toEqual(['one more']);
	}, 60_000);

	test('hundreds of rows are turned in some writes, two processes at once, and all are found', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		const who = Array.from({ length: 45 }, (_, i) => `member ${i}`);
		await world.db.write(async (tx) => {
			for (const one of who) for (let i = 0; i < 10; i++) await shelf.put(tx, one, `v${i}`, today);
		});
		world.later(day);
		await Promise.all([shelf.turn(), shelf.turn()]);
		expect(new Set((await rows(world)).map(({ turnedOn }) => turnedOn))).toEqual(new Set(['2026-03-15']));
		for (const one of who) expect(await shelf.values(one)).toHaveLength(10);
	}, 60_000);

	test('while rows are turned, what is kept, changed and let go stays so', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		for (let i = 0; i < 5; i++) await shelf.keep(`member ${i}`, 'before');
		world.later(day);
		await Promise.all([
			shelf.turn(),
			...Array.from({ length: 5 }, (_, i) =>
				world.db.write(async (tx) => {
					const kept = (await shelf.all(tx, `member ${i}`)).find(({ value }) => value === 'before');
					await shelf.change(tx, `member ${i}`, kept?.tag ?? '', 'after', today);
				})
			),
			...Array.from({ length: 5 }, (_, i) => shelf.keep(`member ${i}`, 'new'))
		]);
		await shelf.turn();
		for (let i = 0; i < 5; i++) expect(await shelf.values(`member ${i}`)).toEqual(['after', 'new']);
	}, 60_000);

	test('after a new key what was kept under the old one is found, and turned it stands under the new one', async () => {
		const world = await aWorld();
		const before = aShelf(world);
		await before.keep('wren', 'a');
		const shelf = aShelf(world, sealerWith('one', 'two'));
		await shelf.keep('wren', 'b');
		expect(await shelf.values('wren')).toEqual(['a', 'b']);
		world.later(day);
		await shelf.turn();
		expect(await shelf.values('wren')).toEqual(['a', 'b']);
		expect(await aShelf(world, sealerWith('two')).values('wren')).toEqual(['a', 'b']);
	});

	test('words that were moved to another row do not open, and whoever leaves leaves no row [ASVS 11.3.3]', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		const [a, b, c] = [await shelf.keep('wren', 'a'), await shelf.keep('finch', 'b'), await shelf.keep('wren', 'c')];
		const { sealedRows } = world.db.tables;
		const moved = (await rows(world)).find(({ tag }) => tag === a)?.sealed ?? '';
		await world.db.write((tx) => tx.update(sealedRows).set({ sealed: moved }).where(eq(sealedRows.tag, b)));
		expect(await shelf.values('finch')).toEqual([]);
		expect(await shelf.values('wren')).toEqual(['a', 'c']);
		await shelf.letGo(c);
		world.later(day);
		await shelf.keep('wren', 'd');
		await world.db.write((tx) => shelf.dropAll(tx, 'wren'));
		expect((await rows(world)).map(({ tag }) => tag)).toEqual([b]);
	});

	test('a year after it was last touched a row goes, turned or not', async () => {
		const world = await aWorld();
		const shelf = aShelf(world);
		await shelf.keep('wren', 'old');
		world.later(6 * day);
		await shelf.keep('wren', 'new', '2026-03-20');
		world.later(358 * day);
		await shelf.turn();
		await world.pruning.pruneAll();
		expect(await shelf.values('wren')).toEqual(['new', 'old']);
		world.later(day);
		await shelf.turn();
		expect(await shelf.values('wren')).toEqual(['new']);
		world.later(6 * day);
		await world.pruning.pruneAll();
		expect(await rows(world)).toEqual([]);
	});
});
