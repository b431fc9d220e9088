// Open pages and blocks: a line tells nothing of whom its member does not meet, from the moment of the block to that of its undoing.
import { expect, test } from 'vitest';
import type { Actor } from '#server/community/means.ts';
import { lit } from '../live-site.ts';
import { onBothDatabases, type World } from '../world.ts';

onBothDatabases((aWorld) => {
	const celebrating = async (world: World, who: Actor, words: string) => (await world.celebrations.victory(who, { words, when: 'now' })).id;

	test('a line that is open hears of a block at once, of the other nothing more, and of everybody else as before', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const [ash, birch, cedar] = [await world.someone(), await world.someone(), await world.someone()];
		const lineOf = async (who: Actor, after = '') => site.line(`/live/socket${after}`, { cookie: (await site.cookieFor(who)).cookie });
		const { thread } = await world.threads.open(cedar, 'harbour', { title: 'A story', body: 'How it was.', warnings: [] });
		const [hers, his, third, guest] = [await lineOf(ash), await lineOf(birch), await lineOf(cedar), await site.line()];
		for (const { socket } of [hers, his, third]) socket.send(JSON.stringify({ type: 'thread.watched', thread }));
		await expect.poll(() => [site.hub.listeners(thread), site.hub.listeners()]).toEqual([3, 4]);
		const shared = await celebrating(world, birch, 'before');
		await hers.next('celebration.shared');
		const { id } = await world.people.block(ash, { celebration: shared });
		const lines = [];
		for (const who of [ash, birch]) {
			lines.push(await celebrating(world, who, `apart ${who.name}`));
			await world.threads.open(who, 'harbour', { title: `Apart ${who.name}`, body: 'How it was.', warnings: [] });
			await world.posts.reply(who, { thread, body: `Apart, ${who.name}.`, warnings: [] });
		}
		for (const line of lines) await world.celebrations.cheer(cedar, line).catch(() => undefined);
		await celebrating(world, cedar, 'the last');
		const ended = (line: typeof hers) => expect.poll(() => JSON.stringify(line.frames)).toContain('the last');
		for (const line of [hers, his, third, guest]) await ended(line);
		const heard = (line: typeof hers, name: string) => line.frames.filter(({ data }) => JSON.stringify(data).includes(name)).length;
		expect([heard(hers, birch.name), heard(his, ash.name)]).toEqual([1, 0]);
		for (const line of [third, guest]) expect([heard(line, ash.name), heard(line, birch.name)]).toEqual([2, 3]);
		const types = (line: typeof hers) => line.frames.map(({ type }) => type);
		expect(types(his).filter((type) => type === 'reply.posted')).toHaveLength(1);
		expect(types(third).filter((type) => type === 'reply.posted')).toHaveLength(2);
		expect(JSON.stringify([hers, his, third, guest].map(({ frames }) => frames))).not.toMatch(/people|"by"/);
		// A page that comes back hears no more of it than one that stayed.
		const again = await lineOf(birch, '?after=s1');
		await ended(again);
		expect(heard(again, ash.name)).toBe(0);
		await world.people.unblock(ash, id);
		await celebrating(world, ash, 'together again');
		await expect.poll(() => JSON.stringify(his.frames)).toContain('together again');
	});

	test('a line is told neither what a muted member shares nor a line with a muted word', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const [wren, finch, robin] = [await world.someone(), await world.someone(), await world.someone()];
		await world.people.mute(wren, { celebration: await celebrating(world, finch, 'before') });
		const line = await site.line('/live/socket', { cookie: (await site.cookieFor(wren)).cookie });
		await expect.poll(() => site.hub.listeners()).toBe(1);
		await world.people.muteWords(wren, 'whisky');
		await celebrating(world, finch, 'quiet one');
		await celebrating(world, robin, 'no Whisky today');
		await celebrating(world, robin, 'the last');
		await expect.poll(() => JSON.stringify(line.frames)).toContain('the last');
		expect(JSON.stringify(line.frames)).not.toMatch(/quiet one|Whisky/);
	});
});
