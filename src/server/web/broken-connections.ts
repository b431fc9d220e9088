// What arrives and is no request: too slow, too large a head, no HTTP at all. Answered in a sentence, with the headers of every answer.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

const sentences = {
	400: 'This request could not be read. Please go back and try again.',
	408: 'This took too long to arrive, so it was not read. Please try again; your browser still has your words.',
	431: 'This request carries more than we can read. Please close other pages of this site and try again.'
} as const;

function statusOf(problem: Error & { code?: string }): keyof typeof sentences {
	if (problem.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
	return problem.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
}

export function answerBroken(headers: Record<string, string>) {
	return (problem: Error & { code?: string }, socket: Socket) => {
		// Nobody is there any more.
		if (problem.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
		const status = statusOf(problem);
		const body = `${sentences[status]}\n`;
		const all = {
			...headers,
			'cache-control': 'no-store',
			'content-type': 'text/plain; charset=utf-8',
			'content-length': String(Buffer.byteLength(body)),
			connection: 'close'
		};
		const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
		socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`);
	};
}
