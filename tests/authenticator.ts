// A device that keeps passkeys, as far as a server can tell: it makes keys and signs, as the small script of the page would send it.
import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

type Question = { challenge: string; rp?: { id?: string }; rpId?: string; user?: { id: string } };
type How = {
	origin?: string;
	rpId?: string;
	verified?: boolean;
	counter?: number;
	handle?: string;
	type?: string;
	challenge?: string;
	fmt?: string;
	x5c?: Uint8Array<ArrayBuffer>[];
};

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();
const encoded = (value: Parameters<typeof isoCBOR.encode>[0]) => Buffer.from(isoCBOR.encode(value));

export function authenticator(origin: string) {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const id = randomBytes(32);
	let handle = '';
	let counter = 0;

	function coseOf(key: KeyObject): Buffer {
		const { x = '', y = '' } = key.export({ format: 'jwk' });
		const fields: [number, number | Uint8Array][] = [
			[1, 2],
			[3, -7],
			[-1, 1],
			[-2, new Uint8Array(Buffer.from(x, 'base64url'))],
			[-3, new Uint8Array(Buffer.from(y, 'base64url'))]
		];
		return encoded(new Map(fields));
	}

	const clientData = (type: string, { challenge }: Question, how: How) =>
		Buffer.from(
			JSON.stringify({ type: how.type ?? type, challenge: how.challenge ?? challenge, origin: how.origin ?? origin, crossOrigin: false })
		);

	function authData(rpId: string, how: How, attested?: Buffer) {
		const flags = 0x01 | (how.verified === false ? 0 : 0x04) | (attested ? 0x40 : 0);
		const signed = Buffer.alloc(4);
		signed.writeUInt32BE(how.counter ?? counter);
		return Buffer.concat([sha256(how.rpId ?? rpId), Buffer.from([flags]), signed, attested ?? Buffer.alloc(0)]);
	}

	return {
		id: text(id),
		create(question: Question, how: How = {}) {
			handle = question.user?.id ?? '';
			const length = Buffer.from([0, id.length]);
			const data = authData(question.rp?.id ?? '', how, Buffer.concat([Buffer.alloc(16), length, id, coseOf(publicKey)]));
			const statement = new Map<string, Uint8Array<ArrayBuffer>[]>(how.x5c ? [['x5c', how.x5c]] : []);
			const attestation: [string, string | Uint8Array<ArrayBuffer> | typeof statement][] = [
				['fmt', how.fmt ?? 'none'],
				['attStmt', statement],
				['authData', new Uint8Array(data)]
			];
			return {
				id: text(id),
				rawId: text(id),
				type: 'public-key',
				response: {
					clientDataJSON: text(clientData('webauthn.create', question, how)),
					attestationObject: text(encoded(new Map(attestation)))
				},
				clientExtensionResults: {}
			};
		},
		get(question: Question, how: How = {}) {
			counter = how.counter ?? counter + 1;
			const data = authData(question.rpId ?? '', how);
			const client = clientData('webauthn.get', question, how);
			const signature = createSign('sha256')
				.update(Buffer.concat([data, sha256(client)]))
				.sign(privateKey);
			return {
				id: text(id),
				rawId: text(id),
				type: 'public-key',
				response: {
					clientDataJSON: text(client),
					authenticatorData: text(data),
					signature: text(signature),
					userHandle: how.handle ?? handle
				},
				clientExtensionResults: {}
			};
		}
	};
}
