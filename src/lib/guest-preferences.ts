// How a reader wants to see things, and the small cookie that holds it for a guest: a country, a hard day, one letter per warning. Nothing personal.
import { cookieName } from './cookie-names.ts';
import { Invalid } from './refusals.ts';
import { findCountry } from './signposts.ts';
import { isWarning, warnings, warningWords, waysShown, type Warning, type WarningShown } from './warnings.ts';

export type Preferences = {
	country: string | undefined;
	/** Everything with a warning one step softer than chosen. */
	hardDay: boolean;
	warnings: Partial<Record<Warning, WarningShown>>;
};

export const preferencesCookie = {
	name: (secure: boolean) => cookieName('preferences', secure),
	attributes: { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 365 * 24 * 60 * 60 }
} as const;

/** Reads the cookie; whatever in it is not understood counts as not chosen. */
export function readPreferences(cookie: string | undefined): Preferences {
	const fields = new URLSearchParams((cookie ?? '').slice(0, 300));
	const letters = fields.get('w') ?? '';
	const chosen = warnings.flatMap((warning, at) => {
		const way = waysShown.find((shown) => shown[0] === letters[at]);
		return way ? [[warning, way] as const] : [];
	});
	return {
		country: findCountry(fields.get('c') ?? undefined)?.code,
		hardDay: fields.get('h') === '1',
		warnings: Object.fromEntries(chosen)
	};
}

/** The cookie's value, such as `c=DE&h=1&w=f-hs-----`; empty when nothing is chosen. */
export function writePreferences({ country, hardDay, warnings: choices }: Preferences): string {
	const letters = warnings.map((warning) => choices[warning]?.[0] ?? '-').join('');
	const fields = new URLSearchParams();
	if (country) fields.set('c', country);
	if (hardDay) fields.set('h', '1');
	if (/[^-]/.test(letters)) fields.set('w', letters);
	return fields.toString();
}

/** What a form says about warnings, one field for each; fields of other names are left aside. */
export function chosenWarnings(typed: Record<string, unknown>): Preferences['warnings'] {
	const chosen: Preferences['warnings'] = {};
	const problems: Record<string, string> = {};
	for (const [name, value] of Object.entries(typed)) {
		if (!isWarning(name)) continue;
		const way = waysShown.find((shown) => shown === value);
		if (way) chosen[name] = way;
		else problems[name] = `Please choose show, fold or hide for ${warningWords[name]}.`;
	}
	if (Object.keys(problems).length > 0) throw new Invalid(problems);
	return chosen;
}

/** The country's code, or undefined for an empty choice. */
export function chosenCountry(typed: string): string | undefined {
	if (typed.trim() === '') return undefined;
	const country = findCountry(typed);
	if (!country)
		throw new Invalid({
			country: 'We have no help lines on file for that country yet. Please choose one from the list, or “Wherever I am”.'
		});
	return country.code;
}
