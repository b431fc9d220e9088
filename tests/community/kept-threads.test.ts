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
});
