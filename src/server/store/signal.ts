// "Something new stands in the stream": told within this process, and on PostgreSQL to every process on the same store. Numbers only.
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

export interface Signal {
	/** Resolves when the others have been told, or will learn it by themselves. */
	send(number: number): Promise<void>;
	/** The listener hears numbers, its own process's too; after a lost connection it hears one, so that it looks what it missed. */
	hear(listener: (number: number) => void): void;
	close(): Promise<void>;
}

const channel = 'lamplight_stream';
/** Between attempts to hear PostgreSQL again; with the jitter many processes do not knock at once. */
const again = { first: 200, longest: 5000 };

export function signalInProcess(): Signal {
	const emitter = new EventEmitter();
	return {
		send: async (number) => void emitter.emit('number', number),
		hear: (listener) => void emitter.on('number', listener),
		close: async () => void emitter.removeAllListeners()
	};
}

export function signalOverPostgres(url: string, notify: (channel: string, payload: string) => Promise<unknown>): Signal {
	const emitter = new EventEmitter();
	let closed = false;
	let client: Client | undefined;

	async function listen() {
		for (let wait = again.first; !closed; wait = Math.min(wait * 2, again.longest)) {
			try {
				client = new Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: again.longest });
				const lost = new Promise<void>((done) => {
					// Not once: a server that goes away is told of twice, by its last word and by the end of the line.
					client?.on('error', () => done());
					client?.once('end', () => done());
				});
				await client.connect();
				client.on('notification', ({ payload }) => emitter.emit('number', Number(payload)));
				await client.query(`listen ${channel}`);
				emitter.emit('number', 0);
				wait = again.first;
				await lost;
			} catch {
				// The store may be restarting: knock again below.
			}
			if (!closed) await pause(wait * (0.5 + Math.random()), undefined, { ref: false });
		}
	}
	void listen();

	return {
		send: async (number) => void (await notify(channel, String(number))),
		hear: (listener) => void emitter.on('number', listener),
		async close() {
			closed = true;
			emitter.removeAllListeners();
			await client?.end().catch(() => undefined);
		}
	};
}
