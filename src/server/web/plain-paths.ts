// Every address of ours has one spelling. Limits, shedding and kept pages go by the address as it came, and SvelteKit by what a browser
// makes of it: with a second spelling somebody would walk around the first three.

const usual = /^\/[\w/-]*(?:\?|$)/;
/** Letters, digits and the few signs that never need to be written as a percent sign and two digits (RFC 3986, 2.3). */
const needless = /^[\w.~-]$/;

/** False for an encoded letter (`/%6aoin`), for steps (`/x/../join`, `/%2e/join`), a backslash, and a whole address in place of a path. */
export function isPlainPath(url: string): boolean {
	if (usual.test(url)) return true;
	const path = url.replace(/\?.*/s, '');
	const codes = [...path.matchAll(/%([\da-f]{2})/gi)].map(([, code = '']) => String.fromCharCode(parseInt(code, 16)));
	if (!path.startsWith('/') || codes.some((letter) => needless.test(letter))) return false;
	const whole = `http://localhost${path}`;
	return URL.canParse(whole) && new URL(whole).pathname === path;
}
