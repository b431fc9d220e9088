import { fail, redirect } from '@sveltejs/kit';
import { arrive, keptCookie } from '#lib/arrivals.ts';
import { answering, one, typedFields } from '#lib/forms.ts';
import { Refusal } from '#lib/refusals.ts';
import { ownPath } from '#lib/return-paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, request, cookies }) => {
	const to = ownPath(url.searchParams.get('to'));
	if (locals.reader) redirect(303, to ?? '/');
	const { members, keptForms } = locals.community;
	const { signUp } = locals.settings;
	// A form that came back brings its own offer.
	const fresh = signUp === 'open' && request.method === 'GET';
	return {
		signUp,
		to,
		offered: fresh ? await members.offerNames(url.searchParams.get('more') ?? undefined) : undefined,
		words: members.offerPassphrase(),
		kept: (await keptForms.find(cookies.get(keptCookie))) !== undefined
	};
};

export const actions: Actions = {
	default: async (event) => {
		const typed = await typedFields(event.request);
		const { members, recoveryCodes } = event.locals.community;
		const open = event.locals.settings.signUp === 'open';
		const [offer, name, passphrase] = [one(typed, 'offer'), one(typed, 'name'), one(typed, 'passphrase')];
		const joined = await answering(event, typed, () => {
			if (!open) throw new Refusal('sign_up_closed');
			return members.join({ offer, name, passphrase, adult: one(typed, 'adult') === 'yes', agree: one(typed, 'agree') === 'yes' });
		});
		if (!('status' in joined)) return arrive(event, joined, '/boards/doorstep', { codes: await recoveryCodes.first(joined) });
		return fail(joined.status, { ...joined.data, offered: open ? await members.offerAgain(offer) : undefined });
	}
};
