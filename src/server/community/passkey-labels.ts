// What a device shows beside a passkey: anybody who borrows the phone can read it there, so the pseudonym never stands in it.
import { Invalid } from '#lib/refusals.ts';
import type { Actor } from './means.ts';
import { foldName } from './pseudonyms.ts';
import { tidyLine } from './text.ts';

const longest = 40;
const usual = 'Lamplight';

/** As typed, or the site's own neutral name. */
export function labelOf(typed: string, { name }: Pick<Actor, 'name'>): string {
	const label = tidyLine(typed.slice(0, 1000));
	if ([...label].length > longest) throw new Invalid({ label: 'Please take a shorter name for it: forty characters at most.' });
	const letters = (text: string) => foldName(text).replace(/[^\p{L}]/gu, '');
	if (letters(label).includes(letters(name)))
		throw new Invalid({ label: 'Your device shows this to whoever looks at it, so please leave your name here out of it.' });
	return label || usual;
}
