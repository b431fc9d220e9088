// Whether this browser keeps a visit as one step of its history: a choice of the device, not of the member, so a cookie holds it.
import { cookieName } from './cookie-names.ts';

export const historyCookie = {
	name: (secure: boolean) => cookieName('history', secure),
	value: 'light',
	attributes: { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 365 * 24 * 60 * 60 }
} as const;

export const historyLight = (cookies: { get(name: string): string | undefined }, secure: boolean) =>
	cookies.get(historyCookie.name(secure)) === historyCookie.value;
