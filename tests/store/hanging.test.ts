// PostgreSQL hangs, as on a machine that swaps or behind a line that is cut: whoever asks is answered, and afterwards all goes on.
import { spawnSync } from 'node:child_process';
import { Client } from 'pg';
import { afterAll, expect, test } from 'vitest';
import { type DatabaseOptions, openDatabase } from '#server/store/database.ts';
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
	// A program that minds no process which has ended: the store lets go of connections that hung.
	const toAll = (signal: 'STOP' | 'CONT') => void spawnSync('kill', ['-s', signal, ...all.map(String)]);
	// First of all also where the test was too slow: nothing that is stopped hears of its end.
	ends.push(stop, db.close, site.close, async () => toAll('CONT'));
	expect((await site.app.inject('/readyz')).statusCode).toBe(200);
	toAll('STOP');
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
		toAll('CONT');
	}
	await expect.poll(async () => (await site.app.inject('/readyz')).statusCode, { timeout: 10_000 }).toBe(200);
	expect((await world.someone()).name).toBeTruthy();
});

/** A store, somebody beside it who may lock its members, and a write that adds a form before and after it needs them. */
async function lockable(patience: DatabaseOptions['patience']) {
	const { url, stop } = await startPostgres();
	const db = await openDatabase(url, { patience });
	const beside = new Client({ connectionString: url });
	await beside.connect();
	ends.push(stop, () => beside.end());
	const { keptForms, members } = db.tables;
	const form = (id: string) => ({ id, sealed: 'words', expiresAt: 1 });
	return {
		db,
		beside,
		halves: (name: string) =>
			db.write(async (tx) => {
				await tx.insert(keptForms).values(form(`${name}, first`));
				await tx.update(members).set({ trust: 1 });
				await tx.insert(keptForms).values(form(`${name}, second`));
			}),
		kept: async () => (await beside.query<{ id: string }>('select id from kept_forms order by id')).rows.map(({ id }) => id)
	};
}

const busy = { reason: { code: 'busy', retryAfter: 5 } };

// Either the server gives up, or it does not answer in time.
test.each([
	['the server gives up a lock', { lock: 300 }],
	['the server gives up a statement', { statement: 300 }],
	['the driver gives up a statement', { writing: 600 }]
])('a write that hangs is refused as busy and leaves nothing behind where %s', { timeout: 60_000 }, async (_, patience) => {
	const { db, beside, halves, kept } = await lockable(patience);
	await beside.query('begin');
	await beside.query('lock table members in access exclusive mode');
	// As many as there are connections, so that one lost would be missed.
	const refused = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => halves(`hung ${i}`)));
	for (const one of refused) expect(one).toMatchObject(busy);
	await beside.query('commit');
	const later = Array.from({ length: 20 }, (_, i) => `later ${i}`);
	await Promise.all(later.map(halves));
	expect(await kept()).toEqual(later.flatMap((name) => [`${name}, first`, `${name}, second`]).sort());
	await db.close();
});

test('whoever finds no connection free is refused as busy, and a store closes while writes hang', { timeout: 60_000 }, async () => {
	const { db, beside, halves, kept } = await lockable({ connecting: 500, lock: 3000 });
	await beside.query('begin');
	await beside.query('lock table members in access exclusive mode');
	const hung = Promise.allSettled(Array.from({ length: 10 }, (_, i) => halves(`hung ${i}`)));
	const began = performance.now();
	await expect(halves('the eleventh')).rejects.toMatchObject(busy.reason);
	expect(performance.now() - began).toBeLessThan(2500);
	await db.close();
	for (const one of await hung) expect(one).toMatchObject(busy);
	await beside.query('commit');
	expect(await kept()).toEqual([]);
});

test('a server that hangs when a write begins takes no connection away', { timeout: 60_000 }, async () => {
	const { db, beside, halves } = await lockable({ writing: 600, connecting: 1000 });
	await Promise.all(Array.from({ length: 10 }, (_, i) => halves(`before ${i}`)));
	const { rows } = await beside.query<{ pid: number }>(
		'select pid from pg_stat_activity where pid <> pg_backend_pid() and backend_type = $1',
		['client backend']
	);
	for (const { pid } of rows) process.kill(pid, 'SIGSTOP');
	const refused = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => halves(`hung ${i}`)));
	for (const { pid } of rows) process.kill(pid, 'SIGCONT');
	for (const one of refused) expect(one).toMatchObject(busy);
	await Promise.all(Array.from({ length: 20 }, (_, i) => halves(`later ${i}`)));
	await db.close();
});
