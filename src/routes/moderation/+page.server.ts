import { theStaff } from './staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => locals.community.cases.queue(theStaff(locals), url.searchParams.get('after'));
