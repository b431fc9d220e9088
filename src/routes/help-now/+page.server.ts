import { confirmation, countries, findCountry, signpostsFor } from '#lib/signposts.ts';
import type { PageServerLoad } from './$types';

// The country is the one the reader chose, here or earlier; it is never guessed from a connection or a language (C2).
export const load: PageServerLoad = ({ url, locals }) => {
	const asked = url.searchParams.get('country');
	const country = findCountry(asked ?? locals.preferences.country);
	const { lines, advice } = signpostsFor(country?.code);
	const now = new Date();

	return {
		countries: countries(),
		country,
		unknown: Boolean(asked?.trim()) && !country,
		lines: lines.map((line) => ({ ...line, trust: confirmation(line, now) })),
		advice
	};
};
