import { one, typedFields } from '#lib/forms.ts';
import { question } from '#lib/passkey-questions.ts';
import { Refusal } from '#lib/refusals.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { reader, session = '', community } = event.locals;
	const typed = await typedFields(event.request);
	return question(event, () => {
		if (!reader) throw new Refusal('signed_out');
		return community.passkeys.askToAdd(reader, session, { passphrase: one(typed, 'again'), label: one(typed, 'label') }, event.url.origin);
	});
};
