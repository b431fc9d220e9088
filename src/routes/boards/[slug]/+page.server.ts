import { error, redirect } from '@sveltejs/kit';
import { one, typedFields } from '#lib/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const sorts = ['unanswered', 'active', 'new'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const asked = url.searchParams.get('sort') ?? 'unanswered';
	const sort = sorts.find((known) => known === asked) ?? error(400, 'A board can be sorted by unanswered, active or new.');
	const board = await locals.community.boards.theBoard(locals.reader, params.slug);
	const page = await locals.community.threads.list(board.id, sort, url.searchParams.get('after'), locals.preferences, locals.reader);
	return {
		board,
		sort,
		after: url.searchParams.get('after') !== null,
		...page,
		mine: await locals.community.follows.of(locals.reader, board.id)
	};
};

const choose = (verb: 'followBoard' | 'muteBoard') => async (event: RequestEvent) => {
	const { locals, params, request } = event;
	const on = one(await typedFields(request), 'on') !== '0';
	if (!locals.reader) redirect(303, '/sign-in');
	await locals.community.follows[verb](locals.reader, params.slug, on);
	redirect(303, `/boards/${params.slug}`);
};

export const actions: Actions = { follow: choose('followBoard'), mute: choose('muteBoard') };
