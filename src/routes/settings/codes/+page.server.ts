import { redirect } from '@sveltejs/kit';
import { ownPath } from '#lib/return-paths.ts';
import { drop, found } from '#lib/short-cookies.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const { reader, community } = event.locals;
	if (!reader) redirect(303, '/sign-in?to=/settings/ways-in');
	return { codes: community.recoveryCodes.unwrap(reader, found(event, 'paper')), to: ownPath(event.url.searchParams.get('to')) };
};

export const actions: Actions = {
	/** "I have them": from now on nobody can show them again. */
	default: (event) => {
		drop(event, 'paper');
		redirect(303, ownPath(event.url.searchParams.get('to')) ?? '/settings/ways-in');
	}
};
