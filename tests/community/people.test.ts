// Blocking and muting as the one who does it meets them: each once, undone at any time, bounded, and in no other list than theirs.
import { expect, test } from 'vitest';
import { allKinds } from '#lib/leaving-choices.ts';
import { limits } from '#lib/limits.ts';
import { foldedLine } from '#server/community/search-tokens.ts';
import { onBothDatabases, type World } from '../world.ts';
import { aStory } from './desk.ts';

const rows = (world: World) => world.db.read.$count(world.db.tables.blocks);
const celebrating = async (world: World, who: Awaited<ReturnType<World['someone']>>) =>
	(await world.celebrations.victory(who, { words: 'I made the bed.', when: 'now' })).id;

onBothDatabases((aWorld) => {
	test('blocking twice, or twenty times at once, is blocking once, and one press undoes it', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { post } = await aStory(world, finch);
		const pressed = await Promise.all(Array.from({ length: 20 }, () => world.people.block(wren, { post })));
		expect(await rows(world)).toBe(1);
		expect(new Set(pressed.map(({ id }) => id)).size).toBe(1);
		expect(await world.people.mine(wren)).toMatchObject({ blocked: [{ name: finch.name, since: '2026-03-14' }], muted: [], words: [] });
		expect(await world.people.block(wren, { post })).toEqual(pressed[0]);
		await Promise.all(Array.from({ length: 6 }, () => world.people.unblock(wren, pressed[0]?.id ?? '')));
		expect(await rows(world)).toBe(0);
	});

	test('a celebration leads to whoever shared it; muting and blocking are two lists', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const celebration = await celebrating(world, finch);
		const { id } = await world.people.mute(wren, { celebration });
		await world.people.mute(wren, { celebration });
		await world.people.block(wren, { celebration });
		expect(await world.people.mine(wren)).toMatchObject({ blocked: [{ name: finch.name }], muted: [{ id, name: finch.name }] });
		await world.people.unmute(wren, id);
		expect((await world.people.mine(wren)).muted).toEqual([]);
	});

	test('only one’s own lists are seen and changed', async () => {
		const world = await aWorld();
		const [wren, finch, robin] = [await world.someone(), await world.someone(), await world.someone()];
		const { post } = await aStory(world, finch);
		const { id } = await world.people.block(wren, { post });
		await world.people.muteWords(wren, 'whisky');
		for (const other of [finch, robin]) {
			await world.people.unblock(other, id);
			expect(await world.people.mine(other)).toEqual({ blocked: [], muted: [], words: [] });
		}
		const [word] = (await world.people.mine(wren)).words;
		await world.people.unmuteWords(finch, word?.id ?? '');
		expect(await world.people.mine(wren)).toMatchObject({ blocked: [{ name: finch.name }], words: [{ words: 'whisky' }] });
	});

	test('nobody blocks themselves, what they cannot see, or what is not there', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const own = await aStory(world, wren);
		const gone = await aStory(world, finch);
		await world.posts.withdraw(finch, gone.post, true);
		const mine = await celebrating(world, wren);
		const refused = [
			[{ post: own.post }, 'own_post'],
			[{ celebration: mine }, 'own_celebration'],
			[{ post: gone.post }, 'gone'],
			[{ post: 'nowhere' }, 'not_found'],
			[{ celebration: 'nowhere' }, 'not_found'],
			[{}, 'not_found']
		] as const;
		for (const [wrote, code] of refused)
			for (const verb of ['block', 'mute', 'whoWrote'] as const)
				await expect(world.people[verb](wren, wrote)).rejects.toMatchObject({ code });
		expect(await rows(world)).toBe(0);
	});

	test('where no member’s name stands there is nobody to block', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { post } = await aStory(world, finch);
		await world.db.write((tx) => tx.update(world.db.tables.posts).set({ authorId: null }));
		await expect(world.people.block(wren, { post })).rejects.toMatchObject({
			problems: { form: expect.stringContaining('nobody to block') }
		});
	});

	test('the lists have a bound', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { post } = await aStory(world, finch);
		const { blocks, members } = world.db.tables;
		const others = Array.from({ length: limits.blocks }, (_, i) => `other-${i}`);
		const [like = never()] = await world.db.read.select().from(members).limit(1);
		await world.db.write(async (tx) => {
			for (const id of others) {
				await tx.insert(members).values({ ...like, id, name: id, nameFolded: id, tombstone: id });
				await tx.insert(blocks).values({ id, memberId: wren.id, blockedId: id, at: '2026-03-14' });
			}
		});
		await expect(world.people.block(wren, { post })).rejects.toMatchObject({ problems: { form: expect.stringContaining('room for 500') } });
		await world.people.unblock(wren, 'other-7');
		await world.people.block(wren, { post });
		expect(await rows(world)).toBe(limits.blocks);
	}, 60_000);

	test('a muted word is kept once however it is written, and only so many and so long', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		for (const words of ['Café', 'cafe', ' CAFÉ! ']) await world.people.muteWords(wren, words);
		expect((await world.people.mine(wren)).words).toMatchObject([{ words: 'Café' }]);
		for (const words of ['', '…', '   ', 'x'.repeat(61)])
			await expect(world.people.muteWords(wren, words)).rejects.toMatchObject({ problems: { words: expect.any(String) } });
		for (let i = 1; i < limits.mutedWords; i++) await world.people.muteWords(wren, `word ${i}`);
		await expect(world.people.muteWords(wren, 'one more')).rejects.toMatchObject({
			problems: { words: expect.stringContaining('room for') }
		});
		await world.people.muteWords(wren, 'word 1');
		const { words } = await world.people.mine(wren);
		for (const { id } of words) await world.people.unmuteWords(wren, id);
		expect((await world.people.mine(wren)).words).toEqual([]);
	});

	test('a member who leaves takes their blocks with them, and those of others about them', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		await world.people.block(wren, { celebration: await celebrating(world, finch) });
		await world.people.mute(finch, { celebration: await celebrating(world, wren) }).catch(() => undefined);
		const choices = Object.fromEntries(allKinds.map((kind) => [kind, 'keep']));
		await world.leaving.leave(finch, { passphrase: 'a lamp in the far window', choices });
		expect(await rows(world)).toBe(0);
	});
});

