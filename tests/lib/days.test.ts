import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aDay, aZone, counterShows, daysAfter, daysBetween, monthsAfter, ownDay } from '#lib/days.ts';

const hour = 3_600_000;
const utc = (...at: [number, number, number, number?, number?]) => Date.UTC(at[0], at[1] - 1, at[2], at[3] ?? 0, at[4] ?? 0);

// Zones whose clocks do strange things: midnights that do not exist or come twice, half hours, days that were skipped or lived twice.
const strange = [
	'America/Sao_Paulo',
	'America/Havana',
	'America/Asuncion',
	'America/Santiago',
	'America/Scoresbysund',
	'America/St_Johns',
	'Africa/Cairo',
	'Africa/Casablanca',
	'Asia/Beirut',
	'Asia/Tehran',
	'Asia/Gaza',
	'Asia/Amman',
	'Asia/Manila',
	'Atlantic/Azores',
	'Australia/Lord_Howe',
	'Pacific/Apia',
	'Pacific/Fakaofo',
	'Pacific/Kiritimati',
	'Pacific/Kwajalein',
	'Pacific/Chatham',
	'Europe/Berlin',
	'Europe/London',
	'Europe/Dublin',
	'America/New_York',
	'America/Juneau',
	'Asia/Kathmandu',
	'Africa/Monrovia',
	'Antarctica/Troll',
	'UTC'
];
const aClock = fc.record({
	zone: fc.oneof(fc.constantFrom(...strange), fc.constantFrom(...Intl.supportedValuesOf('timeZone'))),
	dayEnds: fc.integer({ min: 0, max: 23 })
});
const aMoment = fc.integer({ min: utc(1960, 1, 1), max: utc(2060, 1, 1) });
const someDay = fc
	.date({ min: new Date(utc(1900, 1, 1)), max: new Date(utc(2100, 1, 1)), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));

describe('a member’s own day', () => {
	test.each([
		['midnight in winter', 'Europe/Berlin', 0, utc(2026, 1, 9, 23), '2026-01-10'],
		['a minute before it', 'Europe/Berlin', 0, utc(2026, 1, 9, 22, 59), '2026-01-09'],
		['three in the morning of a day that ends at four', 'Europe/Berlin', 4, utc(2026, 1, 10, 2), '2026-01-09'],
		['four in the morning', 'Europe/Berlin', 4, utc(2026, 1, 10, 3), '2026-01-10'],
		['a day that ends at eleven at night', 'Europe/Berlin', 23, utc(2026, 1, 10, 22), '2026-01-10'],
		['a minute before eleven', 'Europe/Berlin', 23, utc(2026, 1, 10, 21, 59), '2026-01-09'],
		['the leap day', 'America/New_York', 0, utc(2028, 3, 1, 4, 59), '2028-02-29'],
		['a midnight that does not exist', 'America/Sao_Paulo', 0, utc(2018, 11, 4, 3), '2018-11-04'],
		['the last minute before it', 'America/Sao_Paulo', 0, utc(2018, 11, 4, 2, 59), '2018-11-03'],
		['a midnight that does not exist', 'Africa/Cairo', 0, utc(2026, 4, 23, 22), '2026-04-24'],
		['a midnight that does not exist', 'Asia/Beirut', 0, utc(2026, 3, 28, 22), '2026-03-29'],
		['an hour that does not exist, at which the day ends', 'America/New_York', 2, utc(2026, 3, 8, 7), '2026-03-08'],
		['the hour that comes twice, the first time', 'America/New_York', 1, utc(2026, 11, 1, 5), '2026-11-01'],
		['the hour that comes twice, the second time', 'America/New_York', 1, utc(2026, 11, 1, 6), '2026-11-01'],
		['after the day that the island skipped', 'Pacific/Apia', 0, utc(2011, 12, 30, 10), '2011-12-31'],
		['before it', 'Pacific/Apia', 0, utc(2011, 12, 30, 9, 59), '2011-12-29']
	])('%s (%s, ends at %i)', (_, zone, dayEnds, moment, day) => {
		expect(ownDay(moment, { zone, dayEnds })).toBe(day);
	});

	test('clocks that went back across midnight bring no day again: St John’s once turned them at one minute past', () => {
		const minutes = Array.from({ length: 120 }, (_, i) =>
			ownDay(utc(2010, 11, 7, 1, 45) + i * 60_000, { zone: 'America/St_Johns', dayEnds: 0 })
		);
		expect(minutes).toEqual(minutes.toSorted());
		expect([minutes[0], minutes.at(-1)]).toEqual(['2010-11-06', '2010-11-07']);
		expect(ownDay(utc(2010, 11, 7, 2, 45), { zone: 'America/St_Johns', dayEnds: 0 })).toBe('2010-11-07');
	});

	test('in one zone the day never goes back, whatever the clocks do', () => {
		fc.assert(
			fc.property(aClock, aMoment, fc.integer({ min: 0, max: 3 * 24 * hour }), (clock, moment, later) => {
				expect(ownDay(moment + later, clock) >= ownDay(moment, clock)).toBe(true);
			}),
			{ numRuns: 1500 }
		);
	});

	test('hour by hour each day comes once, and none is left out but one that the zone itself skipped', () => {
		const turns = [
			['America/Sao_Paulo', utc(2018, 11, 4)],
			['America/Sao_Paulo', utc(2018, 2, 18)],
			['Africa/Cairo', utc(2026, 4, 24)],
			['Africa/Cairo', utc(2025, 10, 31)],
			['Asia/Beirut', utc(2026, 3, 29)],
			['Pacific/Apia', utc(2011, 12, 30)],
			['America/St_Johns', utc(2010, 11, 7)],
			['Australia/Lord_Howe', utc(2026, 4, 4)],
			['Europe/London', utc(2028, 2, 29)],
			['Pacific/Kwajalein', utc(1993, 8, 21)]
		] as const;
		for (const [zone, turn] of turns) {
			for (const dayEnds of [0, 1, 2, 3, 4, 23]) {
				const days: string[] = [];
				for (let moment = turn - 96 * hour; moment < turn + 96 * hour; moment += hour / 2) {
					const day = ownDay(moment, { zone, dayEnds });
					if (days.at(-1) !== day) days.push(day);
				}
				expect(new Set(days).size).toBe(days.length);
				const gaps = days.flatMap((day, i) => (i > 0 && daysBetween(days[i - 1] ?? day, day) !== 1 ? [day] : []));
				// Whose day ends later than midnight still had a piece of the day that was skipped.
				const skipped = dayEnds > 0 ? [] : zone === 'Pacific/Apia' ? ['2011-12-31'] : zone === 'Pacific/Kwajalein' ? ['1993-08-22'] : [];
				expect({ zone, dayEnds, gaps }).toEqual({ zone, dayEnds, gaps: skipped });
			}
		}
	});

	test('a day is never further than a day and a night from the same moment’s day elsewhere: travel moves it by at most two', () => {
		fc.assert(
			fc.property(aClock, aClock, aMoment, (here, there, moment) => {
				expect(Math.abs(daysBetween(ownDay(moment, here), ownDay(moment, there)))).toBeLessThanOrEqual(2);
			}),
			{ numRuns: 1000 }
		);
	});

	test('a day is between 20 and 28 hours long, the end of the day at any hour', () => {
		const modern = [
			'Europe/Berlin',
			'America/New_York',
			'Africa/Cairo',
			'Asia/Beirut',
			'Australia/Lord_Howe',
			'Pacific/Chatham',
			'Antarctica/Troll'
		];
		fc.assert(
			fc.property(
				fc.constantFrom(...modern),
				fc.integer({ min: 0, max: 23 }),
				fc.integer({ min: utc(2015, 1, 1), max: utc(2030, 1, 1) }),
				(zone, dayEnds, moment) => {
					const clock = { zone, dayEnds };
					expect(daysBetween(ownDay(moment, clock), ownDay(moment + 28 * hour, clock))).toBeGreaterThanOrEqual(1);
					expect(daysBetween(ownDay(moment, clock), ownDay(moment + 20 * hour, clock))).toBeLessThanOrEqual(1);
				}
			),
			{ numRuns: 1000 }
		);
	});
});

