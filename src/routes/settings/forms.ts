// The forms of the settings page. How to read is a guest's to choose too: then a cookie holds it.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { answering, one, typedFields, type Typed } from '#lib/forms.ts';
import { chosenCountry, chosenWarnings, preferencesCookie, writePreferences, type Preferences } from '#lib/guest-preferences.ts';
import { historyCookie } from '#lib/history-light.ts';
import { ownPath } from '#lib/return-paths.ts';

type Member = NonNullable<App.Locals['reader']>;
type Done = 'passphrase' | 'session' | 'sessions' | 'warnings' | 'hard-day' | 'history' | 'country';

function form(done: Done, work: (event: RequestEvent, typed: Typed) => Promise<void>) {
	return async (event: RequestEvent) => {
		const typed = await typedFields(event.request);
		const problem = await answering(event, typed, () => work(event, typed));
		if (problem) return problem;
		redirect(303, (done === 'hard-day' && cameFrom(event)) || `/settings?done=${done}`);
	};
}

const forMembers =
	(work: (locals: App.Locals, reader: Member, typed: Typed) => Promise<void>) => async (event: RequestEvent, typed: Typed) => {
		const { locals } = event;
		if (!locals.reader) redirect(303, '/sign-in?to=/settings');
		await work(locals, locals.reader, typed);
	};

/** The page on which the button was pressed: it stands on every page. */
function cameFrom({ request, url }: RequestEvent): string | undefined {
	const referer = request.headers.get('referer') ?? '';
	const page = URL.canParse(referer) ? new URL(referer) : undefined;
	if (page?.origin !== url.origin || page.pathname === '/settings') return undefined;
	return ownPath(page.pathname + page.search);
}

function keepForGuest({ locals, cookies, platform }: RequestEvent, change: Partial<Preferences>) {
	const text = writePreferences({ ...locals.preferences, ...change });
	const { name, attributes } = preferencesCookie;
	const secure = platform?.secure === true;
	cookies.set(name(secure), text, { ...attributes, secure, maxAge: text ? attributes.maxAge : 0 });
}

export const actions = {
	passphrase: form(
		'passphrase',
		forMembers(async ({ community, session = '' }, reader, typed) => {
			await community.members.changePassphrase(reader, { current: one(typed, 'current'), passphrase: one(typed, 'passphrase') }, session);
		})
	),
	'end-session': form(
		'session',
		forMembers(({ community }, reader, typed) => community.sessions.end(reader, one(typed, 'session')))
	),
	'end-others': form(
		'sessions',
		forMembers(({ community, session = '' }, reader) => community.sessions.endAll(reader, session))
	),
	warnings: form('warnings', async (event, typed) => {
		const { reader, community, preferences } = event.locals;
		if (reader) await community.preferences.chooseWarnings(reader, typed);
		else keepForGuest(event, { warnings: { ...preferences.warnings, ...chosenWarnings(typed) } });
	}),
	'hard-day': form('hard-day', async (event, typed) => {
		const { reader, community } = event.locals;
		const hardDay = !['', '0', 'no', 'off'].includes(one(typed, 'on'));
		if (reader) await community.preferences.chooseHardDay(reader, hardDay);
		else keepForGuest(event, { hardDay });
	}),
	history: form('history', async ({ cookies, platform }, typed) => {
		const { name, value, attributes } = historyCookie;
		const on = one(typed, 'on') === '1';
		const secure = platform?.secure === true;
		cookies.set(name(secure), on ? value : '', { ...attributes, secure, maxAge: on ? attributes.maxAge : 0 });
	}),
	country: form('country', async (event, typed) => {
		const { reader, community } = event.locals;
		if (reader) await community.preferences.chooseCountry(reader, one(typed, 'country'));
		else keepForGuest(event, { country: chosenCountry(one(typed, 'country')) });
	})
};
