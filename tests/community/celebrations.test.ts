import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { daysAfter } from '#lib/days.ts';
import { limits } from '#lib/limits.ts';
import { community } from '#server/community/community.ts';
import type { CommunityEvent } from '#server/community/events.ts';
import type { Actor } from '#server/community/means.ts';
import { day, hour, onBothDatabases, type World } from '../world.ts';
import { aStory, decided, reportedBy } from './desk.ts';

const today = '2026-03-14';

/** Somebody whose journey began so many days ago. */
async function onTheWay(world: World, days = 90): Promise<Actor> {
	const wren = await world.someone();
	await world.journeys.begin(wren, { kind: 'stop', words: '', startedOn: daysAfter(today, -days), zone: 'UTC', dayEnds: 0, firstDay: 0 });
	world.told.length = 0;
	return wren;
}
const shared = async (world: World, wren: Actor, words = 'First spring I can smell the rain.') =>
	(await world.celebrations.victory(wren, { words, when: 'now' })).id;
const feedOf = async (world: World, reader?: Actor) => (await world.celebrations.feed(reader)).celebrations;
const types = (world: World) => world.told.map(({ type }) => type).filter((type) => type.startsWith('celebration.'));
async function sanctioned(world: World, member: Actor, sanction: string) {
	const moderator = await world.someone({ role: 'moderator' });
	const { post } = await world.threads.open(member, 'harbour', { title: 'Words', body: `Some words ${Math.random()}.`, warnings: [] });
	await reportedBy(world, 1, post);
	await decided(world, moderator, post, { authorAction: sanction, duration: '72h' });
}

