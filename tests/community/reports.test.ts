import { expect, test } from 'vitest';
import { Invalid, Refusal } from '#lib/refusals.ts';
import type { Reason } from '#lib/moderation.ts';
import { weightOf } from '#server/community/report-weights.ts';
import { day, hour, onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, casesOf, decided, leaving, postNow, reportedBy, reportsOn, theCaseOf, titlesFor, trusted } from './desk.ts';

const minute = 60_000;

onBothDatabases((aWorld) => {
	test('reports of one post gather in one case, with what was said then', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { post } = await aStory(world, wren, 'First words');
		await reportedBy(world, 2, post);
		await world.posts.edit(wren, { post, title: 'Other', body: 'Other words', warnings: [], version: 1, anyway: true });
		await reportedBy(world, 1, post, 'other');
		expect(await casesOf(world, post)).toMatchObject([{ kind: 'report', state: 'open', priority: 2, score: 300 }]);
		const said = await reportsOn(world, post);
		expect(
			said.filter(
				({ snapshot }) => snapshot.body.startsWith('First words') && snapshot.title === 'A long night' && snapshot.name === wren.name
			)
		).toHaveLength(2);
		expect(said.filter(({ snapshot, note }) => snapshot.body === 'Other words' && note === 'It worries me.')).toHaveLength(1);
	});

	test('a second report while the first is open changes nothing', async () => {
		const world = await aWorld();
		const [finch, { post }] = [await world.someone(), await aStory(world, await world.someone())];
		await world.reports.report(finch, { post, reason: 'unkind' });
		await world.reports.report(finch, { post, reason: 'spam', note: 'again' });
		expect(await reportsOn(world, post)).toMatchObject([{ reason: 'unkind' }]);
		expect((await theCaseOf(world, post)).score).toBe(100);
	});

	test('ten reports at once make one case, and ten presses of one reader one report', async () => {
		const world = await aWorld();
		const { post } = await aStory(world, await world.someone());
		const people = await Promise.all(Array.from({ length: 10 }, () => world.someone()));
		await Promise.all(people.map((one) => world.reports.report(one, { post, reason: 'unkind' })));
		expect(await casesOf(world, post)).toHaveLength(1);
		expect((await theCaseOf(world, post)).score).toBe(1000);
		const other = await aStory(world, await world.someone());
		const finch = await world.someone();
		await Promise.all(Array.from({ length: 10 }, () => world.reports.report(finch, { post: other.post, reason: 'unkind' })));
		expect(await reportsOn(world, other.post)).toHaveLength(1);
	});

	test('what cannot be reported: one’s own post, what is not there, what others cannot see', async () => {
		const world = await aWorld();
		const [wren, finch, moderator] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread, post } = await aStory(world, wren);
		await expect(world.reports.report(wren, { post, reason: 'spam' })).rejects.toThrow(new Refusal('own_post'));
		await expect(world.reports.report(finch, { post: 'nothing', reason: 'spam' })).rejects.toThrow(new Refusal('not_found'));
		const withdrawn = await anAnswer(world, wren, thread);
		await world.posts.withdraw(wren, withdrawn, true);
		await expect(world.reports.report(finch, { post: withdrawn, reason: 'spam' })).rejects.toThrow(new Refusal('not_found'));
		await world.reports.report(finch, { post, reason: 'spam' });
		await decided(world, moderator, post);
		await expect(world.reports.report(await world.someone(), { post, reason: 'spam' })).rejects.toThrow(new Refusal('not_found'));
	});

	test('a report names a known reason, says something under “something else”, and is not a novel', async () => {
		const world = await aWorld();
		const [finch, { post }] = [await world.someone(), await aStory(world, await world.someone())];
		const report = (reason: string, note = '', suggested: string[] = []) => world.reports.report(finch, { post, reason, note, suggested });
		for (const unknown of ['', 'rude', 'toString', '__proto__'])
			await expect(report(unknown)).rejects.toMatchObject({ problems: { reason: expect.any(String) } });
		await expect(report('other', ' \u200b\n ')).rejects.toMatchObject({ problems: { note: expect.any(String) } });
		await expect(report('unkind', 'a'.repeat(1001))).rejects.toThrow(Invalid);
		await expect(report('missing_warning', '', ['gloom'])).rejects.toMatchObject({ problems: { warnings: expect.any(String) } });
		expect(await casesOf(world, post)).toEqual([]);
		await report('unkind', '🫂'.repeat(1000));
	});

	test('a member may send thirty reports a day, and more tomorrow', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, wren);
		for (let i = 0; i < 30; i++) await world.reports.report(finch, { post: await anAnswer(world, wren, thread), reason: 'unkind' });
		world.later(hour);
		const post = await anAnswer(world, wren, thread);
		await expect(world.reports.report(finch, { post, reason: 'unkind' })).rejects.toMatchObject({
			code: 'too_many',
			retryAfter: 23 * 3600
		});
		world.later(23 * hour);
		await world.reports.report(finch, { post, reason: 'unkind' });
	}, 60_000);

	test('the case is due by the clock of its gravest reason, counted from its first report', async () => {
		const world = await aWorld();
		const { post } = await aStory(world, await world.someone());
		const start = world.now();
		await reportedBy(world, 1, post, 'off_topic');
		expect(await theCaseOf(world, post)).toMatchObject({ priority: 3, dueAt: start + 48 * hour });
		world.later(hour);
		await reportedBy(world, 1, post, 'harassment');
		world.later(hour);
		await reportedBy(world, 1, post, 'harassment');
		expect(await theCaseOf(world, post)).toMatchObject({ priority: 1, dueAt: start + hour + 6 * hour });
		await reportedBy(world, 1, post, 'worry_life');
		expect(await theCaseOf(world, post)).toMatchObject({ priority: 0, dueAt: start + 3 * hour });
	});

	test.each<[Reason, number, string | null]>([
		['worry_life', 4, null],
		['doxxing', 1, null],
		['doxxing', 2, 'doxxing'],
		['methods', 4, null],
		['methods', 5, 'methods'],
		['unkind', 6, null]
	])('%s reported by %d members: folded is %s', async (reason, people, folded) => {
		const world = await aWorld();
		const wren = await world.someone();
		const { post } = await aStory(world, wren);
		await reportedBy(world, people, post, reason);
		expect((await postNow(world, post)).folded).toBe(folded);
		expect(await titlesFor(world, wren)).toEqual(folded ? ['Your post is folded for now'] : []);
	});

	test('one trusted member is enough where somebody’s safety is at stake, and one of staff for advertising', async () => {
		const world = await aWorld();
		const [threat, advert] = [await aStory(world, await world.someone()), await aStory(world, await world.someone())];
		await world.reports.report(await trusted(world, await world.someone(), 2), { post: threat.post, reason: 'threat' });
		expect((await postNow(world, threat.post)).folded).toBe('threat');
		await world.reports.report(await world.someone({ role: 'moderator' }), { post: advert.post, reason: 'spam' });
		expect((await postNow(world, advert.post)).folded).toBe('spam');
	});

	test('accounts made today count half, by what they were when they reported', async () => {
		const world = await aWorld();
		const { post } = await aStory(world, await world.someone());
		const newcomer = async () => world.reports.report(await world.someone({ newcomer: true }), { post, reason: 'doxxing' });
		await newcomer();
		world.later(2 * day);
		for (let i = 0; i < 2; i++) await newcomer();
		expect((await postNow(world, post)).folded).toBeNull();
		await newcomer();
		expect((await postNow(world, post)).folded).toBe('doxxing');
	});

	test('a worry about a life weighs nothing against the post: other reports fold it or nothing does', async () => {
		const world = await aWorld();
		const { post } = await aStory(world, await world.someone());
		await reportedBy(world, 9, post, 'worry_life');
		await world.reports.report(await world.someone({ role: 'moderator' }), { post, reason: 'worry_life' });
		expect((await postNow(world, post)).folded).toBeNull();
	});

	test('a missing warning is added at two suggestions, for now, and its author is told', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await aStory(world, wren);
		await world.reports.report(await world.someone(), { post, reason: 'missing_warning', suggested: ['grief'] });
		expect((await postNow(world, post)).warnings).toEqual([]);
		await world.reports.report(await world.someone(), { post, reason: 'missing_warning', suggested: ['grief', 'eating'] });
		expect(await postNow(world, post)).toMatchObject({ warnings: ['grief'], version: 1 });
		expect(await titlesFor(world, wren)).toEqual(['Your post has a content warning for now']);
		await decided(world, moderator, post, leaving);
		expect((await postNow(world, post)).warnings).toEqual([]);
	});

	test('weight is one, plus trust, plus how often staff agreed; half for an account under a day, six for staff', async () => {
		const world = await aWorld();
		const weight = async (who: Awaited<ReturnType<World['someone']>>) =>
			(await weightOf(world.db.read, world.db.tables, who, world.now())).weight;
		const [finch, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		expect(await weight(finch)).toBe(100);
		expect(await weight(await trusted(world, await world.someone(), 3))).toBe(400);
		expect(await weight(await world.someone({ newcomer: true }))).toBe(50);
		expect(await weight(moderator)).toBe(600);
		const { thread } = await aStory(world, await world.someone());
		for (let i = 0; i < 6; i++) {
			expect(await weight(finch)).toBe(100);
			const post = await anAnswer(world, await world.someone(), thread);
			await world.reports.report(finch, { post, reason: 'unkind' });
			world.later(minute);
			await decided(world, moderator, post, i === 0 ? leaving : {});
		}
		// Five of six upheld: 400 × 5/6 − 200.
		expect(await weight(finch)).toBe(100 + 133);
	}, 60_000);

	test('two accounts that report one author more than three times in a week count half', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await aStory(world, wren);
		const pair = [await world.someone(), await world.someone()];
		let post = '';
		for (let i = 0; i < 4; i++) {
			post = await anAnswer(world, wren, thread);
			for (const one of pair) await world.reports.report(one, { post, reason: i < 3 ? 'unkind' : 'doxxing' });
		}
		expect((await theCaseOf(world, post)).score).toBe(100);
		expect((await postNow(world, post)).folded).toBeNull();
		world.later(8 * day);
		const later = await anAnswer(world, wren, thread);
		for (const one of pair) await world.reports.report(one, { post: later, reason: 'doxxing' });
		expect((await postNow(world, later)).folded).toBe('doxxing');
	});
});
