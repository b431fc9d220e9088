import { expect, test } from 'vitest';
import { day, hour, onBothDatabases, type World } from '../world.ts';
import type { Actor } from '#server/community/means.ts';
import type { Preferences } from '#server/community/preferences.ts';

const plain: Preferences = { country: undefined, hardDay: false, warnings: {} };
const story = { title: 'Nine days', body: 'The evenings are the long part.', warnings: [] };

async function boardId(world: World, slug = 'harbour') {
	return (await world.boards.theBoard(await world.someone(), slug)).id;
}

async function titles(world: World, sort: 'unanswered' | 'active' | 'new', preferences = plain) {
	return (await world.threads.list(await boardId(world), sort, null, preferences)).threads.map(({ title }) => title);
}

onBothDatabases((aWorld) => {
	test('a fresh site has at least 24 boards, each with a two-line charter', async () => {
		const world = await aWorld();
		const boards = (await world.boards.bySection()).flatMap((section) => section.boards);
		expect(boards.length).toBeGreaterThanOrEqual(24);
		expect(boards.filter(({ charter }) => charter.length !== 2)).toEqual([]);
		await world.boards.furnish();
		expect((await world.boards.bySection()).flatMap((section) => section.boards)).toHaveLength(boards.length);
	});

	test('a story is read by a guest as it was written', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await world.threads.open(wren, 'harbour', { ...story, body: 'One *lamp*.', warnings: ['grief'] });
		const read = await world.posts.read(undefined, thread, plain);
		expect(read).toMatchObject({ title: 'Nine days', answers: 0, opening: { name: wren.name, warnings: ['grief'], own: false } });
		expect(read.opening.html).toContain('<em>lamp</em>');
		expect(world.told).toContainEqual(expect.objectContaining({ type: 'thread.opened', thread }));
	});

	test('a members-only board and its stories do not exist for guests', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await world.threads.open(wren, 'hearth', story);
		await expect(world.boards.theBoard(undefined, 'hearth')).rejects.toMatchObject({ code: 'not_found' });
		await expect(world.posts.read(undefined, thread, plain)).rejects.toMatchObject({ code: 'not_found' });
		expect((await world.posts.read(await world.someone(), thread, plain)).title).toBe('Nine days');
		expect((await world.threads.forHome(undefined, plain)).waiting).toEqual([]);
		expect((await world.threads.forHome(await world.someone(), plain)).waiting).toHaveLength(1);
	});

	test('stories without an answer from somebody else come first', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const old = await world.threads.open(wren, 'harbour', { ...story, title: 'old' });
		world.later(hour);
		const answered = await world.threads.open(wren, 'harbour', { ...story, title: 'answered' });
		world.later(hour);
		await world.threads.open(wren, 'harbour', { ...story, title: 'young' });
		world.later(hour);
		await world.posts.reply(finch, { thread: answered.thread, body: 'With you.', warnings: [] });
		// Talking to oneself is not being answered.
		await world.posts.reply(wren, { thread: old.thread, body: 'Still here.', warnings: [] });
		expect(await titles(world, 'unanswered')).toEqual(['old', 'young', 'answered']);
		expect((await titles(world, 'active')).at(-1)).toBe('young');
		expect(await titles(world, 'new')).toEqual(['young', 'answered', 'old']);
	});

	test('pages of a board hold every story once, in each order', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		for (let i = 0; i < 67; i++) {
			const { thread } = await world.threads.open(wren, 'harbour', { ...story, title: `story ${i}` });
			if (i % 3 === 0) await world.posts.reply(finch, { thread, body: 'Read.', warnings: [] });
			// Several share a moment: the order still has one answer.
			if (i % 5 === 0) world.later(1000);
		}
		const board = await boardId(world);
		for (const sort of ['unanswered', 'active', 'new'] as const) {
			const seen: string[] = [];
			let after: string | null = null;
			do {
				const page: Awaited<ReturnType<World['threads']['list']>> = await world.threads.list(board, sort, after, plain);
				seen.push(...page.threads.map(({ title }) => title));
				after = page.next;
			} while (after);
			expect(seen).toHaveLength(67);
			expect(new Set(seen).size).toBe(67);
		}
	});

	test('a cursor tells no moment', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		for (let i = 0; i < 31; i++) await world.threads.open(wren, 'harbour', { ...story, title: `story ${i}` });
		const { next } = await world.threads.list(await boardId(world), 'new', null, plain);
		expect(Buffer.from(next ?? '', 'base64url').toString()).not.toMatch(/\d{6}/);
	});

	test('a cursor for another list, or a broken one, is refused', async () => {
		const world = await aWorld();
		const board = await boardId(world);
		const foreign = Buffer.from('answers\na0').toString('base64url');
		for (const cursor of [foreign, 'x', '', '%', 'a'.repeat(10_000), Buffer.from('new\n1').toString('base64url')])
			await expect(world.threads.list(board, 'new', cursor, plain)).rejects.toMatchObject({ status: 400 });
	});

	test('two presses open one story, and other words under the same key open another', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const pressed = await Promise.all(Array.from({ length: 8 }, () => world.threads.open(wren, 'harbour', { ...story, key: 'one-press' })));
		expect(new Set(pressed.map(({ thread }) => thread)).size).toBe(1);
		const other = await world.threads.open(wren, 'harbour', { ...story, body: 'Went back and wrote on.', key: 'one-press' });
		expect(other.thread).not.toBe(pressed[0]?.thread);
		expect(await titles(world, 'new')).toHaveLength(2);
	});

	test('a newcomer opens three stories on the first day and a fourth one later', async () => {
		const world = await aWorld();
		const wren = await world.someone({ newcomer: true });
		const open = (n: number) => world.threads.open(wren, 'harbour', { ...story, title: `story ${n}`, body: `words ${n}` });
		for (const n of [1, 2, 3]) await open(n);
		await expect(open(4)).rejects.toMatchObject({ code: 'first_day_threads', status: 429 });
		world.later(day);
		await open(4);
	});

	test('a newcomer cannot post a link', async () => {
		const world = await aWorld();
		const wren = await world.someone({ newcomer: true });
		await expect(world.threads.open(wren, 'harbour', { ...story, body: 'See https://example.org' })).rejects.toMatchObject({
			code: 'first_day_links'
		});
		await world.threads.open(await world.someone(), 'harbour', { ...story, body: 'See https://example.org' });
	});

	test('personal details raise a caution once, and may be posted anyway', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const details = { ...story, body: 'Write me at wren@example.org please' };
		await expect(world.threads.open(wren, 'harbour', details)).rejects.toMatchObject({
			problems: { caution: expect.stringContaining('wren@example.org') }
		});
		await world.threads.open(wren, 'harbour', { ...details, anyway: true });
	});

	test.each([
		['an empty title', { title: ' \u200b ' }, 'title'],
		['a title over 120 characters', { title: 'ä'.repeat(121) }, 'title'],
		['an empty body', { body: ' \u202e\n ' }, 'body'],
		['a body over 20,000 characters', { body: 'word '.repeat(4001) }, 'body'],
		['an unknown warning', { warnings: ['spiders'] }, 'warnings'],
		['a broken key', { key: 'a b' }, 'form']
	])('%s is answered with a sentence at its field, and nothing is written', async (_, wrong, field) => {
		const world = await aWorld();
		const wren = await world.someone();
		await expect(world.threads.open(wren, 'harbour', { ...story, ...wrong })).rejects.toMatchObject({
			problems: { [field]: expect.any(String) }
		});
		expect(await titles(world, 'new')).toEqual([]);
	});

	test('a reader who hides a warning is not shown the story’s card; a hard day hides what is folded', async () => {
		const world = await aWorld();
		await world.threads.open(await world.someone(), 'harbour', { ...story, warnings: ['suicide'] });
		const board = await boardId(world);
		expect((await world.threads.list(board, 'new', null, plain)).threads).toMatchObject([{ folded: true, excerpt: '' }]);
		const hard = await world.threads.list(board, 'new', null, { ...plain, hardDay: true });
		expect(hard).toMatchObject({ threads: [], hidden: 1 });
		expect((await world.threads.list(board, 'new', null, { ...plain, warnings: { suicide: 'show' } })).threads).toMatchObject([
			{ folded: false }
		]);
	});
});

onBothDatabases((aWorld) => {
	test('an administrator edits a board, a moderator cannot, and a stale edit is refused', async () => {
		const world = await aWorld();
		const edit = (actor: Actor, version: number) =>
			world.boards.edit(actor, 'harbour', {
				title: 'First weeks',
				section: 'First days',
				charter: ['One.', 'Two.'],
				warnings: [],
				membersOnly: false,
				distress: false,
				titlesPublic: true,
				version
			});
		await expect(edit(await world.someone({ role: 'moderator' }), 1)).rejects.toMatchObject({ code: 'not_found' });
		const administrator = await world.someone({ role: 'administrator' });
		await edit(administrator, 1);
		expect((await world.boards.theBoard(undefined, 'harbour')).title).toBe('First weeks');
		await expect(edit(administrator, 1)).rejects.toMatchObject({ code: 'stale' });
	});
});
