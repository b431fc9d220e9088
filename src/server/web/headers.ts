// The headers of every answer. Pages hold no inline script or style, so nothing needs a nonce.
import type { FastifyHelmetOptions } from '@fastify/helmet';

export function headersFor(https: boolean): FastifyHelmetOptions {
	return {
		contentSecurityPolicy: {
			useDefaults: false,
			directives: {
				'default-src': ["'none'"],
				'script-src': ["'self'"],
				'style-src': ["'self'"],
				'font-src': ["'self'"],
				'worker-src': ["'self'"],
				'img-src': ["'self'", 'data:'],
				'connect-src': ["'self'"],
				'form-action': ["'self'"],
				'base-uri': ["'none'"],
				'frame-ancestors': ["'none'"],
				'require-trusted-types-for': ["'script'"],
				// One policy, for the one island that reads this site's own pages.
				'trusted-types': ['lamplight']
			}
		},
		// no-referrer makes browsers send "Origin: null", and every form would be refused.
		referrerPolicy: { policy: 'same-origin' },
		crossOriginEmbedderPolicy: { policy: 'require-corp' },
		strictTransportSecurity: https ? { maxAge: 31_536_000 } : false
	};
}

export const permissionsPolicy =
	'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=(), fullscreen=(self)';
