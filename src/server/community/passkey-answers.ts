// What a browser sends back from its keeper of passkeys, looked at before any of it is trusted: whatever else arrives is refused here.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/** Answers are one or two kB; an id may have 1,023 bytes. */
const longest = 16_000;
const idLongest = 1364;

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isBytes = (value: unknown, most = longest): value is string =>
	typeof value === 'string' && value.length > 0 && value.length <= most && /^[\w-]+$/.test(value);

function parsed(text: string): unknown {
	if (text.length > longest) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function hasId(value: unknown): value is Fields & { id: string; response: Fields } {
	return (
		isFields(value) && isBytes(value.id, idLongest) && value.rawId === value.id && value.type === 'public-key' && isFields(value.response)
	);
}

const isRegistration = (value: unknown): value is RegistrationResponseJSON =>
	hasId(value) && isBytes(value.response.clientDataJSON) && isBytes(value.response.attestationObject);

const isAuthentication = (value: unknown): value is AuthenticationResponseJSON =>
	hasId(value) &&
	isBytes(value.response.clientDataJSON) &&
	isBytes(value.response.authenticatorData) &&
	isBytes(value.response.signature) &&
	isBytes(value.response.userHandle, 100);

/**
 * We ask for no attestation, so only "none" and a key's own signature are taken. All others bring certificates that the library would look up
 * at addresses they name: no request leaves this server.
 */
async function bringsNoCertificate({ response }: RegistrationResponseJSON): Promise<boolean> {
	// Fetched when it is needed, as in passkeys.ts.
	const { decodeAttestationObject, isoBase64URL } = await import('@simplewebauthn/server/helpers');
	try {
		const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
		const format = attestation.get('fmt');
		return format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined);
	} catch {
		return false;
	}
}

export async function registrationIn(text: string): Promise<RegistrationResponseJSON | undefined> {
	const value = parsed(text);
	return isRegistration(value) && (await bringsNoCertificate(value)) ? value : undefined;
}

/** With the user handle, which every discoverable passkey sends. */
export function authenticationIn(text: string): AuthenticationResponseJSON | undefined {
	const value = parsed(text);
	return isAuthentication(value) ? value : undefined;
}
