import { arrive, beginAgain } from '#lib/arrivals.ts';
import { answering, one, typedFields } from '#lib/forms.ts';
import { found } from '#lib/short-cookies.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { waysIn, members } = event.locals.community;
	const at = await waysIn.atDoorway(found(event, 'doorway'));
	if (at?.needs !== 'passphrase') beginAgain(event);
	return { ...at, words: members.offerPassphrase() };
};

export const actions: Actions = {
	default: async (event) => {
		const typed = await typedFields(event.request);
		const { waysIn } = event.locals.community;
		const renewed = await answering(event, typed, () =>
			waysIn.renew(found(event, 'doorway'), {
				passphrase: one(typed, 'passphrase'),
				dropApp: one(typed, 'drop_app') === 'yes',
				dropPasskeys: one(typed, 'drop_passkeys') === 'yes'
			})
		);
		return 'status' in renewed ? renewed : arrive(event, renewed.actor, '/', { codes: renewed.codes, byPaper: true });
	}
};
