import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

const sorts = ['unanswered', 'active', 'new'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const asked = url.searchParams.get('sort') ?? 'unanswered';
	const sort = sorts.find((known) => known === asked) ?? error(400, 'A board can be sorted by unanswered, active or new.');
	const board = await locals.community.boards.theBoard(locals.reader, params.slug);
	const page = await locals.community.threads.list(board.id, sort, url.searchParams.get('after'), locals.preferences, locals.reader);
	return { board, sort, after: url.searchParams.get('after') !== null, ...page };
};
