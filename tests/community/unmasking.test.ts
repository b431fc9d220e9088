import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Actor } from '#server/community/means.ts';
import { rowsOf } from '../every-row.ts';
import { day, onBothDatabases, type World } from '../world.ts';
import { anAnswer, casesHeard, aStory, decided, reportedBy, theCaseOf, titlesFor } from './desk.ts';
import { maskedAnswer, maskedStory, seenBy, shown } from './masked.ts';

const danger = 'They say that they have taken the tablets tonight.';

async function reportedMask(world: World) {
	const [wren, ash, birch] = [
		await world.someone(),
		await world.someone({ role: 'moderator' }),
		await world.someone({ role: 'moderator' })
	];
	const { thread, post } = await maskedStory(world, wren);
	await reportedBy(world, 1, post, 'worry_life');
	return { wren, ash, birch, thread, post, id: (await theCaseOf(world, post)).id };
}
const seen = async (world: World, actor: Actor, id: string) => (await world.cases.theCase(actor, id)).unmasking;
const holding = { postAction: 'none', authorAction: 'hold_posts', duration: '24h' };

onBothDatabases((aWorld) => {
	test('the name behind a mask is shown to the two who asked and confirmed, for a day', async () => {
		const world = await aWorld();
		const { wren, ash, birch, id } = await reportedMask(world);
		const third = await world.someone({ role: 'administrator' });
		expect(await seen(world, ash, id)).toMatchObject({ asked: null, name: null, may: { ask: true, confirm: false } });
		await world.cases.askUnmasking(ash, id, danger);
		expect(await seen(world, ash, id)).toMatchObject({ name: null, may: { ask: false, confirm: false } });
		expect(await seen(world, birch, id)).toMatchObject({ asked: { reason: danger }, name: null, may: { confirm: true } });
		expect(await titlesFor(world, wren)).toEqual([]);
		await world.cases.confirmUnmasking(birch, id);
		for (const one of [ash, birch]) expect((await seen(world, one, id))?.name).toBe(wren.name);
		expect((await seen(world, third, id))?.name).toBe(null);
		expect(JSON.stringify(await world.cases.theCase(third, id))).not.toContain(wren.name);
		const [told] = await world.notices.forMember(wren);
		expect(told?.title).toBe('Two moderators looked up who wrote this');
		expect(told?.text).toContain(danger);
		world.later(day);
		expect(await seen(world, ash, id)).toMatchObject({ asked: null, name: null });
	});

	test('nobody confirms their own request, and none is confirmed twice or without a reason', async () => {
		const world = await aWorld();
		const { wren, ash, birch, id } = await reportedMask(world);
		await expect(world.cases.askUnmasking(ash, id, ' ')).rejects.toMatchObject({ problems: { unmask_reason: expect.any(String) } });
		await expect(world.cases.confirmUnmasking(birch, id)).rejects.toMatchObject({ code: 'stale' });
		await world.cases.askUnmasking(ash, id, danger);
		await expect(world.cases.confirmUnmasking(ash, id)).rejects.toMatchObject({ code: 'second_person' });
		await expect(world.cases.askUnmasking(await world.someone(), id, danger)).rejects.toMatchObject({ code: 'not_found' });
		const others = [birch, await world.someone({ role: 'moderator' })];
		await Promise.all(others.map((one) => world.cases.confirmUnmasking(one, id)));
		const { unmaskings } = world.db.tables;
		expect(await world.db.read.$count(unmaskings, eq(unmaskings.step, 'confirmed'))).toBe(1);
		expect(await titlesFor(world, wren)).toHaveLength(1);
	});

	test('whoever is part of the conversation stays out of it, also behind a mask', async () => {
		const world = await aWorld();
		const { ash, birch, thread, id } = await reportedMask(world);
		await anAnswer(world, ash, thread);
		await maskedAnswer(world, birch, thread);
		for (const one of [ash, birch])
			await expect(world.cases.askUnmasking(one, id, danger)).rejects.toMatchObject({ code: 'conflict_of_interest' });
	});

	test('a moderator behind the mask finds no case about it, and their open pages hear of none', async () => {
		const world = await aWorld();
		const [ash, birch] = [await world.someone({ role: 'moderator' }), await world.someone({ role: 'moderator' })];
		const { post } = await maskedStory(world, ash);
		await reportedBy(world, 1, post);
		const { id } = await theCaseOf(world, post);
		expect((await world.cases.queue(ash)).cases).toEqual([]);
		await expect(world.cases.theCase(ash, id)).rejects.toMatchObject({ code: 'not_found' });
		await expect(world.cases.claim(ash, id)).rejects.toMatchObject({ code: 'not_found' });
		expect([await casesHeard(world, birch), await casesHeard(world, ash)]).toEqual([[id], []]);
	});

	test('who looked behind a mask can be neither changed nor taken away', async () => {
		const world = await aWorld();
		const { ash, id } = await reportedMask(world);
		await world.cases.askUnmasking(ash, id, danger);
		const { unmaskings } = world.db.tables;
		await expect(world.db.write((tx) => tx.update(unmaskings).set({ reason: 'none' }))).rejects.toThrow();
		await expect(world.db.write((tx) => tx.delete(unmaskings))).rejects.toThrow();
		await world.db.write((tx) => tx.update(unmaskings).set({ actorId: null }));
	});

	test('what is written behind masks waits when a moderator asks so, and nobody learns of whom', async () => {
		const world = await aWorld();
		const { wren, ash, post } = await reportedMask(world);
		await decided(world, ash, post, holding);
		expect(await titlesFor(world, wren)).toContain('Posts without your name wait for a moderator');
		expect(await world.db.read.$count(world.db.tables.sanctions)).toBe(0);
		const next = await maskedStory(world, wren);
		const held = (await seenBy(world, wren, next.thread)).the(next.post);
		expect(held.state).toBe('held');
		await expect(seenBy(world, await world.someone(), next.thread)).rejects.toMatchObject({ code: 'not_found' });
		expect((await theCaseOf(world, next.post)).kind).toBe('held_post');
		const named = await world.threads.open(wren, 'harbour', { title: 'By name', body: 'Here I am.', warnings: [] });
		expect((await seenBy(world, undefined, named.thread)).the(named.post).state).toBe('standing');
		world.later(day);
		const later = await maskedStory(world, wren);
		expect((await seenBy(world, undefined, later.thread)).the(later.post).state).toBe('standing');
	});

	test('putting the post back lifts what was asked of its author', async () => {
		const world = await aWorld();
		const { wren, ash, post } = await reportedMask(world);
		await decided(world, ash, post, { ...holding, postAction: 'fold' });
		await decided(world, ash, post, { postAction: 'restore', authorAction: 'none' });
		expect(await titlesFor(world, wren)).toContain('What was asked of you no longer holds');
		const next = await maskedStory(world, wren);
		expect((await seenBy(world, undefined, next.thread)).the(next.post).state).toBe('standing');
	});

	test('what needs a name is refused for a mask, with what to do instead', async () => {
		const world = await aWorld();
		const { ash, post, id } = await reportedMask(world);
		for (const authorAction of ['silence', 'board_ban', 'suspend']) {
			const { version } = await theCaseOf(world, post);
			const decision = { postAction: 'none', authorAction, rule: 'be-kind', reason: 'Please.', duration: '24h', version };
			await expect(world.decisions.decide(ash, id, decision)).rejects.toMatchObject({ problems: { author_action: expect.any(String) } });
		}
	});

	/** Two looked behind it. */
	async function unmasked(world: World) {
		const all = await reportedMask(world);
		await world.cases.askUnmasking(all.ash, all.id, danger);
		await world.cases.confirmUnmasking(all.birch, all.id);
		return all;
	}
	const pausing = (authorAction: string) => ({ postAction: 'none', authorAction, duration: '72h', reason: 'Please rest a while.' });

	test.each([
		['silence', 'silenced'],
		['board_ban', 'board_banned'],
		['suspend', 'suspended']
	])('after two looked behind a mask they may ask for %s, and it holds for the name too', async (action, code) => {
		const world = await aWorld();
		const { wren, ash, birch, post, thread } = await unmasked(world);
		const by = action === 'silence' ? ash : birch;
		await decided(world, by, post, pausing(action));
		await expect(anAnswer(world, wren, thread)).rejects.toMatchObject({ code });
		await expect(maskedAnswer(world, wren, thread)).rejects.toMatchObject({ code });
		const told = (await world.notices.forMember(wren)).find(({ text }) => text.includes('Please rest a while.'));
		expect(told?.text).toContain('the two moderators who looked it up');
		world.later(3 * day);
		await expect(anAnswer(world, wren, thread)).resolves.toBeTruthy();
	});

	test('for whoever does not see the name a pause stays refused, with one sentence whatever was looked at', async () => {
		const world = await aWorld();
		const before = await reportedMask(world);
		const after = await unmasked(world);
		const third = await world.someone({ role: 'administrator' });
		const asked = (actor: Actor, post: string) => decided(world, actor, post, pausing('silence')).catch((problem: unknown) => problem);
		const sentence = await asked(before.ash, before.post);
		expect(sentence).toMatchObject({ problems: { author_action: expect.stringContaining('unmasking by two') } });
		expect(await asked(third, after.post)).toEqual(sentence);
		expect((await seen(world, third, after.id))?.may.reach).toBe(false);
		expect((await seen(world, after.ash, after.id))?.may.reach).toBe(true);
		world.later(day);
		expect(await asked(after.ash, after.post)).toEqual(sentence);
	});

	test('about somebody of staff behind a mask an administrator decides', async () => {
		const world = await aWorld();
		const author = await world.someone({ role: 'moderator' });
		const [ash, chief] = [await world.someone({ role: 'moderator' }), await world.someone({ role: 'administrator' })];
		const { post, thread } = await maskedStory(world, author);
		await reportedBy(world, 1, post, 'threat');
		const { id } = await theCaseOf(world, post);
		await world.cases.askUnmasking(ash, id, danger);
		await world.cases.confirmUnmasking(chief, id);
		await expect(decided(world, ash, post, pausing('suspend'))).rejects.toMatchObject({ code: 'not_allowed' });
		await decided(world, chief, post, pausing('suspend'));
		await expect(anAnswer(world, author, thread)).rejects.toMatchObject({ code: 'suspended' });
		await expect(world.cases.queue(author)).rejects.toMatchObject({ code: 'not_found' });
	});

	test('no row and no other moderator ties a pause that came over a mask to the name', async () => {
		const world = await aWorld();
		const { wren, ash, post, id } = await unmasked(world);
		const third = await world.someone({ role: 'administrator' });
		const named = await aStory(world, wren);
		await reportedBy(world, 1, named.post);
		world.later(5 * 60_000);
		await decided(world, ash, post, pausing('suspend'));
		const { decisions, sanctions } = world.db.tables;
		const [decision] = await world.db.read.select({ id: decisions.id, applyAt: decisions.applyAt }).from(decisions);
		expect(await world.db.read.$count(sanctions)).toBe(0);
		const rows = Object.values(await rowsOf(world)).flatMap((all) => all.map((row) => JSON.stringify(row)));
		const naming = rows.filter((row) => row.includes(wren.id));
		expect(naming.length).toBeGreaterThan(2);
		for (const clue of [decision?.id ?? '', String((decision?.applyAt ?? 0) + 3 * day)])
			expect(naming.filter((row) => row.includes(clue))).toEqual([]);
		expect(world.told.filter(({ type }) => type === 'sessions.ended')).toEqual([]);
		const byName = await world.cases.theCase(third, (await theCaseOf(world, named.post)).id);
		expect(byName.author).toMatchObject({ name: wren.name, sanctions: [], notices: 0 });
		expect(JSON.stringify(await world.cases.theCase(third, id))).not.toContain(wren.name);
	});

	const puttingBack = { postAction: 'restore', authorAction: 'none' };

	test.each([
		['silence', 'silenced'],
		['board_ban', 'board_banned'],
		['suspend', 'suspended']
	])('%s over a mask is lifted by an administrator, not by a moderator who did not look behind it', async (action, code) => {
		const world = await aWorld();
		const { wren, ash, post, thread } = await unmasked(world);
		await decided(world, ash, post, { ...pausing(action), postAction: 'fold' });
		await decided(world, await world.someone({ role: 'moderator' }), post, puttingBack);
		await expect(anAnswer(world, wren, thread)).rejects.toMatchObject({ code });
		expect(await titlesFor(world, wren)).not.toContain('What was asked of you no longer holds');
		await decided(world, await world.someone({ role: 'administrator' }), post, puttingBack);
		await expect(anAnswer(world, wren, thread)).resolves.toBeTruthy();
		expect(await titlesFor(world, wren)).toContain('What was asked of you no longer holds');
	});

	test.each(['hold_posts', 'silence', 'board_ban', 'suspend'])(
		'what still holds over a mask (%s) is told with its reason also after the post was erased, and once before',
		async (action) => {
			const world = await aWorld();
			const { wren, ash, post } = await unmasked(world);
			await decided(world, ash, post, pausing(action));
			const told = async () => (await world.notices.forMember(wren)).filter(({ text }) => text.includes('Please rest a while.'));
			const [before, ...more] = await told();
			expect(more).toEqual([]);
			await world.posts.withdraw(wren, post, true);
			await world.leaving.erasePost(wren, post);
			expect(await world.db.read.$count(world.db.tables.notices, eq(world.db.tables.notices.forPost, post))).toBe(0);
			expect(await told()).toMatchObject([{ age: 'Holds now', title: before?.title, text: before?.text }]);
			let file = '';
			for await (const { rows } of world.held.rows(wren.id, 'member')) file += JSON.stringify(rows);
			expect(file).toContain('Please rest a while.');
			world.later(3 * day);
			expect(await told()).toEqual([]);
		}
	);

	test('either of the two who looked behind a mask lifts a pause over it, for as long as they see the name', async () => {
		const world = await aWorld();
		const [first, second] = [await unmasked(world), await unmasked(world)];
		for (const { ash, post } of [first, second]) await decided(world, ash, post, { ...pausing('silence'), postAction: 'fold' });
		await decided(world, first.birch, first.post, puttingBack);
		await expect(anAnswer(world, first.wren, first.thread)).resolves.toBeTruthy();
		world.later(day);
		await decided(world, second.birch, second.post, puttingBack);
		await expect(anAnswer(world, second.wren, second.thread)).rejects.toMatchObject({ code: 'silenced' });
	});

	test('a celebration that waited goes out as it would have: when it does tells nothing of a pause over a mask', async () => {
		const world = await aWorld();
		const { wren, ash, post } = await unmasked(world);
		await world.celebrations.victory(wren, { words: 'I slept.', when: 'later' });
		await decided(world, ash, post, pausing('silence'));
		await expect(world.celebrations.victory(wren, { words: 'I ate.', when: 'now' })).rejects.toMatchObject({ code: 'silenced' });
		world.later(day);
		expect(await world.celebrations.shareDue()).toBe(1);
	});

	test('while a hold stands on the name, masks rest: a mask that waits would tell staff whose it is', async () => {
		const world = await aWorld();
		const [wren, ash] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const masked = await maskedStory(world, wren);
		const waiting = await world.posts.reply(wren, { thread: masked.thread, body: 'Pressed before.', warnings: [], mask: true });
		const named = await world.threads.open(wren, 'harbour', { title: 'By name', body: 'Unkind words.', warnings: [] });
		await reportedBy(world, 1, named.post);
		await decided(world, ash, named.post, holding);
		const story = { title: 'Without', body: 'No name.', warnings: [], mask: true };
		await expect(world.threads.open(wren, 'harbour', story)).rejects.toMatchObject({ code: 'masks_rest' });
		await expect(
			world.posts.edit(wren, { post: masked.post, title: 'A long night', body: 'Changed.', warnings: [], version: 1 })
		).rejects.toMatchObject({ code: 'masks_rest' });
		await shown(world);
		expect((await world.masks.mine(wren)).returned).toMatchObject([{ post: waiting.post }]);
		expect((await seenBy(world, undefined, masked.thread)).names).toHaveLength(1);
	});
});
