import { redirect } from '@sveltejs/kit';
import { zoneGroups } from '#lib/zones.ts';
import { actions } from './forms.ts';
import type { PageServerLoad } from './$types';

export { actions };

export const load: PageServerLoad = async ({ locals, url }) => {
	const { reader, community } = locals;
	if (!reader) redirect(303, '/sign-in?to=/journey');
	const [journey, mine, celebrated, kept] = await Promise.all([
		community.journeys.of(reader),
		community.celebrations.mine(reader),
		community.celebrations.celebrated(reader),
		locals.kept(url.pathname)
	]);
	return { journey, mine, celebrated, kept, zones: zoneGroups(), key: community.newKey(), done: url.searchParams.get('done') };
};
