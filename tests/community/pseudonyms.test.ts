import { cuss } from 'cuss';
import fc from 'fast-check';
import femaleNames from 'human-names/data/female-human-names-en.json' with { type: 'json' };
import maleNames from 'human-names/data/male-human-names-en.json' with { type: 'json' };
import naughty from 'naughty-words/en.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { combinations, foldName, isGenerated, offerName, properName } from '#server/community/pseudonyms.ts';
import words from '#server/community/words/pseudonyms.json' with { type: 'json' };

const { adjectives, nouns } = words;
const all = [...adjectives, ...nouns];

// River and Clover follow an adjective; Grey is a rare given name and reads as the colour before every noun.
const allowedNames = ['grey', 'river', 'clover'];
const givenNames = new Set([...femaleNames, ...maleNames].map((name) => name.toLowerCase()));

// `cuss` rates how sure it is that a word offends: 2 is sure, 1 depends on use ('swallow', 'nook'), 0 hardly ever.
const sureOnes = Object.entries(cuss).filter(([, sureness]) => sureness === 2);
const slurs = [...sureOnes.map(([word]) => word), ...naughty]
	.map((word) => word.toLowerCase().replace(/[ '-]/g, ''))
	.filter((word) => /^[a-z]{3,}$/.test(word));

// What the oracles do not know: words of this room's own worst hours.
const worstHours =
	'alcohol beer booze cider cocaine coke crack crystal dead death die dope drug drunk dry heroin high ice kill ' +
	'meth molly needle opium overdose pill pot powder rehab relapse rum sober spirit stoned suicide vodka wasted weed wine';

const aPick = fc.nat().map((seed) => (below: number) => seed % below);
const aName = fc.tuple(fc.constantFrom(...adjectives), fc.constantFrom(...nouns)).map((pair) => pair.join(' '));
const aSpace = fc.array(fc.constantFrom(' ', '\t', '\u00a0', '\u3000'), { minLength: 1, maxLength: 3 });

test('there are names for more than a hundred thousand members', () => {
	expect(combinations).toBe(new Set(adjectives).size * new Set(nouns).size);
	expect(combinations).toBeGreaterThanOrEqual(110_000);
});

test('every word is one capitalised ASCII word of 3 to 10 letters', () => {
	expect(all.filter((word) => !/^[A-Z][a-z]{2,9}$/.test(word))).toEqual([]);
});

test('no name says the same word twice', () => {
	expect(adjectives.filter((word) => nouns.includes(word))).toEqual([]);
});

test('the names of the drawings can be offered', () => {
	const drawn = ['Quiet Heron', 'Patient Otter', 'Slow River', 'Small Tide', 'Tall Clover', 'Grey Sparrow'];
	expect(drawn.filter((name) => !isGenerated(name))).toEqual([]);
});

test('no word is a given name', () => {
	const found = all.map((word) => word.toLowerCase()).filter((word) => givenNames.has(word));
	expect(found.filter((word) => !allowedNames.includes(word))).toEqual([]);
});

test('no word is a slur or holds one', () => {
	const found = all.map((word) => word.toLowerCase());
	expect(found.filter((word) => slurs.some((slur) => word === slur || (slur.length > 3 && word.includes(slur))))).toEqual([]);
});

test('no word is one of drink, drugs or death', () => {
	const bad = worstHours.split(' ');
	expect(all.filter((word) => bad.includes(word.toLowerCase()))).toEqual([]);
});

test('no two words make a slur where they meet', () => {
	const firsts = adjectives.map((word) => word.toLowerCase());
	const seconds = nouns.map((word) => word.toLowerCase());
	// Three letters across the gap hide nothing when they are no slur: 'Rustic Evening' holds no 'ice'.
	const hidden = [...slurs, ...worstHours.split(' ').filter((word) => word.length > 3)];
	const cuts = hidden.flatMap((word) =>
		Array.from({ length: word.length - 1 }, (_, at) => ({ head: word.slice(0, at + 1), tail: word.slice(at + 1) }))
	);
	const met = cuts.filter(({ head, tail }) => firsts.some((word) => word.endsWith(head)) && seconds.some((word) => word.startsWith(tail)));
	expect(met).toEqual([]);
});

test('every offer is a name the generator knows', () => {
	fc.assert(
		fc.property(aPick, (pick) => {
			expect(isGenerated(offerName(pick))).toBe(true);
		})
	);
});

test('the first and the last word can be drawn', () => {
	expect(offerName(() => 0)).toBe(`${adjectives[0]} ${nouns[0]}`);
	expect(offerName((below) => below - 1)).toBe(`${adjectives.at(-1)} ${nouns.at(-1)}`);
});

test('a pick outside the list is a bug, not a name', () => {
	expect(() => offerName((below) => below)).toThrow(RangeError);
});

test('a name signs in however it is spaced and cased', () => {
	expect(foldName(' quiet  HERON ')).toBe('quiet heron');
	expect(foldName('Ｑｕｉｅｔ　Ｈｅｒｏｎ')).toBe('quiet heron');
	expect(isGenerated(' quiet  HERON ')).toBe(true);
	fc.assert(
		fc.property(aName, aSpace, fc.boolean(), (name, space, loud) => {
			const gap = space.join('');
			const typed = gap + (loud ? name.toUpperCase() : name.toLowerCase()).replace(' ', gap) + gap;
			expect(properName(foldName(typed))).toBe(name);
		})
	);
});

test('what a member typed is not a generated name', () => {
	for (const typed of ['', 'Quiet', 'Heron Quiet', 'Quiet Heron Otter', 'QuietHeron', 'Quiet-Heron', 'Quiet John', 'Quìet Heron']) {
		expect(properName(foldName(typed)), typed).toBeUndefined();
		expect(isGenerated(typed), typed).toBe(false);
	}
});
