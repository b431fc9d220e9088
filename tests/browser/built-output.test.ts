// What is built and served, as an operator runs it: no test, sample or debugging part, and nothing written but what is documented.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { startSite, type BuiltSite } from '../built-site.ts';
import { call } from '../caller.ts';

let site: BuiltSite | undefined;
afterEach(async () => {
	await site?.stop();
	site = undefined;
});
const built = (folder: string) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => `${entry.parentPath}/${entry.name}`);

test('[ASVS 13.4.2] a site in production has no door for debugging, and serves neither its source nor its maps', async () => {
	site = await startSite({ NODE_ENV: 'production', LOG_LEVEL: 'debug' });
	const doors = [
		'/@vite/client',
		'/@fs/etc/hostname',
		'/__vite_ping',
		'/__inspect/',
		'/json/version',
		'/debug',
		'/metrics',
		'/server-status'
	];
	const files = [
		'/src/server/main.ts',
		'/build/server/main.js',
		'/server/main.js.map',
		'/package.json',
		'/.env',
		'/.git/HEAD',
		'/keys.json'
	];
	for (const path of [...doors, ...files]) {
		const { status, body } = await call(site.url + path, { headers: { accept: 'text/html' } });
		expect([path, status]).toEqual([path, 404]);
		expect(body).not.toMatch(/node_modules|\n\s+at |import /);
	}
	expect(built('build/client').filter((path) => path.endsWith('.map'))).toEqual([]);
	expect(readFileSync(`/proc/${site.pid}/cmdline`, 'utf8')).not.toContain('inspect');
	expect(readFileSync('package.json', 'utf8')).not.toMatch(/--inspect/);
});

test('[ASVS 15.2.3] what is built holds no test, and of what is for building and testing alone nothing', () => {
	const all = built('build');
	expect(all.length).toBeGreaterThan(100);
	expect(all.filter((path) => /\.(test|spec|stories)\.|\/tests?\//.test(path))).toEqual([]);
	// What is built into the pages has no import left; of all else, whatever is added for building or testing counts by itself.
	const builtIn = ['svelte', '@sveltejs/kit', 'drizzle-orm'];
	const tools = Object.keys(manifest.devDependencies).filter((name) => !builtIn.includes(name));
	expect(tools).toEqual(expect.arrayContaining(['vitest', 'vite', 'playwright-core', 'fast-check', 'eslint']));
	const imports = new RegExp(`(?:from|import|import\\(|require\\()\\s*["'](?:${tools.join('|')})["'/]`);
	expect(all.filter((path) => path.endsWith('.js') && imports.test(readFileSync(path, 'utf8')))).toEqual([]);

	// The demo fills a site by a command of its own: nothing that the site itself loads leads there.
	const loaded = new Set(['build/server/main.js']);
	for (const path of loaded)
		for (const [, next = ''] of readFileSync(path, 'utf8').matchAll(/["'](\.{1,2}\/[^"'\s]+\.js)["']/g)) {
			const file = join(dirname(path), next);
			if (all.includes(file)) loaded.add(file);
		}
	expect(loaded.size).toBeGreaterThan(50);
	expect([...loaded].filter((path) => /demo/.test(path) || /src\/server\/demo\//.test(readFileSync(path, 'utf8')))).toEqual([]);
	expect(readFileSync('build/server/demo.js', 'utf8')).toMatch(/src\/server\/demo/);
});

test('[ASVS 16.2.3] a site writes to standard output, in the lines that are documented, and to its own files, and to nothing else', async () => {
	site = await startSite({ LOG_LEVEL: 'debug' });
	const headers = { accept: 'text/html' };
	for (const path of ['/', '/boards', '/nothing', '/search?q=a', '/%zz']) await call(site.url + path, { headers });
	const inventory =
		readFileSync('SECURITY.md', 'utf8')
			.split(/^## /m)
			.find((part) => part.startsWith('Logging\n')) ?? '';
	const lines = site
		.log()
		.split('\n')
		.filter((line) => line.startsWith('{'));
	expect(lines.length).toBeGreaterThan(4);
	const known = ['level', 'time', 'msg', 'reqId', 'route', 'status', 'ms', 'chore', 'name', 'stack'];
	for (const line of lines) {
		const said: Record<string, unknown> = JSON.parse(line);
		expect(Object.keys(said).filter((key) => !known.includes(key))).toEqual([]);
		expect(said.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
		expect(inventory).toContain(`\`${String(said.msg)}\``);
	}
	expect(readdirSync(site.folder).sort()).toEqual(['site.db', 'site.db-shm', 'site.db-wal', 'site.db.ballast']);
});
