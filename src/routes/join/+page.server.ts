import { fail, redirect } from '@sveltejs/kit';
import { arrive, deviceCookie } from '#lib/arrivals.ts';
import { answering, one, typedFields } from '#lib/forms.ts';
import { ownPath } from '#lib/return-paths.ts';
import { knockingIn } from './knocking.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, request, cookies, platform }) => {
	const to = ownPath(url.searchParams.get('to'));
	if (locals.reader) redirect(303, to ?? '/');
	const { members, doorstep, keptForms } = locals.community;
	const { signUp, challenge } = await doorstep.sign();
	// A form that came back brings its own offer.
	const fresh = signUp !== 'closed' && request.method === 'GET';
	return {
		signUp,
		challenge,
		to,
		offered: fresh ? await members.offerNames(url.searchParams.get('more') ?? undefined) : undefined,
		words: members.offerPassphrase(),
		// On a phone that another member used it is theirs, and goes when somebody new comes in.
		kept: !cookies.get(deviceCookie(platform?.secure === true)) && (await keptForms.find(locals.keptToken)) !== undefined
	};
};

export const actions: Actions = {
	default: async (event) => {
		const typed = await typedFields(event.request);
		const { members, doorstep, recoveryCodes } = event.locals.community;
		const came = await answering(event, typed, () => doorstep.knock(knockingIn(typed), event.platform?.from?.()));
		if ('actor' in came) return arrive(event, came.actor, '/boards/doorstep', { codes: await recoveryCodes.first(came.actor) });
		if ('waiting' in came) return fail(202, { waiting: came.waiting, problems: {}, typed: {}, offered: undefined });
		const offered = event.locals.settings.signUp === 'closed' ? undefined : await members.offerAgain(one(typed, 'offer'));
		return fail(came.status, { ...came.data, waiting: undefined, offered });
	}
};
