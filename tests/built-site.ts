// The built site as an operator starts it: a process of its own on loopback, over a fresh database.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './postgres.ts';

export type BuiltSite = {
	url: string;
	pid: number;
	log: () => string;
	staff: (...args: string[]) => string;
	/** What a command of the build prints; it throws what it complains of. */
	run: (command: string, ...args: string[]) => string;
	/** The folder with the database and whatever else the site writes. */
	folder: string;
	stop: () => Promise<void>;
	/** Ends it as a power cut would, without a word; the folder stays. */
	kill: () => Promise<void>;
};

/** One key file for all sites of a run: several over one database need the same. */
const keysFolder = mkdtempSync(join(tmpdir(), 'lamplight-keys-'));
export const keysFile = join(keysFolder, 'keys.json');
process.once('exit', () => rmSync(keysFolder, { recursive: true, force: true }));

/** Starts it; without an address of a database it gets an SQLite file of its own. */
export async function startSite(settings: Record<string, string> = {}): Promise<BuiltSite> {
	if (!existsSync('build/server/main.js')) throw new Error('The site is not built. Run "npm run build" first; "npm test" does.');
	const folder = mkdtempSync(join(tmpdir(), 'lamplight-site-'));
	const port = Number(settings.PORT ?? (await freePort()));
	const env = {
		PATH: process.env.PATH ?? '',
		PORT: String(port),
		DATABASE_URL: `file:${join(folder, 'site.db')}`,
		KEYS_FILE: keysFile,
		...settings
	};
	const server = spawn(process.execPath, ['build/server/main.js'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
	let log = '';
	server.stdout.on('data', (text: Buffer) => (log += text));
	server.stderr.on('data', (text: Buffer) => (log += text));
	const ended = new Promise<void>((done) => server.once('exit', () => done()));
	const url = `http://localhost:${port}`;
	function run(command: string, ...args: string[]) {
		const { stdout, stderr, status } = spawnSync(process.execPath, [`build/server/${command}.js`, command, ...args], {
			env,
			encoding: 'utf8'
		});
		if (status !== 0) throw new Error(stderr);
		return stdout;
	}
	const stop = async () => {
		server.kill('SIGTERM');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	for (let tried = 0; !(await answers(`${url}/readyz`)); tried++) {
		if (tried > 200 || server.exitCode !== null) {
			server.kill('SIGKILL');
			throw new Error(`The site did not start:\n${log}`);
		}
		await pause(50);
	}
	return {
		url,
		pid: server.pid ?? 0,
		stop,
		async kill() {
			server.kill('SIGKILL');
			await ended;
		},
		log: () => log,
		staff: (...args) => run('staff', ...args),
		run,
		folder
	};
}

async function answers(url: string): Promise<boolean> {
	return fetch(url).then(
		(answer) => answer.ok,
		() => false
	);
}
