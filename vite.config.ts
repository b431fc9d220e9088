import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { developmentPlatform, fastifyHost } from './src/server/web/vite-host.ts';
import { withIslands } from './src/server/web/vite-islands.ts';

// SvelteKit 3 takes its options here: it refuses to build when a svelte.config.js is present.
export default defineConfig({
	plugins: [
		fastifyHost(),
		sveltekit({
			adapter: { ...withIslands(adapter()), emulate: () => ({ platform: developmentPlatform }) },
			inlineStyleThreshold: 0,
			output: { linkHeaderPreload: true }
		})
	],
	build: { target: 'es2022' }
});
