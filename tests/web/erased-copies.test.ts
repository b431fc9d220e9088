// Pages, parts and rows that a process keeps ready: after an erasure none of them is there any more, in this process and in others.
import { afterEach, expect, test } from 'vitest';
import { allKinds } from '#lib/leaving-choices.ts';
import { readyPart } from '#lib/ready-parts.ts';
import type { PageServer } from '#server/web/pages.ts';
import { aStory } from '../community/desk.ts';
import { liveSite } from '../live-site.ts';
import { onBothDatabases, peopled, type World } from '../world.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };
const leaving = { passphrase: 'a lamp in the far window', choices: Object.fromEntries(allKinds.map((kind) => [kind, 'erase'])) };
const open: (() => Promise<unknown>)[] = [];

onBothDatabases((aWorld) => {
	// Before the world's own end: sites close first, with all they still tell.
	afterEach(async () => {
		for (const close of open.splice(0).reverse()) await close();
	});

	/** Pages that hold a thread's rows and a ready part; what had to be made for them is counted. */
	async function aProcess(world: World) {
		const made = { pages: 0, parts: 0 };
		const pages: PageServer = {
			async respond(request) {
				made.pages++;
				const { opening } = await world.posts.read(undefined, new URL(request.url).pathname.split('/')[2] ?? '', plain);
				const part = readyPart(`post ${opening.html}`, () => (made.parts++, opening.html));
				return new Response(part.slice(), { headers: { 'content-type': 'text/html' } });
			}
		};
		const site = await liveSite(world, { pages });
		open.push(async () => (await site.hub.settled(), await site.close()));
		const get = async (thread: string) => (await site.app.inject(`/threads/${thread}`)).body;
		return { made, get, site };
	}

	test.each(['leaves', 'erases a post'] as const)('when somebody %s, everything that is kept ready goes', async (how) => {
		const asked: string[] = [];
		const world = await aWorld({ logQuery: (query: string) => void asked.push(query) });
		const [wren, finch] = [await world.someone(), await world.someone()];
		const [hers, other] = [await aStory(world, wren, 'A periwinkle.'), await aStory(world, finch)];
		const here = await aProcess(world);
		const there = await aProcess(await peopled(world.db, world.url));
		const reading = async (thread: string) => {
			const before = asked.length;
			await world.posts.read(finch, thread, plain);
			return asked.slice(before).filter((query) => query.includes('"html"')).length;
		};
		for (const { thread } of [hers, other]) for (const { get } of [here, there]) await get(thread);
		expect(await here.get(hers.thread)).toContain('A periwinkle.');
		await reading(other.thread);
		// What another member wrote stands ready, as long as nothing is erased.
		const [pages, parts] = [here.made.pages, here.made.parts];
		for (const { get } of [here, there]) await get(other.thread);
		expect([here.made.pages, here.made.parts, there.made.pages]).toEqual([pages, parts, 2]);
		expect(await reading(other.thread)).toBe(0);

		if (how === 'leaves') await world.leaving.leave(wren, leaving);
		else {
			await world.posts.withdraw(wren, hers.post, true);
			await world.leaving.erasePost(wren, hers.post);
		}
		expect(await reading(other.thread)).toBeGreaterThan(0);
		await here.get(other.thread);
		expect(here.made.pages).toBe(pages + 1);
		expect(here.made.parts).toBeGreaterThan(parts);
		// Another process hears of it by the stream.
		await expect.poll(async () => (await there.get(other.thread), there.made.pages)).toBe(3);
	});
});
