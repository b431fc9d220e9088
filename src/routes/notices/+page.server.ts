import { redirect } from '@sveltejs/kit';
import { one, several, typedFields } from '#lib/forms.ts';
import type { Actions, PageServerLoad } from './$types';

// Looking at the list reads nothing: a page fetched ahead would take the marks away.
export const load: PageServerLoad = async ({ locals }) => {
	if (!locals.reader) redirect(303, '/sign-in?to=/notices');
	const notices = await locals.community.notices.list(locals.reader, locals.preferences);
	return { notices, fresh: notices.some(({ unread }) => unread) };
};

export const actions: Actions = {
	read: async ({ locals, request }) => {
		const typed = await typedFields(request);
		if (!locals.reader) redirect(303, '/sign-in');
		const upTo = one(typed, 'up_to');
		await locals.community.notices.read(locals.reader, upTo ? { upTo } : several(typed, 'notice'));
		redirect(303, '/notices');
	}
};
