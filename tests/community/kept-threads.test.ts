// Rows of a thread are kept until they change: whoever reads, and whatever happened just before, the page is what the store would say.
import { expect, test } from 'vitest';
import { Refusal } from '#lib/refusals.ts';
import type { Reader } from '#server/community/means.ts';
import { readThread } from '#server/community/reading.ts';
import { onBothDatabases, worldSealer, type World } from '../world.ts';
import { anAnswer, aStory, decided, removing, reportedBy } from './desk.ts';
import { aStage, unseen, visible } from './visible-changes.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };

onBothDatabases((aWorld) => {
	/** The thread from what is kept, and read anew by verbs that have kept nothing. */
	async function bothWays({ posts, db, now }: World, reader: Reader, thread: string, place = {}) {
		const refused = (problem: unknown) => (problem instanceof Refusal ? problem.code : Promise.reject(problem));
		const kept = await posts.read(reader, thread, plain, place).catch(refused);
		const anew = await readThread({ db, now, sealer: worldSealer }).read(reader, thread, plain, place).catch(refused);
		return { kept, anew };
	}

	test('every change is on the next page of a member, of the author, of staff and of a guest', { timeout: 60_000 }, async () => {
		const world = await aWorld();
		const stage = await aStage(world);
		const readers = [stage.finch, stage.wren, stage.moderator, undefined];
		const threads = [stage.thread, ...Object.values(stage.stories).map(({ thread }) => thread)];
		for (const [step, happens] of [['nothing yet', async () => undefined] as const, ...unseen, ...visible]) {
			await happens(stage);
			for (const reader of readers)
				for (const thread of threads)
					for (const place of [{}, { post: stage.answer }]) {
						const { kept, anew } = await bothWays(world, reader, thread, place);
						expect(kept, `${step}, for ${reader?.name ?? 'a guest'}`).toEqual(anew);
					}
		}
	});

	test('a post that waits is on its author’s page and on no other, and words as typed are for their author', async () => {
		const world = await aWorld();
		const [wren, finch, robin, moderator] = await Promise.all(
			[1, 2, 3].map(() => world.someone()).concat(world.someone({ role: 'moderator' }))
		);
		if (!wren || !finch || !robin || !moderator) throw new Error('Four people came.');
		const { thread } = await aStory(world, wren);
		await anAnswer(world, finch, thread);
		await world.posts.read(finch, thread, plain);
		const unkind = await aStory(world, robin);
		await reportedBy(world, 1, unkind.post);
		await decided(world, moderator, unkind.post, { ...removing, postAction: 'none', authorAction: 'hold_posts' });
		const { post: waiting } = await world.posts.reply(robin, {
			thread,
			parent: undefined,
			body: 'I wait.',
			warnings: [],
			key: 'k',
			anyway: true
		});
		const answersOf = async (reader: Reader) => (await world.posts.read(reader, thread, plain)).replies;
		const seen = async (reader: Reader) => (await answersOf(reader)).some(({ id }) => id === waiting);
		expect([await seen(robin), await seen(finch), await seen(undefined), await seen(moderator)]).toEqual([true, false, false, true]);
		const typed = async (reader: Reader) => (await answersOf(reader)).map(({ body, own }) => [own, body !== '']);
		for (const reader of [robin, finch, wren]) for (const [own, hasBody] of await typed(reader)) expect(hasBody).toBe(own);
	});

	test('what one reader did, has not read yet or wants folded is on their page alone, whoever reads before or after', async () => {
		const world = await aWorld();
		const [wren, finch, robin, heron] = await Promise.all([1, 2, 3, 4].map(() => world.someone()));
		if (!wren || !finch || !robin || !heron) throw new Error('Four people came.');
		const { thread, post } = await world.threads.open(wren, 'harbour', {
			title: 'A long night',
			body: 'I am still here.',
			warnings: ['grief'],
			anyway: true
		});
		const answers = [await anAnswer(world, finch, thread), await anAnswer(world, finch, thread)];
		const [first = ''] = answers;
		await world.encouragements.encourage(robin, first, 'with_you', true);
		await world.bookmarks.bookmark(robin, post, true);
		const readers = [undefined, heron, robin, finch, wren, heron, robin, undefined];
		for (const hours of [0, 1, 30]) {
			world.later(hours * 3_600_000);
			for (const reader of readers)
				for (const choices of [plain, { ...plain, hardDay: true }, { ...plain, warnings: { grief: 'hide' as const } }]) {
					const read = (verbs: Pick<World['posts'], 'read'>) => verbs.read(reader, thread, choices);
					const anew = readThread({ db: world.db, now: world.now, sealer: worldSealer });
					expect(await read(world.posts), `${reader?.name ?? 'a guest'}, ${hours} hours later`).toEqual(await read(anew));
				}
		}
		// What came since the last visit is new to whoever was here, and to nobody else.
		await world.posts.visit(heron, thread, plain);
		world.later(3 * 3_600_000);
		const late = await anAnswer(world, finch, thread);
		const freshTo = async (reader: Reader) =>
			(await world.posts.read(reader, thread, plain)).replies.filter(({ fresh }) => fresh).map(({ id }) => id);
		expect([await freshTo(robin), await freshTo(heron), await freshTo(undefined)]).toEqual([[], [late], []]);
	});

	test('whom one reader blocked or muted, and which words, is on their page alone, whoever reads before or after', async () => {
		const world = await aWorld();
		const [wren, finch, robin, heron, jay, owl] = await Promise.all([1, 2, 3, 4, 5, 6].map(() => world.someone()));
		if (!wren || !finch || !robin || !heron || !jay || !owl) throw new Error('Six people came.');
		const { thread } = await aStory(world, wren);
		const minute = 60_000;
		world.later(10 * minute);
		const byFinch = await anAnswer(world, finch, thread);
		world.later(20 * minute);
		const byRobin = await anAnswer(world, robin, thread, undefined, 'A lamp is lit.');
		await world.people.block(heron, { post: byFinch });
		await world.people.mute(jay, { post: byRobin });
		await world.people.muteWords(owl, 'lamp');
		const readers = [heron, jay, owl, wren, finch, robin, undefined];
		for (const order of [readers, readers.toReversed()]) {
			// What was kept is not what they read now.
			await anAnswer(world, wren, thread);
			// In the last ten minutes the age of one post alone turns.
			for (const minutes of [0, 120, 35, 10]) {
				world.later(minutes * minute);
				for (const reader of order)
					for (const place of [{}, { post: byRobin }]) {
						const { kept, anew } = await bothWays(world, reader, thread, place);
						expect(kept, `${reader?.name ?? 'a guest'}, ${minutes} minutes later`).toEqual(anew);
					}
			}
		}
	});

	test('who reported a post sees that they did, and nobody else does', async () => {
		const world = await aWorld();
		const [wren, finch, robin] = await Promise.all([world.someone(), world.someone(), world.someone()]);
		const { thread, post } = await aStory(world, wren);
		await world.reports.report(finch, { post, reason: 'unkind', note: '' });
		const seenBy = async (reader: Reader) => (await world.posts.read(reader, thread, plain)).opening.reported;
		expect([await seenBy(finch), await seenBy(robin), await seenBy(wren), await seenBy(undefined)]).toEqual([true, false, false, false]);
	});

	test('readers with nothing of their own on a page are handed the same one', async () => {
		const world = await aWorld();
		const [wren, finch, robin] = await Promise.all([world.someone(), world.someone(), world.someone()]);
		const { thread } = await aStory(world, wren);
		const read = async (reader: Reader) => (await world.posts.read(reader, thread, plain)).replies;
		await anAnswer(world, wren, thread);
		expect(await read(finch)).toBe(await read(robin));
		expect(await read(wren)).not.toBe(await read(finch));
	});
});
