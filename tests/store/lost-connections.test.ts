// PostgreSQL goes away for a moment, as at every update of it: nobody's process ends, and what comes after works.
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { onBothDatabases, type World } from '../world.ts';

/** Ends every connection to the world's database, as a restart does. Answers with how many there were. */
async function cutOff(world: World): Promise<number> {
	const client = new Client({ connectionString: world.url });
	await client.connect();
	const { rowCount } = await client.query(
		'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'
	);
	await client.end();
	return rowCount ?? 0;
}

onBothDatabases((aWorld) => {
	test('connections that break while idle or in the middle of a write end no process', async () => {
		const world = await aWorld();
		if (world.url.startsWith('file:')) return expect(await world.db.ready()).toBeUndefined();
		const wren = await world.someone();
		const numbers: number[] = [];
		world.db.signal.hear((number) => void numbers.push(number));
		const { members } = world.db.tables;
		let begun: () => void = () => undefined;
		let goOn: () => void = () => undefined;
		const [inside, later] = [new Promise<void>((done) => (begun = done)), new Promise<void>((done) => (goOn = done))];
		const writing = world.db
			.write(async (tx) => {
				await tx.update(members).set({ trust: 3 });
				begun();
				await later;
				await tx.update(members).set({ trust: 4 });
			})
			.catch((problem: unknown) => problem);
		await inside;
		expect(await cutOff(world)).toBeGreaterThanOrEqual(2);
		await new Promise((wait) => setTimeout(wait, 100));
		goOn();
		expect(await writing).toBeInstanceOf(Error);
		expect(await world.members.actorOf(wren)).toEqual(wren);
		expect(await world.db.read.select({ trust: members.trust }).from(members)).toEqual([{ trust: 0 }]);
		await world.db.write((tx) => tx.update(members).set({ trust: 1 }));
		await expect.poll(() => numbers.includes(0), { timeout: 5000 }).toBe(true);
		await world.db.signal.send(7);
		await expect.poll(() => numbers.includes(7)).toBe(true);
	});
});
