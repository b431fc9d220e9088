import type { PageServerLoad } from './$types';

/** The page is made from the same ledger that the database is checked against. */
export const load: PageServerLoad = ({ locals }) => ({ kept: locals.community.held.declared() });
