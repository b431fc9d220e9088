import { redirect } from '@sveltejs/kit';
import { arrive } from '#lib/arrivals.ts';
import { answering, one, typedFields } from '#lib/forms.ts';
import { dotsOf } from '#lib/qr-codes.ts';
import { drop, found } from '#lib/short-cookies.ts';
import type { Actions, PageServerLoad } from './$types';

const begin = '/settings/ways-in?done=late#app';

export const load: PageServerLoad = async (event) => {
	const { reader, community } = event.locals;
	if (!reader) redirect(303, '/sign-in?to=/settings/ways-in');
	const setUp = community.timeCodes.again(reader, found(event, 'app'));
	if (!setUp) redirect(303, begin);
	return { secret: setUp.secret.replace(/.{4}(?=.)/g, '$& '), uri: setUp.uri, dots: dotsOf(setUp.uri) };
};

export const actions: Actions = {
	default: async (event) => {
		const { reader, session = '', community } = event.locals;
		if (!reader) redirect(303, '/sign-in?to=/settings/ways-in');
		const typed = await typedFields(event.request);
		const sealed = found(event, 'app');
		const problem = await answering(event, typed, () => community.timeCodes.confirm(reader, session, { sealed, code: one(typed, 'code') }));
		if (problem) return problem;
		drop(event, 'app');
		// Whoever has just shown a code goes on under a new token: the one of before never saw a second factor.
		return arrive(event, await community.members.actorOf(reader), '/settings/ways-in?done=app', { secondFactor: true });
	}
};
