// What a process costs, as Linux counts it: all its threads, so collection and workers too.
import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second on every machine that Node runs on. */
const ticks = 100;

/** Milliseconds of CPU so far, user and system. */
export function cpuOf(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ');
	return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks;
}

/** Resident memory in MB: now, and the most so far. */
export function memoryOf(pid: number): { now: number; most: number } {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const line = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? NaN) / 1024;
	return { now: line('VmRSS'), most: line('VmHWM') };
}

export const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? NaN;

/** The value under which this share of the sorted numbers lies. */
export const share = (sorted: ArrayLike<number>, part: number): number =>
	sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
