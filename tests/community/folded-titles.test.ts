// A folded story keeps its title behind the notice: on its board, on its page, and in every list that names it.
import { expect, test } from 'vitest';
import { encodeCursor } from '#server/community/cursors.ts';
import { Refusal } from '#lib/refusals.ts';
import { onBothDatabases } from '../world.ts';
import { anAnswer, decided, reportedBy } from './desk.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };
const title = 'What Tom from the mill does at night';

onBothDatabases((aWorld) => {
	test('search, bookmarks, follows and notices name a folded story as its board does', async () => {
		const world = await aWorld();
		const [wren, finch, robin] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread, post } = await world.threads.open(wren, 'harbour', { title, body: 'A plover sang.', warnings: [], anyway: true });
		await world.bookmarks.bookmark(finch, post, true);
		await world.follows.followThread(finch, thread, true);
		await anAnswer(world, wren, thread);
		const everywhere = async () => {
			const found = await world.search.find(finch, { q: 'plover', board: '', sort: 'best', after: null }, plain);
			return JSON.stringify([
				found.results.map((result) => result.title),
				(await world.bookmarks.list(finch, plain, null)).kept.map((kept) => kept.title),
				(await world.follows.all(finch)).threads,
				(await world.notices.list(finch, plain)).map(({ text }) => text)
			]);
		};
		expect((await everywhere()).match(/Tom from the mill/g)).toHaveLength(4);
		await reportedBy(world, 1, post);
		await decided(world, robin, post, { postAction: 'fold', authorAction: 'none', rule: 'be-kind', reason: 'Please leave names out.' });
		const folded = await everywhere();
		expect(folded).not.toContain('Tom from the mill');
		expect(folded.match(/A folded story/g)).toHaveLength(3);
		expect((await world.search.find(finch, { q: 'plover', board: '', sort: 'best', after: null }, plain)).results).toHaveLength(1);
	});

	test('a cursor that names no moment is a bad one', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		for (const moment of ['x', '1e999', '99999999999999999999'])
			await expect(world.bookmarks.list(wren, plain, encodeCursor('bookmarks', [moment, 'id']))).rejects.toThrow(new Refusal('bad_cursor'));
	});
});