onBothDatabases((aWorld) => {
	test('a medallion is celebrated at once: a name, a medallion, a line, and no date', async () => {
		const world = await aWorld();
		const [wren, finch] = [await onTheWay(world), await world.someone()];
		const preview = await world.celebrations.preview(wren, { milestone: '90d', words: '  First spring   I can smell the rain. ' });
		expect(types(world)).toEqual([]);
		const { id, state } = await world.celebrations.celebrate(wren, {
			milestone: '90d',
			words: 'First spring I can smell the rain.',
			when: 'now',
			key: 'k1'
		});
		expect(state).toBe('shared');
		expect(world.told).toEqual([
			{
				type: 'celebration.shared',
				celebration: id,
				name: wren.name,
				milestone: '90d',
				words: 'First spring I can smell the rain.',
				by: wren.id
			}
		]);
		const [seen] = await feedOf(world, finch);
		expect(seen).toEqual({
			id,
			name: wren.name,
			milestone: '90d',
			milestoneName: '90 days',
			says: 'has lit 90 days',
			words: 'First spring I can smell the rain.',
			cheers: 0,
			age: 'just now',
			cheered: false,
			mine: false,
			quiet: null
		});
		const { caution, ...shown } = preview;
		expect({ ...shown, id, quiet: null }).toEqual(seen);
		expect(caution).toBeUndefined();
	});

	test('the feed and the stream never hold a date, however old they grow', async () => {
		const world = await aWorld();
		const wren = await onTheWay(world, 800);
		for (const milestone of ['24h', '90d', '2y']) await world.celebrations.celebrate(wren, { milestone, words: '', when: 'now' });
		for (const wait of [0, 3 * hour, 3 * day, 9 * day, 60 * day, 700 * day]) {
			world.later(wait);
			const said = JSON.stringify([await world.celebrations.feed(undefined), world.told]);
			expect(said).not.toMatch(/20\d\d|\d{1,2}-\d{1,2}|\d{10}|January|February|March|April|May|June/);
			expect(said).not.toMatch(/startedOn|reachedOn|shareAt|madeAt/);
		}
		expect((await feedOf(world))[0]?.age).toBe('some time ago');
	});

	test('by default it is shared after a random part of a day, and nobody hears of it before', async () => {
		const world = await aWorld();
		const [wren, finch] = [await onTheWay(world), await world.someone()];
		const { id, state } = await world.celebrations.celebrate(wren, { milestone: '90d', words: '' });
		expect(state).toBe('waiting');
		const { celebrations } = world.db.tables;
		const [row] = await world.db.read
			.select({ shareAt: celebrations.shareAt, madeAt: celebrations.madeAt })
			.from(celebrations)
			.where(eq(celebrations.id, id));
		expect(row && row.shareAt - row.madeAt).toBeGreaterThanOrEqual(0);
		expect(row && row.shareAt - row.madeAt).toBeLessThan(day);
		const left = (row?.shareAt ?? 0) - world.now();
		if (left > 0) {
			world.later(left - 1);
			expect(await world.celebrations.shareDue()).toBe(0);
			expect(await feedOf(world)).toEqual([]);
			await expect(world.celebrations.cheer(finch, id)).rejects.toThrow('nothing at this address');
			world.later(1);
		}
		expect(await world.celebrations.mine(wren)).toMatchObject([{ id, waiting: true }]);
		expect(await world.celebrations.shareDue()).toBe(1);
		expect(types(world)).toEqual(['celebration.shared']);
		expect(await world.celebrations.mine(wren)).toMatchObject([{ id, waiting: false }]);
		expect(await feedOf(world)).toMatchObject([{ id }]);
	});

	test('two processes that look at the same second share each celebration exactly once', async () => {
		const world = await aWorld();
		const members = await Promise.all(Array.from({ length: 5 }, () => onTheWay(world)));
		for (const wren of members) await world.celebrations.celebrate(wren, { milestone: '90d', words: '' });
		world.later(day);
		const told: CommunityEvent[] = [];
		const processes = Array.from({ length: 4 }, () =>
			community({ db: world.db, now: world.now, newId: world.newKey, pick: () => 0, tell: (event) => void told.push(event) })
		);
		const counts = await Promise.all(processes.map((each) => each.celebrations.shareDue()));
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
		expect(new Set(told.map((event) => event.type === 'celebration.shared' && event.celebration)).size).toBe(5);
		expect(told).toHaveLength(5);
		expect(await world.celebrations.shareDue()).toBe(0);
	});

	test('the same celebration pressed ten times at once is one, with one key, ten keys or none', async () => {
		const world = await aWorld();
		for (const key of [() => 'one-key', (i: number) => `key-${i}`, () => undefined]) {
			const wren = await onTheWay(world);
			const pressed = await Promise.all(
				Array.from({ length: 10 }, (_, i) =>
					world.celebrations.celebrate(wren, { milestone: '90d', words: 'Here.', when: 'now', key: key(i) })
				)
			);
			expect(new Set(pressed.map(({ id }) => id)).size).toBe(1);
			expect(types(world)).toEqual(['celebration.shared']);
		}
		expect(await feedOf(world)).toHaveLength(3);
	});

	test('the same small victory pressed ten times at once is one, and another one is another', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const pressed = await Promise.all(
			Array.from({ length: 10 }, () => world.celebrations.victory(wren, { words: 'I made the bed.', when: 'now', key: 'k' }))
		);
		expect(new Set(pressed.map(({ id }) => id)).size).toBe(1);
		await world.celebrations.victory(wren, { words: 'I called my sister.', when: 'now', key: 'k' });
		expect((await feedOf(world)).map(({ says, words }) => `${says}: ${words}`).toSorted()).toEqual([
			'has a small victory: I called my sister.',
			'has a small victory: I made the bed.'
		]);
	});

	test('only a medal that is held can be celebrated, and what was reached a moment ago is held', async () => {
		const world = await aWorld();
		const [wren, nobody] = [await onTheWay(world, 6), await world.someone()];
		for (const milestone of ['7d', '1y', 'victory', '5d', 'constructor', '']) {
			await expect(world.celebrations.celebrate(wren, { milestone, words: 'x', when: 'now' })).rejects.toMatchObject({
				problems: { milestone: expect.any(String) }
			});
		}
		await expect(world.celebrations.celebrate(nobody, { milestone: '24h', words: '' })).rejects.toMatchObject({
			problems: { milestone: expect.any(String) }
		});
		world.later(3 * hour);
		expect((await world.celebrations.preview(wren, { milestone: '7d', words: '' })).milestoneName).toBe('7 days');
		await world.celebrations.celebrate(wren, { milestone: '7d', words: '', when: 'now' });
		expect(await feedOf(world)).toMatchObject([{ milestone: '7d' }]);
	});

	test('after a lapse the medals can still be celebrated', async () => {
		const world = await aWorld();
		const wren = await onTheWay(world, 30);
		await world.journeys.change(wren, { what: 'lapse', on: '', words: '' });
		await world.celebrations.celebrate(wren, { milestone: '30d', words: '', when: 'now' });
		expect(await feedOf(world)).toMatchObject([{ milestone: '30d' }]);
	});

	test('a line is one line, 140 signs at most, and holds no web address', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const words = async (typed: string) => (await world.celebrations.preview(wren, { milestone: 'victory', words: typed })).words;
		expect(await words('two\nlines \u202e  and more')).toBe('two lines and more');
		expect(await words('👩‍👩‍👧‍👦'.repeat(140))).toHaveLength('👩‍👩‍👧‍👦'.length * 140);
		for (const bad of ['', '   ', 'x'.repeat(141), 'see https://casino.example', 'visit casino.com'])
			await expect(words(bad)).rejects.toMatchObject({ problems: { words: expect.any(String) } });
		expect(
			(await world.celebrations.preview(wren, { milestone: 'victory', words: 'I called 0171 2345678 and stayed.' })).caution
		).toContain('who you are');
		await expect(world.celebrations.victory(wren, { words: 'x', when: 'tomorrow' })).rejects.toMatchObject({
			problems: { when: expect.any(String) }
		});
		await expect(world.celebrations.victory(wren, { words: 'x', key: 'no key!' })).rejects.toMatchObject({
			problems: { form: expect.any(String) }
		});
	});

	test('five small victories a day are welcome, a sixth waits', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		for (let i = 0; i < 5; i++) await world.celebrations.victory(wren, { words: `Number ${i}`, when: 'now' });
		await expect(world.celebrations.victory(wren, { words: 'Number 6', when: 'now' })).rejects.toMatchObject({
			code: 'too_many',
			retryAfter: 86_400
		});
		world.later(day);
		await world.celebrations.victory(wren, { words: 'Number 6', when: 'now' });
	});

	test('what was shared can be taken back, and what waits too; only by its member, and the milestone may be celebrated anew', async () => {
		const world = await aWorld();
		const [wren, finch] = [await onTheWay(world), await world.someone()];
		const { id } = await world.celebrations.celebrate(wren, { milestone: '90d', words: '', when: 'now' });
		await expect(world.celebrations.undo(finch, id)).rejects.toThrow('nothing at this address');
		await Promise.all([world.celebrations.undo(wren, id), world.celebrations.undo(wren, id)]);
		expect(types(world)).toEqual(['celebration.shared', 'celebration.undone']);
		expect([await feedOf(world), await world.celebrations.mine(wren), await world.celebrations.celebrated(wren)]).toEqual([[], [], []]);
		await expect(world.celebrations.cheer(finch, id)).rejects.toThrow('no longer here');
		const again = await world.celebrations.celebrate(wren, { milestone: '90d', words: '' });
		expect(again.id).not.toBe(id);
		expect(await world.celebrations.celebrated(wren)).toEqual(['90d']);
		await world.celebrations.undo(wren, again.id);
		world.later(day);
		expect(await world.celebrations.shareDue()).toBe(0);
		expect(types(world)).toHaveLength(2);
	});

	test('twenty cheers at once are twenty, and one member’s twenty are one', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const id = await shared(world, wren);
		const people = await Promise.all(Array.from({ length: 20 }, () => world.someone()));
		world.told.length = 0;
		await Promise.all(people.map((finch) => world.celebrations.cheer(finch, id)));
		const [finch] = people;
		if (!finch) throw new Error('Twenty came.');
		await Promise.all(people.map(() => world.celebrations.cheer(finch, id)));
		expect(await feedOf(world, finch)).toMatchObject([{ cheers: 20, cheered: true }]);
		const counts = world.told.flatMap((event) => (event.type === 'celebration.cheered' ? [event.cheers] : []));
		expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
		await world.celebrations.cheer(finch, id, false);
		expect(await feedOf(world, finch)).toMatchObject([{ cheers: 19, cheered: false }]);
	}, 60_000);

	test.each(['cheers', 'encouragements'] as const)('who presses %s without end is asked to wait, and others are not', async (kind) => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const [id, { post }] = [await shared(world, await world.someone()), await aStory(world, await world.someone())];
		const press = (who: Actor, i: number) =>
			kind === 'cheers'
				? world.celebrations.cheer(who, id, i % 2 === 0)
				: world.encouragements.encourage(who, post, 'with_you', i % 2 === 0);
		for (let i = 0; i < limits.kindPresses.most; i++) await press(wren, i);
		await expect(press(wren, 0)).rejects.toMatchObject({ code: 'too_many', retryAfter: limits.kindPresses.within / 1000 });
		await expect(press(finch, 0)).resolves.toBeUndefined();
		world.later(limits.kindPresses.within);
		await expect(press(wren, 0)).resolves.toBeUndefined();
	});

	test('the first cheer is announced to its member in neutral words, and no other is', async () => {
		const world = await aWorld();
		const [wren, finch, otter] = [await world.someone(), await world.someone(), await world.someone()];
		const id = await shared(world, wren);
		await world.celebrations.cheer(finch, id);
		await world.celebrations.cheer(otter, id);
		await world.celebrations.cheer(finch, id, false);
		await world.celebrations.cheer(finch, id);
		const { notices } = world.db.tables;
		expect(await world.db.read.select({ kind: notices.kind, detail: notices.detail, memberId: notices.memberId }).from(notices)).toEqual([
			{ kind: 'cheered', detail: { celebration: id }, memberId: wren.id }
		]);
		expect(world.told.filter(({ type }) => type === 'notice.added')).toEqual([{ type: 'notice.added', member: wren.id }]);
		expect(await feedOf(world, wren)).toMatchObject([{ mine: true, cheered: false, cheers: 2 }]);
	});

	test('nobody cheers for themselves, for what is not there, or while suspended', async () => {
		const world = await aWorld();
		const [wren, finch, quiet] = [await world.someone(), await world.someone(), await world.someone()];
		const id = await shared(world, wren);
		await expect(world.celebrations.cheer(wren, id)).rejects.toMatchObject({ code: 'own_celebration' });
		await expect(world.celebrations.cheer(finch, 'nowhere')).rejects.toMatchObject({ code: 'not_found' });
		await sanctioned(world, finch, 'suspend');
		await sanctioned(world, quiet, 'silence');
		world.later(hour);
		await world.decisions.applyDue();
		await expect(world.celebrations.cheer(finch, id)).rejects.toMatchObject({ code: 'suspended' });
		await world.celebrations.cheer(quiet, id);
		expect(await feedOf(world)).toMatchObject([{ cheers: 1 }]);
	});

	test.each([
		['silence', 'silenced'],
		['suspend', 'suspended'],
		['hold_posts', 'celebration_held']
	])('a member under “%s” cannot celebrate, and what waited goes out when it is over', async (sanction, code) => {
		const world = await aWorld();
		const wren = await onTheWay(world);
		await world.celebrations.celebrate(wren, { milestone: '90d', words: '' });
		await sanctioned(world, wren, sanction);
		world.later(day);
		await world.decisions.applyDue();
		await expect(world.celebrations.victory(wren, { words: 'x', when: 'now' })).rejects.toMatchObject({ code });
		await expect(world.celebrations.preview(wren, { milestone: '90d', words: '' })).rejects.toMatchObject({ code });
		expect(await world.celebrations.shareDue()).toBe(0);
		expect(await world.celebrations.shareDue()).toBe(0);
		world.later(4 * day);
		expect(await world.celebrations.shareDue()).toBe(1);
		expect(await feedOf(world)).toMatchObject([{ milestone: '90d' }]);
	});

	test('the feed shows the newest thirty and leads on to those before, none twice', async () => {
		const world = await aWorld();
		for (let i = 0; i < 34; i++) await shared(world, await world.someone(), `Number ${i}`);
		const first = await world.celebrations.feed(undefined);
		expect(first.celebrations).toHaveLength(30);
		const rest = await world.celebrations.feed(undefined, first.next);
		expect(rest).toMatchObject({ next: undefined });
		expect(new Set([...first.celebrations, ...rest.celebrations].map(({ words }) => words)).size).toBe(34);
		await expect(world.celebrations.feed(undefined, 'nonsense')).rejects.toMatchObject({ code: 'bad_cursor' });
	}, 60_000);

	test('celebrations never stand beside distress', async () => {
		const world = await aWorld();
		const boards = (await world.boards.bySection()).flatMap(({ boards }) => boards);
		const quiet = boards.filter((board) => !world.celebrations.mayShowOn(board)).map(({ slug }) => slug);
		expect(quiet.toSorted()).toEqual(['kettle', 'nightlight', 'tide']);
	});
});
