// Answers guests from the page cache: renders as nobody in particular, and says 304 to whoever has the page already.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Community } from '#server/community/community.ts';
import { encodingFor } from './encodings.ts';
import { fromSomeGuest, guestPageAt } from './guest-addresses.ts';
import { pageCache, type Body, type Rendered } from './page-cache.ts';
import type { Handed, PageServer } from './pages.ts';

type Means = {
	pages: PageServer;
	platform: (request: FastifyRequest) => Handed;
	origin: string;
	guests: Community['pages'];
};

/** What depends on how the page is sent, or is made anew for it. */
const own = ['etag', 'content-length', 'content-encoding', 'vary', 'transfer-encoding'];
const vary = 'Accept-Encoding, Cookie';

export function guestPages({ pages, platform, origin, guests }: Means) {
	const cache = pageCache(guests);

	/** Nothing of the one who happens to ask first reaches the page: no header of theirs, no address. */
	async function render(address: string, request: FastifyRequest): Promise<Rendered> {
		const asked = new Request(origin + address, { headers: { accept: 'text/html' } });
		const seen = { route: null };
		let page: Uint8Array | undefined;
		const hand = (made: Uint8Array) => void (page = made);
		const answer = await pages.respond(asked, {
			platform: { ...platform(request), seen, hand },
			getClientAddress() {
				throw new Error('A page for every guest depends on an address.');
			}
		});
		const headers = Object.fromEntries([...answer.headers].filter(([name]) => !own.includes(name)));
		const bytes = Buffer.from(page ?? new Uint8Array(await answer.arrayBuffer()));
		return { status: answer.status, headers, bytes, route: seen.route };
	}

	/** Answers, or says that this request needs a page of its own. */
	async function answered(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
		if (!fromSomeGuest(request.method, request.headers)) return false;
		const place = guestPageAt(request.url);
		if (!place) return false;
		const encoding = encodingFor(request.headers['accept-encoding']);
		const found = await cache.find({ ...place, encoding }, () => render(place.address, request));
		if (!found || (!found.page.keep && found.page.headers['set-cookie'])) return false;
		const { page, body } = found;
		request.seen.route = page.route;
		reply.headers(page.headers).header('vary', vary);
		if (!page.keep) return sent(reply.code(page.status), body.bytes);
		reply.header('etag', body.etag);
		if (hasIt(request.headers['if-none-match'], body)) return sent(reply.code(304).removeHeader('content-type'), undefined);
		if (body.encoding !== 'identity') reply.header('content-encoding', body.encoding);
		return sent(reply, body.bytes);
	}

	return { answered, letGo: cache.letGo };
}

function sent(reply: FastifyReply, bytes: Buffer | undefined): true {
	reply.send(bytes);
	return true;
}

function hasIt(asked: string | undefined, { etag }: Body): boolean {
	if (asked === undefined) return false;
	return asked.trim() === '*' || asked.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
