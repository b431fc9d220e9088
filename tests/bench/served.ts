// The built site as an operator starts it, and the plain limit beside it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../postgres.ts';
import { answerOf, companion } from './loading.ts';
import type { Query } from './record-queries.ts';

export type Served = {
	port: number;
	pid: number;
	/** Milliseconds from the start to the first page. */ startedIn: number;
	stop: () => Promise<void>;
};

/** The flags of `npm start`. */
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
const ownFlags = scripts.start.split(' ').filter((word) => word.startsWith('--'));

/** One key file for all that is started over one database. */
const keysFolder = mkdtempSync(join(tmpdir(), 'lamplight-bench-keys-'));
const keysFile = join(keysFolder, 'keys.json');
process.once('exit', () => rmSync(keysFolder, { recursive: true, force: true }));

/** Starts what `npm start` starts. Operators' settings of the environment hold; where nothing is said, the defaults do. */
export async function serve(
	databaseUrl: string,
	{ nodeFlags = [], settings = {} }: { nodeFlags?: string[]; settings?: Record<string, string> } = {}
) {
	const port = await freePort();
	const env = { ...process.env, PORT: String(port), DATABASE_URL: databaseUrl, KEYS_FILE: keysFile, ...settings };
	const began = performance.now();
	const child = spawn(process.execPath, [...ownFlags, ...nodeFlags, 'src/server/start.mjs'], {
		env,
		stdio: ['ignore', 'ignore', 'inherit']
	});
	noLongerThanThis(child);
	while (!(await answers(port))) {
		if (child.exitCode !== null) throw new Error('The site did not start.');
		await pause(4);
	}
	const startedIn = performance.now() - began;
	return { port, pid: child.pid ?? 0, startedIn, stop: () => ended(child), child };
}

/** Nothing is left behind when the benchmark fails or is stopped. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
function noLongerThanThis(child: ChildProcess) {
	running.add(child);
	child.once('exit', () => running.delete(child));
}

async function ended(child: ChildProcess) {
	if (child.exitCode !== null) return;
	child.kill('SIGTERM');
	const slow = setTimeout(() => child.kill('SIGKILL'), 5000);
	await once(child, 'exit');
	clearTimeout(slow);
}

async function answers(port: number): Promise<boolean> {
	return fetch(`http://localhost:${port}/`).then(
		async (answer) => answer.ok && (await answer.text()) !== '',
		() => false
	);
}

export type Page = { name: string; path: string; cookie: string | undefined };
export type Recorded = Page & { queries: Query[]; bytes: number };

/** What each page asks of the database when it is opened a second time, seen from inside the built site. */
export async function record(databaseUrl: string, pages: Page[]): Promise<Recorded[]> {
	const folder = mkdtempSync(join(tmpdir(), 'lamplight-bench-'));
	const file = join(folder, 'queries');
	const nodeFlags = ['--import', './tests/bench/record-queries.ts'];
	const site = await serve(databaseUrl, { nodeFlags, settings: { BENCH_QUERIES: file } });
	const recorded: Recorded[] = [];
	for (const page of pages) {
		const url = `http://localhost:${site.port}${page.path}`;
		const headers = page.cookie ? { cookie: `lamplight=${page.cookie}` } : undefined;
		const visit = async (): Promise<Recorded> => {
			writeFileSync(file, '');
			const answer = await fetch(url, { headers });
			const bytes = Buffer.byteLength(await answer.text());
			if (answer.status !== 200) throw new Error(`${page.path} answered ${answer.status}.`);
			const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
			return { ...page, queries: lines.map((line): Query => JSON.parse(line)), bytes };
		};
		// The first visit marks what it reads as read; of the others one is not mixed with the site's own chores.
		await visit();
		const visits = [await visit(), await visit(), await visit()];
		recorded.push(visits.reduce((a, b) => (b.queries.length < a.queries.length ? b : a)));
	}
	await site.stop();
	rmSync(folder, { recursive: true });
	return recorded;
}

/** A Fastify route that asks the database the same and answers a ready string of the same length. */
export async function servePlain(file: string, pages: Recorded[]): Promise<Served> {
	const port = await freePort();
	const child = await companion('plain-limit.ts');
	noLongerThanThis(child);
	const began = performance.now();
	child.send({ port, file, pages });
	await answerOf(child);
	return { port, pid: child.pid ?? 0, startedIn: performance.now() - began, stop: () => ended(child) };
}
