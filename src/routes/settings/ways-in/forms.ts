// The forms of the page of ways in. Whatever changes one of them asks for the passphrase once more.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { arrive } from '#lib/arrivals.ts';
import { answering, one, typedFields, type Typed } from '#lib/forms.ts';
import { drop, found, leave } from '#lib/short-cookies.ts';

type Member = NonNullable<App.Locals['reader']>;
type Asked = { event: RequestEvent; typed: Typed; reader: Member; session: string; community: App.Locals['community'] };

/** `at` is the form that a refusal belongs to: the passphrase is asked for in several on one page. */
function form(at: string, work: (asked: Asked) => Promise<string>) {
	return async (event: RequestEvent) => {
		const { reader, session = '', community } = event.locals;
		if (!reader) redirect(303, '/sign-in?to=/settings/ways-in');
		const typed = await typedFields(event.request);
		const next = await answering(event, typed, () => work({ event, typed, reader, session, community }));
		if (typeof next !== 'string') return fail(next.status, { ...next.data, at });
		redirect(303, next);
	};
}

const done = (what: string) => `/settings/ways-in?done=${what}`;

export const actions = {
	paper: form('paper', async ({ event, typed, reader, community: { recoveryCodes } }) => {
		const codes = await recoveryCodes.renew(reader, { passphrase: one(typed, 'again') });
		leave(event, 'paper', recoveryCodes.wrap(reader, codes), 10);
		return '/settings/codes?to=/settings/ways-in';
	}),
	app: form('app', async ({ event, typed, reader, session, community: { timeCodes } }) => {
		leave(event, 'app', await timeCodes.begin(reader, session, { passphrase: one(typed, 'again') }), 30);
		return '/settings/app';
	}),
	'app-off': form('app-off', async ({ typed, reader, session, community: { timeCodes } }) => {
		await timeCodes.turnOff(reader, session, { passphrase: one(typed, 'again') });
		return done('app-off');
	}),
	passkey: form('passkey', async ({ event, typed, reader, session, community: { passkeys, members } }) => {
		const answer = { answer: one(typed, 'answer'), asked: found(event, 'passkey') };
		drop(event, 'passkey');
		await passkeys.add(reader, session, answer, event.url.origin);
		// Opened just now by its owner: this session has seen a second factor.
		return arrive(event, await members.actorOf(reader), done('passkey'), { secondFactor: true });
	}),
	'remove-passkey': form('remove-passkey', async ({ typed, reader, session, community: { passkeys } }) => {
		await passkeys.remove(reader, session, { id: one(typed, 'passkey'), passphrase: one(typed, 'again') });
		return done('removed');
	}),
	'show-code': form('show-code', async ({ event, typed, reader, community: { timeCodes, members } }) => {
		await timeCodes.check(reader.id, one(typed, 'code'));
		return arrive(event, await members.actorOf(reader), done('shown'), { secondFactor: true });
	})
};
