import { redirect } from '@sveltejs/kit';
import { answering, one, typedFields } from '#lib/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { community, reader }, url }) => {
	const cursor = await community.stream.cursor();
	const before = url.searchParams.get('before') ?? undefined;
	const [feed, opened] = await Promise.all([community.celebrations.feed(reader, before), before ? [] : community.threads.newest(reader)]);
	return { cursor, feed, opened, first: before === undefined };
};

export const actions: Actions = {
	cheer: async (event) => {
		const typed = await typedFields(event.request);
		const reader = event.locals.reader;
		if (!reader) redirect(303, '/sign-in?to=/live');
		const refused = await answering(event, typed, () =>
			event.locals.community.celebrations.cheer(reader, one(typed, 'celebration'), one(typed, 'on') !== '0')
		);
		if (refused) return refused;
		redirect(303, '/live');
	}
};
