// A log line is a route's pattern, a status, milliseconds and a request id. No address, agent, cookie, query or text.
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

export const requestId = () => randomBytes(9).toString('base64url');

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
