// Limits on writing by address, without keeping an address: the key is an HMAC under a random key that lives in memory for a day.
import { createHmac, randomBytes } from 'node:crypto';
import type { RateLimitPluginOptions } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';

const day = 86_400_000;
/** A household or a clinic behind one address writes less than this in a minute; a flood writes more. */
const writesPerMinute = 300;

/** Opening this page reserves names for somebody: it counts as writing. */
const reserves = (url: string) => /^\/join(?:[/?]|$)/.test(url);
const reads = ({ method, url }: FastifyRequest) => (method === 'GET' || method === 'HEAD') && !reserves(url);

export function limitsByAddress(now: () => number): RateLimitPluginOptions {
	let secret = randomBytes(32);
	let madeAt = now();
	return {
		max: writesPerMinute,
		timeWindow: 60_000,
		allowList: reads,
		keyGenerator(request) {
			// Asked before the list of what is allowed, and reading is most of what happens here.
			if (reads(request)) return '';
			if (now() - madeAt > day) [secret, madeAt] = [randomBytes(32), now()];
			return createHmac('sha256', secret).update(request.ip).digest('base64url');
		},
		addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
		addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }
	};
}
