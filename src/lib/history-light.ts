// Whether this browser keeps a visit as one step of its history: a choice of the device, not of the member, so a cookie holds it.
export const historyCookie = {
	name: 'history',
	value: 'light',
	attributes: { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 365 * 24 * 60 * 60 }
} as const;

export const historyLight = (cookies: { get(name: string): string | undefined }) => cookies.get(historyCookie.name) === historyCookie.value;
