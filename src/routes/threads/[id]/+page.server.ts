import { actions } from './forms.ts';
import type { PageServerLoad } from './$types';

export { actions };

export const load: PageServerLoad = async ({ locals, params, url, request }) => {
	const { reader, preferences, community } = locals;
	const asked = (name: string) => url.searchParams.get(name);
	const place = { after: asked('after'), post: asked('post') };
	// Opened by a person, not fetched ahead by a browser that guesses (rulings.md 14).
	const opens = request.method === 'GET' && !request.headers.get('sec-purpose') ? 'visit' : 'read';
	const [thread, kept, drafts, mine, waiting] = await Promise.all([
		community.posts[opens](reader, params.id, preferences, place),
		locals.kept(url.pathname),
		community.drafts.inThread(reader, params.id),
		community.follows.of(reader, params.id),
		community.masks.waitingIn(reader, params.id)
	]);
	// Forms keep the reader's page: their action is `?/verb` followed by this.
	const here = place.after ? `&after=${encodeURIComponent(place.after)}` : place.post ? `&post=${encodeURIComponent(place.post)}` : '';
	return {
		thread,
		live: await community.rails.rail(reader, thread.board, thread.cursor),
		kept,
		drafts,
		waiting,
		following: mine.following,
		unread: await community.notices.unread(reader),
		here,
		target: place.post,
		key: community.newKey(),
		open: { answer: asked('answer'), edit: asked('edit'), report: asked('report') },
		done: asked('done')
	};
};
