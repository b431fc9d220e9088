import { cuss } from 'cuss';
import fc from 'fast-check';
import femaleNames from 'human-names/data/female-human-names-en.json' with { type: 'json' };
import maleNames from 'human-names/data/male-human-names-en.json' with { type: 'json' };
import naughty from 'naughty-words/en.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { aliasCount, aliasOf } from '#server/community/aliases.ts';
import { isGenerated } from '#server/community/pseudonyms.ts';
import aliases from '#server/community/words/aliases.json' with { type: 'json' };
import pseudonyms from '#server/community/words/pseudonyms.json' with { type: 'json' };

const all = [...aliases.firsts, ...aliases.things];
const sure = Object.entries(cuss).flatMap(([word, sureness]) => (sureness === 2 ? [word] : []));
const slurs = [...sure, ...naughty].map((word) => word.toLowerCase().replace(/[ '-]/g, '')).filter((word) => /^[a-z]{3,}$/.test(word));

test('no word of an alias is a word of a pseudonym', () => {
	const taken = new Set([...pseudonyms.adjectives, ...pseudonyms.nouns].map((word) => word.toLowerCase()));
	expect(all.filter((word) => taken.has(word.toLowerCase()))).toEqual([]);
});

test('there are thousands of aliases, each word is said once', () => {
	expect(new Set(all).size).toBe(all.length);
	expect(aliasCount).toBeGreaterThan(5_000);
});

test('no word of an alias is a given name or a slur', () => {
	const given = new Set([...femaleNames, ...maleNames].map((name) => name.toLowerCase()));
	const lower = all.map((word) => word.toLowerCase());
	expect(lower.filter((word) => given.has(word))).toEqual([]);
	expect(lower.filter((word) => slurs.some((slur) => word === slur || (slur.length > 3 && word.includes(slur))))).toEqual([]);
});

test('no two words make a slur where they meet', () => {
	const met = slurs.filter((slur) =>
		Array.from({ length: slur.length - 1 }, (_, at) => [slur.slice(0, at + 1), slur.slice(at + 1)] as const).some(
			([head, tail]) =>
				aliases.firsts.some((word) => word.toLowerCase().endsWith(head)) &&
				aliases.things.some((word) => word.toLowerCase().startsWith(tail))
		)
	);
	expect(met).toEqual([]);
});

test('every tag stands for an alias that nobody can sign up under', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
			const alias = aliasOf(Buffer.from(bytes).toString('base64url'));
			const [first = '', thing = ''] = alias.split(' ');
			expect(aliases.firsts.includes(first) && aliases.things.includes(thing)).toBe(true);
			expect(isGenerated(alias)).toBe(false);
		})
	);
});
