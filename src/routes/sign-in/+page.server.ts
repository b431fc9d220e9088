import { fail, redirect } from '@sveltejs/kit';
import { arriveOrAsk, deviceCookie } from '#lib/arrivals.ts';
import { answering, one, typedFields } from '#lib/forms.ts';
import { ownPath } from '#lib/return-paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const to = ownPath(url.searchParams.get('to'));
	if (locals.reader) redirect(303, to ?? '/');
	return { to, late: url.searchParams.has('late'), kept: (await locals.community.keptForms.find(locals.keptToken)) !== undefined };
};

export const actions: Actions = {
	default: async (event) => {
		const typed = await typedFields(event.request);
		const { members, waysIn } = event.locals.community;
		const device = event.cookies.get(deviceCookie(event.platform?.secure === true));
		const [name, passphrase, code, proof] = [one(typed, 'name'), one(typed, 'passphrase'), one(typed, 'code'), one(typed, 'proof')];
		const arrival = await answering(event, typed, () => waysIn.comeIn({ name, passphrase, code, proof, device }));
		if (!('status' in arrival)) return arriveOrAsk(event, arrival);
		return fail(arrival.status, { ...arrival.data, challenge: await members.signInChallenge() });
	}
};
