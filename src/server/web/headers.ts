// The headers of every answer, whoever gives it. Pages hold no inline script or style, so nothing needs a nonce.

const contentSecurity = {
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
	// One policy (islands/own-policy.ts), for this site's own pages and scripts.
	'trusted-types': ['lamplight']
};

/** What browsers could give a page and we never ask for. */
const off = [
	'accelerometer',
	'autoplay',
	'bluetooth',
	'browsing-topics',
	'camera',
	'display-capture',
	'encrypted-media',
	'fullscreen',
	'gamepad',
	'geolocation',
	'gyroscope',
	'hid',
	'identity-credentials-get',
	'idle-detection',
	'interest-cohort',
	'keyboard-map',
	'local-fonts',
	'magnetometer',
	'microphone',
	'midi',
	'otp-credentials',
	'payment',
	'picture-in-picture',
	'screen-wake-lock',
	'serial',
	'storage-access',
	'sync-xhr',
	'usb',
	'web-share',
	'window-management',
	'xr-spatial-tracking'
];
/** Passkeys, on our own pages. */
const ownOnly = ['publickey-credentials-create', 'publickey-credentials-get'];

/** Whatever an answer is about, and whether a page, Fastify or a broken connection gives it, it carries these. */
export function headersFor({ https, indexing }: { https: boolean; indexing: boolean }): Record<string, string> {
	return {
		'content-security-policy': Object.entries(contentSecurity)
			.map(([name, values]) => `${name} ${values.join(' ')}`)
			.join(';'),
		'cross-origin-embedder-policy': 'require-corp',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'origin-agent-cluster': '?1',
		'permissions-policy': [...off.map((name) => `${name}=()`), ...ownOnly.map((name) => `${name}=(self)`)].join(', '),
		// no-referrer makes browsers send "Origin: null", and every form would be refused.
		'referrer-policy': 'same-origin',
		'x-content-type-options': 'nosniff',
		'x-dns-prefetch-control': 'off',
		'x-frame-options': 'DENY',
		'x-permitted-cross-domain-policies': 'none',
		...(https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
		...(indexing ? {} : { 'x-robots-tag': 'noindex' })
	};
}
