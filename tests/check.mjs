// The one list of checks: `npm test` and `npm run check` run it, and so does .ci/run. Stops at the first that fails.
import { spawnSync } from 'node:child_process';

const checks = [
	['types', 'svelte-check', ['--threshold', 'warning']],
	['lint', 'eslint', ['.', '--max-warnings', '0']],
	['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
	['build', 'vite', ['build', '--logLevel', 'warn']],
	['tests', 'vitest', ['run', '--config', 'tests/vitest.config.ts', ...process.argv.slice(2)]]
];

for (const [name, command, args] of checks) {
	const began = Date.now();
	console.log(`check: ${name} …`);
	const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
	if (status !== 0) {
		console.error(`check: ${name} did not pass.`);
		process.exit(status ?? 1);
	}
	console.log(`check: ${name} passed in ${Math.round((Date.now() - began) / 1000)} s`);
}
