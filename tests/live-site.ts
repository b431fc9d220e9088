// A listening site with its live feed over a world of the tests, and real sockets to it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import WebSocket from 'ws';
import { settingsFrom } from '#server/config.ts';
import { hub } from '#server/live/hub.ts';
import { site } from '#server/web/app.ts';
import type { SocketLimits } from '#server/web/live-socket.ts';
import type { PageServer } from '#server/web/pages.ts';
import { freePort } from './postgres.ts';
import type { World } from './world.ts';

export type Frame = { id: string; type: string; at: number; data: Record<string, string | number> };
export type Line = { socket: WebSocket; frames: Frame[]; closed: Promise<number>; next: (type: string) => Promise<Frame> };

type LiveOptions = {
	/** The page behind it only says that it was reached, unless another is handed in. */
	pages?: PageServer;
	env?: Record<string, string>;
	sockets?: SocketLimits;
};

/** Also where the world of a test ends before its site does. */
const ofAClosedStore = (problem: unknown): boolean =>
	problem instanceof Error && (/after calling end|connection is not open/.test(problem.message) || ofAClosedStore(problem.cause));

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of open.splice(0)) await close();
});

/** Closed after the test. */
export async function lit(...asked: Parameters<typeof liveSite>) {
	const shining = await liveSite(...asked);
	open.push(shining.close);
	return shining;
}

/** Who calls it closes it, where it matters when. */
export async function liveSite(
	world: World,
	{ pages = { respond: async () => new Response('a page') }, env = {}, sockets }: LiveOptions = {}
) {
	const port = await freePort();
	const settings = settingsFrom({ LOG_LEVEL: 'silent', PORT: String(port), ...env });
	const { append, newest, next } = world.stream;
	let closed = false;
	const live = hub({
		append,
		newest,
		next,
		suspendedBy: world.masks.suspendedBy,
		hear: world.db.signal.hear,
		// What is still on its way when a test ends finds the store closed.
		failed(problem) {
			if (!closed && !ofAClosedStore(problem)) throw problem;
		}
	});
	world.listen(live.tell);
	await live.begin();
	const app = await site({
		settings,
		db: world.db,
		community: world,
		hub: live,
		pages,
		files: mkdtempSync(join(tmpdir(), 'lamplight-live-')),
		islands: {},
		now: Date.now,
		sockets
	});
	await app.listen({ port, host: '127.0.0.1' });
	const origin = `http://localhost:${port}`;

	/** Opens a line as a page of this site would; `headers` may say otherwise. */
	function line(path = '/live/socket', headers: Record<string, string> = {}): Promise<Line> {
		const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { host: `localhost:${port}`, origin, ...headers } });
		const frames: Frame[] = [];
		const waiting: { type: string; found: (frame: Frame) => void }[] = [];
		socket.on('message', (data) => {
			const frame: Frame = JSON.parse(String(data));
			frames.push(frame);
			for (const one of waiting.filter(({ type }) => type === frame.type)) one.found(frame);
		});
		const closed = new Promise<number>((done) => socket.on('close', done));
		const next = (type: string) => {
			const there = frames.find((frame) => frame.type === type);
			return there ? Promise.resolve(there) : new Promise<Frame>((found) => waiting.push({ type, found }));
		};
		return new Promise((opened, refused) => {
			socket.on('open', () => opened({ socket, frames, closed, next }));
			socket.on('unexpected-response', (_, answer) => refused(new Error(String(answer.statusCode))));
			socket.on('error', refused);
		});
	}

	async function cookieFor(actor: Parameters<World['sessions']['begin']>[0]) {
		const { cookie, session } = await world.sessions.begin(actor, { secure: false });
		return { cookie: `${cookie.name}=${cookie.value}`, session };
	}

	async function close() {
		closed = true;
		await app.close();
	}

	return { app, hub: live, line, cookieFor, origin, close };
}
