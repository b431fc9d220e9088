// A log line is a route's pattern, a status, milliseconds and a request id. No address, agent, cookie, query or text, at any level:
// whatever a library would log besides is cut down to the few keys below.
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { randomTexts } from '#server/community/random-texts.ts';

/** Of 9 random bytes. */
export const requestId = randomTexts(9);

/** Everything a line may say, besides its level, its minute and its request's id. */
const known = ['route', 'status', 'ms', 'chore', 'name', 'stack'];
/** Our own words, which hold nothing of a request. A library's message may quote an address or a header. */
const messages = [
	'answered',
	'bug',
	'a chore was not done',
	'open pages were not told',
	'what was erased is off the disk',
	'a request could not be read',
	'the store does not answer'
];
const minute = 60_000;

/** Options of Fastify's logger. Times are coarse: who has the log and watches the network must not match one against the other. */
export function quietLogger(level: string): FastifyServerOptions['logger'] {
	if (level === 'silent') return false;
	return {
		level,
		base: null,
		timestamp: () => `,"time":"${new Date(Math.floor(Date.now() / minute) * minute).toISOString().slice(0, 16)}Z"`,
		hooks: {
			logMethod([what, said], method) {
				const message = typeof what === 'string' ? what : said;
				const kept: object = what instanceof Error ? traceOf(what) : typeof what === 'object' && what !== null ? what : {};
				const line = Object.fromEntries(Object.entries(kept).filter(([key]) => known.includes(key)));
				method.call(this, line, messages.find((ours) => ours === message) ?? 'a message of a library');
			}
		}
	};
}

export function logAnswers(app: FastifyInstance) {
	app.addHook('onResponse', (request, reply, done) => {
		request.log.info({ route: request.seen.route ?? 'other', status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
		done();
	});
}

/** A place in a file, or the machine's own: a line of somebody's story that begins with "at" is neither. */
const frame = /^ {4}at (?:[\w.$<>[\] ]+ \()?(?:(?:file:\/\/|node:|\/)\S*:\d+:\d+|native|<anonymous>|index \d+)\)?$/;

/**
 * What a bug leaves behind: its name, its place in the code. A database's message quotes what was to be written, and a stack begins with
 * the message, so messages stay out of both.
 */
export function traceOf(problem: unknown): { name: string; stack: string } {
	if (!(problem instanceof Error)) return { name: typeof problem, stack: '' };
	const stack = problem.stack ?? '';
	const after = problem.message ? stack.lastIndexOf(problem.message) + problem.message.length : 0;
	const frames = stack.slice(after).split('\n');
	return {
		name: /^\w{1,60}$/.test(problem.name) ? problem.name : 'Error',
		stack: frames
			.filter((line) => frame.test(line))
			.slice(0, 12)
			.join('\n')
	};
}
