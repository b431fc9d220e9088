import { actions } from './forms.ts';
import type { PageServerLoad } from './$types';

export { actions };

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { reader, preferences, community } = locals;
	const asked = (name: string) => url.searchParams.get(name);
	const place = { after: asked('after'), post: asked('post') };
	const [thread, kept] = await Promise.all([community.posts.read(reader, params.id, preferences, place), locals.kept(url.pathname)]);
	// Forms keep the reader's page: their action is `?/verb` followed by this.
	const here = place.after ? `&after=${encodeURIComponent(place.after)}` : place.post ? `&post=${encodeURIComponent(place.post)}` : '';
	return {
		thread,
		kept,
		here,
		target: place.post,
		key: community.newKey(),
		open: { answer: asked('answer'), edit: asked('edit'), report: asked('report') },
		done: asked('done')
	};
};
