// The log of the store as somebody reads it commit by commit: what stood in any table before a write, and what stands there after it.
import Sqlite from 'better-sqlite3';
import type { Queries } from '#server/store/database.ts';
import { everyRowIn, stealPostgres, type Copy, type Row } from './thief.ts';
import type { World } from './world.ts';

/** The rows that went or changed as they were, and those that came or changed as they are. */
export type Commit = Row[];

function reader({ url }: World): () => Promise<Copy> | Copy {
	if (!url.startsWith('file:')) return () => stealPostgres(url);
	const client = new Sqlite(url.slice(5), { readonly: true });
	return () => everyRowIn(client);
}

const written = (copy: Copy) => new Map([...copy.values()].flat().map((row) => [`${row.table} ${JSON.stringify(row.cells)}`, row]));

/** From now on each commit is kept here. Acts have to come one after the other: those that meet share a commit. */
export async function readLog(world: World): Promise<Commit[]> {
	const commits: Commit[] = [];
	const everyRow = reader(world);
	let before = written(await everyRow());
	const { write } = world.db;
	world.db.write = async <T>(work: (tx: Queries) => Promise<T>): Promise<T> => {
		const result = await write(work);
		const after = written(await everyRow());
		const went = [...before].filter(([name]) => !after.has(name));
		const came = [...after].filter(([name]) => !before.has(name));
		before = after;
		if (went.length + came.length > 0) commits.push([...went, ...came].map(([, row]) => row));
		return result;
	};
	return commits;
}
