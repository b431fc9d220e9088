// Every request to a page: who is reading, how they want to see things, and what happens to a form whose session ended.
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { keptCookie } from '#lib/arrivals.ts';
import { one, typedFields } from '#lib/forms.ts';
import { preferencesCookie, readPreferences } from '#lib/guest-preferences.ts';
import { historyLight } from '#lib/history-light.ts';
import { emptySheet, justLeft } from '#lib/leaving.ts';
import { layAsText, partsOfOnePage } from '#lib/ready-parts.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';

/** Fields that people write in. */
const wordsIn = ['body', 'title', 'note', 'reason', 'private_reason', 'charter', 'words'];
/** Forms that guests may send; all others keep what was typed and ask to sign in first. */
const openToGuests = [
	'/join',
	'/sign-in',
	'/sign-out',
	'/settings',
	...['code', 'new-passphrase', 'passkey', 'passkey/asked'].map((step) => `/sign-in/${step}`)
];

/** The two files that nearly every page needs are asked for at once: one that comes late is not used (fonts.css). */
const preload = ({ type, path }: { type: string; path: string }) =>
	type === 'font' ? /-latin-wght-normal\./.test(path) : type !== 'asset';

const unreadable = 'This address could not be read. Please look at it once more, or start from the first page.';

/** Help and the way out need nothing of the store: while it does not answer they are there as for a guest. */
const withoutStore = ['/help-now', '/leave'];
/** Milliseconds for which these two wait for it. */
const aMoment = 1500;

async function whoReads({ cookies, url }: RequestEvent, { community, secure, passing }: App.Platform) {
	const looking = community.sessions.find(cookies.get(community.sessions.cookieName(secure)));
	if (!withoutStore.includes(url.pathname)) return looking;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<undefined>((done) => (timer = setTimeout(() => done(undefined), aMoment)));
	const sure = looking.catch((problem: unknown) => {
		if (passing(problem)) return undefined;
		throw problem;
	});
	return Promise.race([sure, late]).finally(() => clearTimeout(timer));
}

export const handle: Handle = async ({ event, resolve }) => {
	const { platform, locals, cookies } = event;
	// Only the build's own look at the routes comes without a platform, and it renders nothing.
	if (!platform) return resolve(event);
	platform.seen.route = event.route.id;
	// PostgreSQL holds no NUL, and no address of ours has one.
	if (/\0|%00/.test(event.url.pathname + event.url.search)) error(event.url.pathname.includes('%00') ? 404 : 400, unreadable);
	const { community, settings, islands, secure } = platform;
	// Somebody has just left, and their browser goes back to where the visit began.
	if (cookies.get(justLeft(secure)) && event.request.method === 'GET')
		return new Response(emptySheet({ script: islands.left, to: settings.leaveTo }), {
			headers: { 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' }
		});
	const found = await whoReads(event, platform);
	Object.assign(locals, {
		community,
		settings,
		islands,
		reader: found?.actor,
		session: found?.session,
		staffWaiting: found?.staffWaiting === true
	});
	if (found) community.people.lookOnce(found.actor);
	locals.preferences = found?.preferences ?? readPreferences(cookies.get(preferencesCookie.name(secure)));
	locals.historyLight = historyLight(cookies, secure);
	locals.keptToken = cookies.get(keptCookie(secure));
	locals.kept = async (path) => {
		const kept = locals.reader && (await community.keptForms.find(locals.keptToken));
		return kept?.to === path ? kept.typed : undefined;
	};
	locals.forgetKept = async () => {
		if (!locals.keptToken) return;
		await community.keptForms.forget(locals.keptToken);
		cookies.delete(keptCookie(secure), { path: '/', httpOnly: true, sameSite: 'lax', secure });
	};
	if (event.request.method === 'POST' && !found && !openToGuests.includes(event.url.pathname)) await keepAndAskToSignIn(event, secure);
	const { hand } = platform;
	const parts = partsOfOnePage();
	locals.lay = hand ? parts.lay : layAsText;
	let page: Uint8Array | undefined;
	const answer = await resolve(event, {
		preload,
		...(hand && { transformPageChunk: ({ html }) => ((page = parts.whole(html)), '') })
	});
	// Who cannot be looked up once more is no stranger.
	if (found && answer.status >= 400 && answer.status !== 503 && !(await community.members.isHere(found.actor))) answerAsStranger(event);
	if (page) hand?.(page);
	// Says which framework this is and nothing that a page of ours needs.
	answer.headers.delete('x-sveltekit-page');
	if (answer.headers.get('content-type')?.startsWith('text/html')) {
		answer.headers.set('content-type', 'text/html; charset=utf-8');
		answer.headers.set('cache-control', 'no-store');
		answer.headers.append('vary', 'Accept-Encoding, Cookie');
		// A fingerprint of a page that is for one member only serves nobody else.
		if (found) answer.headers.delete('etag');
	}
	return answer;
};

/** A session that ended in the middle of writing: the words wait, sealed under a key in the cookie, until after the sign-in. */
async function keepAndAskToSignIn({ request, url, cookies, locals, platform }: RequestEvent, secure: boolean): Promise<never> {
	const typed = await typedFields(request);
	const action = [...url.searchParams.keys()].find((name) => name.startsWith('/')) ?? '';
	const there = new URLSearchParams(url.searchParams);
	there.delete(action);
	// Whatever somebody wrote is kept, whichever form it was; presses without words are not.
	// A draft that a script saves by itself must not take the place of the form that is sent beside it: the page still holds its words.
	if (!one(typed, 'quietly') && wordsIn.some((name) => one(typed, name) !== '')) {
		const token = await locals.community.keptForms.keep({ to: url.pathname, typed: { ...typed, form: action } }, platform?.from?.());
		cookies.set(keptCookie(secure), token, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 86_400 });
	}
	const to = url.pathname + (there.size > 0 ? `?${there}` : '');
	redirect(303, `/sign-in?to=${encodeURIComponent(to)}`);
}

/** Their account was erased while this was under way: by now they are a stranger here, and a page for them would still say their name. */
function answerAsStranger({ request, url }: RequestEvent): never {
	const here = url.pathname + url.search;
	redirect(303, request.method === 'POST' ? `/sign-in?to=${encodeURIComponent(url.pathname)}` : here);
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
	if (error instanceof Refusal) return { status: error.status, message: error.message };
	if (error instanceof Invalid) return { status: 422, message: error.message };
	if (kind === 'framework' && error.status === 404)
		return { status: 404, message: 'We could not find this page. The boards and the home page are a good way on.' };
	if (kind === 'framework' || kind === 'app') return { status: error.status, message: error.message };
	const away = event.platform?.passing(error);
	if (away) return { status: away.status, message: away.message };
	const id = event.platform?.reportBug(error);
	// The number stands in the sentence too, for the page that knows nothing else (error.html).
	const number = id ? ` If you tell the people who run this site, give them this number: ${id}` : '';
	return { status: 500, message: `Something broke on our side. It is not your doing.${number}`, id };
};
