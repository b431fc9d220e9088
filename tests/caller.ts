// Requests as they come over the wire: from a chosen address of this machine, with any head and body, or with no HTTP at all.
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export type Answer = { status: number; headers: IncomingHttpHeaders; raw: string[]; body: string };
export type Asked = {
	method?: string;
	headers?: OutgoingHttpHeaders;
	body?: string | Buffer | URLSearchParams;
	/** An address of this machine to call from; where the system has only 127.0.0.1 it calls from there. */
	from?: string | undefined;
};

export function call(url: string, { method = 'GET', headers = {}, body, from }: Asked = {}): Promise<Answer> {
	const sent = body instanceof URLSearchParams ? body.toString() : body;
	return new Promise((done, failed) => {
		const asking = request(
			url,
			{
				method,
				...(from ? { localAddress: from } : {}),
				agent: false,
				headers: { ...(sent === undefined ? {} : { 'content-length': Buffer.byteLength(sent) }), ...headers }
			},
			(answer) => {
				const parts: Buffer[] = [];
				answer.on('data', (part: Buffer) => parts.push(part));
				answer.on('error', failed);
				answer.on('end', () =>
					done({
						status: answer.statusCode ?? 0,
						headers: answer.headers,
						raw: answer.rawHeaders,
						body: Buffer.concat(parts).toString('utf8')
					})
				);
			}
		);
		asking.on('error', (problem: NodeJS.ErrnoException) =>
			from && problem.code === 'EADDRNOTAVAIL'
				? call(url, { method, headers, ...(body ? { body } : {}) }).then(done, failed)
				: failed(problem)
		);
		asking.end(sent);
	});
}

/** Sends these bytes and answers with all that comes back until the other side hangs up, and after how many milliseconds. */
export function sendBytes(
	url: string,
	bytes: string | Buffer,
	after?: { ms: number; bytes: string }
): Promise<{ text: string; ms: number }> {
	const { port } = new URL(url);
	const began = Date.now();
	return new Promise((done) => {
		const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
		const timer = after && setInterval(() => socket.writable && socket.write(after.bytes), after.ms);
		let text = '';
		socket.on('data', (part: Buffer) => (text += part.toString('latin1')));
		socket.on('error', () => undefined);
		socket.on('close', () => {
			clearInterval(timer);
			done({ text, ms: Date.now() - began });
		});
	});
}

export const form = (fields: Record<string, string>) => new URLSearchParams(fields);

/** Somebody with a cookie of this site, joined through its form. */
export async function joinAt(url: string, more: Asked = {}) {
	const headers = { accept: 'text/html', origin: url, 'content-type': 'application/x-www-form-urlencoded', ...more.headers };
	const { body: offered } = await call(`${url}/join`, { ...more, headers });
	const value = (name: string) =>
		(new RegExp(`name="${name}"[^>]*value="([^"]+)"`).exec(offered) ??
			new RegExp(`value="([^"]+)"[^>]*name="${name}"`).exec(offered))?.[1] ?? '';
	const name = value('name');
	const fields = { name, offer: value('offer'), passphrase: 'a lamp in the far window', adult: 'yes', agree: 'yes' };
	const joined = await call(`${url}/join`, { ...more, method: 'POST', headers, body: form(fields) });
	const cookie = (joined.headers['set-cookie'] ?? []).map((one) => one.split(';')[0] ?? '').join('; ');
	if (joined.status !== 303 || !cookie) throw new Error(`Joining was answered with ${joined.status}.`);
	return { name, cookie, to: joined.headers.location, token: /lamplight=([^;]+)/.exec(cookie)?.[1] ?? '' };
}
