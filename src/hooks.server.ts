// Every request to a page: who is reading, how they want to see things, and what happens to a form whose session ended.
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { keptCookie } from '#lib/arrivals.ts';
import { one, typedFields } from '#lib/forms.ts';
import { preferencesCookie, readPreferences } from '#lib/guest-preferences.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';

/** Fields that people write in. */
const wordsIn = ['body', 'title', 'note', 'reason', 'private_reason', 'charter', 'words'];
/** Forms that guests may send; all others keep what was typed and ask to sign in first. */
const openToGuests = ['/join', '/sign-in', '/sign-out', '/settings'];

/** The two files that nearly every page needs are asked for at once: one that comes late is not used (fonts.css). */
const preload = ({ type, path }: { type: string; path: string }) =>
	type === 'font' ? /-latin-wght-normal\./.test(path) : type !== 'asset';

const unreadable = 'This address could not be read. Please look at it once more, or start from the first page.';

export const handle: Handle = async ({ event, resolve }) => {
	const { platform, locals, cookies } = event;
	// Only the build's own look at the routes comes without a platform, and it renders nothing.
	if (!platform) return resolve(event);
	platform.seen.route = event.route.id;
	// PostgreSQL holds no NUL, and no address of ours has one.
	if (/\0|%00/.test(event.url.pathname + event.url.search)) error(event.url.pathname.includes('%00') ? 404 : 400, unreadable);
	const { community, settings, islands, secure } = platform;
	const found = await community.sessions.find(cookies.get(community.sessions.cookieName(secure)));
	Object.assign(locals, { community, settings, islands, reader: found?.actor, session: found?.session });
	locals.preferences = found ? await community.preferences.of(found.actor.id) : readPreferences(cookies.get(preferencesCookie.name));
	locals.kept = async (path) => {
		const kept = locals.reader && (await community.keptForms.find(cookies.get(keptCookie)));
		return kept?.to === path ? kept.typed : undefined;
	};
	locals.forgetKept = async () => {
		if (!cookies.get(keptCookie)) return;
		await community.keptForms.forget(cookies.get(keptCookie));
		cookies.delete(keptCookie, { path: '/' });
	};
	if (event.request.method === 'POST' && !found && !openToGuests.includes(event.url.pathname)) await keepAndAskToSignIn(event, secure);
	const answer = await resolve(event, { preload });
	if (answer.headers.get('content-type')?.startsWith('text/html')) answer.headers.set('cache-control', 'no-store');
	return answer;
};

/** A session that ended in the middle of writing: the words wait, sealed under a key in the cookie, until after the sign-in. */
async function keepAndAskToSignIn({ request, url, cookies, locals }: RequestEvent, secure: boolean): Promise<never> {
	const typed = await typedFields(request);
	const action = [...url.searchParams.keys()].find((name) => name.startsWith('/')) ?? '';
	const there = new URLSearchParams(url.searchParams);
	there.delete(action);
	// Whatever somebody wrote is kept, whichever form it was; presses without words are not.
	// A draft that a script saves by itself must not take the place of the form that is sent beside it: the page still holds its words.
	if (!one(typed, 'quietly') && wordsIn.some((name) => one(typed, name) !== '')) {
		const token = await locals.community.keptForms.keep({ to: url.pathname, typed: { ...typed, form: action } });
		cookies.set(keptCookie, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 86_400 });
	}
	const to = url.pathname + (there.size > 0 ? `?${there}` : '');
	redirect(303, `/sign-in?to=${encodeURIComponent(to)}`);
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
	if (error instanceof Refusal) return { status: error.status, message: error.message };
	if (error instanceof Invalid) return { status: 422, message: error.message };
	if (kind === 'framework' && error.status === 404)
		return { status: 404, message: 'We could not find this page. The boards and the home page are a good way on.' };
	if (kind === 'framework' || kind === 'app') return { status: error.status, message: error.message };
	const id = event.platform?.reportBug(error);
	return { status: 500, message: 'Something broke on our side. It is not your doing.', id };
};
