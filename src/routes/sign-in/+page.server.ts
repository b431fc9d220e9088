import { redirect } from '@sveltejs/kit';
import { arrive, keptCookie } from '#lib/arrivals.ts';
import { answering, one, typedFields } from '#lib/forms.ts';
import { ownPath } from '#lib/return-paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
	const to = ownPath(url.searchParams.get('to'));
	if (locals.reader) redirect(303, to ?? '/');
	return { to, kept: (await locals.community.keptForms.find(cookies.get(keptCookie))) !== undefined };
};

export const actions: Actions = {
	default: async (event) => {
		const typed = await typedFields(event.request);
		const { members } = event.locals.community;
		const actor = await answering(event, typed, () => members.signIn({ name: one(typed, 'name'), passphrase: one(typed, 'passphrase') }));
		return 'status' in actor ? actor : arrive(event, actor, '/');
	}
};
