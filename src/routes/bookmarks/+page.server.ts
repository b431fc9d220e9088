import { redirect } from '@sveltejs/kit';
import { one, typedFields } from '#lib/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { reader, community, preferences } = locals;
	if (!reader) redirect(303, '/sign-in?to=/bookmarks');
	const after = url.searchParams.get('after');
	const [{ kept, next }, follows] = await Promise.all([
		community.bookmarks.list(reader, preferences, after),
		community.follows.all(reader)
	]);
	return { kept, next, after: after !== null, follows };
};

export const actions: Actions = {
	'let-go': async ({ locals, request }) => {
		const typed = await typedFields(request);
		if (!locals.reader) redirect(303, '/sign-in');
		await locals.community.bookmarks.bookmark(locals.reader, one(typed, 'post'), false);
		redirect(303, '/bookmarks');
	}
};
