import { emptySheet } from '#lib/leaving.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) => {
	const headers = { 'cache-control': 'no-store' };
	const { leaveTo } = locals.settings;
	if (leaveTo) return new Response(null, { status: 303, headers: { ...headers, location: leaveTo } });
	return new Response(emptySheet({}), { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } });
};
