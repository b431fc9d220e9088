import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { daysAfter } from '#lib/days.ts';
import { Invalid } from '#lib/refusals.ts';
import type { Actor } from '#server/community/means.ts';
import { day, hour, onBothDatabases, type World } from '../world.ts';
import { decided, reportedBy } from './desk.ts';

/** The world's clock begins here; in UTC it is half past nine in the evening. */
const today = '2026-03-14';
const ago = (days: number) => daysAfter(today, -days);

const beginning = { kind: 'stop', words: 'Wine on weekdays', startedOn: '', zone: 'UTC', dayEnds: 0, firstDay: 0 };
const began = async (world: World, wren: Actor, typed: Partial<typeof beginning> = {}) => {
	await world.journeys.begin(wren, { ...beginning, ...typed });
};
const told = (world: World, wren: Actor, what: string, on = '', words = '', kind?: string) =>
	world.journeys.change(wren, { what, on, words, kind });
async function journeyOf(world: World, wren: Actor) {
	const journey = await world.journeys.of(wren);
	if (!journey) throw new Error('There is a journey.');
	return journey;
}
const medalsOf = async (world: World, wren: Actor) => (await journeyOf(world, wren)).medals.map(({ milestone }) => milestone);
async function problems(work: Promise<unknown>): Promise<Record<string, string>> {
	const problem: unknown = await work.then(
		() => undefined,
		(problem: unknown) => problem
	);
	if (problem instanceof Invalid) return problem.problems;
	throw new Error(`Not refused as invalid: ${String(problem)}`);
}

