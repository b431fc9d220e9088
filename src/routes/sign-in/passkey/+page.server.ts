import { redirect } from '@sveltejs/kit';
import { arrive } from '#lib/arrivals.ts';
import { answering, one, typedFields } from '#lib/forms.ts';
import { ownPath } from '#lib/return-paths.ts';
import { drop, found } from '#lib/short-cookies.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const to = ownPath(url.searchParams.get('to'));
	if (locals.reader && !locals.staffWaiting) redirect(303, to ?? '/');
	return { to };
};

export const actions: Actions = {
	default: async (event) => {
		const typed = await typedFields(event.request);
		const { passkeys } = event.locals.community;
		const answer = { answer: one(typed, 'answer'), asked: found(event, 'passkey') };
		// Answered or not: a question is asked once.
		drop(event, 'passkey');
		const entered = await answering(event, {}, () => passkeys.enter(answer, event.url.origin));
		return 'status' in entered ? entered : arrive(event, entered.actor, '/', entered);
	}
};
