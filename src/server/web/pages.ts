// Mounts SvelteKit as Fastify's last route: its Response is Fastify's answer, so headers and limits hold for pages too.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { getRequest } from '@sveltejs/kit/node';
import { letPartsGo } from '#lib/ready-parts.ts';
import type { Community } from '#server/community/community.ts';
import type { Hub } from '#server/live/hub.ts';
import { guestPages } from './guest-pages.ts';
import { letCopiesGo } from './kept-copies.ts';
import { originOf } from './origins.ts';
import { searchDoor, turnedAway } from './pressure.ts';

/** 20,000 characters of Chinese are 180 kB in a form: three bytes a character, three letters a byte. */
export const formLimit = 256 * 1024;

/** Headers that Kit made for the empty body of a page that was handed over. */
const ofTheBody = ['content-length', 'etag'];

/** Without the raw request, which the adapter would hand on: nobody reads it, and guests share their pages. */
export type Handed = Omit<App.Platform, 'req'>;

/** Kit's built server, or anything that answers as it does. */
export type PageServer = {
	respond: (request: Request, options: { platform: Handed; getClientAddress: () => string }) => Promise<Response>;
};

export function mountPages(
	app: FastifyInstance,
	pages: PageServer,
	platform: (request: FastifyRequest) => Handed,
	origins: string[],
	hub: Hub,
	community: Community,
	strained: () => boolean
) {
	const { answered, letGo } = guestPages({ pages, platform, origin: origins[0] ?? '', guests: community.pages });
	const { posts, threads, celebrations, rails } = community;
	letCopiesGo(app, hub, [letGo, posts.letRowsGo, threads.letListsGo, celebrations.letFeedGo, rails.letFeedGo, letPartsGo]);
	const searches = searchDoor(community.search.mostAtOnce);
	return app.register(async (scope) => {
		scope.removeAllContentTypeParsers();
		// Kit reads the body itself.
		scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
		scope.route({
			method: ['GET', 'HEAD', 'POST'],
			url: '/*',
			exposeHeadRoute: false,
			async handler(request, reply) {
				if (await answered(request, reply)) return reply;
				if ((strained() || searches.full(request)) && (await turnedAway(request, reply))) return reply;
				const asked = getRequest({ base: originOf(request, origins), request: request.raw, response: reply.raw, bodySizeLimit: formLimit });
				let page: Uint8Array | undefined;
				const hand = (made: Uint8Array) => void (page = made);
				const how = { platform: { ...platform(request), hand }, getClientAddress: () => request.ip };
				const answer = await searches.through(request, () => pages.respond(asked, how));
				// What broke before the hooks were done says nothing of keeping, and Leave relies on it.
				if (answer.status >= 500) reply.header('cache-control', 'no-store');
				// Also where a hook broke, which Kit answers without asking anybody.
				if (answer.status === 503 && !answer.headers.has('retry-after')) reply.header('retry-after', '5');
				if (page === undefined) return reply.send(answer);
				for (const [name, value] of answer.headers) if (!ofTheBody.includes(name)) reply.header(name, value);
				return reply.code(answer.status).send(page);
			}
		});
	});
}
