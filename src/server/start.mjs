// Starts a command from the build, and builds first where the source is newer. Plain JavaScript: it runs before anything is built.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
// better-sqlite3 on an old Node ends without a word: say it here.
if (major < 22 || (major === 22 && minor < 17)) {
	console.error(`Lamplight needs Node 22.17 or newer; this is ${process.version}. "npm start" brings its own (after "npm ci").`);
	process.exit(1);
}

const newest = (folder) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.reduce((latest, entry) => Math.max(latest, statSync(`${entry.parentPath}/${entry.name}`).mtimeMs), 0);

const built = statSync('build/index.js', { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = Math.max(
	newest('src'),
	newest('drizzle'),
	newest('static'),
	statSync('vite.config.ts').mtimeMs,
	statSync('package.json').mtimeMs
);
if (sources > built) {
	console.log('Building …');
	const { status } = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
		stdio: ['ignore', 'inherit', 'inherit']
	});
	if (status !== 0) process.exit(status ?? 1);
}

const command = ['staff', 'disclose', 'demo'].includes(process.argv[2]) ? process.argv[2] : 'main';
await import(new URL(`../../build/server/${command}.js`, import.meta.url).href);
