// Cookies that live for minutes and lead from one page of a way in to the next. What they hold is sealed or random.
import type { RequestEvent } from '@sveltejs/kit';
import { cookieName } from './cookie-names.ts';

/** `doorway`: half-way in. `passkey`: what a device was asked. `paper`: new codes on their way to the page that shows them. `app`: a secret being set up. `export`: a ticket for one file. */
export type ShortCookie = 'doorway' | 'passkey' | 'paper' | 'app' | 'export';

type Event = Pick<RequestEvent, 'cookies' | 'platform'>;

function held({ platform }: Event, name: ShortCookie) {
	const secure = platform?.secure === true;
	return { name: cookieName(name, secure), attributes: { path: '/', httpOnly: true, sameSite: 'lax', secure } as const };
}

export function leave(event: Event, cookie: ShortCookie, value: string, minutes: number) {
	const { name, attributes } = held(event, cookie);
	event.cookies.set(name, value, { ...attributes, maxAge: minutes * 60 });
}

export const found = (event: Event, cookie: ShortCookie) => event.cookies.get(held(event, cookie).name);

export function drop(event: Event, cookie: ShortCookie) {
	const { name, attributes } = held(event, cookie);
	event.cookies.delete(name, attributes);
}
