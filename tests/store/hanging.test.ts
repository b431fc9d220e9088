// PostgreSQL hangs, as on a machine that swaps or behind a line that is cut: whoever asks is answered, and afterwards all goes on.
import { spawnSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '#server/store/database.ts';
import { liveSite } from '../live-site.ts';
import { startPostgres } from '../postgres.ts';
import { peopled } from '../world.ts';

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

/** How many milliseconds it took to be refused. */
async function refusedAfter(work: Promise<unknown>): Promise<number> {
	const began = performance.now();
	await expect(work).rejects.toThrow();
	return performance.now() - began;
}

test('a server that hangs is answered for, and what comes after works', { timeout: 60_000 }, async () => {
	const { url, pid, stop } = await startPostgres();
	const db = await openDatabase(url);
	const world = await peopled(db, url);
	const site = await liveSite(world);
	const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
	const all = [pid, ...stdout.split('\n').filter(Boolean).map(Number)];
	const toAll = (signal: NodeJS.Signals) => all.forEach((one) => process.kill(one, signal));
	// First of all also where the test was too slow: nothing that is stopped hears of its end.
	ends.push(stop, db.close, site.close, async () => toAll('SIGCONT'));
	expect((await site.app.inject('/readyz')).statusCode).toBe(200);
	toAll('SIGSTOP');
	try {
		const began = performance.now();
		const { statusCode, headers } = await site.app.inject('/readyz');
		expect([statusCode, headers['retry-after']]).toEqual([503, '5']);
		expect(performance.now() - began).toBeLessThan(4000);
		const { boards } = db.tables;
		// More than there are connections: some hang, some wait for a new one.
		const waits = await Promise.all(
			Array.from({ length: 12 }, () => refusedAfter(db.read.select({ id: boards.id }).from(boards).execute()))
		);
		expect(Math.max(...waits)).toBeLessThan(20_000);
	} finally {
		toAll('SIGCONT');
	}
	await expect.poll(async () => (await site.app.inject('/readyz')).statusCode, { timeout: 10_000 }).toBe(200);
	expect((await world.someone()).name).toBeTruthy();
});
