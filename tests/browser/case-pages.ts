// A case's page at the desk as it comes without scripts, and its forms as they are sent.
import type { Actor } from '#server/community/means.ts';
import type { BuiltSite } from '../built-site.ts';
import { call, form } from '../caller.ts';
import type { World } from '../world.ts';

export async function casePage(site: BuiltSite, world: World, id: string, who: Actor) {
	const { cookie } = await world.sessions.begin(who, { secure: false });
	const headers = { cookie: `${cookie.name}=${cookie.value}`, accept: 'text/html', origin: site.url };
	const address = `${site.url}/moderation/cases/${id}`;
	return {
		page: async () => (await call(address, { headers })).body,
		send: (action: string, fields: Record<string, string> = {}) =>
			call(`${address}?/${action}`, {
				method: 'POST',
				headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
				body: form(fields)
			})
	};
}