test('whole words are found in any script, and parts of words are not', () => {
	const holds = (text: string, word: string) => foldedLine(text).includes(foldedLine(word));
	for (const [text, word] of [
		['I poured the Whisky away.', 'whisky'],
		['whisky', 'WHISKY'],
		['Der Schnaps, die Straße', 'strasse'],
		['im Café, heute', 'cafe'],
		['cafe — heute', 'Café'],
		['Он пьёт водку', 'водку'],
		['今日は飲酒をやめた', '飲酒'],
		['酒', '酒'],
		['今日は酒を捨てた', '酒'],
		['술을 끊었다', '술'],
		['أشرب الخمر', 'الخمر'],
		['मैंने शराब छोड़ी', 'शराब'],
		['the last drink of the night', 'last drink'],
		['AA会議に行った', 'aa会議']
	] as const)
		expect([text, word, holds(text, word)]).toEqual([text, word, true]);
	for (const [text, word] of [
		['whiskyless', 'whisky'],
		['a drink, the last', 'last drink'],
		['category', 'cat'],
		['водками', 'водка'],
		['xaa会議', 'aa会議'],
		['飲んで酒', '飲酒']
	] as const)
		expect([text, word, holds(text, word)]).toEqual([text, word, false]);
});

test('a long text is folded in the time of its length', () => {
	for (const text of ['a'.repeat(20_000), '酒'.repeat(20_000), 'é'.repeat(20_000), `e${'\u0301'.repeat(19_999)}`, 'ab '.repeat(6_666)]) {
		// The quickest of five: a machine that is busy with something else is no slow fold.
		const took = Array.from({ length: 5 }, () => {
			const began = performance.now();
			foldedLine(text);
			return performance.now() - began;
		});
		expect(Math.min(...took)).toBeLessThan(250);
	}
});

function never(): never {
	throw new Error('Nobody is here.');
}
