import { theStaff } from '../../staff.ts';
import { actions } from './forms.ts';
import type { PageServerLoad } from './$types';

export { actions };

export const load: PageServerLoad = async ({ locals, params }) => ({
	found: await locals.community.cases.theCase(theStaff(locals), params.id)
});
