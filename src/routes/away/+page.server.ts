import { error } from '@sveltejs/kit';
import { ownPath } from '#lib/return-paths.ts';
import { webAddress } from '#lib/web-addresses.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, request }) => {
	const address = webAddress(url.searchParams.get('to') ?? '');
	if (!address) error(400, 'This link does not lead anywhere we can show. You can go back to where you were.');
	const from = request.headers.get('referer') ?? '';
	const page = URL.canParse(from) ? new URL(from) : undefined;
	return { ...address, back: (page && page.origin === url.origin && ownPath(page.pathname + page.search)) || '/' };
};
