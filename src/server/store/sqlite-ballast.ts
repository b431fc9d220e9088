// A file that only takes up room. On a full disk even DELETE fails: then it goes, and taking down, erasing and reporting are possible.
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** As much as the log may hold: a write that erases is written to the log first. */
const ballastSize = 16 * 1024 * 1024;
/** It is made only where it leaves three times as much for everything else. */
const needed = 4 * ballastSize;
const piece = Buffer.alloc(1024 * 1024);

export function sqliteBallast(file: string) {
	const ballast = `${file}.ballast`;
	let lost = false;

	function free(): number {
		const { bavail, bsize } = statfsSync(dirname(file));
		return bavail * bsize;
	}

	/** Makes it where there is none and room enough; called at the start and by the chores. A small disk goes without one. */
	function make(): void {
		if (existsSync(ballast) || free() < needed) return;
		const made = openSync(ballast, 'w', 0o600);
		try {
			// Zeros that are really written: a file with holes holds no room.
			for (let written = 0; written < ballastSize; written += piece.length) writeSync(made, piece);
			fsyncSync(made);
			lost = false;
		} finally {
			closeSync(made);
		}
	}

	/** Gives its room away. */
	function giveUp(): void {
		lost = true;
		rmSync(ballast, { force: true });
	}

	/** False from the moment the disk was full until there is room for a new ballast: what is left is for erasing and moderating. */
	return { make, giveUp, hasRoom: () => !lost };
}

/** SQLite's word for a full disk, on the error or on the cause that Drizzle wraps. */
export function isFull(problem: unknown): boolean {
	if (!(problem instanceof Error)) return false;
	return ('code' in problem && problem.code === 'SQLITE_FULL') || isFull(problem.cause);
}
