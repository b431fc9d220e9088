import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysAfter, daysBetween } from '#lib/days.ts';
import { beads, medallion } from '#lib/medallions.ts';
import { isMilestone, ladder, litWords, milestoneLook } from '#lib/milestone-names.ts';
import { milestoneDay, milestonesReached, nextMilestone } from '#lib/milestones.ts';

const someDay = fc
	.date({ min: new Date(Date.UTC(1900, 0, 1)), max: new Date(Date.UTC(2100, 0, 1)), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const reachedAfter = (from: string, days: number) =>
	milestonesReached({ from, to: daysAfter(from, days) }).map(({ milestone }) => milestone);

test('the ladder is the one of the design', () => {
	expect(ladder.slice(0, 16)).toEqual([
		'24h',
		'2d',
		'3d',
		'7d',
		'14d',
		'30d',
		'60d',
		'90d',
		'6m',
		'9m',
		'1y',
		'18m',
		'2y',
		'3y',
		'4y',
		'5y'
	]);
	expect(ladder.map((code) => milestoneLook(code).name).slice(0, 14)).toEqual([
		'24 hours',
		'2 days',
		'3 days',
		'7 days',
		'14 days',
		'30 days',
		'60 days',
		'90 days',
		'6 months',
		'9 months',
		'1 year',
		'18 months',
		'2 years',
		'3 years'
	]);
	expect(['1d', '12m', '0y', '02y', '3Y', '2.5y', '999y', 'victory', '__proto__', 'constructor', ''].filter(isMilestone)).toEqual([]);
	expect([litWords('90d'), litWords('3y'), litWords('victory')]).toEqual(['has lit 90 days', 'has lit 3 years', 'has a small victory']);
});

test('24 hours are reached after one full day, and nothing before', () => {
	expect([reachedAfter('2026-03-14', 0), reachedAfter('2026-03-14', 1), reachedAfter('2026-03-14', 2)]).toEqual([
		[],
		['24h'],
		['24h', '2d']
	]);
	expect(reachedAfter('2026-03-14', 89)).not.toContain('90d');
	expect(reachedAfter('2026-03-14', 90)).toContain('90d');
});

test('months and years follow the calendar, also from a leap day and from the end of a long month', () => {
	expect([
		milestoneDay('2024-02-29', '1y'),
		milestoneDay('2024-02-29', '4y'),
		milestoneDay('2025-08-31', '6m'),
		milestoneDay('2026-01-15', '18m')
	]).toEqual(['2025-02-28', '2028-02-29', '2026-02-28', '2027-07-15']);
});

test('the ladder is climbed in order from every start, and no day of it is skipped', () => {
	fc.assert(
		fc.property(someDay, (from) => {
			const days = ladder.slice(0, 40).map((code) => milestoneDay(from, code));
			expect(days).toEqual(days.toSorted());
			expect(new Set(days).size).toBe(days.length);
		})
	);
});

test('what is reached stays reached as the run grows, and the next light is always the first that is not', () => {
	fc.assert(
		fc.property(someDay, fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 400 }), (from, days, more) => {
			const reached = reachedAfter(from, days);
			expect(reachedAfter(from, days + more).slice(0, reached.length)).toEqual(reached);
			const next = nextMilestone({ from, to: daysAfter(from, days) });
			expect(next?.milestone).toBe(ladder[reached.length]);
			expect(next && next.daysAway).toBeGreaterThan(0);
			expect(next && daysBetween(daysAfter(from, days), next.on)).toBe(next?.daysAway);
			expect(reachedAfter(from, days + (next?.daysAway ?? 0))).toContain(next?.milestone);
		})
	);
});

test('a run after exactly N days holds the medal of N days, and the day before it does not', () => {
	fc.assert(
		fc.property(someDay, fc.constantFrom(2, 3, 7, 14, 30, 60, 90), (from, days) => {
			expect(reachedAfter(from, days).at(-1)).toBe(`${days}d`);
			expect(reachedAfter(from, days - 1)).not.toContain(`${days}d`);
		})
	);
});

test('a start in the future of the last day reaches nothing', () => {
	expect(milestonesReached({ from: '2026-03-15', to: '2026-03-14' })).toEqual([]);
});

test('every milestone is a drawing of its own, the light grows from one to the next, and years have as many stars', () => {
	const all = [...ladder.slice(0, 40), 'victory'].map((code) => medallion(code));
	expect(new Set(all.map(({ pieces }) => JSON.stringify(pieces))).size).toBe(all.length);
	const lit = ladder.map((code) => medallion(code).lit);
	expect(lit).toEqual(lit.toSorted((a, b) => a - b));
	expect(lit.at(-1)).toBe(beads);
	for (const years of [3, 4, 7, 12, 30, 100]) {
		const stars = medallion(`${years}y`).pieces[3]?.d.match(/z/g);
		expect(stars).toHaveLength(years);
		expect(medallion(`${years}y`)).toEqual(medallion(`${years}y`));
	}
});

test('no drawing holds a number that is not one', () => {
	for (const code of [...ladder, 'victory']) expect(JSON.stringify(medallion(code))).not.toMatch(/NaN|undefined|Infinity|null/);
});
