// The privacy page is the ledger in words: nothing that is kept is left out of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ledger, neverKept, tableNames } from '#server/store/ledger.ts';
import { retentions } from '#server/store/ledger-words.ts';
import { startSite, type BuiltSite } from '../built-site.ts';

let site: BuiltSite;
let text: string;
beforeAll(async () => {
	site = await startSite();
	const page = await (await fetch(`${site.url}/privacy`)).text();
	text = page
		.replace(/<!--.*?-->|<[^>]+>/g, ' ')
		.replace(/&amp;/g, '&')
		.replace(/\s+/g, ' ');
});
afterAll(() => site.stop());

test('it names every kind of thing that is kept about a member, each field of it, and for how long [ASVS 14.1.2]', () => {
	const about = tableNames.filter((name) => ledger[name].about.length > 0);
	const told = about.flatMap((name) => {
		const { what, kept, columns } = ledger[name];
		const fields = Object.values(columns).filter(([kind]) => kind !== 'random id' && kind !== 'link');
		return [what, retentions[kept].words, ...fields.map(([, purpose]) => purpose)];
	});
	expect(told.filter((words) => !text.includes(words))).toEqual([]);
	expect(neverKept.filter((words) => !text.includes(words))).toEqual([]);
});

test('it says what it cannot promise', () => {
	for (const words of [
		'way of writing',
		'person who runs this site',
		'phone or computer that someone else',
		'browser history',
		'PostgreSQL'
	])
		expect(text).toContain(words);
});
