// Another program holds SQLite's lock (a backup, somebody's shell): writes wait their while and are refused, and nothing else waits with them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '#server/store/database.ts';
import { sqliteWrites } from '#server/store/sqlite-writes.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

function aFile(): string {
	const folder = mkdtempSync(join(tmpdir(), 'lamplight-lock-'));
	ends.push(() => rmSync(folder, { recursive: true }));
	return join(folder, 'store.db');
}

async function aLockedStore() {
	const file = aFile();
	const db = await openDatabase(`file:${file}`);
	const other = new Sqlite(file);
	ends.push(
		() => db.close(),
		() => other.close()
	);
	other.exec('begin immediate');
	const { keptForms } = db.tables;
	const keep = (id: string) => db.write((tx) => tx.insert(keptForms).values({ id, sealed: 'words', expiresAt: 1 }));
	const kept = async () => (await db.read.select({ id: keptForms.id }).from(keptForms)).map(({ id }) => id).sort();
	return { db, keep, kept, letGo: () => other.exec('rollback') };
}

/** The longest that the event loop was held until `work` was over, in milliseconds. */
async function longestHeld(work: Promise<unknown>): Promise<number> {
	let [over, longest] = [false, 0];
	void work.finally(() => (over = true)).catch(() => undefined);
	while (!over) {
		const before = performance.now();
		await pause(10);
		longest = Math.max(longest, performance.now() - before);
	}
	return longest;
}

test('while another program holds the lock writes wait without holding the process up, and go on when it lets go', async () => {
	const { db, keep, kept, letGo } = await aLockedStore();
	expect(await db.checkpoint()).toBe(false);
	const writing = Promise.all([keep('a'), db.analyse(), keep('b')]);
	void pause(1500).then(letGo);
	expect(await kept()).toEqual([]);
	expect(await longestHeld(writing)).toBeLessThan(1000);
	await writing;
	expect(await kept()).toEqual(['a', 'b']);
});

test('after five seconds all that wait are refused together, with when to come back, and nothing of theirs is written later', async () => {
	const { keep, kept, letGo } = await aLockedStore();
	const began = performance.now();
	const settled = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => keep(`form-${i}`)));
	expect(performance.now() - began).toBeLessThan(9000);
	for (const one of settled) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'busy', status: 503, retryAfter: 5 } });
	letGo();
	await keep('afterwards');
	expect(await kept()).toEqual(['afterwards']);
});

test('where a write of a group cannot be undone, the whole group is refused and nothing of it is committed', async () => {
	const client = new Sqlite(aFile());
	ends.push(() => client.close());
	client.exec('create table words (said)');
	const { write } = sqliteWrites(client);
	const say = (said: string) => write(async () => void client.prepare('insert into words values (?)').run(said));
	const broken = () =>
		write(async () => {
			client.exec(`insert into words values ('half of a broken write')`);
			// What a failing disk does to it: there is nothing left to go back to.
			client.exec('release one_write');
			throw new Error('broken');
		});
	const settled = await Promise.allSettled([say('before'), broken(), say('after')]);
	expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
	expect(client.prepare('select said from words').pluck().all()).toEqual(['after']);
});
