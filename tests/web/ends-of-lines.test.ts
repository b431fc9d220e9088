// How a line ends where the other side does not help: a phone that sleeps at a stop, and an address that opens one line after the other.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { liveSite } from '../live-site.ts';
import { onBothDatabases } from '../world.ts';

/** A line as a phone leaves it behind that fell asleep: open, and nothing is read or answered any more. */
async function asleep(origin: string): Promise<Socket> {
	const { host, port } = new URL(origin);
	const socket = connect(Number(port), '127.0.0.1');
	socket.on('error', () => undefined);
	socket.write(
		`GET /live/socket HTTP/1.1\r\nhost: ${host}\r\norigin: ${origin}\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\n\r\n`
	);
	const first = await new Promise<Buffer>((heard) => socket.once('data', heard));
	expect(String(first)).toContain('101 Switching Protocols');
	return socket.pause();
}

onBothDatabases((aWorld) => {
	test('a phone that sleeps does not hold up a stop, and a page that is awake is told goodbye', async () => {
		const site = await liveSite(await aWorld());
		const phone = await asleep(site.origin);
		const page = await site.line();
		const began = performance.now();
		await site.close();
		expect(performance.now() - began).toBeLessThan(4000);
		expect(await page.closed).toBe(1001);
		phone.destroy();
	});

	test('an address that opens one line after the other is let wait after six hundred in a minute, and reads on', async () => {
		const site = await liveSite(await aWorld(), { env: { PROOF_OF_WORK: 'on' } });
		await (await site.line()).socket.close();
		for (let i = 1; i < 600; i++) await site.app.inject('/live/socket');
		await expect(site.line()).rejects.toThrow('429');
		expect((await site.app.inject('/help-now')).statusCode).toBe(200);
		await site.close();
	});
});
