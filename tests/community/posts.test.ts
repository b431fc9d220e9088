import fc from 'fast-check';
import { expect, test } from 'vitest';
import { day, onBothDatabases, type World } from '../world.ts';
import type { Actor, Reader } from '#server/community/means.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };

async function aThread(world: World, by?: Actor) {
	const opener = by ?? (await world.someone());
	return (await world.threads.open(opener, 'harbour', { title: 'A story', body: 'How it was.', warnings: [] })).thread;
}

/** Every answer, page by page. */
async function allAnswers(world: World, reader: Reader, thread: string) {
	const found = [];
	let after: string | null = null;
	do {
		const page: Awaited<ReturnType<World['posts']['read']>> = await world.posts.read(reader, thread, plain, { after });
		found.push(...page.replies);
		after = page.next;
	} while (after);
	return found;
}

onBothDatabases((aWorld) => {
	test('answers stand under what they answer, in the order they were written', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const thread = await aThread(world, wren);
		const say = async (actor: Actor, body: string, parent?: string) =>
			(await world.posts.reply(actor, { thread, body, parent, warnings: [] })).post;
		const first = await say(finch, 'first');
		const second = await say(finch, 'second');
		const under = await say(wren, 'under first', first);
		await say(finch, 'under under', under);
		await say(wren, 'also under first', first);
		await say(wren, 'under second', second);
		const read = await world.posts.read(undefined, thread, plain);
		expect(read.replies.map(({ html, depth }) => `${depth} ${html.replace(/<[^>]*>/g, '').trim()}`)).toEqual([
			'1 first',
			'2 under first',
			'3 under under',
			'2 also under first',
			'1 second',
			'2 under second'
		]);
		expect(read.answers).toBe(6);
		expect(read.replies[1]).toMatchObject({ answering: finch.name, follows: true });
		expect(read.replies[3]).toMatchObject({ answering: finch.name, follows: false });
	});

	test('a tree of any shape is read from top to bottom, each post once, over all pages', { timeout: 120_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 120 }), async (choices) => {
				const world = await aWorld();
				const wren = await world.someone();
				const thread = await aThread(world, wren);
				const children = new Map<string, string[]>();
				const made: string[] = [];
				for (const [i, choice] of choices.entries()) {
					const parent = made[choice % (made.length + 1)];
					const { post } = await world.posts.reply(wren, { thread, parent, body: `answer ${i}`, warnings: [] });
					children.set(parent ?? '', [...(children.get(parent ?? '') ?? []), post]);
					made.push(post);
				}
				const walk = (parent: string): string[] => (children.get(parent) ?? []).flatMap((post) => [post, ...walk(post)]);
				expect((await allAnswers(world, undefined, thread)).map(({ id }) => id)).toEqual(walk(''));
			}),
			{ numRuns: 6 }
		);
	});

	test('a conversation three hundred deep keeps its order and its own links', { timeout: 60_000 }, async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const thread = await aThread(world, wren);
		const early = await world.posts.reply(wren, { thread, body: 'early', warnings: [] });
		await world.posts.reply(wren, { thread, body: 'late', warnings: [] });
		let parent = early.post;
		for (let i = 0; i < 300; i++) parent = (await world.posts.reply(wren, { thread, parent, body: `deep ${i}`, warnings: [] })).post;
		const all = await allAnswers(world, undefined, thread);
		expect(all).toHaveLength(302);
		expect(all.at(-1)?.html).toContain('late');
		expect(all.at(-2)).toMatchObject({ id: parent, depth: 301 });
		const around = await world.posts.read(undefined, thread, plain, { post: parent });
		expect(around.replies.map(({ id }) => id)).toContain(parent);
		expect(around.earlier).toBe(true);
	});

	test('twenty answers at once are all there, in one order', async () => {
		const world = await aWorld();
		const people = await Promise.all(Array.from({ length: 4 }, () => world.someone()));
		const thread = await aThread(world);
		await Promise.all(
			people.flatMap((actor) =>
				[1, 2, 3, 4, 5].map((n) => world.posts.reply(actor, { thread, body: `answer ${n}`, warnings: [], key: `k${n}` }))
			)
		);
		const read = await world.posts.read(undefined, thread, plain);
		expect(read.replies).toHaveLength(20);
		expect(read.answers).toBe(20);
	});

	test('a double press answers once, with a key and without one', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const thread = await aThread(world);
		const withKey = await Promise.all(
			[1, 2, 3, 4, 5].map(() => world.posts.reply(wren, { thread, body: 'once', warnings: [], key: 'pressed' }))
		);
		const without = await Promise.all([1, 2, 3].map(() => world.posts.reply(wren, { thread, body: 'once more', warnings: [] })));
		expect(new Set(withKey.map(({ post }) => post)).size).toBe(1);
		expect(new Set(without.map(({ post }) => post)).size).toBe(1);
		world.later(61_000);
		await world.posts.reply(wren, { thread, body: 'once more', warnings: [] });
		expect((await world.posts.read(undefined, thread, plain)).replies).toHaveLength(3);
		expect(world.told.filter(({ type }) => type === 'reply.posted')).toHaveLength(3);
	});

	test('a newcomer answers ten times on the first day', async () => {
		const world = await aWorld();
		const wren = await world.someone({ newcomer: true });
		const thread = await aThread(world);
		const answer = (n: number) => world.posts.reply(wren, { thread, body: `answer ${n}`, warnings: [] });
		for (let n = 0; n < 10; n++) await answer(n);
		await expect(answer(10)).rejects.toMatchObject({ code: 'first_day_replies', status: 429 });
		world.later(day);
		await answer(10);
	});

	test('an edit keeps what was said for staff, and an edit of an older version is refused', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread, post } = await world.threads.open(wren, 'harbour', { title: 'Before', body: 'old words', warnings: [] });
		await world.posts.edit(wren, { post, title: 'After', body: 'new words', warnings: ['grief'], version: 1 });
		const read = await world.posts.read(undefined, thread, plain);
		expect(read).toMatchObject({ title: 'After', opening: { edited: true, version: 2, warnings: ['grief'] } });
		expect(read.opening.html).toContain('new words');
		await expect(world.posts.edit(wren, { post, title: 'After', body: 'lost', warnings: [], version: 1 })).rejects.toMatchObject({
			code: 'stale',
			status: 409
		});
		const { postRevisions } = world.db.tables;
		expect(
			await world.db.read
				.select({ title: postRevisions.title, body: postRevisions.body, version: postRevisions.version })
				.from(postRevisions)
		).toEqual([{ title: 'Before', body: 'old words', version: 1 }]);
	});

	test('a second press of Save is answered as done, and other words from the same version are not', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { post } = await world.threads.open(wren, 'harbour', { title: 'Before', body: 'old words', warnings: [] });
		const edit = { post, title: 'After', body: 'new words', warnings: ['grief', 'eating'], version: 1 };
		await Promise.all([world.posts.edit(wren, edit), world.posts.edit(wren, edit)]);
		await world.posts.edit(wren, { ...edit, warnings: ['eating', 'grief'] });
		expect(world.told.filter(({ type }) => type === 'post.changed')).toHaveLength(1);
		for (const other of [{ title: 'Again' }, { body: 'other words' }, { warnings: ['grief'] }])
			await expect(world.posts.edit(wren, { ...edit, ...other })).rejects.toMatchObject({ code: 'stale' });
		await world.posts.edit(wren, { ...edit, body: 'newer words', version: 2 });
		await world.posts.edit(wren, { ...edit, version: 3 });
		await expect(world.posts.edit(wren, edit)).rejects.toMatchObject({ code: 'stale' });
	});

	test('a newcomer cannot bring a link in by an edit', async () => {
		const world = await aWorld();
		const wren = await world.someone({ newcomer: true });
		const { post } = await world.threads.open(wren, 'harbour', { title: 'A story', body: 'plain words', warnings: [] });
		const edit = { post, body: 'see https://example.org', warnings: [], version: 1 };
		await expect(world.posts.edit(wren, edit)).rejects.toMatchObject({ code: 'first_day_links' });
		world.later(day);
		await world.posts.edit(wren, edit);
	});

	test('nobody edits or withdraws what somebody else wrote, not even staff', async () => {
		const world = await aWorld();
		const { post } = await world.threads.open(await world.someone(), 'harbour', { title: 'Mine', body: 'words', warnings: [] });
		for (const other of [await world.someone(), await world.someone({ role: 'moderator' })]) {
			await expect(world.posts.edit(other, { post, body: 'theirs', warnings: [], version: 1 })).rejects.toMatchObject({
				code: 'not_allowed'
			});
			await expect(world.posts.withdraw(other, post, true)).rejects.toMatchObject({ code: 'not_allowed' });
		}
	});

	test('a withdrawn post leaves its place and no words, and comes back when its author puts it back', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const thread = await aThread(world, wren);
		const { post } = await world.posts.reply(finch, { thread, body: 'a regretted sentence', warnings: ['grief'] });
		await world.posts.reply(wren, { thread, parent: post, body: 'an answer to it', warnings: [] });
		await world.posts.withdraw(finch, post, true);
		const read = await world.posts.read(undefined, thread, plain);
		expect(read.replies).toMatchObject([{ state: 'withdrawn', html: '', body: '', warnings: [] }, { state: 'standing' }]);
		expect(JSON.stringify(await world.posts.read(finch, thread, plain))).not.toContain('regretted');
		// The only answer from somebody else is gone: the story waits again.
		expect((await world.threads.forHome(undefined, plain)).waiting.map(({ id }) => id)).toContain(thread);
		await expect(world.posts.reply(wren, { thread, parent: post, body: 'too late', warnings: [] })).rejects.toMatchObject({ code: 'gone' });
		await world.posts.withdraw(finch, post, false);
		expect((await world.posts.read(undefined, thread, plain)).replies[0]?.html).toContain('regretted');
	});

	test('a withdrawn story leaves the lists, its title too', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread, post } = await world.threads.open(wren, 'harbour', { title: 'My own business', body: 'words', warnings: [] });
		await world.posts.withdraw(wren, post, true);
		expect((await world.threads.forHome(undefined, plain)).waiting).toEqual([]);
		expect(JSON.stringify(await world.posts.read(undefined, thread, plain))).not.toContain('My own business');
	});

	test('an answer to a post of another thread, or to none that exists, finds nothing', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const [here, there] = [await aThread(world, wren), await aThread(world, await world.someone())];
		const { post } = await world.posts.reply(wren, { thread: there, body: 'there', warnings: [] });
		for (const [thread, parent] of [
			[here, post],
			[here, 'nowhere'],
			['nowhere', undefined]
		] as const)
			await expect(world.posts.reply(wren, { thread, parent, body: 'words', warnings: [] })).rejects.toMatchObject({ code: 'not_found' });
	});

	test('an encouragement counts once a member and kind, and is taken back', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await world.threads.open(wren, 'harbour', { title: 'A story', body: 'words', warnings: [] });
		const press = (kind: string, on = true) => world.encouragements.encourage(finch, post, kind, on);
		await Promise.all([press('with_you'), press('with_you'), press('with_you'), press('been_there')]);
		const read = await world.posts.read(finch, thread, plain);
		expect(read.opening.encouraged).toMatchObject({ with_you: 1, been_there: 1 });
		expect(read.opening.pressed.sort()).toEqual(['been_there', 'with_you']);
		await press('with_you', false);
		await press('with_you', false);
		expect((await world.posts.read(finch, thread, plain)).opening).toMatchObject({
			encouraged: { with_you: 0, been_there: 1 },
			pressed: ['been_there']
		});
		await expect(press('down')).rejects.toMatchObject({ problems: { form: expect.any(String) } });
		await expect(world.encouragements.encourage(wren, post, 'with_you', true)).rejects.toMatchObject({ code: 'own_post' });
	});

	test('thirty members encouraging one post at once are all counted', async () => {
		const world = await aWorld();
		const { thread, post } = await world.threads.open(await world.someone(), 'harbour', { title: 'A story', body: 'words', warnings: [] });
		const people: Actor[] = [];
		// One after the other: the door takes no thirty at once.
		while (people.length < 30) people.push(await world.someone());
		await Promise.all(people.map((actor) => world.encouragements.encourage(actor, post, 'with_you', true)));
		expect((await world.posts.read(undefined, thread, plain)).opening.encouraged).toMatchObject({ with_you: 30 });
	});
});
