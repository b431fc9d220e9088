// Some of the crowd's sockets, in a process of their own: opens them, listens, and tells when the first and the last heard each event.
import WebSocket from 'ws';

export type ReadersAsked = { open: { port: number; count: number; from: number } } | { heard: number };
export type ReadersDone =
	{ opened: number } | { /** Nanoseconds of the machine's clock. */ first: string; last: string; heard: number; readers: number };

/** One in twenty never reads: such a reader must not slow the others. */
const stalls = 20;
const heard: bigint[][] = [];

async function open(port: number, count: number, from: number) {
	for (let i = from; i < from + count; i++) {
		const socket = new WebSocket(`ws://127.0.0.1:${port}/live/socket`, {
			headers: { host: `localhost:${port}`, origin: `http://localhost:${port}` },
			localAddress: `127.0.0.${2 + (i % 200)}`,
			perMessageDeflate: false
		});
		await new Promise((done, failed) => socket.once('open', done).once('error', failed));
		if (i % stalls === 0) {
			socket.pause();
			continue;
		}
		const own: bigint[] = [];
		heard.push(own);
		socket.on('message', () => own.push(process.hrtime.bigint()));
	}
	return { opened: count };
}

process.on('message', async (asked: ReadersAsked) => {
	if ('open' in asked) return process.send?.(await open(asked.open.port, asked.open.count, asked.open.from));
	const times = heard.flatMap((own) => own[asked.heard - 1] ?? []);
	const first = times.reduce((a, b) => (b < a ? b : a), times[0] ?? 0n);
	const last = times.reduce((a, b) => (b > a ? b : a), 0n);
	return process.send?.({ first: String(first), last: String(last), heard: times.length, readers: heard.length } satisfies ReadersDone);
});
process.send?.('hears');
