// What an operator meets while the built site runs: what is logged as our own failure and what is not, a locked database, a stop.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { call } from '../caller.ts';
import { aWriter, placeOf } from './a-writer.ts';

let site: BuiltSite | undefined;
afterEach(async () => {
	await site?.stop();
	site = undefined;
});

const errorsIn = ({ log }: BuiltSite) =>
	log()
		.split('\n')
		.filter((line) => /"level":[56]0/.test(line));

/** Opens a line and sends these bytes as its first frame. */
async function sent({ url }: BuiltSite, frame: number[]) {
	const { host, port } = new URL(url);
	const socket = connect(Number(port), '127.0.0.1');
	socket.on('error', () => undefined);
	socket.write(
		`GET /live/socket HTTP/1.1\r\nhost: ${host}\r\norigin: ${url}\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\n\r\n`
	);
	await new Promise((opened) => socket.once('data', opened));
	const ended = new Promise((end) => socket.once('close', end));
	socket.resume().write(Buffer.from(frame));
	await ended;
}

test('frames that are none end their line, and leave no error in the log', async () => {
	site = await startSite();
	for (const frame of [
		[0x81, 0xfe, 0xff, 0xff, 1, 2, 3, 4],
		[0xff, 0x80, 0, 0, 0, 0],
		[0x81, 0x05, 1, 2, 3, 4, 5]
	])
		await sent(site, frame);
	await pause(200);
	expect(errorsIn(site)).toEqual([]);
	expect((await call(`${site.url}/livez`)).status).toBe(200);
});

test('what open pages could not be told is logged, and the words stand all the same', async () => {
	const running = (site = await startSite());
	const wren = await aWriter(running.url);
	const client = new Sqlite(join(running.folder, 'site.db'));
	client.exec('alter table stream rename to stream_that_is_gone');
	const told = await wren.open('Nobody was told', 'And it stands.');
	expect(told.status).toBe(303);
	await expect.poll(running.log).toContain('"open pages were not told"');
	expect(errorsIn(running).join('\n')).not.toContain('it stands');
	client.exec('alter table stream_that_is_gone rename to stream');
	client.close();
	expect((await wren.read(`/threads/${placeOf(told.headers.location)}`)).body).toContain('And it stands.');
});

test('while another program holds the lock people read on, and who writes is told when to come back, with every word', async () => {
	const running = (site = await startSite());
	const wren = await aWriter(running.url);
	const client = new Sqlite(join(running.folder, 'site.db'));
	client.exec('begin immediate');
	const writing = wren.open('Locked out', 'Every word counts.');
	await pause(300);
	for (const path of ['/help-now', '/', '/boards/harbour']) {
		const began = performance.now();
		expect((await call(running.url + path, { headers: { accept: 'text/html' } })).status).toBe(200);
		expect(performance.now() - began).toBeLessThan(2500);
	}
	const refused = await writing;
	expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
	expect(refused.body).toContain('Every word counts.');
	client.exec('rollback');
	client.close();
	expect((await wren.open('Locked out', 'Every word counts.')).status).toBe(303);
});

test('what breaks before a page can be made is told with its number and ways on, is kept by no browser, and is logged without a word', async () => {
	const running = (site = await startSite());
	const wren = await aWriter(running.url);
	const client = new Sqlite(join(running.folder, 'site.db'));
	client.pragma('foreign_keys = off');
	client.exec('alter table sessions rename to sessions_that_are_gone');
	client.close();
	const { status, headers, body } = await wren.read('/boards/harbour');
	expect([status, headers['cache-control']]).toEqual([500, 'no-store']);
	const number = /give them this number: ([\w-]+)/.exec(body)?.[1] ?? 'none';
	expect(errorsIn(running).join('\n')).toContain(number);
	for (const way of ['/plain.css', '/help-now', '/leave', '/']) expect(body).toContain(`href="${way}"`);
	expect(body).not.toMatch(/sessions|sqlite/i);
	expect((await call(`${running.url}/help-now`)).status).toBe(200);
});
