import { error, redirect } from '@sveltejs/kit';
import { answering, one, several, typedFields } from '#lib/forms.ts';
import { theStaff } from '../../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const boards = await locals.community.boards.all(theStaff(locals));
	const board = boards.find(({ slug }) => slug === params.slug);
	if (!board) error(404, 'There is no board at this address.');
	return { board, kept: await locals.kept(url.pathname), sections: [...new Set(boards.map(({ section }) => section))] };
};

export const actions: Actions = {
	default: async (event) => {
		const typed = await typedFields(event.request);
		const actor = theStaff(event.locals);
		const words = {
			title: one(typed, 'title'),
			section: one(typed, 'section'),
			charter: several(typed, 'charter'),
			warnings: several(typed, 'warnings'),
			membersOnly: one(typed, 'members_only') === 'yes',
			distress: one(typed, 'distress') === 'yes',
			titlesPublic: one(typed, 'titles_public') === 'yes',
			version: Number(one(typed, 'version'))
		};
		const refused = await answering(event, typed, () => event.locals.community.boards.edit(actor, event.params.slug, words));
		if (refused) return refused;
		await event.locals.forgetKept();
		redirect(303, `/moderation/boards?done=${event.params.slug}`);
	}
};
