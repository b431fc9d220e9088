// Real sockets that are too slow, too large or no HTTP: closed in time, with a sentence, while others are answered.
import { expect, test } from 'vitest';
import { call, sendBytes } from '../caller.ts';
import { freePort } from '../postgres.ts';
import { aSite } from './a-site.ts';

const patience = { headers: 400, request: 900, idle: 5_000, look: 50 };

async function listening(pages?: Parameters<typeof aSite>[1]) {
	const port = await freePort();
	const app = await aSite({ PORT: String(port) }, { patience, ...pages });
	await app.listen({ port, host: '127.0.0.1' });
	return `http://localhost:${port}`;
}
/** Reads the body as a page with a form does. */
const reading = { respond: async (request: Request) => new Response(`read ${(await request.text()).length}`) };

test('a head that comes a letter at a time is cut off, and others are answered meanwhile [ASVS 15.2.2]', async () => {
	const url = await listening();
	const slow = sendBytes(url, 'GET / HTTP/1.1\r\nHost: x\r\n', { ms: 60, bytes: 'a' });
	expect((await call(`${url}/`)).status).toBe(200);
	const { text, ms } = await slow;
	expect(text).toMatch(/^HTTP\/1\.1 408 /);
	expect(text).toContain('your browser still has your words');
	expect(ms).toBeGreaterThanOrEqual(patience.headers - 60);
});

test('a body that comes a letter at a time is cut off', async () => {
	const url = await listening({ pages: reading });
	const { host } = new URL(url);
	const head = `POST /join HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${url}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n`;
	const { text, ms } = await sendBytes(url, head, { ms: 60, bytes: 'a' });
	expect(text).not.toMatch(/^HTTP\/1\.1 200/);
	expect(ms).toBeGreaterThanOrEqual(patience.request - 60);
});

test('a site that people use waits ten seconds for a head and fifteen for a request, and looks each second [ASVS 15.2.2]', async () => {
	const app = await aSite();
	const { headersTimeout, requestTimeout, maxHeaderSize } = app.server as unknown as Record<string, number>;
	expect([headersTimeout, requestTimeout, maxHeaderSize]).toEqual([10_000, 15_000, 16 * 1024]);
	expect((app.server as unknown as { connectionsCheckingInterval: number }).connectionsCheckingInterval).toBe(1000);
});

test.each([
	['a head above 16 kB', `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(17_000)}\r\n\r\n`, 431],
	['an address above 16 kB', `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
	['no HTTP', '\u0016\u0003\u0001 hello\r\n\r\n', 400],
	['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc', 400],
	['a length and chunks', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
	['a header without a name', 'GET / HTTP/1.1\r\nHost: x\r\n: value\r\n\r\n', 400],
	['a folded header', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c: d\r\n\r\n', 400],
	['no host', 'GET / HTTP/1.1\r\n\r\n', 400]
])('%s is answered with its status and the headers of every answer [ASVS 4.2.1]', async (_, bytes, status) => {
	const url = await listening();
	const { text } = await sendBytes(url, bytes);
	expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
	if (bytes.includes('Host') || bytes.startsWith('\u0016')) {
		expect(text).toContain("content-security-policy: default-src 'none'");
		expect(text).toContain('cache-control: no-store');
	}
	expect((await call(`${url}/`)).status).toBe(200);
});

test('a body that says less than it sends, or grows in chunks beyond the limit, is not read on', async () => {
	const url = await listening({ pages: reading });
	const { host } = new URL(url);
	const head = `POST /join HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${url}\r\nContent-Type: text/plain\r\nConnection: close\r\n`;
	const chunk = `${(64 * 1024).toString(16)}\r\n${'a'.repeat(64 * 1024)}\r\n`;
	const { text } = await sendBytes(url, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(6)}0\r\n\r\n`);
	expect(text).not.toMatch(/^HTTP\/1\.1 200/);
	const { text: smuggled } = await sendBytes(url, `${head}Content-Length: 3\r\n\r\nabcGET /livez HTTP/1.1\r\nHost: x\r\n\r\n`);
	expect(smuggled.match(/HTTP\/1\.1 /g)).toHaveLength(1);
});

test.each(['gzip', 'deflate', 'br', 'identity', 'zstd, gzip'])('a body in the coding %s is refused unread', async (coding) => {
	const url = await listening();
	const headers = { origin: url, 'content-encoding': coding, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
	const answer = await call(`${url}/join`, { method: 'POST', headers, body: Buffer.alloc(100) });
	expect([answer.status, answer.body.includes('Compressed forms are not read here.')]).toEqual([415, true]);
});
