// What readers see and may do where staff closed, folded or took out words.
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { Refusal } from '#lib/refusals.ts';
import type { Reader } from '#server/community/means.ts';
import { onBothDatabases } from '../world.ts';
import { anAnswer, aStory, decided, reportedBy } from './desk.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };

onBothDatabases((aWorld) => {
	async function aReportedStory() {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread, post } = await aStory(world, wren);
		await reportedBy(world, 1, post);
		const titles = async (reader: Reader) => {
			const { id } = await world.boards.theBoard(reader, 'harbour');
			const [home, listed] = [
				await world.threads.forHome(reader, plain),
				(await world.threads.list(id, 'new', null, plain, reader)).threads
			];
			const read = (await world.posts.read(reader, thread, plain)).title;
			return [...new Set([read, ...[...home.waiting, ...home.recent, ...listed].map(({ title }) => title)])];
		};
		return { world, wren, moderator, thread, post, titles };
	}

	test('taking the words out of a story takes its title too, and keeps it for staff', async () => {
		const { world, moderator, post, titles } = await aReportedStory();
		await decided(world, moderator, post, { postAction: 'redact' });
		expect(await titles(undefined)).toEqual(['A moderator took this title out']);
		const { postRevisions } = world.db.tables;
		expect(await world.db.read.select({ title: postRevisions.title }).from(postRevisions).where(eq(postRevisions.postId, post))).toEqual([
			{ title: 'A long night' }
		]);
	});

	test('a folded story’s title is read by its author and staff only', async () => {
		const { world, wren, moderator, post, titles } = await aReportedStory();
		expect(await titles(undefined)).toEqual(['A long night']);
		await decided(world, moderator, post, { postAction: 'fold', rule: 'no-methods' });
		for (const reader of [undefined, await world.someone()]) expect(await titles(reader)).toEqual(['A folded story']);
		for (const reader of [wren, moderator]) expect(await titles(reader)).toEqual(['A long night']);
	});

	test('nobody answers anywhere below a locked answer, and no page offers it', async () => {
		const { world, wren, moderator, thread } = await aReportedStory();
		const locked = await anAnswer(world, wren, thread);
		const below = await anAnswer(world, wren, thread, locked);
		const deep = await anAnswer(world, wren, thread, below);
		const beside = await anAnswer(world, wren, thread);
		const open = async (post: string | null = null) =>
			(await world.posts.read(wren, thread, plain, { post })).replies.filter(({ may }) => may.answer).map(({ id }) => id);
		expect(await open()).toEqual([locked, below, deep, beside]);
		for (const post of [below, locked]) {
			await reportedBy(world, 1, post);
			await decided(world, moderator, post, { postAction: 'lock' });
		}
		for (const parent of [locked, below, deep]) await expect(anAnswer(world, wren, thread, parent)).rejects.toThrow(new Refusal('locked'));
		expect(await open()).toEqual([beside]);
		await anAnswer(world, wren, thread, beside);
		// What was closed by itself stays closed when the branch around it opens again.
		await decided(world, moderator, locked, { postAction: 'restore' });
		await expect(anAnswer(world, wren, thread, deep)).rejects.toThrow(new Refusal('locked'));
		expect(await open()).toContain(locked);
		await decided(world, moderator, below, { postAction: 'restore' });
		await anAnswer(world, wren, thread, deep);
	});
});
