// The one hook against forms from elsewhere: every Origin with every Sec-Fetch-Site and every method, and the same for sockets.
import { describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { lit } from '../live-site.ts';
import { onBothDatabases } from '../world.ts';
import { aSite } from './a-site.ts';

const host = 'lamp.example';
const ours = `https://${host}`;
const origins: Record<string, string | undefined> = {
	ours,
	absent: undefined,
	null: 'null',
	'http for https': `http://${host}`,
	'another port': `${ours}:8443`,
	'a part of it': 'https://example',
	'a longer name': `${ours}.evil.example`,
	'a name under it': `https://evil.${host}`,
	'with a path': `${ours}/`,
	'in capitals': ours.toUpperCase(),
	twice: `${ours}, ${ours}`,
	another: 'https://elsewhere.example'
};
const sites: Record<string, string | undefined> = {
	absent: undefined,
	'same-origin': 'same-origin',
	'same-site': 'same-site',
	'cross-site': 'cross-site',
	none: 'none',
	nonsense: 'nonsense'
};
/** What may pass of all that may change something; everything else is refused. */
const passing = ['ours absent', 'ours same-origin', 'absent same-origin'];
const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'] as const;
const safe = ['GET', 'HEAD', 'OPTIONS'];
const given = (headers: Record<string, string | undefined>) =>
	Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

describe('a request [ASVS 3.5.1] [ASVS 3.5.3]', () => {
	test.each(methods)('by %s passes only from our own pages when it may change something', async (method) => {
		const app = await aSite({ ORIGIN: ours });
		const wrong: string[] = [];
		for (const [from, origin] of Object.entries(origins))
			for (const [said, site] of Object.entries(sites)) {
				const headers = given({ host, origin, 'sec-fetch-site': site });
				const answer = await app.inject({ method: method as 'GET', url: '/sign-out', headers });
				const passes = safe.includes(method) || passing.includes(`${from} ${said}`);
				// Methods that no page answers find nothing once they are through.
				const expected = !passes ? 403 : safe.includes(method) ? (method === 'OPTIONS' ? 204 : 200) : method === 'POST' ? 200 : 404;
				if (answer.statusCode !== expected) wrong.push(`${from}, ${said}: ${answer.statusCode}, not ${expected}`);
			}
		expect(wrong).toEqual([]);
	});
});

test('a forwarded address counts only from a proxy that is named [ASVS 4.1.3]', async () => {
	const slowed = async (env: Record<string, string>) => {
		const app = await aSite({ ORIGIN: ours, ...env });
		for (let i = 0; i < 320; i++) {
			const headers = { host, origin: ours, 'x-forwarded-for': `198.51.${i >> 8}.${i & 255}`, forwarded: `for=192.0.2.${i & 255}` };
			const { statusCode } = await app.inject({ method: 'POST', url: '/sign-out', headers, remoteAddress: '203.0.113.5' });
			if (statusCode === 429) return true;
		}
		return false;
	};
	expect([await slowed({}), await slowed({ TRUST_PROXY: '10.0.0.1' }), await slowed({ TRUST_PROXY: '203.0.113.5' })]).toEqual([
		true,
		true,
		false
	]);
});

onBothDatabases((aWorld) => {
	test('a socket opens only for the exact origin, whatever else is said [ASVS 4.4.2]', async () => {
		const site = await lit(await aWorld());
		const { port } = new URL(site.origin);
		const opens = (origin: string | undefined, fetchSite: string | undefined) =>
			new Promise<number>((done) => {
				const headers = given({ host: `localhost:${port}`, origin, 'sec-fetch-site': fetchSite });
				const socket = new WebSocket(`ws://127.0.0.1:${port}/live/socket`, { headers });
				socket.on('open', () => (socket.close(), done(101)));
				socket.on('unexpected-response', (_, answer) => done(answer.statusCode ?? 0));
				socket.on('error', () => undefined);
			});
		const here = `http://localhost:${port}`;
		const others = [
			undefined,
			'null',
			`https://localhost:${port}`,
			'http://localhost',
			`http://127.0.0.1:${port}`,
			`${here}/`,
			`${here}.evil.example`
		];
		for (const fetchSite of Object.values(sites)) {
			expect(await opens(here, fetchSite)).toBe(fetchSite === undefined || fetchSite === 'same-origin' ? 101 : 403);
			for (const origin of others) expect(await opens(origin, fetchSite), String(origin)).toBe(403);
		}
	});
});
