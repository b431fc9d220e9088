// "Everything we could hand over": all that is a member's own, and nothing of another's for the member's own file.
import { expect, test } from 'vitest';
import type { Held } from '#server/community/held-about.ts';
import { aFullLife } from '../full-life.ts';
import { onBothDatabases, type World } from '../world.ts';
import { maskedStory } from './masked.ts';

async function all(world: World, member: string, reader: 'member' | 'operator') {
	const found: Held[] = [];
	for await (const held of world.held.rows(member, reader)) found.push(held);
	return found;
}
const tables = (held: Held[]) => [...new Set(held.map(({ table }) => table))].sort();

onBothDatabases((aWorld) => {
	test('the operator is shown every table that holds a row about the member', async () => {
		const world = await aWorld();
		const { wren } = await aFullLife(world);
		expect(tables(await all(world, wren.id, 'operator'))).toEqual(
			[
				'blocks',
				'bookmarks',
				'caseEvents',
				'cases',
				'celebrations',
				'cheers',
				'decisions',
				'encouragements',
				'follows',
				'journeyEntries',
				'journeys',
				'medals',
				'members',
				'mutedWords',
				'mutes',
				'notices',
				'postRevisions',
				'posts',
				'readingMarks',
				'reports',
				'sanctions',
				'sealedRows',
				'sessions',
				'threads'
			].sort()
		);
	});

	test('the member’s own file holds their words, and neither who reported them nor what staff wrote among themselves', async () => {
		const world = await aWorld();
		const { wren, finch, moderator } = await aFullLife(world);
		const own = JSON.stringify(await all(world, wren.id, 'member'));
		for (const words of ['wren’s story', 'wren’s draft', 'wren’s journey', 'wren’s note on a report', 'the reason given to wren'])
			expect(own).toContain(words);
		for (const words of [finch.id, moderator.id, 'finch’s note about wren', 'among moderators', 'argon2']) expect(own).not.toContain(words);
		expect(own).not.toContain('finch’s answer');
	});

	test('what was written behind a mask is told in words, also to the operator who holds the keys, and under nobody else’s name', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await maskedStory(world, wren, { title: 'A masked title', body: 'Masked words that stand.' });
		await world.masks.answer(wren, { thread, body: 'Masked words that wait.', warnings: [] });
		for (const reader of ['member', 'operator'] as const) {
			const told = JSON.stringify(await all(world, wren.id, reader));
			const others = JSON.stringify(await all(world, finch.id, reader));
			for (const words of ['A masked title', 'Masked words that stand.', 'Masked words that wait.']) {
				expect(told).toContain(words);
				expect(others).not.toContain(words);
			}
		}
	});

	test('nothing of anybody else comes under a member’s name', async () => {
		const world = await aWorld();
		const { stranger } = await aFullLife(world);
		expect(tables(await all(world, stranger.id, 'operator'))).toEqual(['members']);
	});

	test('what is handed over about somebody who was blocked or muted does not say so', async () => {
		const world = await aWorld();
		const { wren, kite } = await aFullLife(world);
		for (const reader of ['operator', 'member'] as const)
			expect(tables(await all(world, kite.id, reader))).toEqual(['celebrations', 'members']);
		expect(JSON.stringify(await all(world, kite.id, 'operator'))).not.toContain(wren.id);
	});

	test('more rows than are read at once come one after another, each once', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { thread } = await world.threads.open(wren, 'harbour', { title: 'A story', body: 'How it was.', warnings: [] });
		for (let i = 0; i < 205; i++) {
			world.later(60_000);
			await world.posts.reply(wren, { thread, body: `answer ${i}`, warnings: [] });
		}
		const posts = (await all(world, wren.id, 'member')).filter(({ table }) => table === 'posts');
		const ids = posts.flatMap(({ rows }) => rows.map(({ id }) => id));
		expect([posts.length, ids.length, new Set(ids).size]).toEqual([2, 206, 206]);
	});

	test('a name is found however it is written; one that nobody has is not', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		expect(await world.held.find(wren.name.toUpperCase())).toEqual({ id: wren.id, name: wren.name });
		expect(await world.held.find('Nobody Here')).toBeUndefined();
	});
});
