// The live socket: exact origin, the session as it was at the upgrade, small frames, few messages, and nobody's slow line costs the others.
import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { numberOf } from '#lib/stream-cursors.ts';
import type { Community } from '#server/community/community.ts';
import { longestReplay, type Streamed } from '#server/community/stream.ts';
import { backlogLost, frameOf, threadNamed, watchedThread } from '#server/live/frames.ts';
import { isFor, type Hub, type Listener } from '#server/live/hub.ts';
import { traceOf } from './log.ts';
import { isOurSocket } from './origins.ts';

type Socket = import('@fastify/websocket').WebSocket;

export const socketLimits = {
	/** Bytes: the only frame a page sends names a thread. */
	payload: 4096,
	messagesPerSecond: 5,
	perAccount: 5,
	/** Guests behind one address: a household, a clinic. */
	perAddress: 30,
	/** Open pages of guests in one process, some 9 kB each: guests read on without a live line, members still get theirs. */
	guests: 20_000,
	pingEvery: 30_000,
	/** Bytes waiting for a slow reader: above this frames are left out and the page loads its list anew, above `drop` the socket closes. */
	behind: 256 * 1024,
	drop: 1024 * 1024
} as const;

/** Milliseconds for saying goodbye where the site stops. */
const patienceAtTheEnd = 1000;

export type SocketLimits = { [limit in keyof typeof socketLimits]: number };

const closing = { policy: 1008, tooMuch: 1009, later: 1013, away: 1001 } as const;

type Live = {
	hub: Hub;
	community: Community;
	origins: string[];
	secure: boolean;
	/** Stands for a guest's address; without it guests are not counted. */
	guestKey?: (address: string) => string;
	limits?: SocketLimits | undefined;
};

