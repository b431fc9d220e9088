import { redirect } from '@sveltejs/kit';
import { answering, one, several, typedFields } from '#lib/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	if (!locals.reader) redirect(303, '/sign-in?to=/drafts');
	const [drafts, kept] = await Promise.all([locals.community.drafts.all(locals.reader), locals.kept(url.pathname)]);
	return { drafts, kept };
};

export const actions: Actions = {
	keep: async (event) => {
		const { locals, request, url } = event;
		const typed = await typedFields(request);
		const reader = locals.reader;
		if (!reader) redirect(303, '/sign-in');
		const draft = {
			place: one(typed, 'place'),
			title: one(typed, 'title'),
			body: one(typed, 'body'),
			warnings: several(typed, 'warnings'),
			mask: one(typed, 'mask') === 'yes',
			key: one(typed, 'key') || undefined,
			version: Number(one(typed, 'version')) || undefined
		};
		const kept = await answering(event, typed, () => locals.community.drafts.keep(reader, draft));
		if ('status' in kept) return kept;
		if (one(typed, 'quietly')) return;
		if (await locals.kept(url.pathname)) await locals.forgetKept();
		redirect(303, kept.form);
	},
	'let-go': async ({ locals, request }) => {
		const typed = await typedFields(request);
		if (!locals.reader) redirect(303, '/sign-in');
		const form = await locals.community.drafts.letGo(locals.reader, one(typed, 'place'));
		if (!one(typed, 'quietly')) redirect(303, one(typed, 'back') === 'form' ? form : '/drafts');
	}
};
