import { expect, test } from 'vitest';
import { coarseAge } from '#lib/ages.ts';

const now = Date.UTC(2026, 2, 20, 15, 30);
const minute = 60_000;
const hour = 60 * minute;

test.each([
	[0, 'just now'],
	[-5 * minute, 'just now'],
	[59_999, 'just now'],
	[minute, '1 minute ago'],
	[12 * minute, '12 minutes ago'],
	[hour - 1, '59 minutes ago'],
	[hour, '1 hour ago'],
	[23 * hour, '23 hours ago'],
	[24 * hour - 1, '23 hours ago'],
	[24 * hour, 'yesterday'],
	[39.5 * hour, 'yesterday'],
	[39.6 * hour, 'this week'],
	[6 * 24 * hour, 'this week'],
	[7 * 24 * hour, 'this month'],
	[19 * 24 * hour, 'this month'],
	[20 * 24 * hour, 'February 2026'],
	[400 * 24 * hour, 'February 2025']
])('%d ms ago is "%s"', (past, words) => {
	expect(coarseAge(now - past, now)).toBe(words);
});

test('after the first day the same words stand for a whole day', () => {
	const [morning, night] = [Date.UTC(2026, 2, 15, 0, 0), Date.UTC(2026, 2, 15, 23, 59)];
	expect(coarseAge(morning, now)).toBe(coarseAge(night, now));
});

test('no age tells an hour once a day has passed', () => {
	for (let past = 24 * hour; past < 900 * 24 * hour; past += 7 * hour + minute)
		expect(coarseAge(now - past, now)).not.toMatch(/hour|minute|:/);
});
