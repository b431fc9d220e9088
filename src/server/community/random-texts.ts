// Random text, fetched for some hundred at once: one by one, asking for the bytes costs more than all that is done with them.
import { randomBytes } from 'node:crypto';

/** Each call answers another text of so many random bytes, as base64url. Bytes are used once and cleared. */
export function randomTexts(bytes: number): () => string {
	let random = randomBytes(0);
	return () => {
		if (random.length < bytes) random = randomBytes(bytes * 256);
		const text = random.toString('base64url', 0, bytes);
		random.fill(0, 0, bytes);
		random = random.subarray(bytes);
		return text;
	};
}
