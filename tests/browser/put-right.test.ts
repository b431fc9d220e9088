// "Put it right" at the desk, by its plain forms: a mistake about a post behind a mask is taken back, and the page says what stays and why.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '#server/community/means.ts';
import { limits } from '#lib/limits.ts';
import { sealerOver } from '#server/sealer.ts';
import { sealingKeys } from '#server/sealing-keys.ts';
import { openDatabase, type Database } from '#server/store/database.ts';
import { startSite, type BuiltSite } from '../built-site.ts';
import { anAnswer, decided, postNow, reportedBy, theCaseOf } from '../community/desk.ts';
import { maskedStory } from '../community/masked.ts';
import { peopled, type World } from '../world.ts';
import { casePage } from './case-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'lamplight-put-right-'));
const keys = join(folder, 'keys.json');
let site: BuiltSite;
let db: Database;
let world: World;
const url = () => `file:${site.folder}/site.db`;
beforeAll(async () => {
	site = await startSite({ KEYS_FILE: keys });
	db = await openDatabase(url());
});
// The site's clock is the real one: what happens before it is asked lies behind it.
beforeEach(async () => {
	world = await peopled(db, url(), { start: Date.now() - 600_000, sealer: sealerOver(sealingKeys(keys, [])) });
});
afterAll(async () => {
	await db.close();
	await site.stop();
	rmSync(folder, { recursive: true });
});

const staff = (role: 'moderator' | 'administrator' = 'moderator') => world.someone({ role });

/** The section on a page, without tags; empty where it is not offered. */
const offered = (page: string) => (/<section[^>]*aria-labelledby="decide"[^]*?<\/section>/.exec(page)?.[0] ?? '').replace(/\s+/g, ' ');
/** What its form sends when only the reason is written: hidden fields, and the rule that stands chosen. */
function asItStands(page: string): Record<string, string> {
	const section = offered(page);
	const fields: Record<string, string> = {};
	for (const [tag] of section.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
		fields[/name="([^"]*)"/.exec(tag)?.[1] ?? ''] = /value="([^"]*)"/.exec(tag)?.[1] ?? '';
	fields.rule = /<option value="([^"]*)" selected/.exec(section)?.[1] ?? '';
	return fields;
}
/** The running site does it by itself; its clock needs twelve seconds for that, ours none. */
async function takesEffect() {
	world.later(Date.now() - world.now() + limits.undoWithin);
	await world.decisions.applyDue();
}

/** A masked story that was removed by mistake, its author asked to pause by the two who looked who it is. */
async function pausedByMistake() {
	const [wren, ash, birch] = [await world.someone(), await staff(), await staff()];
	const { thread, post } = await maskedStory(world, wren);
	await reportedBy(world, 1, post, 'threat');
	const { id } = await theCaseOf(world, post);
	await world.cases.askUnmasking(ash, id, 'Somebody is in danger.');
	await world.cases.confirmUnmasking(birch, id);
	await decided(world, birch, post, { postAction: 'remove', authorAction: 'silence', duration: '7d', rule: 'be-kind', reason: 'Rest.' });
	const other = await world.threads.open(await world.someone(), 'harbour', { title: 'Another', body: 'How it was.', warnings: [] });
	const mayWrite = () =>
		anAnswer(world, wren, other.thread).then(
			() => true,
			() => false
		);
	return { wren, ash, birch, post, thread, id, mayWrite, asks: (who: Actor) => casePage(site, world, id, who) };
}

test('a moderator who sees no name puts the post back, reads that the pause stays, and learns nobody’s name', async () => {
	const { wren, post, mayWrite, asks } = await pausedByMistake();
	const third = await asks(await staff());
	const page = await third.page();
	expect(offered(page)).toContain('Put it right');
	expect(offered(page)).toContain('The pause stays: an administrator can lift it, or one of the two who see the name.');
	expect(page).not.toContain(wren.name);
	expect(asItStands(page)).toMatchObject({ post_action: 'restore', author_action: 'none', rule: 'be-kind' });
	expect(offered(page)).not.toContain('type="radio"');

	// Without a reason the author would read none.
	const empty = await third.send('decide', asItStands(page));
	expect(empty.status).toBe(422);
	expect(empty.body).toMatch(/<details[^>]* open[^>]*>\s*<summary>Was this a mistake\?/);
	expect(offered(empty.body)).toContain('Please give a reason. The author will read it.');

	expect((await third.send('decide', { ...asItStands(page), reason: 'I was wrong.' })).status).toBe(303);
	expect(await third.page()).toContain('action="?/undo"');
	await takesEffect();
	expect((await postNow(world, post)).state).toBe('standing');
	expect(await mayWrite()).toBe(false);
	expect(await third.page()).not.toContain(wren.name);
});

test.each(['one of the two', 'an administrator'])('%s lifts the pause too, and is told of none that stays', async (who) => {
	const { ash, post, mayWrite, asks } = await pausedByMistake();
	expect(await mayWrite()).toBe(false);
	const by = await asks(who === 'one of the two' ? ash : await staff('administrator'));
	const page = await by.page();
	expect(offered(page)).toContain('what this case did to its author no longer holds');
	expect(offered(page)).not.toContain('The pause stays');
	expect((await by.send('decide', { ...asItStands(page), reason: 'I was wrong.' })).status).toBe(303);
	// A second press, or a second window, decides nothing.
	expect((await by.send('decide', { ...asItStands(page), reason: 'I was wrong.' })).status).toBe(409);
	await takesEffect();
	expect((await postNow(world, post)).state).toBe('standing');
	expect(await mayWrite()).toBe(true);
	const after = await by.page();
	expect(offered(after)).toContain('Put it right');
});

test('where the author erased the post the page says that it stays gone, and takes back what was done to them', async () => {
	const [wren, ash] = [await world.someone(), await staff()];
	const { post } = await world.threads.open(wren, 'harbour', { title: 'A story', body: 'Words of an evening.', warnings: [] });
	await reportedBy(world, 1, post);
	const id = await decided(world, ash, post, { postAction: 'fold', authorAction: 'silence', duration: '7d' });
	await world.posts.withdraw(wren, post, true);
	await world.leaving.erasePost(wren, post);
	const desk = await casePage(site, world, id, ash);
	const page = await desk.page();
	expect(offered(page)).toContain('Its author erased the post, so it stays gone.');
	expect(offered(page)).toContain('Take it back</button>');
	expect(page).not.toContain('Words of an evening.');
	expect((await desk.send('decide', { ...asItStands(page), reason: 'I was wrong.' })).status).toBe(303);
	await takesEffect();
	await expect(world.threads.open(wren, 'harbour', { title: 'Again', body: 'I may write.', warnings: [] })).resolves.toBeTruthy();
	expect(offered(await desk.page())).toBe('');
});
