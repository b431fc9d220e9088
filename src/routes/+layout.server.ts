import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url }) => ({
	reader: locals.reader ? { name: locals.reader.name, role: locals.reader.role } : null,
	islands: locals.islands,
	hardDay: locals.preferences.hardDay,
	indexing: locals.settings.indexing,
	/** A page that reads notices by being opened says so itself. */
	unread: await locals.community.notices.unread(locals.reader),
	path: url.pathname
});
