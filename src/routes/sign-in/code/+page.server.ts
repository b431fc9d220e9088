import { arriveOrAsk, beginAgain } from '#lib/arrivals.ts';
import { answering, one, typedFields } from '#lib/forms.ts';
import { found } from '#lib/short-cookies.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const at = await event.locals.community.waysIn.atDoorway(found(event, 'doorway'));
	if (at?.needs !== 'code') beginAgain(event);
	return { name: at.name };
};

export const actions: Actions = {
	default: async (event) => {
		const typed = await typedFields(event.request);
		const { waysIn } = event.locals.community;
		const arrival = await answering(event, typed, () => waysIn.giveCode(found(event, 'doorway'), one(typed, 'code')));
		return 'status' in arrival ? arrival : arriveOrAsk(event, arrival);
	}
};
