// Where somebody goes after signing in: only ever a page of this site.
const nobodysOrigin = 'http://lamplight.invalid';
/** Going there would lead straight back to the door. */
const doors = /^\/(sign-in|sign-out|join|leave)(\/|$)/;

/**
 * The path as a browser would read it, or undefined for anything that could lead elsewhere: browsers drop tabs and line breaks, take a
 * backslash for a slash, and fold dots, so the checked address itself is returned and not what was typed.
 */
export function ownPath(typed: string | null | undefined): string | undefined {
	if (!typed || typed.length > 2000 || !/^\/(?![/\\])/.test(typed) || !URL.canParse(typed, nobodysOrigin)) return undefined;
	const { origin, pathname, search, hash } = new URL(typed, nobodysOrigin);
	if (origin !== nobodysOrigin || pathname.startsWith('//') || doors.test(pathname)) return undefined;
	return pathname + search + hash;
}
