// What adapter-node's build provides and does not type: it exists only in the built server.
declare module 'virtual:kit-handler' {}

declare module '#@sveltejs/adapter-node' {
	import type { PageServer } from './web/pages.ts';
	export const server: PageServer;
	/** The build's folder. */
	export const dir: string;
	export const base: string;
}
