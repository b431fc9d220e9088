// What could be handed over about a member, as text to read or as JSON: every row, named by the ledger.
import type { Held } from './community/held-about.ts';
import { plainRows } from './community/held-plain.ts';

const said = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
/** Words of more than one line stand under their name, set in. */
const lines = (value: unknown) => said(value).replaceAll('\n', '\n      ');

export function heading({ what, table, kept }: Held): string {
	return `\n${what}  (${table})\n  Kept: ${kept}`;
}

export function textRows(held: Held): string {
	return plainRows(held)
		.map((row) =>
			Object.entries(row)
				.filter(([, value]) => value !== null)
				.map(([name, value], at) => `  ${at === 0 ? '·' : ' '} ${name}: ${lines(value)}`)
				.join('\n')
		)
		.join('\n');
}

export function beside({ copies, sealed, never }: { copies: string[]; sealed: string[]; never: string[] }): string {
	const list = (title: string, sentences: string[]) => `\n${title}\n${sentences.map((sentence) => `  · ${sentence}`).join('\n')}`;
	return [
		list('Held again, as copies of the words above', copies),
		list('Held sealed: nobody can say whose it is, nor read it, from the database', sealed),
		list('Not held, so it cannot be handed over', never)
	].join('\n');
}
