import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url, route }) => ({
	reader: locals.reader ? { name: locals.reader.name, role: locals.reader.role } : null,
	islands: locals.islands,
	lay: locals.lay,
	hardDay: locals.preferences.hardDay,
	historyLight: locals.historyLight,
	indexing: locals.settings.indexing,
	/** A thread reads notices by being opened, and says itself what is left. */
	unread: route.id === '/threads/[id]' ? false : await locals.community.notices.unread(locals.reader),
	path: url.pathname
});
