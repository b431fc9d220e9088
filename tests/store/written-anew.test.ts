// What erasing leaves in parts of pages goes when an SQLite file is written anew: nobody who reads waits for that, and who writes waits for the lock.
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { allKinds } from '#lib/leaving-choices.ts';
import { day, onBothDatabases, type World } from '../world.ts';

const passphrase = 'a lamp in the far window';
const choices = Object.fromEntries(allKinds.map((kind) => [kind, 'erase']));
const leave = async (world: World) => world.leaving.leave(await world.someone(), { passphrase, choices });

/** The store's own scrubbing, with something around it. */
function around(world: World, scrubbing: (scrub: () => Promise<boolean>) => Promise<boolean>) {
	const scrub = world.db.scrub.bind(world.db);
	world.db.scrub = () => scrubbing(scrub);
}

/** So large that writing it anew takes a good while. */
function ballooned(url: string, mebibytes: number) {
	const client = new Sqlite(url.slice(5));
	client.exec('create table blown (bytes blob)');
	for (let i = 0; i < mebibytes; i++) client.exec('insert into blown values (randomblob(1024 * 1024))');
	client.close();
}

onBothDatabases((aWorld, dialect) => {
	if (dialect === 'sqlite')
		test('while the file is written anew everybody reads, and what is written meanwhile is kept', async () => {
			const world = await aWorld();
			const { boards, members } = world.db.tables;
			ballooned(world.url, 32);
			let scrubbing = true;
			const scrubbed = world.db.scrub().finally(() => (scrubbing = false));
			const late = world.someone();
			let read = 0;
			for (; scrubbing; read++) {
				await world.db.read.select({ id: boards.id }).from(boards).limit(1);
				// Others have their turn.
				await new Promise(setImmediate);
			}
			expect(await scrubbed).toBe(true);
			expect(read).toBeGreaterThan(100);
			await late;
			expect(await world.db.read.$count(members)).toBe(1);
		});

	test('the longer it takes, the more seldom it is done: for one part in a hundred of the time', async () => {
		const world = await aWorld();
		around(world, async (scrub) => {
			world.later(20_000);
			return scrub();
		});
		await leave(world);
		expect(await world.leaving.finish()).toBe(true);
		await leave(world);
		world.later(1_999_000);
		expect(await world.leaving.finish()).toBe(false);
		world.later(1000);
		expect(await world.leaving.finish()).toBe(true);
	});

	test('where a reader was in the way at its end it is not done again at once, and a clock that jumps costs a day at most', async () => {
		const world = await aWorld();
		let tries = 0;
		let takes = 20_000;
		around(world, async () => {
			tries++;
			world.later(takes);
			return false;
		});
		await leave(world);
		expect(await world.leaving.finish()).toBe(false);
		world.later(1_999_000);
		await world.leaving.finish();
		expect(tries).toBe(1);
		world.later(1000);
		takes = 36_000_000;
		await expect(world.leaving.finish()).rejects.toThrow('off the disk');
		world.later(day);
		await expect(world.leaving.finish()).rejects.toThrow('off the disk');
		expect(tries).toBe(3);
	});

	test('where it fails it is tried again after a minute', async () => {
		const world = await aWorld();
		let tries = 0;
		around(world, async () => {
			tries++;
			throw new Error('no room');
		});
		await leave(world);
		await expect(world.leaving.finish()).rejects.toThrow('no room');
		world.later(59_000);
		expect(await world.leaving.finish()).toBe(false);
		expect(tries).toBe(1);
		world.later(1000);
		await expect(world.leaving.finish()).rejects.toThrow('no room');
	});
});
