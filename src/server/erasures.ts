// The list of erasures, a file outside the database and its backups: a line for each, random values and a day. An old backup that is put
// back would bring back what was erased; what stands here is erased again before anything is served.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Erasure, Erasures } from './community/means.ts';

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
		if (text) writeSync(open, text);
		fsyncSync(open);
	} finally {
		closeSync(open);
	}
}

/** A file that cannot be read, or not to its end, refuses the start: what it says is not known then. */
export function erasuresIn(file: string): Erasures {
	function read(): string {
		try {
			return readFileSync(file, 'utf8');
		} catch {
			throw new Error(`The list of erasures ${file} could not be read. ${restore}`);
		}
	}

	function all(): Erasure[] {
		return read()
			.split('\n')
			.filter((line) => line !== '')
			.map((line, i) => {
				const erasure = erasureIn(line);
				if (!erasure) throw new Error(`Line ${i + 1} of the list of erasures ${file} is not as Lamplight writes them. ${restore}`);
				return erasure;
			});
	}

	if (existsSync(file)) {
		const whole = read();
		// A line that was cut off by a crash was promised to nobody yet.
		const end = whole.lastIndexOf('\n') + 1;
		if (end < whole.length) truncateSync(file, Buffer.byteLength(whole.slice(0, end)));
		all();
	} else {
		mkdirSync(dirname(file), { recursive: true });
		onDisk(file, 'a');
		onDisk(dirname(file), 'r');
	}
	return { all, note: (erasure) => onDisk(file, 'a', `${JSON.stringify(erasure)}\n`) };
}
