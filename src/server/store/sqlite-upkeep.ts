// What keeps an SQLite file in good order while the site runs: its log short, its statistics true.
import { once } from 'node:events';
import { readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Database as Client } from 'better-sqlite3';
import { indexSetting } from './search.sqlite.ts';

/** Ten times what SQLite empties by itself: above it something has kept it from doing so. */
export const longestLog = 16 * 1024 * 1024;
/** Rounds of the chores, about a minute: after that somebody should know. */
const mostBusy = 60;
/** Between the file's name and the migration's. */
export const copyMark = '.before-';
/**
 * Statistics of every table, from a thousand rows of each index: at 700,000 posts a third of the work of reading all, with the same
 * plans. It also leaves out samples of values (STAT4), for which better-sqlite3 would prepare joins and ranges anew at each binding.
 */
export const sampled = 'pragma analysis_limit = 1000; analyze';
/** Posts that any plan reads fast enough. */
const few = 500;
/**
 * Every write leaves a part of its own in the search index, and each word of a search is looked up in all parts: in 24 of them it took
 * three times as long as in one. So the parts are joined bit by bit: about two milliseconds a second, while there are any of one size.
 */
export const joinSearch = indexSetting('merge', 64);

/** Found by its name in package.json: the build puts this file elsewhere. */
const anew = createRequire(import.meta.url).resolve('#server/store/sqlite-anew.mjs');
/** SQLite writes the file once beside it and once into its log. */
const timesItself = 2.1;

export function sqliteUpkeep(file: string, writer: Client) {
	let busyRounds = 0;
	/** Changes of this connection when all parts of the search index were joined. */
	let joined = -1;

	/** Whether everything was written into the database file and the log is empty. Asks once (sqlite-writes.ts): waiting would hold up everybody. */
	function checkpoint(): boolean {
		const [done] = writer.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
		return done?.busy === 0;
	}

	/** Without true statistics a plan that was good for a hundred rows is kept for a million. "pragma optimize" leaves tables out. */
	function analyse() {
		// Other connections read statistics with the schema: a table that comes and goes makes them read it again.
		writer.exec(`begin immediate; ${sampled}; create table analysed (at); drop table analysed; commit`);
	}

	const changes = () => number('select total_changes()');

	function joinParts() {
		const before = changes();
		if (before === joined) return;
		writer.exec(joinSearch);
		// FTS5 counts a step in which there was something to join as two changes or more.
		if (changes() < before + 2) joined = changes();
	}

	const number = (query: string) => Number(writer.prepare(query).pluck().get());

	/** Whether there may be twice as many posts as when the statistics were made. */
	function outgrown(): boolean {
		const last = number('select max(rowid) from posts');
		if (last <= few) return false;
		const ever = number(`select count(*) from sqlite_schema where name = 'sqlite_stat1'`) > 0;
		// An index of some posts alone knows of fewer.
		return !ever || last > 2 * number(`select max(cast(stat as integer)) from sqlite_stat1 where tbl = 'posts'`);
	}

	/** Called by the chores. Throws when the log could not be emptied for a long time. */
	function tidy() {
		if (outgrown()) analyse();
		joinParts();
		if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) <= longestLog || checkpoint()) busyRounds = 0;
		else if (++busyRounds % mostBusy === 0)
			throw new Error(`The log ${file}-wal grows and could not be emptied for a minute: some program reads the database for too long.`);
	}

	/** Copies that migrations keep (sqlite.ts). What was erased since is still in them, and only an older program could open one. */
	function dropCopies(before = Infinity) {
		const folder = dirname(file);
		for (const name of readdirSync(folder)) {
			if (!name.startsWith(`${basename(file)}${copyMark}`)) continue;
			const copy = join(folder, name);
			if (statSync(copy).mtimeMs < before) rmSync(copy);
		}
	}

	/**
	 * SQLite clears what it deletes where it stands (`secure_delete`), but not what it left behind when a full page was split and the row
	 * moved: of 200 deleted rows one was still to be read. Only writing the file anew takes that away. Nobody's reading waits for it; writes
	 * find the lock held, and wait or are refused as always.
	 */
	async function writeAnew() {
		const { bavail, bsize } = statfsSync(dirname(file));
		const needed = Math.ceil(timesItself * statSync(file).size);
		if (bavail * bsize < needed)
			throw new Error(`What was erased may still be read in parts of ${file}: writing it anew needs ${needed} free bytes beside it.`);
		await once(new Worker(anew, { workerData: { file } }), 'exit');
	}

	return { checkpoint, analyse, tidy, writeAnew, dropCopies };
}
