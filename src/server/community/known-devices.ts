// A browser that has signed in to an account before, known again without a row. Its cookie holds a random id and an HMAC of it under the
// account's own passphrase hash: it names nobody, fits one account only, and is worth nothing once the passphrase changes or the account goes.
import { createHmac, timingSafeEqual } from 'node:crypto';

const sealOf = (id: string, passphraseHash: string) => createHmac('sha256', passphraseHash).update(`known device ${id}`).digest();

/** The cookie's value for a browser that has just shown the passphrase. */
export const introduce = (id: string, passphraseHash: string) => `${id}.${sealOf(id, passphraseHash).toString('base64url')}`;

/** The device's id when its cookie was made for this account; it takes the same time for every cookie. */
export function knownAgain(cookie: string | undefined, passphraseHash: string): string | undefined {
	const [, id = '', seal = ''] = /^([\w-]{16,64})\.([\w-]{43})$/.exec(cookie ?? '') ?? [];
	const shown = Buffer.alloc(32);
	shown.write(seal, 'base64url');
	return timingSafeEqual(shown, sealOf(id, passphraseHash)) && id !== '' ? id : undefined;
}
