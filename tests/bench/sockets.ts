// 2,000 sockets, one in twenty with a stalled reader: how long one event takes to all others, and what memory it costs.
// Usage: node tests/bench/sockets.ts [sockets=2000]   (after npm run build; loopback only, ends by itself)
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import { startSite } from '../built-site.ts';

const sockets = Number(process.argv[2] ?? 2000);
const events = 20;
const site = await startSite({ LOG_LEVEL: 'error' });
const port = new URL(site.url).port;
const memory = () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(site.pid)], { encoding: 'utf8' })) / 1024;
const before = memory();

type Open = { socket: WebSocket; stalled: boolean; heard: number[] };
const open: Open[] = [];
const began = performance.now();
for (let i = 0; i < sockets; i++) {
	const socket = new WebSocket(`ws://127.0.0.1:${port}/live/socket`, {
		headers: { host: `localhost:${port}`, origin: site.url },
		localAddress: `127.0.0.${2 + (i % 200)}`
	});
	await new Promise((done, failed) => socket.once('open', done).once('error', failed));
	const one: Open = { socket, stalled: i % 20 === 0, heard: [] };
	if (one.stalled) socket.pause();
	else socket.on('message', () => one.heard.push(performance.now()));
	open.push(one);
}
console.log(
	`${sockets} sockets open after ${Math.round(performance.now() - began)} ms, ${Math.round(((memory() - before) * 1024) / sockets)} kB each`
);

const { teller } = await import('./storyteller.ts');
const tell = await teller(site.url);
const spans: number[] = [];
const readers = open.filter(({ stalled }) => !stalled);
for (let event = 1; event <= events; event++) {
	const sent = performance.now();
	await tell(event);
	for (let waited = 0; waited < 500 && readers.some(({ heard }) => heard.length < event); waited++) await pause(10);
	const missing = readers.filter(({ heard }) => heard.length < event).length;
	if (missing > 0) console.log(`event ${event}: ${missing} readers did not hear it`);
	const times = readers.map(({ heard }) => heard[event - 1] ?? Infinity);
	spans.push(Math.max(...times) - Math.min(...times));
	void sent;
}
spans.sort((a, b) => a - b);
console.log(
	`one event, from the first reader to the last: median ${spans[events / 2]?.toFixed(1)} ms, worst ${spans.at(-1)?.toFixed(1)} ms; ${open.length - readers.length} readers stalled`
);
console.log(`memory: ${Math.round(before)} MB before, ${Math.round(memory())} MB after`);
for (const { socket } of open) socket.terminate();
await site.stop();
