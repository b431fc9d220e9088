// Does the sum as a browser would, on the server's own word for it.
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

export async function prove(challenge = ''): Promise<string> {
	const made = JSON.parse(challenge);
	const solution = await solveChallenge({ challenge: made, deriveKey });
	return pack({ challenge: made, solution });
}

export const pack = (payload: unknown) => Buffer.from(JSON.stringify(payload)).toString('base64');
export const unpack = (proof: string) => JSON.parse(Buffer.from(proof, 'base64').toString());
