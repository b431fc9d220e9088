// The log of the store as somebody reads it commit by commit: what stood in any table before a write, and what stands there after it.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Queries } from '#server/store/database.ts';
import { stealPostgres, stealSqlite, type Copy, type Row } from './thief.ts';
import type { World } from './world.ts';

/** The rows that went or changed as they were, and those that came or changed as they are. */
export type Commit = Row[];

async function everyRow({ url }: World): Promise<Copy> {
	if (!url.startsWith('file:')) return stealPostgres(url);
	const to = join(tmpdir(), `lamplight-log-${randomBytes(8).toString('hex')}.db`);
	const copy = stealSqlite(url.slice(5), to);
	for (const end of ['', '-wal', '-shm']) rmSync(to + end, { force: true });
	return copy;
}

const written = (copy: Copy) => new Map([...copy.values()].flat().map((row) => [`${row.table} ${JSON.stringify(row.cells)}`, row]));

/** From now on each commit is kept here. Acts have to come one after the other: those that meet share a commit. */
export async function readLog(world: World): Promise<Commit[]> {
	const commits: Commit[] = [];
	let before = written(await everyRow(world));
	const { write } = world.db;
	world.db.write = async <T>(work: (tx: Queries) => Promise<T>): Promise<T> => {
		const result = await write(work);
		const after = written(await everyRow(world));
		const went = [...before].filter(([name]) => !after.has(name));
		const came = [...after].filter(([name]) => !before.has(name));
		before = after;
		if (went.length + came.length > 0) commits.push([...went, ...came].map(([, row]) => row));
		return result;
	};
	return commits;
}
