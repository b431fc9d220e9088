// How reports and their cases end and come back: taken back, withdrawn with the post, decided before.
import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { allKinds } from '#lib/leaving-choices.ts';
import { Invalid } from '#lib/refusals.ts';
import type { Reason } from '#lib/moderation.ts';
import { day, onBothDatabases } from '../world.ts';
import { anAnswer, aStory, casesOf, decided, leaving, postNow, reportedBy, reportsOn, theCaseOf, titlesFor } from './desk.ts';

const minute = 60_000;

onBothDatabases((aWorld) => {
	test('taking the last report back closes the case and unfolds what only reports had folded', async () => {
		const world = await aWorld();
		const { post } = await aStory(world, await world.someone());
		const [finch, heron] = await reportedBy(world, 2, post, 'doxxing');
		if (!finch || !heron) throw new Error('Two people report.');
		expect(await world.reports.mine(finch, [post, 'other'])).toEqual(new Set([post]));
		await world.reports.takeBack(finch, post);
		await world.reports.takeBack(finch, post);
		expect((await postNow(world, post)).folded).toBeNull();
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', score: 100 });
		await world.reports.takeBack(heron, post);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
		expect(await world.reports.mine(finch, [post])).toEqual(new Set());
		await world.reports.report(finch, { post, reason: 'unkind' });
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', reopened: 1 });
	});

	test('a case that a moderator holds does not vanish when its reports do', async () => {
		const world = await aWorld();
		const [moderator, { post }] = [await world.someone({ role: 'moderator' }), await aStory(world, await world.someone())];
		const [finch] = await reportedBy(world, 1, post);
		await world.cases.claim(moderator, (await theCaseOf(world, post)).id);
		if (finch) await world.reports.takeBack(finch, post);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'claimed' });
	});

	test('a report of what was already decided is settled at once; of a new text it opens the case again', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await aStory(world, wren);
		await reportedBy(world, 1, post);
		await decided(world, moderator, post, leaving);
		const finch = await world.someone();
		await world.reports.report(finch, { post, reason: 'unkind' });
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'closed', outcome: 'not_upheld', reopened: 0 });
		expect(await titlesFor(world, finch)).toEqual(['About your report']);
		await world.posts.edit(wren, { post, title: 'A long night', body: 'Worse words', warnings: [], version: 1, anyway: true });
		await world.reports.report(await world.someone(), { post, reason: 'unkind' });
		expect(await casesOf(world, post)).toMatchObject([{ state: 'open', outcome: null, reopened: 1 }]);
	});

	test('a graver reason, or a first worry about a life, is looked at although the text is the same', async () => {
		const world = await aWorld();
		const moderator = await world.someone({ role: 'moderator' });
		for (const [before, after] of [
			['unkind', 'threat'],
			['threat', 'worry_life']
		] as const) {
			const { post } = await aStory(world, await world.someone());
			await reportedBy(world, 1, post, before);
			await decided(world, moderator, post, leaving);
			await reportedBy(world, 1, post, after);
			expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', priority: 0, reopened: 1 });
		}
	});

	test('when the author takes the post back the case closes, and opens again with the post', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await aStory(world, await world.someone());
		const post = await anAnswer(world, wren, thread);
		const [finch] = await reportedBy(world, 1, post);
		world.later(minute);
		await world.posts.withdraw(wren, post, true);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
		expect(finch && (await world.notices.forMember(finch)).map(({ text }) => text)[0]).toContain('taken it back');
		await world.posts.withdraw(wren, post, false);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', reopened: 1, score: 100 });
		expect(await reportsOn(world, post)).toMatchObject([{ status: 'open' }]);
	});

	test('taking back and putting up in turn tells a reporter once a day, and ends after five times', async () => {
		const world = await aWorld();
		const [wren, { thread }] = [await world.someone(), await aStory(world, await world.someone())];
		const post = await anAnswer(world, wren, thread);
		const [finch] = await reportedBy(world, 1, post);
		if (!finch) throw new Error('Somebody reports.');
		const told = async () => (await titlesFor(world, finch)).filter((title) => title === 'About your report').length;
		for (let i = 0; i < 5; i++) {
			world.later(minute);
			await world.posts.withdraw(wren, post, true);
			await world.posts.withdraw(wren, post, false);
		}
		expect(await told()).toBe(1);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', reopened: 5 });
		await world.posts.withdraw(wren, post, true);
		await expect(world.posts.withdraw(wren, post, false)).rejects.toMatchObject({ code: 'too_many', retryAfter: 24 * 3600 - 4 * 60 });
		world.later(day - 4 * minute);
		await world.posts.withdraw(wren, post, false);
		await world.posts.withdraw(wren, post, true);
		expect(await told()).toBe(2);
	});

	test('a post that its author takes back does not take the case out of a moderator’s hands', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await aStory(world, wren);
		const [finch] = await reportedBy(world, 1, post);
		await world.cases.claim(moderator, (await theCaseOf(world, post)).id);
		await world.posts.withdraw(wren, post, true);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'claimed', claimedBy: moderator.id, score: 100 });
		expect(finch && (await titlesFor(world, finch))).toEqual(['We have your report']);
		await world.posts.withdraw(wren, post, false);
		await decided(world, moderator, post);
		expect((await postNow(world, post)).state).toBe('removed');
	});

	test.each<[string, Reason, 'member' | 'moderator']>([
		['somebody’s life', 'worry_life', 'member'],
		['what staff reported', 'unkind', 'moderator']
	])('a case about %s stays although the post was taken back', async (_, reason, role) => {
		const world = await aWorld();
		const wren = await world.someone();
		const { post } = await aStory(world, wren);
		await world.reports.report(await world.someone({ role }), { post, reason });
		await world.posts.withdraw(wren, post, true);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open' });
	});

	test('a folded post may be edited once, after ten minutes', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await aStory(world, await world.someone());
		const post = await anAnswer(world, wren, thread);
		await reportedBy(world, 2, post, 'doxxing');
		const edit = (version: number) =>
			world.posts.edit(wren, { post, body: `Without the name, ${version}`, warnings: [], version, anyway: true });
		await expect(edit(1)).rejects.toThrow(Invalid);
		world.later(10 * minute);
		await edit(1);
		world.later(minute);
		await expect(edit(2)).rejects.toThrow(Invalid);
	});

	test('who reported and was blocked while the post was taken back hears nothing of its return, nor of what is decided then', async () => {
		const world = await aWorld();
		const [ash, birch, desk] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await aStory(world, ash);
		const { id: celebration } = await world.celebrations.victory(birch, { words: 'I made the bed.', when: 'now' });
		await world.reports.report(birch, { post, reason: 'unkind' });
		await world.posts.withdraw(ash, post, true);
		const told = await titlesFor(world, birch);
		await world.people.block(ash, { celebration });
		world.later(minute);
		await world.posts.withdraw(ash, post, false);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', reopened: 1 });
		expect(await world.reports.mine(birch, [post])).toEqual(new Set());
		world.later(minute);
		await decided(world, desk, post);
		expect(await titlesFor(world, birch)).toEqual(told);
		let file = '';
		for await (const { table, rows } of world.held.rows(birch.id, 'member')) if (table === 'reports') file += JSON.stringify(rows);
		expect(file).toContain('"status":"withdrawn"');
	});

	test('a report that its author’s block ended in the very moment in which its case closed and opened again is taken back in its own file', async () => {
		const world = await aWorld();
		const [ash, birch, desk] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await aStory(world, ash);
		const { id: celebration } = await world.celebrations.victory(birch, { words: 'I made the bed.', when: 'now' });
		await reportedBy(world, 1, post);
		const { id, version } = await theCaseOf(world, post);
		await world.decisions.decide(desk, id, { ...leaving, version });
		world.later(1000);
		await world.reports.report(birch, { post, reason: 'sourcing' });
		world.later(minute);
		await world.decisions.applyDue();
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', reopened: 1 });
		await world.people.block(ash, { celebration });
		let file = '';
		for await (const { table, rows } of world.held.rows(birch.id, 'member')) if (table === 'reports') file += JSON.stringify(rows);
		expect(file).toContain('"status":"withdrawn"');
	});

	test('in the file of a reporter nothing of a report moves after they were blocked, whatever the author or they do then', async () => {
		const world = await aWorld();
		const [ash, birch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, await world.someone());
		const post = await anAnswer(world, ash, thread);
		const { id: celebration } = await world.celebrations.victory(birch, { words: 'I made the bed.', when: 'now' });
		await world.reports.report(birch, { post, reason: 'unkind' });
		const file = async () => {
			const all: unknown[] = [];
			for await (const { table, rows } of world.held.rows(birch.id, 'member')) if (table === 'reports') all.push(...rows);
			return all;
		};
		world.later(minute);
		await world.people.block(ash, { celebration });
		const before = await file();
		expect(before).toMatchObject([{ status: 'withdrawn', settledAt: world.now() }]);
		for (const doing of [
			() => world.posts.withdraw(ash, post, true),
			() => world.posts.withdraw(ash, post, false),
			() => world.reports.takeBack(birch, post),
			() => world.posts.withdraw(ash, post, true)
		]) {
			world.later(minute);
			await doing();
			expect(await file()).toEqual(before);
		}
	});

	test('no row of the log names a reporter', async () => {
		const world = await aWorld();
		const { post } = await aStory(world, await world.someone());
		const people = await reportedBy(world, 3, post, 'doxxing');
		const { caseEvents, cases } = world.db.tables;
		const log = await world.db.read
			.select({ actor: caseEvents.actorId, detail: caseEvents.detail })
			.from(caseEvents)
			.innerJoin(cases, and(eq(cases.id, caseEvents.caseId), eq(cases.postId, post)));
		for (const { id, name } of people) expect(JSON.stringify(log)).not.toMatch(new RegExp(`${id}|${name}`));
		expect(log.length).toBeGreaterThan(4);
	});

	test('a report that a block had ended for its reporter counts for them again when the author leaves and lets the post stand', async () => {
		const world = await aWorld();
		const [ash, finch] = [await world.someone(), await world.someone()];
		const { thread } = await aStory(world, await world.someone());
		const post = await anAnswer(world, ash, thread);
		await world.reports.report(finch, { post, reason: 'unkind' });
		const plain = { country: undefined, hardDay: false, warnings: {} };
		const seen = async () => (await world.posts.read(finch, thread, plain)).replies.map(({ state, reported }) => [state, reported]);
		const { id: celebration } = await world.celebrations.victory(finch, { words: 'I slept.', when: 'now' });
		await world.people.block(ash, { celebration });
		expect(await seen()).toEqual([['withdrawn', false]]);
		await world.leaving.leave(ash, {
			passphrase: 'a lamp in the far window',
			choices: Object.fromEntries(allKinds.map((kind) => [kind, 'keep']))
		});
		// Otherwise the page would offer a report that changes nothing, since this one is open at the desk.
		expect(await seen()).toEqual([['standing', true]]);
		expect(await world.reports.mine(finch, [post])).toEqual(new Set([post]));
		await world.reports.takeBack(finch, post);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
		expect(await seen()).toEqual([['standing', false]]);
	});
});
