// The doors there really are: every route in src/routes with its methods and form actions, read from the source.
import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';

const pageServers = import.meta.glob<{ actions?: Record<string, unknown> }>('../../src/routes/**/+page.server.ts');

/** "GET /boards", "POST /threads/[id]?/reply" and so on, sorted. */
export async function allDoors(): Promise<string[]> {
	const routeOf = (file: string) => file.replace(/^(\.\.\/\.\.\/)?src\/routes/, '').replace(/\/\+[^/]*$/, '') || '/';
	const pages = globSync('src/routes/**/+page.svelte').map((file) => `GET ${routeOf(file)}`);
	const actions = await Promise.all(
		Object.entries(pageServers).map(async ([file, load]) =>
			Object.keys((await load()).actions ?? {}).map((name) => `POST ${routeOf(file)}${name === 'default' ? '' : `?/${name}`}`)
		)
	);
	const endpoints = globSync('src/routes/**/+server.ts').flatMap((file) =>
		[...readFileSync(file, 'utf8').matchAll(/export const (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|fallback)\b/g)].map(
			([, method]) => `${method} ${routeOf(file)}`
		)
	);
	return [...pages, ...actions.flat(), ...endpoints].sort();
}
