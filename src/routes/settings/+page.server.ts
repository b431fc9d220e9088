import { countries } from '#lib/signposts.ts';
import { actions } from './forms.ts';
import type { PageServerLoad } from './$types';

export { actions };

export const load: PageServerLoad = async ({ locals, url }) => {
	const { reader, session, preferences, community, historyLight } = locals;
	const [sessions, notices] = reader
		? await Promise.all([community.sessions.list(reader, session), community.notices.forMember(reader)])
		: [[], []];
	return { preferences, historyLight, sessions, notices, countries: countries(), done: url.searchParams.get('done') };
};
