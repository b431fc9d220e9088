// The built site over a store that another process changes: what guests are shown is, byte for byte, what would be made for them now.
import { afterEach, expect, test } from 'vitest';
import { startSite, type BuiltSite } from '../built-site.ts';
import { aStage, visible } from '../community/visible-changes.ts';
import { onBothDatabases } from '../world.ts';

/** The place in the stream may be an older one: what came since is told again, and changes nothing that the page shows. */
const withoutPlace = (page: string) => page.replace(/ data-after="[^"]*"/g, '');

onBothDatabases((aWorld) => {
	let site: BuiltSite | undefined;
	afterEach(async () => {
		await site?.stop();
		site = undefined;
	});

	async function read(path: string) {
		const answer = await fetch(`${site?.url}${path}`, { redirect: 'manual' });
		return `${answer.status} ${withoutPlace(await answer.text())}`;
	}
	const made = (path: string) => read(`${path}${path.includes('?') ? '&' : '?'}fresh=1`);

	/** The site does due chores by itself: only where the page is the same before and after may a kept one not differ. */
	async function isFresh(path: string): Promise<boolean> {
		if ((await read(path)) === (await made(path))) return true;
		for (let tried = 0; tried < 5; tried++) {
			const [before, kept, after] = [await made(path), await read(path), await made(path)];
			if (before === after) return kept === after;
		}
		return false;
	}

	test('after every change each page is the one that would be made now', { timeout: 180_000 }, async () => {
		// An hour ahead: names that are held here must not have run out by the clock of the site, which lets go of those.
		const world = await aWorld({ start: Date.now() + 3_600_000 });
		const stage = await aStage(world);
		site = await startSite({ DATABASE_URL: world.url });
		const { thread, answer, stories } = stage;
		const paths = [
			'/',
			'/boards',
			'/live',
			'/boards/harbour',
			'/boards/garden?sort=new',
			`/threads/${thread}`,
			`/threads/${thread}?post=${answer}`,
			`/threads/${stories.fold.thread}`,
			`/threads/${stories.remove.thread}`
		];
		for (const path of paths) await read(path);
		for (const [step, happens] of visible) {
			await happens(stage);
			const fresh = await Promise.all(paths.map(isFresh));
			expect([step, ...paths.filter((_, i) => !fresh[i])]).toEqual([step]);
		}
		expect(await read(`/threads/${thread}`)).toMatch(/^200 /);
	});
});
