import { redirect } from '@sveltejs/kit';
import { answering, one, typedFields } from '#lib/forms.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	if (!locals.reader) redirect(303, '/sign-in?to=/masks');
	return { ...(await locals.community.masks.mine(locals.reader)), done: url.searchParams.get('done') };
};

export const actions: Actions = {
	/** What others do not see yet comes back as a draft. */
	'take-back': async (event) => {
		const typed = await typedFields(event.request);
		const { reader, community } = event.locals;
		if (!reader) redirect(303, '/sign-in');
		const taken = await answering(event, typed, async () => {
			const { place, title, body, warnings } = await community.masks.theWaiting(reader, one(typed, 'post'));
			const kept = await community.drafts.keep(reader, { place, title, body, warnings, mask: true });
			if (!kept.kept) throw new Refusal('gone');
			await community.masks.letGo(reader, one(typed, 'post'));
			return { form: kept.form };
		});
		if ('status' in taken) return taken;
		redirect(303, taken.form);
	},
	'let-go': async (event) => {
		const typed = await typedFields(event.request);
		const { reader, community } = event.locals;
		if (!reader) redirect(303, '/sign-in');
		const refused = await answering(event, typed, () => community.masks.letGo(reader, one(typed, 'post')));
		if (refused) return refused;
		redirect(303, '/masks');
	},
	withdraw: async (event) => {
		const typed = await typedFields(event.request);
		const { reader, community } = event.locals;
		if (!reader) redirect(303, '/sign-in');
		const refused = await answering(event, typed, () => community.posts.withdraw(reader, one(typed, 'post'), one(typed, 'on') !== '0'));
		if (refused) return refused;
		redirect(303, '/masks');
	}
};
