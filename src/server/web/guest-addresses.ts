// Which requests may be answered with a page that is the same for every guest, and the one name of each such page.
import type { IncomingHttpHeaders } from 'node:http';
import type { GuestPage } from '#server/community/pages.ts';

/** What may stand in such an address; with anything else the page is made for this request alone. */
const asks: Record<GuestPage['kind'], readonly string[]> = {
	home: [],
	boards: [],
	live: ['before'],
	board: ['sort', 'after'],
	thread: ['after', 'post']
};
/** Cursors, ids and names of orders; a longer cursor is rare. */
const plain = /^[\w-]{1,400}$/;

/** Any cookie makes somebody's own page: a session, a preference, words that wait (rulings.md 15). */
export function fromSomeGuest(method: string, { cookie, authorization, range, accept }: IncomingHttpHeaders): boolean {
	if (method !== 'GET' && method !== 'HEAD') return false;
	if (cookie !== undefined || authorization !== undefined || range !== undefined) return false;
	return accept === undefined || accept.includes('text/html') || accept.includes('*/*');
}

function pageOf(path: string): GuestPage | undefined {
	if (path === '/') return { kind: 'home' };
	if (path === '/boards' || path === '/live') return { kind: path === '/live' ? 'live' : 'boards' };
	const [, room, name] = /^\/(threads|boards)\/([\w-]{1,64})$/.exec(path) ?? [];
	if (!name) return undefined;
	return room === 'threads' ? { kind: 'thread', id: name } : { kind: 'board', slug: name };
}

/** The page at this address (path and query as they came), and its address with the query in one order. */
export function guestPageAt(url: string): { page: GuestPage; address: string } | undefined {
	const [path = '', query, ...rest] = url.split('?');
	const page = pageOf(path);
	if (!page || rest.length > 0) return undefined;
	if (query === undefined) return { page, address: path };
	const asked = new Map<string, string>();
	for (const pair of query.split('&')) {
		const [name = '', value = '', ...more] = pair.split('=');
		if (!asks[page.kind].includes(name) || asked.has(name) || !plain.test(value) || more.length > 0) return undefined;
		asked.set(name, value);
	}
	const pairs = [...asked].map(([name, value]) => `${name}=${value}`).sort();
	return { page, address: `${path}?${pairs.join('&')}` };
}
