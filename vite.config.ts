import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { fastifyHost } from './src/server/web/vite-host.ts';

// SvelteKit 3 takes its options here: it refuses to build when a svelte.config.js is present.
export default defineConfig({
	plugins: [
		fastifyHost(),
		sveltekit({
			adapter: adapter({ precompress: true }),
			inlineStyleThreshold: 0,
			output: { linkHeaderPreload: true }
		})
	],
	build: { target: 'es2022' }
});
