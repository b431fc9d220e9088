// Passkeys: asks the server for a question, the device for its answer, and sends the answer with the form. Without this script, or in a
// browser that knows no passkeys, the form stays hidden and nothing is missing: the passphrase opens the same door.
type Fields = Record<string, unknown>;

const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
const text = (buffer: ArrayBuffer | null) =>
	buffer
		? btoa(String.fromCharCode(...new Uint8Array(buffer)))
				.replace(/\+/g, '-')
				.replace(/\//g, '_')
				.replace(/=+$/, '')
		: undefined;

/** By hand what PublicKeyCredential.parse…FromJSON and toJSON do: phones of a few years ago know passkeys without them. */
const ids = (list: { id: string }[] = []) => list.map((one) => ({ ...one, id: bytes(one.id), type: 'public-key' as const }));

async function ask(form: HTMLFormElement): Promise<string> {
	const asked = await fetch(form.dataset.passkey ?? '', {
		method: 'POST',
		body: new URLSearchParams([...new FormData(form)].map(([k, v]) => [k, String(v)]))
	});
	const options = await asked.json().catch(() => ({}));
	if (!options.challenge) throw new Error(options.problem);
	const publicKey = { ...options, challenge: bytes(options.challenge) };
	const credential = options.user
		? await navigator.credentials.create({
				publicKey: {
					...publicKey,
					user: { ...options.user, id: bytes(options.user.id) },
					excludeCredentials: ids(options.excludeCredentials)
				}
			})
		: await navigator.credentials.get({ publicKey: { ...publicKey, allowCredentials: ids(options.allowCredentials) } });
	if (!(credential instanceof PublicKeyCredential)) throw new Error();
	const answer = credential.response;
	const response: Fields = { clientDataJSON: text(answer.clientDataJSON) };
	if (answer instanceof AuthenticatorAttestationResponse) response.attestationObject = text(answer.attestationObject);
	if (answer instanceof AuthenticatorAssertionResponse) {
		response.authenticatorData = text(answer.authenticatorData);
		response.signature = text(answer.signature);
		response.userHandle = text(answer.userHandle);
	}
	const { id, type } = credential;
	return JSON.stringify({ id, rawId: id, type, response, clientExtensionResults: {} });
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
	const says = form.querySelector<HTMLElement>('[data-says]');
	const answer = form.querySelector<HTMLInputElement>('input[name=answer]');
	if (!window.PublicKeyCredential || !answer) continue;
	for (const place of document.querySelectorAll<HTMLElement>('[data-passkeys]')) place.hidden = false;
	for (const place of document.querySelectorAll<HTMLElement>('[data-no-passkeys]')) place.hidden = true;
	let asking = false;
	form.addEventListener('submit', (event) => {
		if (answer.value) return;
		event.preventDefault();
		if (asking) return;
		asking = true;
		if (says) says.textContent = '';
		ask(form)
			.then((given) => {
				answer.value = given;
				form.requestSubmit();
			})
			.catch((problem: unknown) => {
				// A device says only "not allowed", whatever it was: closed, too late, or no passkey of this site.
				const told = problem instanceof Error && !(problem instanceof DOMException) && problem.message;
				if (says) says.textContent = told || says.dataset.says || '';
			})
			.finally(() => (asking = false));
	});
	// After "back" the answer of before would be sent again, and refused.
	addEventListener('pageshow', () => (answer.value = ''));
}
