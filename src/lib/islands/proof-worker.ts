// Tries number after number until the key made from it begins as the server asked (ALTCHA's PBKDF2 challenge), and answers with the proof.
const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

type Challenge = { parameters: { nonce: string; salt: string; keyPrefix: string; cost: number; keyLength: number } };

async function prove(challenge: Challenge): Promise<string> {
	const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
	const start = bytesOf(nonce);
	const password = new Uint8Array(start.length + 4);
	password.set(start);
	const number = new DataView(password.buffer);
	const rounds = { name: 'PBKDF2', salt: bytesOf(salt), iterations: cost, hash: 'SHA-256' };
	for (let counter = 0; ; counter++) {
		number.setUint32(start.length, counter);
		const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
		const derivedKey = hexOf(new Uint8Array(await crypto.subtle.deriveBits(rounds, key, keyLength * 8)));
		if (derivedKey.startsWith(keyPrefix)) return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
	}
}

// Over plain http a browser has no such keys: nothing is answered for, and the form goes without.
onmessage = ({ data }) => prove(JSON.parse(data)).then(postMessage, () => postMessage(''));
