// The list of erasures, a file outside the database and its backups: a line for each, random values and a day. An old backup that is put
// back would bring back what was erased; what stands here is erased again before anything is served.
import { closeSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '#lib/refusals.ts';
import type { Erasure, Erasures } from './community/means.ts';
import { textOf } from './operators-files.ts';

const restore = 'Put it back as it was (it belongs with your key file, apart from the backups) and start again.';

const texts = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');

function erasureIn(line: string): Erasure | undefined {
	let read: unknown;
	try {
		read = JSON.parse(line);
	} catch {
		return undefined;
	}
	if (typeof read !== 'object' || read === null || !('on' in read) || typeof read.on !== 'string') return undefined;
	if ('post' in read && typeof read.post === 'string') return { on: read.on, post: read.post };
	if ('member' in read && typeof read.member === 'string' && 'kept' in read && texts(read.kept))
		return { on: read.on, member: read.member, kept: read.kept };
	return undefined;
}

function onDisk(file: string, flag: string, text = '') {
	const open = openSync(file, flag, 0o600);
	try {
		append(open, Buffer.from(text));
	} catch (problem) {
		throw isOutOfRoom(problem) ? new Refusal('no_room') : problem;
	} finally {
		closeSync(open);
	}
}

/** All of it or nothing: a disk that is nearly full takes a part without a word, and half a line would stand before whatever comes next. */
function append(open: number, line: Buffer) {
	const before = fstatSync(open).size;
	let written = 0;
	try {
		while (written < line.length) written += writeSync(open, line, written);
		fsyncSync(open);
	} catch (problem) {
		// Not where another process has added its line meanwhile.
		if (written > 0 && fstatSync(open).size === before + written) ftruncateSync(open, before);
		throw problem;
	}
}

const outOfRoom = ['ENOSPC', 'EDQUOT'];
const isOutOfRoom = (problem: unknown) => problem instanceof Error && 'code' in problem && outOfRoom.some((code) => code === problem.code);

/**
 * A file that cannot be read, or not to its end, refuses the start: what it says is not known then. So does one that is missing beside a store
 * that is not `fresh`: made anew in silence it would let an old backup bring back whoever left.
 */
export function erasuresIn(file: string, { fresh }: { fresh: boolean }): Erasures {
	const read = () => textOf(file, 'The list of erasures', { written: true });

	function all(): Erasure[] {
		return (read() ?? '')
			.split('\n')
			.filter((line) => line !== '')
			.map((line, i) => {
				const erasure = erasureIn(line);
				if (!erasure) throw new Error(`Line ${i + 1} of the list of erasures ${file} is not as Lamplight writes them. ${restore}`);
				return erasure;
			});
	}

	const whole = read();
	if (whole !== undefined) {
		// A line that was cut off by a crash was promised to nobody yet.
		const end = whole.lastIndexOf('\n') + 1;
		if (end < whole.length) truncateSync(file, Buffer.byteLength(whole.slice(0, end)));
		all();
	} else if (!fresh) {
		throw new Error(
			`The list of erasures ${file} is missing, and this database is not new. Without it an older backup would bring back people who left. ${restore} Where nobody has ever left, or the list is lost for good, make an empty file of this name.`
		);
	} else {
		mkdirSync(dirname(file), { recursive: true });
		onDisk(file, 'a');
		onDisk(dirname(file), 'r');
	}
	return { all, note: (erasure) => onDisk(file, 'a', `${JSON.stringify(erasure)}\n`) };
}
