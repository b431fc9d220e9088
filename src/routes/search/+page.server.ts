import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

const sorts = ['best', 'new'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	const sort = sorts.find((known) => known === (asked('sort') || 'best')) ?? error(400, 'A search can be sorted by best or new.');
	const after = url.searchParams.get('after');
	const found = await locals.community.search.find(
		locals.reader,
		{ q: asked('q'), board: asked('board'), sort, after },
		locals.preferences
	);
	return { found, further: after !== null };
};
