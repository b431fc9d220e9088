// What one address may ask for in a while, and what is not held against its neighbours.
import { expect, test } from 'vitest';
import { addressKeys, networkOf } from '#server/web/limits-by-address.ts';
import { aSite, ours } from './a-site.ts';

const guarded = { PROOF_OF_WORK: 'on' };
const day = 86_400_000;

type App = Awaited<ReturnType<typeof aSite>>;
const ask = (app: App, method: 'GET' | 'POST', url: string, remoteAddress = '203.0.113.7') =>
	app.inject({
		method,
		url,
		remoteAddress,
		headers: { host: 'localhost:3000', origin: ours },
		...(method === 'POST' ? { payload: 'a=b' } : {})
	});

async function answered(app: App, times: number, method: 'GET' | 'POST', url: string) {
	let through = 0;
	for (let i = 0; i < times; i++) if ((await ask(app, method, url)).statusCode === 200) through++;
	return through;
}

test.each([
	['GET', '/join', 60],
	['POST', '/join', 40],
	['POST', '/sign-in', 60],
	['GET', '/search?q=night', 120],
	['POST', '/threads/x?/reply', 300],
	['POST', '/drafts?/keep', 600]
] as const)(
	'[ASVS 2.4.1] of a flood of %s %s from one address %i get through, and the neighbours do not notice',
	async (method, url, most) => {
		const app = await aSite(guarded);
		expect(await answered(app, most + 20, method, url)).toBe(most);
		const { statusCode, headers, body } = await ask(app, method, url);
		expect(statusCode).toBe(429);
		expect(Number(headers['retry-after'])).toBeGreaterThan(0);
		expect(Object.keys(headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
		expect(body).not.toMatch(/203\.0/);
		expect((await ask(app, method, url, '203.0.113.8')).statusCode).toBe(200);
		expect((await ask(app, 'GET', '/help-now')).statusCode).toBe(200);
	}
);

test('[ASVS 2.4.1] of a thousand scripted joins from one address no more than forty reach the door', async () => {
	const app = await aSite(guarded);
	expect(await answered(app, 1000, 'POST', '/join')).toBe(40);
});

test('quiet saves of drafts do not use up what posting needs', async () => {
	const app = await aSite(guarded);
	await answered(app, 610, 'POST', '/drafts?/keep');
	expect((await ask(app, 'POST', '/threads/x?/reply')).statusCode).toBe(200);
});

test('on one’s own machine the narrow limits are off: everybody has its address', async () => {
	const app = await aSite();
	expect(await answered(app, 130, 'POST', '/join')).toBe(130);
	expect(await answered(app, 130, 'GET', '/search?q=night')).toBe(130);
});

test('an address is a key that means something else the next day', () => {
	let time = 0;
	const keyOf = addressKeys(() => time);
	const [first, other] = [keyOf('203.0.113.7'), keyOf('203.0.113.8')];
	expect(first).not.toBe(other);
	time = day - 1;
	expect(keyOf('203.0.113.7')).toBe(first);
	time = day;
	const next = keyOf('203.0.113.7');
	expect(next).not.toBe(first);
	time = 2 * day - 1;
	expect(keyOf('203.0.113.7')).toBe(next);
	expect(addressKeys(() => time)('203.0.113.7')).not.toBe(next);
});

test.each([
	['203.0.113.7', '203.0.113.7'],
	['::ffff:203.0.113.7', '203.0.113.7'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
	['2001:db8:1:2::9', '2001:db8:1:2'],
	['2001:db8::1', '2001:db8:0:0'],
	['::1', '0:0:0:0']
])('%s counts as %s', (address, network) => {
	expect(networkOf(address)).toBe(network);
});
