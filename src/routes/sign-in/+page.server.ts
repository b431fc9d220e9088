import { redirect } from '@sveltejs/kit';
import { arriveOrAsk, keptCookie } from '#lib/arrivals.ts';
import { answering, one, typedFields } from '#lib/forms.ts';
import { ownPath } from '#lib/return-paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
	const to = ownPath(url.searchParams.get('to'));
	if (locals.reader) redirect(303, to ?? '/');
	return { to, late: url.searchParams.has('late'), kept: (await locals.community.keptForms.find(cookies.get(keptCookie))) !== undefined };
};

export const actions: Actions = {
	default: async (event) => {
		const typed = await typedFields(event.request);
		const { waysIn } = event.locals.community;
		const [name, passphrase, code] = [one(typed, 'name'), one(typed, 'passphrase'), one(typed, 'code')];
		const arrival = await answering(event, typed, () => waysIn.comeIn({ name, passphrase, code }));
		return 'status' in arrival ? arrival : arriveOrAsk(event, arrival);
	}
};
