// Through the door, by joining or by signing in: a new session's cookie, and on to where somebody wanted to be.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { limits } from './limits.ts';
import { ownPath } from './return-paths.ts';

export const keptCookie = 'kept';

/** By it a browser that has signed in before is known again: its tries are not those of strangers. Its value is random and names nobody. */
export const deviceCookie = (secure: boolean) => (secure ? '__Host-device' : 'device');

/** The page that was asked for, else the form that waits (its page refills it from the cookie), else `otherwise`. */
export async function arrive(event: RequestEvent, reader: NonNullable<App.Locals['reader']>, otherwise: string): Promise<never> {
	const { locals, cookies, platform, url } = event;
	const { cookie } = await locals.community.sessions.begin(reader, { secure: platform?.secure === true, former: locals.session });
	cookies.set(cookie.name, cookie.value, cookie.attributes);
	const secure = platform?.secure === true;
	const device = await locals.community.members.deviceFor(reader);
	cookies.set(deviceCookie(secure), device, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: limits.deviceKnownFor / 1000 });
	const kept = await locals.community.keptForms.find(cookies.get(keptCookie));
	redirect(303, ownPath(url.searchParams.get('to')) ?? ownPath(kept?.to) ?? otherwise);
}
