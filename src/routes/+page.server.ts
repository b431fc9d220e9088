import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => locals.community.threads.forHome(locals.reader, locals.preferences);
