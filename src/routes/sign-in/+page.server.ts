import { fail, redirect } from '@sveltejs/kit';
import { arrive, deviceCookie, keptCookie } from '#lib/arrivals.ts';
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
		const device = event.cookies.get(deviceCookie(event.platform?.secure === true));
		const [name, passphrase, proof] = [one(typed, 'name'), one(typed, 'passphrase'), one(typed, 'proof')];
		const actor = await answering(event, typed, () => members.signIn({ name, passphrase, proof, device }));
		if (!('status' in actor)) return arrive(event, actor, '/');
		return fail(actor.status, { ...actor.data, challenge: await members.signInChallenge() });
	}
};
