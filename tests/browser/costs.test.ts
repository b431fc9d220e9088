// Short runs of what the benchmarks measure at length, with wide ceilings: the time of a refusal, the price of a join, a flood.
import { spawnSync } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { loader, requestOf } from '../bench/loading.ts';
import { startSite, type BuiltSite } from '../built-site.ts';
import { call, form } from '../caller.ts';
import { prove } from '../community/proving.ts';

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	for (const close of open.splice(0)) await close();
});

async function lit(settings: Record<string, string>) {
	const site = await startSite({ TRUST_PROXY: '127.0.0.1', LOG_LEVEL: 'silent', ...settings });
	open.push(site.stop);
	return site;
}

test('the time of a refused sign-in does not tell a known name from an unknown one [ASVS 6.3.8]', () => {
	// Chance alone is above this bound once in some forty thousand runs.
	const measured = spawnSync(process.execPath, ['tests/bench/enumeration.ts', '80', '4.5'], { encoding: 'utf8' });
	expect(measured.stdout).toMatch(/^80 pairs.*\n1 different page/);
	expect([measured.status, measured.stdout]).toEqual([0, measured.stdout]);
});

const plain = (page: string) => page.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

async function doorOf(site: BuiltSite, address: string) {
	const headers = {
		accept: 'text/html',
		origin: site.url,
		'x-forwarded-for': address,
		'content-type': 'application/x-www-form-urlencoded'
	};
	const { body: page } = await call(`${site.url}/join`, { headers });
	const value = (field: RegExp) => plain(field.exec(page)?.[1] ?? '');
	const fields = {
		name: value(/name="name" value="([^"]+)"/),
		offer: value(/name="offer" value="([^"]+)"/),
		passphrase: 'a lamp in the far window',
		adult: 'yes',
		agree: 'yes'
	};
	const join = async (proof: string) =>
		(await call(`${site.url}/join`, { method: 'POST', headers, body: form({ ...fields, proof }) })).status;
	return { challenge: value(/data-proof="([^"]+)"/), join };
}

test('each of twenty joins asks for a sum of its own, which costs something and opens the door once', async () => {
	const site = await lit({ PROOF_OF_WORK: 'on', SIGN_UP: 'open' });
	const [spent, challenges] = [[] as string[], new Set<string>()];
	const before = process.cpuUsage();
	for (let i = 0; i < 20; i++) {
		const door = await doorOf(site, `10.0.0.${i}`);
		challenges.add(door.challenge);
		const proof = await prove(door.challenge);
		expect(await door.join(proof)).toBe(303);
		spent.push(proof);
	}
	const { user } = process.cpuUsage(before);
	expect(challenges.size).toBe(20);
	// Measured: 51 ms of a core each.
	expect(user / 1000 / 20).toBeGreaterThan(5);
	for (const [i, proof] of spent.entries()) expect(await (await doorOf(site, `10.0.1.${i}`)).join(proof)).toBe(422);
	// Without one a moderator looks.
	expect(await (await doorOf(site, '10.0.2.1')).join('')).toBe(202);
});

test('under five times too many sign-ins Help now is answered, and who is turned away is told when to come back', async () => {
	const site = await lit({});
	const port = Number(new URL(site.url).port);
	const [flood, probe] = [await loader(), await loader()];
	open.push(flood.stop, probe.stop);
	const from = (i: number) => [`X-Forwarded-For: 10.${i & 255}.${(i >> 8) & 255}.7`];
	const signIn = (i: number) => requestOf(port, '/sign-in', { form: { name: `Nobody ${i}`, passphrase: 'not the passphrase' } }, from(i));
	const requests = Array.from({ length: 10_000 }, (_, i) => signIn(i));
	const alone = await flood.run({ port, requests, connections: 8, lasts: 1000 });
	const capacity = ((alone.statuses[422] ?? 0) * 1000) / alone.ms;
	const [flooded, help] = await Promise.all([
		flood.run({ port, requests: requests.toReversed(), connections: 400, lasts: 2000, rate: capacity * 5 }),
		probe.run({ port, requests: [requestOf(port, '/help-now', {}, from(1))], connections: 10, lasts: 2000, rate: 10 })
	]);
	expect(Object.keys(help.statuses)).toEqual(['200']);
	expect(help.worst).toBeLessThan(2000);
	expect(Object.keys(flooded.statuses).filter((status) => !['422', '503', '429'].includes(status))).toEqual([]);
	expect(flooded.statuses[503]).toBeGreaterThan(0);
	expect(flooded.retryAfter).toBe((flooded.statuses[503] ?? 0) + (flooded.statuses[429] ?? 0));
});