describe('days of the calendar', () => {
	test('so many days after a day are that many days between', () => {
		fc.assert(
			fc.property(someDay, fc.integer({ min: 0, max: 40_000 }), (day, days) => {
				const later = daysAfter(day, days);
				expect(daysBetween(day, later)).toBe(days);
				expect(daysBetween(later, day)).toBe(days === 0 ? 0 : -days);
				expect(later >= day).toBe(true);
			})
		);
	});

	test('day by day through real moments the run is as long as the days that were lived', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('America/Sao_Paulo', 'Africa/Cairo', 'Asia/Beirut', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
				fc.integer({ min: 0, max: 23 }),
				fc.integer({ min: utc(2000, 1, 1), max: utc(2035, 1, 1) }),
				(zone, dayEnds, moment) => {
					const clock = { zone, dayEnds };
					const start = ownDay(moment, clock);
					const lived = new Set(Array.from({ length: 24 * 40 }, (_, i) => ownDay(moment + i * hour, clock)));
					expect(daysBetween(start, [...lived].at(-1) ?? start)).toBe(lived.size - 1);
				}
			),
			{ numRuns: 60 }
		);
	});

	test('months end where the month does', () => {
		expect([monthsAfter('2026-08-31', 6), monthsAfter('2028-02-29', 12), monthsAfter('2027-08-29', 6)]).toEqual([
			'2027-02-28',
			'2029-02-28',
			'2028-02-29'
		]);
	});

	test('the first day is day 0 or day 1', () => {
		expect([counterShows(0, 0), counterShows(0, 1), counterShows(90, 1)]).toEqual([0, 1, 91]);
	});
});

test.each([
	'2026-02-30',
	'2025-02-29',
	'2026-13-01',
	'2026-00-10',
	'26-01-01',
	'2026-1-1',
	'2026-01-01T00:00',
	' 2026-01-01',
	'+002026-01-01',
	'today',
	''
])('“%s” is no day', (typed) => {
	expect(aDay(typed)).toBeUndefined();
});

test('a zone is written as IANA writes it', () => {
	expect([aZone('europe/berlin'), aZone('UTC'), aZone('Asia/Kolkata'), aZone('Etc/GMT+3'), aZone('America/Argentina/Ushuaia')]).toEqual([
		'Europe/Berlin',
		'UTC',
		'Asia/Kolkata',
		'Etc/GMT+3',
		'America/Argentina/Ushuaia'
	]);
});

test.each([
	'Europe/Nowhere',
	'+05:00',
	'-03',
	'GMT+25',
	'Mars/Olympus',
	'../etc/passwd',
	'Europe/Berlin\u0000',
	'Europe/'.repeat(99),
	'constructor',
	''
])('%j is no zone', (typed) => {
	expect(aZone(typed)).toBeUndefined();
});
