// Builds Fastify into Kit's own server build, so that pages and Fastify share one database and one hub,
// and compiles the islands (small scripts by hand) beside the client build.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** The commands that run from the build: `build/server/{main,staff,demo}.js`. */
const commands = ['main', 'staff', 'demo'];
export const islands = ['compose', 'desk', 'leave'];
const handler = 'virtual:kit-handler';

export function fastifyHost(): Plugin {
	return {
		name: 'lamplight-fastify-host',
		enforce: 'pre',
		config: (_, { command }) => ({
			environments: command === 'build' ? inputs() : {}
		}),
		resolveId(id) {
			// Adapter-node's handler has no public export: found beside its entry, and a test boots the result.
			if (id === handler) return join(dirname(createRequire(import.meta.url).resolve('@sveltejs/adapter-node')), 'src/handler.js');
		}
	};
}

function inputs() {
	const server = Object.fromEntries(commands.map((name) => [name, `src/server/${name}.ts`]));
	const scripts = Object.fromEntries(islands.map((name) => [`islands/${name}`, `src/lib/islands/${name}.ts`]));
	return {
		ssr: { build: { rolldownOptions: { input: server } } },
		client: { build: { rolldownOptions: { input: scripts } } }
	};
}