export async function liveSocket(app: FastifyInstance, { hub, community, origins, secure, guestKey, limits = socketLimits }: Live) {
	// A phone that sleeps never answers a closing word: without this, each of them keeps a stop waiting for half a minute.
	app.addHook('preClose', async () => {
		hub.closeAll();
		setTimeout(() => app.websocketServer.clients.forEach((client) => client.terminate()), patienceAtTheEnd).unref();
	});
	await app.register(websocket, {
		options: { maxPayload: limits.payload, perMessageDeflate: false, clientTracking: true },
		// Anybody can send frames that are none: no error of ours.
		errorHandler(problem, socket, request) {
			request.log.debug(traceOf(problem), 'a request could not be read');
			socket.terminate();
		}
	});
	const open = new Map<string, Set<Socket>>();
	let guests = 0;

	app.addHook('onRequest', async (request, reply) => {
		if (!request.ws) return;
		// With a route for every address any path would take a socket.
		if (request.url.split('?')[0] !== '/live/socket')
			return reply.code(426).header('upgrade', 'websocket').send('Sockets are at /live/socket.\n');
		if (!isOurSocket(request, origins)) return reply.code(403).send('Sockets are for our own pages.\n');
	});

	app.get('/live/socket', { websocket: true }, (socket, request) => {
		request.seen.route = '/live/socket';
		void serve(socket, request).catch(() => socket.close(closing.later));
	});

	async function serve(socket: Socket, request: FastifyRequest) {
		let arrived: Buffer[] | undefined = [];
		socket.on('message', (data: Buffer, binary: boolean) => {
			if (binary) return socket.close(closing.policy);
			if (arrived) return void (arrived.length < limits.messagesPerSecond ? arrived.push(data) : socket.close(closing.policy));
			hear(data);
		});
		const token = cookieOf(request, community.sessions.cookieName(secure));
		// No use of the session, which its page was already: a row written now would show whose lines come back when a suspension ends them.
		const found = await community.sessions.find(token, { look: true });
		const staff = await community.cases.mayHear(found?.actor);
		const look = async () => found && community.people.unheard(found.actor);
		const unheard = await look();
		// Gone while we looked who it was: nothing would ever take its seat back.
		if (socket.readyState !== socket.OPEN) return;
		const listener: Listener = {
			member: found?.actor.id,
			session: found?.session,
			staff,
			watching: undefined,
			unheard,
			look: async () => void (listener.unheard = await look()),
			send,
			close: () => socket.close(closing.away)
		};
		const seats = found ? seat(found.actor.id, socket, limits.perAccount) : seatGuest(request, socket);
		if (!seats) return socket.close(closing.policy, 'Too many pages are open.');
		if (!found && !standing(socket)) return socket.close(closing.later, 'Many people are here. The page works without this line.');

		let missed = false;
		let newest = 0;
		/** What happens while we still tell what was missed waits its turn: a page passes over numbers below the newest it heard. */
		let meanwhile: { frame: string; row: Streamed }[] | undefined = [];
		function send(frame: string, row: Streamed) {
			if (meanwhile) return void (meanwhile.push({ frame, row }) > longestReplay && socket.close(closing.later));
			newest = row.number;
			if (socket.bufferedAmount > limits.drop) return socket.terminate();
			if (missed || socket.bufferedAmount > limits.behind) {
				missed = true;
				return;
			}
			socket.send(frame);
		}

		let messages = 0;
		let watches = 0;
		const perSecond = setInterval(() => {
			messages = 0;
			if (missed && socket.bufferedAmount === 0) {
				missed = false;
				socket.send(backlogLost(newest));
			}
		}, 1000);
		let alive = true;
		const ping = setInterval(() => {
			if (!alive) return socket.terminate();
			alive = false;
			socket.ping();
			// Nobody tells of a session that grew too old or of another role, and what is told may be lost: the page comes back as who it is now.
			void stillSo().then(
				(so) => so || socket.close(closing.away),
				() => undefined
			);
		}, limits.pingEvery);
		async function stillSo(): Promise<boolean> {
			if (!found) return true;
			const now = await community.sessions.find(token, { look: true });
			return now?.session === found.session && staff === (await community.cases.mayHear(now.actor));
		}
		socket.on('pong', () => (alive = true));
		socket.on('error', () => socket.terminate());

		function hear(data: Buffer) {
			if (++messages > limits.messagesPerSecond) return socket.close(closing.policy, 'Too many messages.');
			const thread = watchedThread(data.toString());
			if (thread === undefined) return socket.close(closing.policy, 'This is not a frame we know.');
			const asked = ++watches;
			void community.posts.mayRead(found?.actor, thread).then(
				(may) => asked === watches && (listener.watching = may ? thread : undefined),
				// A store that does not answer is no reason to fall: the page tries again later.
				() => socket.close(closing.later)
			);
		}

		const leave = hub.join(listener);
		socket.on('close', () => {
			leave();
			clearInterval(perSecond);
			clearInterval(ping);
		});
		// A sign-out or a block of this very moment may have been told before the hub knew this page.
		if (!(await stillSo())) return socket.close(closing.away);
		await listener.look?.();
		const { searchParams: asked } = new URL(request.url, 'http://localhost');
		const thread = threadNamed(asked.get('watch'));
		if (thread && (await community.posts.mayRead(found?.actor, thread))) listener.watching = thread;
		newest = await replay(socket, asked.get('after'), listener);
		const [waited, told] = [meanwhile, newest];
		meanwhile = undefined;
		for (const { frame, row } of waited) if (row.number > told && isFor(row, listener)) send(frame, row);
		for (const data of arrived) hear(data);
		arrived = undefined;
	}

	/** What this page missed since its last frame, or the word that nobody knows any more. Returns the number up to which it has been told. */
	async function replay(socket: Socket, asked: string | null, listener: Listener): Promise<number> {
		if (asked === null) return 0;
		const after = numberOf(asked);
		const rows = after === undefined ? undefined : await community.stream.since(after);
		const newest = rows ? (rows.at(-1)?.number ?? 0) : await community.stream.newest();
		const frames = rows?.filter((row) => row.audience !== 'doors' && isFor(row, listener)).map(frameOf);
		// Whoever missed as much as a slow reader may leave waiting starts from the page again.
		const much = frames && frames.reduce((bytes, frame) => bytes + Buffer.byteLength(frame), 0) > limits.behind;
		for (const frame of frames && !much ? frames : [backlogLost(newest)]) socket.send(frame);
		return newest;
	}

	function standing(socket: Socket): boolean {
		if (guests >= limits.guests) return false;
		guests++;
		socket.on('close', () => guests--);
		return true;
	}

	const seatGuest = (request: FastifyRequest, socket: Socket) =>
		guestKey === undefined || seat(`guest ${guestKey(request.ip)}`, socket, limits.perAddress);

	function seat(whose: string, socket: Socket, most: number): boolean {
		const seats = open.get(whose) ?? new Set();
		if (seats.size >= most) return false;
		open.set(whose, seats.add(socket));
		socket.on('close', () => {
			seats.delete(socket);
			if (seats.size === 0) open.delete(whose);
		});
		return true;
	}
}

function cookieOf(request: FastifyRequest, name: string): string | undefined {
	const pairs = (request.headers.cookie ?? '').split(/;\s*/).map((pair) => pair.split('='));
	return pairs.find(([key]) => key === name)?.[1];
}
