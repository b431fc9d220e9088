// What a kept page for guests depends on: it never holds once what a guest would see has changed, by anybody's act or by the clock.
import { expect, test } from 'vitest';
import { Refusal } from '#lib/refusals.ts';
import type { GuestPage } from '#server/community/pages.ts';
import { readThread } from '#server/community/reading.ts';
import { day, hour, onBothDatabases, worldSealer, type World } from '../world.ts';
import { anAnswer, aStory } from './desk.ts';
import { aStage, unseen, visible } from './visible-changes.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };

/** What the page's loader asks for, as a guest. */
async function seen(world: World, page: GuestPage): Promise<unknown> {
	const { threads, boards, rails, celebrations, db, now } = world;
	const rail = async (board?: { distress: boolean }) => (await rails.rail(undefined, board))?.celebrations;
	switch (page.kind) {
		case 'home':
			return [await rail(), await threads.forHome(undefined, plain)];
		case 'boards':
			return boards.bySection();
		case 'live':
			return [(await celebrations.feed(undefined)).celebrations, await threads.newest(undefined)];
		case 'board': {
			const board = await boards.theBoard(undefined, page.slug);
			const lists = (['unanswered', 'active', 'new'] as const).map((sort) => threads.list(board.id, sort, null, plain));
			return [board, await Promise.all(lists)];
		}
		case 'thread': {
			// Nothing kept of it: a change that raised nothing would not be seen.
			const thread = await readThread({ db, now, sealer: worldSealer }).read(undefined, page.id, plain);
			return [thread, await rail(thread.board)];
		}
	}
}

async function made(world: World, page: GuestPage) {
	const standing = await world.pages.standing(page);
	if (!standing) throw new Error('There is no such page.');
	const refused = (problem: unknown) => (problem instanceof Refusal ? problem.code : Promise.reject(problem));
	const { made, until } = await world.pages.make(standing, () => seen(world, page).catch(refused));
	const words = JSON.stringify(made);
	return { page, words, ageless: words.replace(/"age":"[^"]*"/g, ''), then: { ...standing, until } };
}
type Made = Awaited<ReturnType<typeof made>>;

/** Each page as it is now, beside what it was. */
function again(world: World, before: Made[]) {
	return Promise.all(before.map(async (was) => ({ name: JSON.stringify(was.page), was, now: await made(world, was.page) })));
}

onBothDatabases((aWorld) => {
	async function aStageWithPages() {
		const world = await aWorld();
		const stage = await aStage(world);
		const elsewhere = await aStory(world, stage.finch);
		const pages: GuestPage[] = [
			{ kind: 'home' },
			{ kind: 'boards' },
			{ kind: 'live' },
			{ kind: 'board', slug: 'harbour' },
			{ kind: 'board', slug: 'garden' },
			{ kind: 'thread', id: stage.thread },
			...Object.values(stage.stories).map(({ thread }) => ({ kind: 'thread', id: thread }) as const),
			{ kind: 'thread', id: elsewhere.thread }
		];
		const all = () => Promise.all(pages.map((page) => made(world, page)));
		return { world, stage, all };
	}

	test('whatever changes a word of a page raises what the page depends on', { timeout: 60_000 }, async () => {
		const { world, stage, all } = await aStageWithPages();
		for (const [step, happens] of visible) {
			const before = await all();
			await happens(stage);
			const changed = (await again(world, before)).filter(({ was, now }) => was.ageless !== now.ageless);
			expect(changed.length, `${step}: something is seen of it`).toBeGreaterThan(0);
			const stale = changed.filter(({ was, now }) => was.then.version === now.then.version);
			expect([step, ...stale.map(({ name }) => name)]).toEqual([step]);
		}
	});

	test('what guests cannot see costs no page', { timeout: 60_000 }, async () => {
		const { world, stage, all } = await aStageWithPages();
		for (const [step, happens] of unseen) {
			const before = await all();
			await happens(stage);
			const lost = (await again(world, before)).filter(({ was, now }) => !world.pages.holds(was.then, now.then));
			expect([step, ...lost.map(({ name }) => name)]).toEqual([step]);
		}
	});

	test('an answer costs its thread, its board and the lists, and no other thread or board', async () => {
		const { world, stage, all } = await aStageWithPages();
		const before = await all();
		await anAnswer(world, stage.finch, stage.thread);
		const kept = (await again(world, before)).filter(({ was, now }) => world.pages.holds(was.then, now.then));
		expect(kept.map(({ was }) => was.page)).toEqual([
			{ kind: 'boards' },
			{ kind: 'board', slug: 'garden' },
			...before.slice(6).map(({ page }) => page)
		]);
	});

	test('no page holds after the clock has changed a word of it', { timeout: 60_000 }, async () => {
		const { world, stage, all } = await aStageWithPages();
		const waits = [1000, 61_000, 5 * 60_000, 59 * 60_000, hour + 1, 7 * hour, day, 6 * day, 23 * day, 40 * day];
		let stale = 0;
		for (let step = 0; step < 60; step++) {
			if (step % 9 === 0) await aStory(world, await world.someone());
			if (step % 9 === 4) await world.celebrations.victory(await world.someone(), { words: `Small thing ${step}`, when: 'now' });
			if (step % 9 === 6) await world.celebrations.cheer(stage.finch, stage.celebration, step % 2 === 0);
			const before = await all();
			world.later(waits[(step * 7) % waits.length] ?? 0);
			const changed = (await again(world, before)).filter(({ was, now }) => was.words !== now.words);
			expect(changed.filter(({ was, now }) => world.pages.holds(was.then, now.then))).toEqual([]);
			stale += changed.length;
		}
		expect(stale).toBeGreaterThan(60);
	});

	test('a page holds no longer than ten minutes, nor past the hour, nor once its place in the stream lies far back', async () => {
		const world = await aWorld();
		const page = { kind: 'live' } as const;
		world.later(-world.now() % hour);
		const { then } = await made(world, page);
		expect(then.until - then.at).toBe(10 * 60_000);
		world.later(55 * 60_000);
		const late = await made(world, page);
		expect(late.then.until - late.then.at).toBe(5 * 60_000);
		const told = Array.from({ length: 251 }, () => ({ type: 'notice.added', member: 'somebody' }) as const);
		await world.stream.append(told.slice(0, 250));
		const near = await made(world, page);
		expect(world.pages.holds(late.then, near.then)).toBe(true);
		await world.stream.append(told.slice(250));
		const far = await made(world, page);
		expect(world.pages.holds(late.then, far.then)).toBe(false);
	});

	test('a board that is not there has nothing to depend on', async () => {
		const world = await aWorld();
		expect(await world.pages.standing({ kind: 'board', slug: 'nowhere' })).toBeUndefined();
	});

	test('a change that is rolled back costs nothing', async () => {
		const { world, all } = await aStageWithPages();
		const before = await all();
		const { boards } = world.db.tables;
		const failing = world.db.write(async (tx) => {
			await tx.update(boards).set({ title: 'Never' });
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		expect((await again(world, before)).every(({ was, now }) => world.pages.holds(was.then, now.then))).toBe(true);
	});
});
