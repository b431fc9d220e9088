import { theStaff } from '../../staff.ts';
import { actions } from './forms.ts';
import type { PageServerLoad } from './$types';

export { actions };

export const load: PageServerLoad = async ({ locals, params, url }) => ({
	// Opening one's own claimed case renews the claim: reading is the activity that keeps it.
	found: await locals.community.cases.theCase(theStaff(locals), params.id),
	kept: await locals.kept(url.pathname)
});
