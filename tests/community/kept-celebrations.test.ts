// The newest celebrations are kept until one of them changes: what is one reader's own is on their page alone, whoever reads before or after.
import { expect, test } from 'vitest';
import { allKinds } from '#lib/leaving-choices.ts';
import { celebrationFeed } from '#server/community/celebration-feed.ts';
import type { Reader } from '#server/community/means.ts';
import { day, onBothDatabases, type World } from '../world.ts';

const bothWays = async (world: World, reader: Reader) => ({
	kept: await world.celebrations.feed(reader),
	anew: await celebrationFeed({ db: world.db, now: world.now }).feed(reader)
});

onBothDatabases((aWorld) => {
	test('whose it is, who cheered, and whom one reader muted or blocked, is on no other page', async () => {
		const world = await aWorld();
		const [wren, finch, robin, heron, jay] = await Promise.all([1, 2, 3, 4, 5].map(() => world.someone()));
		if (!wren || !finch || !robin || !heron || !jay) throw new Error('Five people came.');
		const { id: celebration } = await world.celebrations.victory(wren, { words: 'A lamp is lit.', when: 'now' });
		await world.celebrations.cheer(finch, celebration, true);
		await world.people.mute(robin, { celebration });
		await world.people.block(heron, { celebration });
		await world.people.muteWords(jay, 'lamp');
		const readers = [wren, finch, robin, heron, jay, undefined];
		for (const order of [readers, readers.toReversed()]) {
			// What was kept is not what they read now.
			await world.celebrations.victory(finch, { words: `I made the bed ${order === readers ? '' : 'again'}.`, when: 'now' });
			for (const days of [0, 2, 7]) {
				world.later(days * day);
				for (const reader of order) {
					const { kept, anew } = await bothWays(world, reader);
					expect(kept, `${reader?.name ?? 'a guest'}, ${days} days later`).toEqual(anew);
				}
			}
		}
	});

	test('what is undone, cheered or erased with its member is on the next page so', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const [first, second] = [
			await world.celebrations.victory(wren, { words: 'I made the bed.', when: 'now' }),
			await world.celebrations.victory(finch, { words: 'I rang my sister.', when: 'now' })
		];
		const seen = async () => {
			const { kept, anew } = await bothWays(world, undefined);
			expect(kept).toEqual(anew);
			return kept.celebrations.map(({ id, name, cheers }) => [id, name, cheers]);
		};
		expect(await seen()).toHaveLength(2);
		await world.celebrations.cheer(finch, first.id, true);
		expect(await seen()).toContainEqual([first.id, wren.name, 1]);
		await world.celebrations.undo(finch, second.id);
		expect(await seen()).toEqual([[first.id, wren.name, 1]]);
		const choices = Object.fromEntries(allKinds.map((kind) => [kind, 'keep']));
		await world.leaving.leave(wren, { passphrase: 'a lamp in the far window', choices });
		expect(await seen()).toEqual([[first.id, 'A former member', 1]]);
	});
});
