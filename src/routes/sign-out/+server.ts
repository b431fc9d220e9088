import { error } from '@sveltejs/kit';
import { deviceCookie } from '#lib/arrivals.ts';
import { Refusal } from '#lib/refusals.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => error(405, 'Signing out is a button, not an address. You find it under “You”.');

function onlyRefused(problem: unknown) {
	if (!(problem instanceof Refusal)) throw problem;
}

// Only by POST: a link or a picture elsewhere on the web must not sign anybody out.
export const POST: RequestHandler = async ({ locals, cookies, platform }) => {
	const { sessions } = locals.community;
	// Pressed twice, or ended elsewhere in the same moment: signed out is signed out.
	if (locals.reader && locals.session) await sessions.end(locals.reader, locals.session).catch(onlyRefused);
	// What waits in this browser is for whoever wrote it, not for whoever signs in next.
	await locals.forgetKept();
	const { name, value, attributes } = sessions.blankCookie({ secure: platform?.secure === true });
	cookies.set(name, value, attributes);
	// Whoever shares this browser need not learn that somebody signed in here; the next sign-in is a stranger's.
	const secure = platform?.secure === true;
	cookies.delete(deviceCookie(secure), { path: '/', httpOnly: true, sameSite: 'lax', secure });
	// Not "storage": help that was put aside for offline use stays (rulings.md 13).
	return new Response(null, {
		status: 303,
		headers: { location: '/', 'clear-site-data': '"cache", "cookies"', 'cache-control': 'no-store' }
	});
};
