import { redirect } from '@sveltejs/kit';
import { actions } from './forms.ts';
import type { PageServerLoad } from './$types';

export { actions };

export const load: PageServerLoad = async ({ locals, url }) => {
	if (!locals.reader) redirect(303, '/sign-in?to=/masks');
	return { ...(await locals.community.masks.mine(locals.reader)), done: url.searchParams.get('done') };
};