onBothDatabases((aWorld) => {
	test('a journey begins with nothing but a kind, and grows by a day at the end of the member’s own day', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		expect(await world.journeys.of(wren)).toBeUndefined();
		await began(world, wren, { words: '', zone: '', firstDay: 1 });
		expect(await journeyOf(world, wren)).toMatchObject({
			startedOn: today,
			zone: 'UTC',
			current: { from: today, days: 0, counter: 1 },
			longest: 0,
			total: 0,
			medals: [],
			next: { milestone: '24h', daysAway: 1 }
		});
		world.later(2.5 * hour - 1);
		expect((await journeyOf(world, wren)).current.days).toBe(0);
		world.later(1);
		expect(await journeyOf(world, wren)).toMatchObject({
			current: { days: 1, counter: 2 },
			medals: [{ milestone: '24h', name: '24 hours', reachedOn: '2026-03-15' }],
			next: { milestone: '2d' }
		});
	});

	test('the day follows the zone and the hour at which the member’s day ends', async () => {
		const world = await aWorld();
		const [owl, lark, far] = [await world.someone(), await world.someone(), await world.someone()];
		await began(world, owl, { zone: 'Europe/Berlin', dayEnds: 4 });
		await began(world, lark, { zone: 'Europe/Berlin' });
		await began(world, far, { zone: 'Pacific/Kiritimati' });
		expect((await journeyOf(world, far)).today).toBe('2026-03-15');
		world.later(2 * hour);
		expect([(await journeyOf(world, owl)).today, (await journeyOf(world, lark)).today]).toEqual([today, '2026-03-15']);
		world.later(3.5 * hour);
		expect((await journeyOf(world, owl)).today).toBe('2026-03-15');
	});

	test('who travels keeps every medal, and the count is never negative', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await began(world, wren, { zone: 'Pacific/Kiritimati', startedOn: '2026-03-15' });
		await world.journeys.setClock(wren, { zone: 'America/Los_Angeles', dayEnds: 3, firstDay: 0 });
		expect(await journeyOf(world, wren)).toMatchObject({ today, current: { days: 0 }, total: 0, zone: 'America/Los_Angeles' });
		await told(world, wren, 'start', ago(2));
		await world.journeys.setClock(wren, { zone: 'Pacific/Kiritimati', dayEnds: 0, firstDay: 0 });
		expect(await medalsOf(world, wren)).toEqual(['24h', '2d', '3d']);
		await world.journeys.setClock(wren, { zone: 'Pacific/Niue', dayEnds: 23, firstDay: 0 });
		expect(await medalsOf(world, wren)).toEqual(['24h', '2d', '3d']);
		expect(await problems(world.journeys.setClock(wren, { zone: 'Mars/Olympus', dayEnds: 24, firstDay: 2 }))).toMatchObject({
			zone: expect.any(String),
			day_ends: expect.any(String),
			first_day: expect.any(String)
		});
	});

	test('what was reached before the beginning was told is there at once', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await began(world, wren, { kind: 'medication', startedOn: ago(400) });
		const journey = await journeyOf(world, wren);
		expect(journey.medals.map(({ milestone }) => milestone)).toEqual([
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
			'1y'
		]);
		expect(journey).toMatchObject({ current: { days: 400 }, longest: 400, total: 400, next: { milestone: '18m' } });
	});

	test('a lapse keeps every medal and every day, today or told long after', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await began(world, wren, { startedOn: ago(100) });
		const before = await journeyOf(world, wren);
		await told(world, wren, 'lapse', '', 'A wedding.');
		expect(await journeyOf(world, wren)).toMatchObject({
			medals: before.medals,
			total: 100,
			longest: 100,
			current: { from: today, days: 0 },
			lately: true,
			lapse: today
		});
		await told(world, wren, 'lapse', ago(95));
		expect(await journeyOf(world, wren)).toMatchObject({ medals: before.medals, total: 100, longest: 95, current: { days: 0 } });
		world.later(day);
		expect(await journeyOf(world, wren)).toMatchObject({ medals: before.medals, total: 101, current: { days: 1 } });
	});

	test('a lapse told late keeps also what was reached since the page was last open', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await began(world, wren);
		world.later(30 * day);
		await told(world, wren, 'lapse', daysAfter(today, 1));
		expect(await medalsOf(world, wren)).toEqual(['24h', '2d', '3d', '7d', '14d', '30d']);
	});

	test('a return says that the next run began later; what is in between is not counted, and nothing before it is lost', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await began(world, wren, { startedOn: ago(50) });
		expect(await problems(told(world, wren, 'return', ago(1)))).toMatchObject({ on: expect.stringContaining('nothing to come back from') });
		await told(world, wren, 'lapse', ago(20));
		await told(world, wren, 'return', ago(12));
		expect(await journeyOf(world, wren)).toMatchObject({ current: { from: ago(12), days: 12 }, longest: 30, total: 42 });
		await told(world, wren, 'return', ago(15));
		expect(await journeyOf(world, wren)).toMatchObject({ current: { from: ago(15), days: 15 }, total: 45 });
		const states = (await journeyOf(world, wren)).last90.map(({ state }) => state);
		expect(states).toHaveLength(90);
		expect([states[0], states[39], states[69], states[70], states[74], states.at(-1)]).toEqual([
			'before',
			'counted',
			'lapse',
			'away',
			'counted',
			'counted'
		]);
		expect((await journeyOf(world, wren)).last90.at(-1)?.day).toBe(today);
	});

	test('the ledger is only ever added to, and one press twice is one entry', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await Promise.all([
			began(world, wren, { startedOn: ago(9) }),
			began(world, wren, { startedOn: ago(9) }),
			began(world, wren, { startedOn: ago(9) })
		]);
		for (let i = 0; i < 2; i++) {
			await told(world, wren, 'lapse', ago(3), 'First words.');
			await told(world, wren, 'return', ago(2));
			await told(world, wren, 'goal', '', 'One glass on Fridays', 'reduce');
			await told(world, wren, 'counter', '0');
			await told(world, wren, 'start', ago(12));
		}
		const { ledger, kind, words, counterOff, startedOn } = await journeyOf(world, wren);
		expect({ kind, words, counterOff, startedOn }).toEqual({
			kind: 'reduce',
			words: 'One glass on Fridays',
			counterOff: true,
			startedOn: ago(12)
		});
		expect(ledger.map(({ number, kind, on, words }) => [number, kind, on, words])).toEqual([
			[6, 'start_moved', ago(12), ''],
			[5, 'counter', today, 'off'],
			[4, 'goal', today, 'Cut down: One glass on Fridays'],
			[3, 'return', ago(2), ''],
			[2, 'lapse', ago(3), 'First words.'],
			[1, 'began', ago(9), 'Stop: Wine on weekdays']
		]);
	});

	test('ten different changes at once are ten entries in one order', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await began(world, wren, { startedOn: ago(40) });
		await Promise.all(Array.from({ length: 10 }, (_, i) => told(world, wren, 'lapse', ago(i + 1))));
		const { ledger, total } = await journeyOf(world, wren);
		expect(ledger.map(({ number }) => number)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
		expect(total).toBe(40);
	});

	test('a medal is written once, however many pages look at the same moment', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await began(world, wren);
		world.later(8 * day);
		const seen = await Promise.all(Array.from({ length: 8 }, () => world.journeys.of(wren)));
		expect(seen.map((journey) => journey?.medals.length)).toEqual(Array.from({ length: 8 }, () => 4));
		const { medals } = world.db.tables;
		expect(await world.db.read.select({ id: medals.id }).from(medals)).toHaveLength(4);
	});

	test('a slip in the start can be set right on the first day, medals and all; later a moved start takes none away', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await began(world, wren, { startedOn: '2016-03-01' });
		expect(await medalsOf(world, wren)).toContain('10y');
		await world.celebrations.celebrate(wren, { milestone: '10y', words: '' });
		await told(world, wren, 'start', '2026-03-01');
		expect(await medalsOf(world, wren)).toEqual(['24h', '2d', '3d', '7d']);
		expect(await world.celebrations.mine(wren)).toEqual([]);
		world.later(2 * day);
		await told(world, wren, 'start', '2026-03-16');
		expect(await medalsOf(world, wren)).toEqual(['24h', '2d', '3d', '7d', '14d']);
	});

	test.each([
		['a day that is not in the calendar', { startedOn: '2026-02-30' }, 'started_on'],
		['a day to come', { startedOn: '2026-03-15' }, 'started_on'],
		['a day before 1900', { startedOn: '1899-12-31' }, 'started_on'],
		['words that are no day', { startedOn: 'last spring' }, 'started_on'],
		['a zone that does not exist', { zone: 'Europe/Nowhere' }, 'zone'],
		['an offset instead of a zone', { zone: '+02:00' }, 'zone'],
		['an hour that no day has', { dayEnds: 24 }, 'day_ends'],
		['half an hour', { dayEnds: 3.5 }, 'day_ends'],
		['no hour', { dayEnds: Number.NaN }, 'day_ends'],
		['a first day 2', { firstDay: 2 }, 'first_day'],
		['an unknown kind', { kind: 'forever' }, 'kind'],
		['a novel', { words: 'word '.repeat(60) }, 'words']
	])('a beginning with %s is answered with a sentence', async (_, typed, field) => {
		const world = await aWorld();
		const wren = await world.someone();
		const said = await problems(began(world, wren, typed));
		expect(Object.keys(said)).toEqual([field]);
		expect(said[field]).toMatch(/^[A-Z].*\.$/);
		expect(await world.journeys.of(wren)).toBeUndefined();
	});

	test('a change with a bad day, without a journey or of an unknown sort is answered with a sentence', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		expect(Object.keys(await problems(told(world, wren, 'lapse')))).toEqual(['form']);
		await began(world, wren, { startedOn: ago(10) });
		for (const on of ['2026-03-15', '2026-02-30', '1800-01-01', ago(11)])
			expect(Object.keys(await problems(told(world, wren, 'lapse', on)))).toEqual(['on']);
		for (const what of ['undo', 'constructor', '']) expect(Object.keys(await problems(told(world, wren, what)))).toEqual(['what']);
		expect(Object.keys(await problems(told(world, wren, 'goal')))).toEqual(['words']);
		expect(Object.keys(await problems(told(world, wren, 'counter', 'maybe')))).toEqual(['on']);
		expect(Object.keys(await problems(began(world, wren, { words: 'Something else' })))).toEqual(['form']);
		expect((await journeyOf(world, wren)).ledger).toHaveLength(1);
	});

	test('a clock that jumps back makes no count negative and takes no medal', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await began(world, wren);
		world.later(10 * day);
		await journeyOf(world, wren);
		world.later(-20 * day);
		expect(await journeyOf(world, wren)).toMatchObject({ current: { days: 0 }, total: 0, longest: 0 });
		expect(await medalsOf(world, wren)).toEqual(['24h', '2d', '3d', '7d']);
	});

	test('the safety card belongs to words about opioids, to tapers and to medication', async () => {
		const world = await aWorld();
		const asks = async (typed: Partial<typeof beginning>, lapse = '') => {
			const wren = await world.someone();
			await began(world, wren, { startedOn: ago(9), ...typed });
			if (lapse) await told(world, wren, 'lapse', '', lapse);
			return (await journeyOf(world, wren)).opioids;
		};
		expect(await asks({ words: 'Wine' })).toBe(false);
		expect(await asks({ words: 'Cannabis, and scrolling at night' }, 'It was a long day.')).toBe(false);
		expect(await asks({ words: 'Heroin' })).toBe(true);
		expect(await asks({ words: 'tablets' }, 'two oxys')).toBe(true);
		expect(await asks({ kind: 'taper', words: '' })).toBe(true);
		expect(await asks({ kind: 'medication', words: '' })).toBe(true);
	});

	test('nothing about a journey, a medal or a lapse is ever told to anybody', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		world.told.length = 0;
		await began(world, wren, { startedOn: ago(30) });
		await told(world, wren, 'lapse', ago(2), 'Quietly.');
		await told(world, wren, 'return');
		await told(world, wren, 'counter', '0');
		world.later(9 * day);
		await journeyOf(world, wren);
		await world.celebrations.shareDue();
		expect(world.told).toEqual([]);
		expect((await world.celebrations.feed(undefined)).celebrations).toEqual([]);
		const { notices } = world.db.tables;
		expect(await world.db.read.select({ id: notices.id }).from(notices).where(eq(notices.memberId, wren.id))).toEqual([]);
	});

	test('a silenced or suspended member’s journey stays theirs to keep', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await world.threads.open(wren, 'harbour', { title: 'A story', body: 'Some words.', warnings: [] });
		await reportedBy(world, 1, post);
		await decided(world, moderator, post, { authorAction: 'suspend', duration: '72h' });
		world.later(hour);
		await world.decisions.applyDue();
		await began(world, wren, { startedOn: ago(3) });
		await told(world, wren, 'lapse');
		expect(await journeyOf(world, wren)).toMatchObject({ total: 3 });
	});
});
