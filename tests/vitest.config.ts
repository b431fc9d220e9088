import { defineConfig } from 'vitest/config';

export default defineConfig({
	root: new URL('..', import.meta.url).pathname,
	test: {
		globalSetup: ['tests/global-setup.ts'],
		setupFiles: ['tests/silence.ts'],
		testTimeout: 20_000,
		hookTimeout: 60_000,
		// Some facts are about seconds ('closes within a second'), and the machines that check them are shared: what fails twice is broken.
		retry: 1,
		expect: { poll: { timeout: 10_000 } },
		projects: [
			{
				extends: true,
				test: { name: 'rooms', include: ['tests/**/*.test.ts'], exclude: ['tests/browser/**', 'tests/durability/**', 'tests/large/**'] }
			},
			// A million posts, alone: whatever measured time beside it would measure it.
			{
				extends: true,
				test: { name: 'large', include: ['tests/large/**/*.test.ts'], testTimeout: 600_000, retry: 0, sequence: { groupOrder: 1 } }
			},
			// One browser, one built site: these run one file after another.
			{
				extends: true,
				test: {
					name: 'browser',
					include: ['tests/browser/**/*.test.ts', 'tests/durability/**/*.test.ts'],
					fileParallelism: false,
					testTimeout: 120_000
				}
			}
		]
	}
});
