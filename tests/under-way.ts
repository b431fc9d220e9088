// Requests to pages by the real hooks, loads and actions, without the framework between: so that a request can be held half-way.
import { isActionFailure, isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { settingsFrom } from '#server/config.ts';
import { handle } from '../src/hooks.server.ts';
import type { World } from './world.ts';

type Work = (event: RequestEvent) => unknown;
type Module = { load?: Work; actions?: Record<string, Work>; GET?: Work; POST?: Work };
const modules = {
	...import.meta.glob<Module>('../src/routes/**/+page.server.ts'),
	...import.meta.glob<Module>('../src/routes/**/+server.ts'),
	...import.meta.glob<Module>('../src/routes/**/+layout.server.ts')
};
const moduleAt = async (route: string, file: string): Promise<Module> => (await modules[`../src/routes${route}/+${file}.ts`]?.()) ?? {};

export type Sent = { door: string; params?: Record<string, string>; fields?: Record<string, string | string[]>; query?: string };

function eventFor(world: World, cookie: string, { door, params = {}, fields = {}, query = '' }: Sent): RequestEvent {
	const [method = '', place = ''] = door.split(' ');
	const [route = '', action = ''] = place.split('?');
	const path = route.replace(/\[(\w+)\]/g, (_, name: string) => params[name] ?? 'nowhere');
	const url = new URL(`http://localhost:3000${path}${action ? `?${action}` : query}`);
	const jar = new Map([['lamplight', cookie]]);
	const pairs = Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value]));
	const body = method === 'POST' ? { body: new URLSearchParams(pairs) } : {};
	return {
		url,
		params,
		route: { id: route },
		request: new Request(url, { method, ...body }),
		locals: {},
		cookies: {
			get: (name: string) => jar.get(name),
			set: (name: string, value: string) => void jar.set(name, value),
			delete: (name: string) => void jar.delete(name)
		},
		setHeaders: () => undefined,
		platform: {
			community: world,
			settings: settingsFrom({}),
			islands: {},
			secure: false,
			reportBug: (problem: unknown) => String(problem),
			seen: { route: null }
		}
	} as unknown as RequestEvent;
}

/** As Kit answers: an action first and, where it failed or the page was asked for, every load from the layout down. */
async function work({ door }: Sent, event: RequestEvent): Promise<number> {
	const [method, place = ''] = door.split(' ');
	const [route = '', action = '/default'] = place.split('?');
	const endpoint = await moduleAt(route === '/' ? '' : route, 'server');
	const answer = method === 'POST' ? endpoint.POST : endpoint.GET;
	if (answer) {
		const given = await answer(event);
		return given instanceof Response ? given.status : 200;
	}
	const page = await moduleAt(route === '/' ? '' : route, 'page.server');
	let status = 200;
	if (method === 'POST') {
		const result = await page.actions?.[action.slice(1)]?.(event);
		if (isActionFailure(result)) status = result.status;
	}
	const layouts = route
		.split('/')
		.map((_, i, parts) => parts.slice(0, i + 1).join('/'))
		.map((above) => moduleAt(above, 'layout.server'));
	await Promise.all([...layouts, page].map(async (one) => (await one).load?.(event)));
	return status;
}

export type Answered = { status: number; to: string | undefined; bug?: unknown };

function thrown(problem: unknown): Answered {
	if (isRedirect(problem)) return { status: problem.status, to: problem.location };
	if (isHttpError(problem) || problem instanceof Refusal) return { status: problem.status, to: undefined };
	if (problem instanceof Invalid) return { status: 422, to: undefined };
	return { status: 500, to: undefined, bug: problem };
}

/** Begins a request and holds it when it is known who asks: `goOn` lets it happen and answers what came of it. */
export async function begun(world: World, cookie: string, sent: Sent): Promise<{ goOn: () => Promise<Answered> }> {
	const [known, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	const event = eventFor(world, cookie, sent);
	let bug: unknown;
	const answered = (async (): Promise<Answered> => {
		try {
			const response = await handle({
				event,
				resolve: async () => {
					known.resolve();
					await gate.promise;
					const { status, to, bug: found } = await work(sent, event).then((status): Answered => ({ status, to: undefined }), thrown);
					bug = found;
					return new Response(null, { status, headers: to ? { location: to } : {} });
				}
			});
			return { status: response.status, to: response.headers.get('location') ?? undefined, bug };
		} catch (problem) {
			known.resolve();
			return { ...thrown(problem), bug };
		}
	})();
	await known.promise;
	return {
		goOn: () => {
			gate.resolve();
			return answered;
		}
	};
}
