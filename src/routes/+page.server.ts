import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { community, reader, preferences } }) => ({
	live: await community.rails.rail(reader),
	...(await community.threads.forHome(reader, preferences))
});
