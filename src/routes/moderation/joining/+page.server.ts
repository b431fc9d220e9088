import { redirect, type RequestEvent } from '@sveltejs/kit';
import { answering, one, typedFields } from '#lib/forms.ts';
import { theStaff } from '../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
	waiting: await locals.community.doorstep.whoWaits(theStaff(locals)),
	done: url.searchParams.get('done')
});

const decided = (verb: 'letIn' | 'turnAway') => async (event: RequestEvent) => {
	const typed = await typedFields(event.request);
	const actor = theStaff(event.locals);
	const refused = await answering(event, typed, () => event.locals.community.doorstep[verb](actor, one(typed, 'member')));
	if (refused) return refused;
	redirect(303, `/moderation/joining?done=${verb === 'letIn' ? 'let-in' : 'turned-away'}`);
};

export const actions: Actions = { 'let-in': decided('letIn'), 'turn-away': decided('turnAway') };
