// How long a start takes and what a site that rests holds.
import { setTimeout as pause } from 'node:timers/promises';
import { median, memoryOf } from './processes.ts';
import { serve } from './served.ts';

/** Milliseconds from the start of the process to the first page, and MB ten seconds after one page. */
export async function starts(file: string, times: number): Promise<{ firstAnswer: number; slowest: number; idle: number }> {
	const took: number[] = [];
	let idle = NaN;
	for (let i = 0; i < times; i++) {
		const site = await serve(`file:${file}`);
		took.push(site.startedIn);
		if (i === times - 1) {
			await pause(10_000);
			idle = memoryOf(site.pid).now;
		}
		await site.stop();
	}
	return { firstAnswer: median(took), slowest: Math.max(...took), idle };
}
