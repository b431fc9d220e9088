// A log line is a route's pattern, a status, milliseconds and a request id. No address, agent, cookie, query or text.
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

const idBytes = 9;
let random = randomBytes(0);

/** Random bytes are fetched for some hundred requests at once: one by one they cost as much as the rest of a log line. */
export function requestId(): string {
	if (random.length < idBytes) random = randomBytes(idBytes * 256);
	const id = random.toString('base64url', 0, idBytes);
	random = random.subarray(idBytes);
	return id;
}

export function logAnswers(app: FastifyInstance) {
	app.addHook('onResponse', (request, reply, done) => {
		request.log.info(
			{ route: request.seen.route ?? 'other', method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
			'answered'
		);
		done();
	});
}

/** What a bug leaves behind: its name, its place in the code. A database's message may quote a row, so messages stay out of it. */
export function traceOf(problem: unknown): { name: string; stack: string } {
	if (!(problem instanceof Error)) return { name: typeof problem, stack: '' };
	const frames = (problem.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	return { name: problem.name, stack: frames.slice(0, 12).join('\n') };
}
