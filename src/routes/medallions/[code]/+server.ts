// A medallion as a picture of its own, for what the live feed adds to a page that is already open.
import { error } from '@sveltejs/kit';
import { render } from 'svelte/server';
import Medallion from '#lib/components/Medallion.svelte';
import { isMilestone } from '#lib/milestone-names.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params }) => {
	if (params.code !== 'victory' && !isMilestone(params.code)) error(404, 'There is no such medallion.');
	const drawn = render(Medallion, { props: { milestone: params.code, size: 100, label: '' } }).body.replace(
		'<svg ',
		'<svg xmlns="http://www.w3.org/2000/svg" '
	);
	return new Response(drawn, { headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'public, max-age=86400' } });
};
