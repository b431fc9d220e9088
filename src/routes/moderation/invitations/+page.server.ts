import { redirect } from '@sveltejs/kit';
import { answering, one, typedFields } from '#lib/forms.ts';
import { theStaff } from '../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const actor = theStaff(locals);
	const all = actor.role === 'administrator' ? await locals.community.doorstep.invitationsStanding(actor) : undefined;
	return { invitations: all, done: url.searchParams.get('done') };
};

export const actions: Actions = {
	/** No redirect: the code is shown once, on the answer to this very press. */
	make: async (event) => {
		const typed = await typedFields(event.request);
		const actor = theStaff(event.locals);
		const wanted = { uses: Number(one(typed, 'uses')), days: Number(one(typed, 'days')) };
		return answering(event, typed, async () => ({ code: await event.locals.community.doorstep.invite(actor, wanted), ...wanted }));
	},
	'take-back': async (event) => {
		const typed = await typedFields(event.request);
		const actor = theStaff(event.locals);
		const refused = await answering(event, typed, () =>
			event.locals.community.doorstep.takeBackInvitation(actor, one(typed, 'invitation'))
		);
		if (refused) return refused;
		redirect(303, '/moderation/invitations?done=taken-back');
	}
};
