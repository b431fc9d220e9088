import { expect, test } from 'vitest';
import { lookOf, paper, shapes } from '../../src/lib/marks.ts';

const firsts = [
	'Quiet',
	'Patient',
	'Amber',
	'Small',
	'Slow',
	'Tall',
	'Grey',
	'Steady',
	'Late',
	'Kind',
	'Open',
	'Plain',
	'Warm',
	'Mild',
	'Clear',
	'Brave',
	'Soft',
	'Early',
	'Deep',
	'Light'
];
const seconds = [
	'Heron',
	'Otter',
	'Finch',
	'Tide',
	'River',
	'Clover',
	'Sparrow',
	'Harbour',
	'Meadow',
	'Lark',
	'Willow',
	'Stone',
	'Fern',
	'Wren',
	'Cedar',
	'Birch',
	'Moth',
	'Field',
	'Rain',
	'Hill'
];
const names = firsts.flatMap((first) => seconds.map((second) => `${first} ${second}`));

test('a name always has the same mark', () => {
	for (const name of names) expect(lookOf(name)).toEqual(lookOf(name));
	expect(lookOf('Quiet Heron')).toMatchObject({ glass: lookOf('Quiet Heron'.normalize('NFD')).glass });
});

test('marks spread over every shape and every colour', () => {
	const shape = tally(names.map((name) => String(shapes.indexOf(lookOf(name).shape))));
	const glass = tally(names.map((name) => lookOf(name).glass));
	expect(shape.size).toBe(shapes.length);
	expect(glass.size).toBe(10);
	// 400 names: an even share is 50 of a shape and 40 of a glass.
	expect(Math.max(...shape.values())).toBeLessThan(80);
	expect(Math.min(...shape.values())).toBeGreaterThan(25);
	expect(Math.max(...glass.values())).toBeLessThan(66);
	expect(Math.min(...glass.values())).toBeGreaterThan(18);
});

test('names that differ in one word rarely share a mark', () => {
	for (const second of seconds) {
		const seen = new Set(firsts.map((first) => JSON.stringify(lookOf(`${first} ${second}`))));
		expect(seen.size).toBeGreaterThan(14);
	}
});

test('no name is drawn as the paper lantern, which is for masks', () => {
	for (const name of names) expect(lookOf(name).shape).not.toBe(paper);
});

test('glass and metal of one mark differ', () => {
	for (const name of [...names, '', '🕯', 'ا', 'A'.repeat(500)]) {
		const { glass, metal } = lookOf(name);
		expect(glass).toMatch(/^#[0-9a-f]{6}$/);
		expect(metal).toMatch(/^#[0-9a-f]{6}$/);
		expect(metal).not.toBe(glass);
	}
});

function tally(values: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}
