// The signal over PostgreSQL, apart from the other one: a site on SQLite does not load its client.
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Signal } from './signal.ts';

const channel = 'lamplight_stream';
/** Between attempts to hear PostgreSQL again; with the jitter many processes do not knock at once. */
const again = { first: 200, longest: 5000 };

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
