// Builds Fastify into Kit's own server build, so that pages and Fastify share one database and one hub,
// and gives pages what they need in development, where Kit's own server answers.
import { fileURLToPath } from 'node:url';
import { isRunnableDevEnvironment, type Plugin, type ViteDevServer } from 'vite';

/** The commands that run from the build: `build/server/{main,staff,disclose,demo}.js`. */
const commands = ['main', 'staff', 'disclose', 'demo'];
const handler = 'virtual:kit-handler';

let development: ViteDevServer | undefined;

/** In development the store and the verbs come from src/server/dev.ts. */
export async function developmentPlatform(): Promise<App.Platform> {
	const environment = development?.environments.ssr;
	if (!environment || !isRunnableDevEnvironment(environment)) throw new Error('The development server has not started.');
	return (await environment.runner.import<{ platform: () => Promise<App.Platform> }>('/src/server/dev.ts')).platform();
}

export function fastifyHost(): Plugin {
	const input = Object.fromEntries(commands.map((name) => [name, `src/server/${name}.ts`]));
	return {
		name: 'lamplight-fastify-host',
		enforce: 'pre',
		config: (_, { command }) => (command === 'build' ? { environments: { ssr: { build: { rolldownOptions: { input } } } } } : undefined),
		configureServer: (server) => void (development = server),
		resolveId(id) {
			// Adapter-node's handler has no public export: found beside its entry, and a test boots the result.
			if (id === handler) return fileURLToPath(new URL('src/handler.js', import.meta.resolve('@sveltejs/adapter-node')));
		}
	};
}
