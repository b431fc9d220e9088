// One hook decides whether a request that may change something came from our own pages (security.md, cross-site).
import type { FastifyRequest } from 'fastify';

const safe = ['GET', 'HEAD', 'OPTIONS'];

/** Which of our origins the request is for. On loopback the three names are one site; elsewhere there is only one. */
export function originOf(request: FastifyRequest, origins: string[]): string {
	const asked = origins.find((origin) => new URL(origin).host === request.headers.host);
	return asked ?? origins[0] ?? '';
}

/** Safe methods always pass; all others need an exact Origin, or none and the browser's word that it was this site. */
export function isOurs(request: FastifyRequest, origins: string[]): boolean {
	if (safe.includes(request.method)) return true;
	const { origin, 'sec-fetch-site': site } = request.headers;
	if (site !== undefined && site !== 'same-origin') return false;
	return origin === undefined ? site === 'same-origin' : origin === originOf(request, origins);
}

/** A socket needs an exact Origin always: no browser opens one without. */
export function isOurSocket(request: FastifyRequest, origins: string[]): boolean {
	const { origin, 'sec-fetch-site': site } = request.headers;
	return (site === undefined || site === 'same-origin') && origin === originOf(request, origins);
}
