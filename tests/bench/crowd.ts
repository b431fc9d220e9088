// A crowd of sockets on the live feed: how long one event takes from the first reader to the last, and what a socket costs.
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Places } from './databases.ts';
import { answerOf, companion } from './loading.ts';
import { median, memoryOf } from './processes.ts';
import { serve } from './served.ts';
import type { ReadersAsked, ReadersDone } from './socket-readers.ts';

export type Crowd = {
	sockets: number;
	/** Milliseconds between the first reader and the last, and from the form's sending to the last: median and worst event. */
	spread: number;
	worst: number;
	fromForm: number;
	/** Readers who missed an event. */
	missed: number;
	bytesEach: number;
};
const perProcess = 2500;
const events = 11;

async function ask<T extends ReadersDone>(child: ChildProcess, asked: ReadersAsked): Promise<T> {
	child.send(asked);
	return answerOf<T>(child);
}
type Heard = Extract<ReadersDone, { heard: number }>;

export async function crowd(file: string, { boards, cookies }: Places, sockets: number): Promise<Crowd> {
	const site = await serve(`file:${file}`);
	const readers = await Promise.all(Array.from({ length: Math.ceil(sockets / perProcess) }, () => companion('socket-readers.ts')));
	const url = `http://localhost:${site.port}`;

	async function shareStory(number: number) {
		// The same words within a minute would be the same story, which nobody is told of again.
		const body = new URLSearchParams({ title: `The ${number}th story`, body: `How it was among ${sockets}, the ${number}th time.` });
		const headers = { origin: url, cookie: `lamplight=${cookies[number]}`, accept: 'text/html' };
		const answer = await fetch(`${url}/boards/${boards[0]}/new`, { method: 'POST', redirect: 'manual', headers, body });
		if (answer.status !== 303) throw new Error(`The story was answered with ${answer.status}.`);
	}

	try {
		await shareStory(0);
		await pause(1000);
		const before = memoryOf(site.pid).now;
		await Promise.all(
			readers.map((child, i) => {
				const from = i * perProcess;
				return ask(child, { open: { port: site.port, count: Math.min(perProcess, sockets - from), from } });
			})
		);
		await pause(1000);
		const bytesEach = ((memoryOf(site.pid).now - before) * 2 ** 20) / sockets;
		const [spreads, fromForm]: [number[], number[]] = [[], []];
		let missed = 0;
		for (let event = 1; event <= events; event++) {
			const sent = process.hrtime.bigint();
			await shareStory(event);
			let all: Heard[] = [];
			for (let waited = 0; waited < 50; waited++) {
				await pause(100);
				all = await Promise.all(readers.map((child) => ask<Heard>(child, { heard: event })));
				if (all.every(({ heard, readers }) => heard === readers)) break;
			}
			missed += all.reduce((sum, { heard, readers }) => sum + readers - heard, 0);
			const last = Math.max(...all.map((one) => Number(BigInt(one.last) - sent)));
			const first = Math.min(...all.map((one) => Number(BigInt(one.first) - sent)));
			// The first event warms up.
			if (event === 1) continue;
			spreads.push((last - first) / 1e6);
			fromForm.push(last / 1e6);
		}
		return { sockets, spread: median(spreads), worst: Math.max(...spreads), fromForm: median(fromForm), missed, bytesEach };
	} finally {
		for (const child of readers) child.kill();
		await site.stop();
	}
}
