// One spelling for each address: what is limited by its address must not be reached by another spelling of it.
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { isPlainPath } from '#server/web/plain-paths.ts';
import { aSite, ours } from './a-site.ts';

const guarded = { PROOF_OF_WORK: 'on' };

test.each([
	['GET', '/%73earch?q=night'],
	['GET', '/se%61rch?q=night'],
	['HEAD', '/%6Aoin'],
	['POST', '/%6aoin'],
	['POST', '/sign-%69n'],
	['POST', '/sign%2Din'],
	['GET', '/x/../join'],
	['GET', '/x/%2e%2E/join'],
	['GET', '/%2e/join'],
	['GET', '/./search?q=night'],
	['GET', '/boards/..\\join'],
	['GET', '/%5Fapp/version.json']
] as const)('[ASVS 2.4.1] %s %s is another spelling of an address of ours, and refused before any page', async (method, url) => {
	expect(await raw(await aSite(guarded), method, url)).toMatch(/^HTTP\/1.1 400 /);
});

test('[ASVS 2.4.1] a whole address in place of a path is refused as well', async () => {
	expect(await raw(await aSite(guarded), 'GET', `${ours}/search?q=night`)).toMatch(/^HTTP\/1.1 400 /);
});

/** As it stands: `inject` and `fetch` would write the address anew. */
async function raw(app: Awaited<ReturnType<typeof aSite>>, method: string, url: string): Promise<string> {
	const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
	const socket = connect(Number(port), '127.0.0.1');
	socket.end(`${method} ${url} HTTP/1.1\r\nhost: localhost:3000\r\norigin: ${ours}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
	let answer = '';
	for await (const piece of socket) answer += String(piece);
	return answer;
}

test.each(['/', '/boards/harbour?sort=new', '/people/Quiet%20Heron', '/boards/%C3%A9', '/threads/%00', '/search?q=%6eight', '/a.b/~c'])(
	'%s is spelled as browsers spell it',
	(url) => {
		expect(isPlainPath(url)).toBe(true);
	}
);
