// Fastify: headers, limits, health and, last, the pages.
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import fastify, { LogController, type FastifyInstance, type FastifyRequest } from 'fastify';
import { Refusal } from '#lib/refusals.ts';
import type { Community } from '#server/community/community.ts';
import type { Settings } from '#server/config.ts';
import type { Hub } from '#server/live/hub.ts';
import type { Database } from '#server/store/database.ts';
import { answerBroken } from './broken-connections.ts';
import { headersFor } from './headers.ts';
import { liveSocket, type SocketLimits } from './live-socket.ts';
import { addressKeys, limitsByAddress } from './limits-by-address.ts';
import { logAnswers, quietLogger, requestId, traceOf } from './log.ts';
import { isOurs } from './origins.ts';
import { formLimit, mountPages, type Handed, type PageServer } from './pages.ts';
import { sendPlain } from './plain-answers.ts';
import { isPlainPath } from './plain-paths.ts';
import { strainOf } from './pressure.ts';

declare module 'fastify' {
	interface FastifyRequest {
		/** What the log line may say of where the request went. */
		seen: { route: string | null };
	}
}

const unreadable = 'This address could not be read. Please look at it once more, or start from the first page.';
/** Seconds. */
const comeBackIn = 5;
const bareData = /\/__(data\.json|route\.js)(\?|$)/;

export type Site = {
	settings: Settings;
	db: Database;
	community: Community;
	hub: Hub;
	pages: PageServer;
	/** The folder with the built client files. */
	files: string;
	islands: Record<string, string>;
	now: () => number;
	sockets?: SocketLimits | undefined;
	patience?: Patience;
	/** Whether the event loop is late; tests say so themselves. */
	strained?: () => boolean;
};

/** Milliseconds. Tests wait less than people on a bad line need. */
type Patience = { headers: number; request: number; idle: number; look: number };
/** `look`: how often Node looks for what is late. Its default of 30 s would make 10 s into 40. */
const ours: Patience = { headers: 10_000, request: 15_000, idle: 20_000, look: 1_000 };

export async function site(means: Site): Promise<FastifyInstance> {
	const { settings, db, community, hub, pages, files, islands, now, sockets, strained, patience = ours } = means;
	const https = settings.origins[0]?.startsWith('https:') ?? false;
	const headers = headersFor({ https, indexing: settings.indexing });
	const app = fastify({
		logger: quietLogger(settings.logLevel),
		logController: new LogController({ disableRequestLogging: true }),
		genReqId: requestId,
		trustProxy: settings.trustProxy.length > 0 ? settings.trustProxy : false,
		bodyLimit: formLimit,
		frameworkErrors: (_, request, reply) => sendPlain(request, reply.headers(headers), 400, unreadable),
		clientErrorHandler: answerBroken(headers),
		requestTimeout: patience.request,
		http: { headersTimeout: patience.headers, maxHeaderSize: 16 * 1024, connectionsCheckingInterval: patience.look },
		connectionTimeout: patience.idle,
		keepAliveTimeout: 10_000
	});
	app.decorateRequest('seen');
	app.addHook('onRequest', async (request, reply) => {
		request.seen = { route: null };
		reply.headers(headers);
		if (!isPlainPath(request.url)) return sendPlain(request, reply, 400, unreadable);
		// No page of ours is drawn in the browser, so nobody needs its bare data: one door less to guard.
		if (bareData.test(request.url)) return sendPlain(request, reply, 404, 'There is nothing at this address.');
		if (!isOurs(request, settings.origins))
			return sendPlain(
				request,
				reply,
				403,
				'This form came from another site, so nothing was changed. Please open the page here and try again.'
			);
		if (request.headers['content-encoding'] !== undefined) return sendPlain(request, reply, 415, 'Compressed forms are not read here.');
		if (Number(request.headers['content-length'] ?? 0) > formLimit)
			return sendPlain(
				request,
				reply,
				413,
				'That is more than one form can carry. Please go back: your browser still has your words. Share them in two parts.'
			);
	});
	/** A store that does not answer is nobody's bug: whoever asks is told to come back, and a line says it to the operator. */
	function passing(request: FastifyRequest, problem: unknown) {
		if (!db.isAway(problem)) return undefined;
		request.log.warn({ name: traceOf(problem).name, route: request.seen.route }, 'the store does not answer');
		return new Refusal('away', comeBackIn);
	}
	const keyOf = addressKeys(now);
	await app.register(rateLimit, limitsByAddress(keyOf, settings.proofOfWork));
	logAnswers(app);
	app.setErrorHandler((problem: unknown, request, reply) => {
		const status = problem instanceof Error && 'statusCode' in problem && typeof problem.statusCode === 'number' ? problem.statusCode : 500;
		if (status === 429)
			return sendPlain(
				request,
				reply,
				429,
				'That was a lot at once. Please wait a minute and try again; your browser still has your words.'
			);
		if (status < 500) return sendPlain(request, reply, status, 'This request could not be read. Please go back and try again.');
		const away = passing(request, problem);
		if (away) {
			const again = request.method === 'GET' ? { again: request.url } : {};
			return sendPlain(request, reply.header('retry-after', String(away.retryAfter)), away.status, away.message, again);
		}
		request.log.error({ ...traceOf(problem), route: request.seen.route }, 'bug');
		return sendPlain(
			request,
			reply,
			500,
			`Something broke on our side, and it is not your doing. If you tell whoever runs this site, give them this: ${request.id}`
		);
	});
	app.setNotFoundHandler((request, reply) => sendPlain(request, reply, 404, 'There is nothing at this address.'));

	const guestKey = settings.proofOfWork ? keyOf : undefined;
	await liveSocket(app, { hub, community, origins: settings.origins, secure: https, guestKey, limits: sockets });

	app.options('/*', (_, reply) => reply.code(204).header('allow', 'GET, HEAD, POST, OPTIONS').send());
	app.get('/livez', (request) => alive(request, 'livez'));
	app.get('/readyz', async (request, reply) => {
		request.seen.route = '/readyz';
		try {
			await db.ready();
			return await reply.type('text/plain; charset=utf-8').send('ready\n');
		} catch {
			return reply.code(503).header('retry-after', '5').type('text/plain; charset=utf-8').send('the store does not answer\n');
		}
	});
	app.get('/robots.txt', (request, reply) => {
		request.seen.route = '/robots.txt';
		return reply
			.type('text/plain; charset=utf-8')
			.send(`User-agent: *\n${settings.indexing ? 'Disallow: /moderation\nDisallow: /settings\n' : 'Disallow: /\n'}`);
	});
	await app.register(fastifyStatic, {
		root: files,
		wildcard: false,
		preCompressed: true,
		index: false,
		setHeaders: (reply, path) =>
			void reply.header('cache-control', path.includes('/immutable/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
	});
	const platform = (request: FastifyRequest): Handed => ({
		community,
		settings,
		islands,
		secure: https,
		seen: request.seen,
		from: () => guestKey?.(request.ip),
		passing: (problem) => passing(request, problem),
		reportBug(problem) {
			request.log.error({ ...traceOf(problem), route: request.seen.route }, 'bug');
			return String(request.id);
		}
	});
	await mountPages(app, pages, platform, settings.origins, hub, community, strained ?? strainOf(app));
	return app;
}

function alive(request: FastifyRequest, route: string) {
	request.seen.route = `/${route}`;
	return 'alive\n';
}
