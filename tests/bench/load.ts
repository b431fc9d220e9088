// The load: keep-alive connections that send ready requests one after another, in a process of their own. Talks to its parent by messages.
import { connect, type Socket } from 'node:net';
import { share } from './processes.ts';

export type LoadAsked = {
	port: number;
	/** Whole requests as they go over the wire; each connection begins at another one. */
	requests: string[];
	connections: number;
	/** Milliseconds; longer where fewer answers than `least` have come. */
	lasts: number;
	least?: number;
	/** Requests a second over all connections; absent: as fast as they are answered. */
	rate?: number;
	/** Stop after the last request instead of beginning again. */
	once?: boolean;
};
export type LoadDone = {
	/** Answers, and how many of them by status; 0 counts connections that broke. */
	done: number;
	statuses: Record<number, number>;
	/** From the first request to the last answer. */
	ms: number;
	/** Milliseconds of one answer. */
	p50: number;
	p99: number;
	worst: number;
	/** Bytes of an answer's body as sent, on average. */
	sent: number;
	retryAfter: number;
};

const headEnd = Buffer.from('\r\n\r\n');

/** Reads one answer after another; calls back with its status, the bytes of its body and its head. */
function reading(answered: (status: number, bytes: number, head: string) => void) {
	let rest: Buffer = Buffer.alloc(0);
	let body: { status: number; head: string; left: number; bytes: number; chunked: boolean } | undefined;
	return (data: Buffer) => {
		rest = rest.length > 0 ? Buffer.concat([rest, data]) : data;
		for (;;) {
			if (!body) {
				const end = rest.indexOf(headEnd);
				if (end === -1) return;
				const head = rest.toString('latin1', 0, end);
				const status = Number(head.slice(9, 12));
				const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
				rest = rest.subarray(end + 4);
				body = { status, head, left: length, bytes: length, chunked: /\r\ntransfer-encoding: chunked/i.test(head) };
			}
			if (body.chunked) {
				const taken = chunk(rest);
				if (taken === undefined) return;
				rest = rest.subarray(taken.end);
				body.bytes += taken.length;
				if (taken.length > 0) continue;
			} else {
				const taken = Math.min(body.left, rest.length);
				body.left -= taken;
				rest = rest.subarray(taken);
				if (body.left > 0) return;
			}
			const { status, bytes, head } = body;
			body = undefined;
			answered(status, bytes, head);
		}
	};
}

/** The chunk that the data begins with, where all of it is there. */
function chunk(data: Buffer): { length: number; end: number } | undefined {
	const line = data.indexOf('\r\n');
	if (line === -1) return undefined;
	const length = parseInt(data.toString('latin1', 0, line), 16);
	const end = line + 2 + length + 2;
	return data.length < end ? undefined : { length, end };
}

async function run({ port, requests, connections, lasts, least = 0, rate, once }: LoadAsked): Promise<LoadDone> {
	const times: number[] = [];
	const statuses: Record<number, number> = {};
	let [bytes, retryAfter, next] = [0, 0, 0];
	const began = performance.now();
	const end = began + lasts;
	/** However slow the machine is, a minute is enough. */
	const over = () => {
		const now = performance.now();
		return now >= end && (times.length >= least || now >= end + 60_000);
	};
	const wire = requests.map((request) => Buffer.from(request));

	const client = (number: number) =>
		new Promise<void>((finished) => {
			let socket: Socket;
			let sentAt = 0;
			let due = began + (rate ? (number * 1000) / rate : 0);
			let own = Math.floor((wire.length * number) / connections);
			const send = () => {
				const request = wire[once ? next++ : own++ % wire.length];
				if (!request || over()) {
					socket.destroy();
					return finished();
				}
				sentAt = performance.now();
				socket.write(request);
			};
			const further = () => {
				if (!rate) return send();
				due = Math.max(due + (connections * 1000) / rate, performance.now());
				setTimeout(send, Math.max(0, due - performance.now()));
			};
			const open = () => {
				let closes = false;
				socket = connect({ port, host: '127.0.0.1', noDelay: true });
				socket.on(
					'data',
					reading((status, size, head) => {
						times.push(performance.now() - sentAt);
						statuses[status] = (statuses[status] ?? 0) + 1;
						bytes += size;
						if (/\r\nretry-after:/i.test(head)) retryAfter++;
						closes = /\r\nconnection: close/i.test(head);
						if (closes) socket.destroy();
						else further();
					})
				);
				socket.once('connect', () => (rate ? setTimeout(send, Math.max(0, due - performance.now())) : send()));
				socket.once('error', () => undefined);
				socket.once('close', () => {
					if (!closes && !over()) statuses[0] = (statuses[0] ?? 0) + 1;
					if (!over() && (!once || next < wire.length)) setTimeout(open, closes ? 0 : 50);
					else finished();
				});
			};
			open();
		});
	await Promise.all(Array.from({ length: connections }, (_, number) => client(number)));
	const sorted = Float64Array.from(times).sort();
	return {
		...{ done: times.length, statuses, ms: performance.now() - began, retryAfter, sent: bytes / Math.max(1, times.length) },
		...{ p50: share(sorted, 0.5), p99: share(sorted, 0.99), worst: share(sorted, 1) }
	};
}

process.on('message', (asked: LoadAsked) => void run(asked).then((done) => process.send?.(done)));
process.send?.('hears');
