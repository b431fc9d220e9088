import { redirect } from '@sveltejs/kit';
import { clearSite, depart } from '#lib/arrivals.ts';
import { answering, one, typedFields } from '#lib/forms.ts';
import { allKinds } from '#lib/leaving-choices.ts';
import { leave as keepFor } from '#lib/short-cookies.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	if (!locals.reader) redirect(303, '/sign-in?to=/settings/leaving');
	return { late: url.searchParams.has('late') };
};

export const actions: Actions = {
	export: async (event) => {
		const { reader, session = '', community } = event.locals;
		if (!reader) redirect(303, '/sign-in?to=/settings/leaving');
		const typed = await typedFields(event.request);
		const asked = await answering(event, { ...typed, form: 'export' }, () =>
			community.exports.ask(reader, session, { passphrase: one(typed, 'again') })
		);
		if (typeof asked !== 'string') return asked;
		keepFor(event, 'export', asked, 1);
		redirect(303, '/settings/leaving/file');
	},
	leave: async (event) => {
		const { reader, community } = event.locals;
		if (!reader) redirect(303, '/sign-in?to=/settings/leaving');
		const typed = await typedFields(event.request);
		const choices = Object.fromEntries(allKinds.map((kind) => [kind, one(typed, kind)]));
		const problem = await answering(event, { ...typed, form: 'leave' }, () =>
			community.leaving.leave(reader, { passphrase: one(typed, 'again'), choices })
		);
		if (problem) return problem;
		await depart(event);
		event.setHeaders({ 'clear-site-data': clearSite });
		redirect(303, '/settings/left');
	}
};
