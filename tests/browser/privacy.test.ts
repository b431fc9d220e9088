// The privacy page is the ledger in words: nothing that is kept is left out of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ledger, neverKept, tableNames } from '#server/store/ledger.ts';
import { retentions } from '#server/store/ledger-words.ts';
import { startSite, type BuiltSite } from '../built-site.ts';
import { joinAt } from '../caller.ts';

let site: BuiltSite;
let text: string;
const wordsOf = (page: string) =>
	page
		.replace(/<!--.*?-->|<[^>]+>/g, ' ')
		.replace(/&amp;/g, '&')
		.replace(/\s+/g, ' ');
beforeAll(async () => {
	site = await startSite();
	text = wordsOf(await (await fetch(`${site.url}/privacy`)).text());
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

test('wherever somebody decides to post without a name they read who could look behind it', async () => {
	const { cookie } = await joinAt(site.url);
	const read = async (path: string) => wordsOf(await (await fetch(site.url + path, { headers: { cookie } })).text());
	for (const path of ['/boards/harbour/new', '/moderation-explained', '/privacy']) {
		const page = await read(path);
		for (const words of [
			/two (of them|moderators) (look|see the name) together|two moderators (look|see)/,
			/[Ww]hoever runs th(is|e) site/
		])
			expect(page, path).toMatch(words);
	}
	for (const path of ['/moderation-explained', '/privacy'])
		expect(await read(path), path).toMatch(/without a name is read first|is read before others see it/);
	expect(await read('/masks')).toContain('it takes the key file as well');
});
