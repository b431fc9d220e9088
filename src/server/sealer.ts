// Seals what the store holds but must not be able to read by itself: secrets of apps for codes, challenges on their way to a browser and back.
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { Sealer } from './community/means.ts';

/** Keys by id, the newest last: new things are sealed under it, and old ones open under the key they name. */
export type KeyRing = { ids: () => string[]; secret: (id: string) => Buffer };

/** A key for one use, derived: whoever learns it learns nothing about the others made from the same secret. */
const derived = (secret: Buffer) => createHmac('sha256', secret).update('lamplight sealing 1').digest();

/** One for each purpose: a tag of one kind says nothing about the tags of another. */
const tagging = (secret: Buffer, purpose: string) => createHmac('sha256', secret).update(`lamplight tagging 1 ${purpose}`).digest();

/** AES-256-GCM. Of one key, 2^32 seals with random nonces are safe: a hundred a second for more than a year, then add a key. */
export function sealerOver(ring: KeyRing): Sealer {
	const newest = () => {
		const id = ring.ids().at(-1);
		if (id === undefined) throw new Error('There is no key to seal with.');
		return id;
	};
	/** Made once each, as keys: a page asks for many of one kind, and a tag takes 12 µs under bytes and 2 under a key. */
	const made = new Map<string, KeyObject>();
	function once(name: string, make: () => Buffer): KeyObject {
		const key = made.get(name) ?? createSecretKey(make());
		made.set(name, key);
		return key;
	}
	const tagKey = (id: string, purpose: string) => once(`${id} ${purpose}`, () => tagging(ring.secret(id), purpose));
	const sealKey = (id: string) => once(id, () => derived(ring.secret(id)));

	return {
		keys: ring.ids,
		// As JSON, no two lists of parts are the same text.
		tag: (purpose, parts, key = newest()) => createHmac('sha256', tagKey(key, purpose)).update(JSON.stringify(parts)).digest('base64url'),
		seal(words, about) {
			const id = newest();
			const nonce = randomBytes(12);
			const cipher = createCipheriv('aes-256-gcm', sealKey(id), nonce).setAAD(Buffer.from(`${id} ${about}`));
			const bytes = Buffer.concat([nonce, cipher.update(words, 'utf8'), cipher.final(), cipher.getAuthTag()]);
			return `${id}.${bytes.toString('base64url')}`;
		},
		open(sealed, about) {
			const [id = '', text = '', ...rest] = sealed.split('.');
			const bytes = Buffer.from(text, 'base64url');
			if (rest.length > 0 || bytes.length < 28 || !ring.ids().includes(id)) return undefined;
			const decipher = createDecipheriv('aes-256-gcm', sealKey(id), bytes.subarray(0, 12), { authTagLength: 16 })
				.setAAD(Buffer.from(`${id} ${about}`))
				.setAuthTag(bytes.subarray(-16));
			try {
				return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
			} catch {
				return undefined;
			}
		}
	};
}
