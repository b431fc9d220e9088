import { redirect } from '@sveltejs/kit';
import { ownPath } from '#lib/return-paths.ts';
import { actions, done } from './forms.ts';
import type { PageServerLoad } from './$types';

export { actions };

export const load: PageServerLoad = async ({ locals, url, request }) => {
	const { reader, community } = locals;
	const asked = (name: string) => url.searchParams.get(name) ?? undefined;
	if (!reader) redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
	const wrote = { post: asked('post'), celebration: asked('celebration') };
	// A form that came back says itself what is wrong with what it pointed at.
	const asks = request.method === 'GET' && (wrote.post !== undefined || wrote.celebration !== undefined);
	const [about, mine, follows] = await Promise.all([
		asks ? community.people.whoWrote(reader, wrote) : undefined,
		community.people.mine(reader),
		community.follows.all(reader)
	]);
	return {
		about: about && { ...about, ...wrote },
		...mine,
		boards: follows.muted,
		done: done.find((known) => known === asked('done')),
		at: asked('at'),
		back: ownPath(asked('back'))
	};
};
