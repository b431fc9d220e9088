// Through the door, by joining or by signing in: a new session's cookie, and on to where somebody wanted to be.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { cookieName } from './cookie-names.ts';
import { limits } from './limits.ts';
import { ownPath } from './return-paths.ts';
import { drop, leave } from './short-cookies.ts';

export const keptCookie = (secure: boolean) => cookieName('kept', secure);

/** By it a browser that has signed in before is known again: its tries are not those of strangers. Its value is random and names nobody. */
export const deviceCookie = (secure: boolean) => cookieName('device', secure);

type Arrival = Awaited<ReturnType<App.Locals['community']['waysIn']['comeIn']>>;

type Arriving = {
	/** Whether more than a passphrase was shown. */
	secondFactor?: boolean;
	/** A new set of codes: they are shown on the way. */
	codes?: string[] | undefined;
	/** Came by paper, which makes the device's cookie worth nothing: it cannot show whose browser this is. */
	byPaper?: boolean;
};

/** The page that was asked for, else the form that waits (its page refills it from the cookie), else `otherwise`. */
export async function arrive(
	event: RequestEvent,
	reader: NonNullable<App.Locals['reader']>,
	otherwise: string,
	{ secondFactor = false, codes, byPaper = false }: Arriving = {}
): Promise<never> {
	const { locals, cookies, platform, url } = event;
	const { members, sessions, keptForms, recoveryCodes } = locals.community;
	const { cookie } = await sessions.begin(reader, { secure: platform?.secure === true, former: locals.session, secondFactor });
	cookies.set(cookie.name, cookie.value, cookie.attributes);
	const secure = platform?.secure === true;
	const before = cookies.get(deviceCookie(secure));
	// A phone that is shared: whoever used it last was another member, and what waits in it is theirs. A new account is another member too.
	if (before && locals.reader?.id !== reader.id && !byPaper && !(await members.knows(reader, before))) await locals.forgetKept();
	const device = await members.deviceFor(reader);
	cookies.set(deviceCookie(secure), device, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: limits.deviceKnownFor / 1000 });
	drop(event, 'doorway');
	drop(event, 'passkey');
	const kept = await keptForms.find(locals.keptToken);
	const to = ownPath(url.searchParams.get('to')) ?? ownPath(kept?.to) ?? otherwise;
	if (!codes) redirect(303, to);
	leave(event, 'paper', recoveryCodes.wrap(reader, codes), 10);
	redirect(303, `/settings/codes?to=${encodeURIComponent(to)}`);
}

/** In, or on to the page that asks for the one thing more. */
export async function arriveOrAsk(event: RequestEvent, arrival: Arrival): Promise<never> {
	if ('actor' in arrival) return arrive(event, arrival.actor, '/', arrival);
	leave(event, 'doorway', arrival.doorway, 15);
	const pages = { code: '/sign-in/code', passphrase: '/sign-in/new-passphrase' };
	redirect(303, pages[arrival.needs] + event.url.search);
}

/** Signed out, or gone for good: nothing in this browser says that somebody was here. */
export async function depart({ locals, cookies, platform }: Pick<RequestEvent, 'locals' | 'cookies' | 'platform'>): Promise<void> {
	// What waits in this browser is for whoever wrote it, not for whoever signs in next.
	await locals.forgetKept();
	const secure = platform?.secure === true;
	const { name, value, attributes } = locals.community.sessions.blankCookie({ secure });
	cookies.set(name, value, attributes);
	// Whoever shares this browser need not learn that somebody signed in here; the next sign-in is a stranger's.
	cookies.delete(deviceCookie(secure), { path: '/', httpOnly: true, sameSite: 'lax', secure });
}

/** Not "storage": help that was put aside for offline use stays (rulings.md 13). */
export const clearSite = '"cache", "cookies"';

/** Back to the first page of signing in, with a word about it where a form came too late. */
export function beginAgain({ url, request }: Pick<RequestEvent, 'url' | 'request'>): never {
	const search = new URLSearchParams(url.search);
	if (request.method === 'POST') search.set('late', '1');
	redirect(303, search.size > 0 ? `/sign-in?${search}` : '/sign-in');
}
