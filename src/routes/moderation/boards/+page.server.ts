import { theStaff } from '../staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
	boards: await locals.community.boards.all(theStaff(locals)),
	done: url.searchParams.get('done')
});
