// Limits by address, without keeping an address: the key is an HMAC under a random key that lives in memory for a day.
import { createHmac, generateKeySync } from 'node:crypto';
import type { RateLimitPluginOptions } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';

const day = 86_400_000;
const minute = 60_000;

/** A household, a clinic or a group in one room sits behind one address: each number is more than they press, and less than a flood. */
const buckets = {
	/** Also opening the form to join: it reserves names for somebody. */
	writes: { max: 300, every: minute },
	/** Quiet saves come every second from each who writes; they must not use up what posting needs. */
	drafts: { max: 600, every: minute },
	offers: { max: 60, every: minute },
	/** A group of twenty, each needing two tries. */
	joins: { max: 40, every: 10 * minute },
	signIns: { max: 60, every: minute },
	searches: { max: 120, every: minute },
	/** Every page that is turned opens a line: a group of twenty, each turning one every two seconds. */
	lines: { max: 600, every: minute }
} as const;
type Bucket = keyof typeof buckets;

/** Which bucket a request fills; none for reading. `guarded` as in `limitsByAddress`. */
function bucketOf({ method, url }: FastifyRequest, guarded: boolean): Bucket | undefined {
	const reads = method === 'GET' || method === 'HEAD';
	if (/^\/join(?:[/?]|$)/.test(url)) return !guarded ? 'writes' : reads ? 'offers' : 'joins';
	if (guarded && /^\/live\/socket(?:\?|$)/.test(url)) return 'lines';
	if (reads) return guarded && /^\/search\?/.test(url) ? 'searches' : undefined;
	if (/^\/drafts(?:[/?]|$)/.test(url)) return 'drafts';
	return guarded && /^\/sign-in(?:[/?]|$)/.test(url) ? 'signIns' : 'writes';
}

/** One household of IPv6 has 2^64 addresses: what counts is its network, the first four groups. */
export function networkOf(address: string): string {
	const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
	if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
	const [head = '', tail] = address.split('::');
	const [first, last] = [head, tail ?? ''].map((part) => (part ? part.split(':') : []));
	const zeros = tail === undefined ? [] : Array<string>(8 - (first?.length ?? 0) - (last?.length ?? 0)).fill('0');
	return [...(first ?? []), ...zeros, ...(last ?? [])].slice(0, 4).join(':');
}

/**
 * Turns an address into a key that means nothing tomorrow. At the change every count begins anew, so that once a day somebody may do
 * twice as much in one period: better than a key that can be asked about yesterday.
 */
export function addressKeys(now: () => number): (address: string) => string {
	// As a key and not as bytes: those would be made into one for each request, which took longer than the rest.
	const aKey = () => generateKeySync('hmac', { length: 256 });
	let secret = aKey();
	let madeAt = now();
	return (address) => {
		if (now() - madeAt >= day) [secret, madeAt] = [aKey(), now()];
		return createHmac('sha256', secret).update(networkOf(address)).digest('base64url');
	};
}

/** `guarded` adds the narrow limits, for a site that strangers can reach; on one's own machine everybody has the same address. */
export function limitsByAddress(keyOf: (address: string) => string, guarded: boolean): RateLimitPluginOptions {
	const of = (request: FastifyRequest) => buckets[bucketOf(request, guarded) ?? 'writes'];
	return {
		// Who comes from more networks than this has an army; the queues and the proofs of work are for that.
		cache: 50_000,
		max: (request) => of(request).max,
		timeWindow: (request) => of(request).every,
		allowList: (request) => bucketOf(request, guarded) === undefined,
		keyGenerator(request) {
			const bucket = bucketOf(request, guarded);
			// Asked before the list of what is allowed, and reading is most of what happens here.
			return bucket ? `${bucket} ${keyOf(request.ip)}` : '';
		},
		addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
		addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }
	};
}
