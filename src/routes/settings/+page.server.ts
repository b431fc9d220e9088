import { countries } from '#lib/signposts.ts';
import { actions } from './forms.ts';
import type { PageServerLoad } from './$types';

export { actions };

export const load: PageServerLoad = async ({ locals, url }) => {
	const { reader, session, preferences, community, historyLight } = locals;
	const [sessions, notices, codesLeft] = reader
		? await Promise.all([
				community.sessions.list(reader, session),
				community.notices.forMember(reader),
				community.recoveryCodes.left(reader)
			])
		: [[], [], 0];
	return { preferences, historyLight, sessions, notices, codesLeft, countries: countries(), done: url.searchParams.get('done') };
};
