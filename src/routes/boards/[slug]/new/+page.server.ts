import { redirect } from '@sveltejs/kit';
import { answering, one, several, typedFields } from '#lib/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const board = await locals.community.boards.theBoard(locals.reader, params.slug);
	if (!locals.reader) redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname)}`);
	const place = `/boards/${board.slug}/new`;
	const [kept, draft] = await Promise.all([locals.kept(url.pathname), locals.community.drafts.find(locals.reader, place)]);
	return { board, place, key: locals.community.newKey(), kept, draft };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals, params, request } = event;
		const typed = await typedFields(request);
		const reader = locals.reader;
		if (!reader) redirect(303, '/sign-in');
		const written = {
			title: one(typed, 'title'),
			body: one(typed, 'body'),
			warnings: several(typed, 'warnings'),
			key: one(typed, 'key') || undefined,
			anyway: one(typed, 'anyway') === 'yes',
			mask: one(typed, 'mask') === 'yes'
		};
		const opened = await answering(event, typed, async () =>
			one(typed, 'preview')
				? { preview: locals.community.posts.preview(written.body) }
				: locals.community.threads.open(reader, params.slug, written)
		);
		if ('status' in opened) return opened;
		if ('preview' in opened) return { typed, problems: {}, preview: opened.preview };
		await locals.forgetKept();
		redirect(303, opened.waits ? '/masks?done=story' : `/threads/${opened.thread}`);
	}
};
