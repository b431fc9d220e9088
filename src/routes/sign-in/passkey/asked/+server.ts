import { question } from '#lib/passkey-questions.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => question(event, () => event.locals.community.passkeys.askToEnter(event.url.origin));
