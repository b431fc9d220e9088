import { error } from '@sveltejs/kit';
import { clearSite, depart } from '#lib/arrivals.ts';
import { Refusal } from '#lib/refusals.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => error(405, 'Signing out is a button, not an address. You find it under “You”.');

function onlyRefused(problem: unknown) {
	if (!(problem instanceof Refusal)) throw problem;
}

// Only by POST: a link or a picture elsewhere on the web must not sign anybody out.
export const POST: RequestHandler = async (event) => {
	const { reader, session, community } = event.locals;
	// Pressed twice, or ended elsewhere in the same moment: signed out is signed out.
	if (reader && session) await community.sessions.end(reader, session).catch(onlyRefused);
	await depart(event);
	return new Response(null, {
		status: 303,
		headers: { location: '/', 'clear-site-data': clearSite, 'cache-control': 'no-store' }
	});
};
