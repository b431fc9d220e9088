import { expect, test } from 'vitest';
import { ageChangesAt, coarseAge } from '#lib/ages.ts';

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

test('an age says the same until the moment it names, however old', () => {
	const ages = [
		0,
		1,
		59_999,
		minute,
		90_000,
		59.9 * minute,
		hour,
		5.5 * hour,
		24 * hour - 1,
		24 * hour,
		40 * hour,
		8 * 24 * hour,
		700 * 24 * hour
	];
	for (const past of [-5 * minute, ...ages]) {
		const changes = ageChangesAt(now - past, now);
		expect(changes).toBeGreaterThan(now);
		for (const later of [now + 1, (now + changes) / 2, changes - 1])
			expect([past, coarseAge(now - past, Math.min(later, changes - 1))]).toEqual([past, coarseAge(now - past, now)]);
	}
	expect(ageChangesAt(now - 90_000, now)).toBe(now + 30_000);
	expect(coarseAge(now - 90_000, now + 30_000)).toBe('2 minutes ago');
	expect(ageChangesAt(now - 5.5 * hour, now)).toBe(now + hour / 2);
	expect(ageChangesAt(now - 40 * hour, now)).toBe(Date.UTC(2026, 2, 21));
});
