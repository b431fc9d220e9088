import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url }) => ({
	reader: locals.reader ? { name: locals.reader.name, role: locals.reader.role } : null,
	islands: locals.islands,
	hardDay: locals.preferences.hardDay,
	indexing: locals.settings.indexing,
	path: url.pathname
});
