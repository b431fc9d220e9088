import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ sections: await locals.community.boards.bySection() });
