// The case page about a masked post, by its plain forms: a pause is offered to the two who see the name, and to nobody else.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Actor } from '#server/community/means.ts';
import { sealerOver } from '#server/sealer.ts';
import { sealingKeys } from '#server/sealing-keys.ts';
import { openDatabase } from '#server/store/database.ts';
import { startSite } from '../built-site.ts';
import { reportedBy, theCaseOf } from '../community/desk.ts';
import { maskedStory } from '../community/masked.ts';
import { peopled } from '../world.ts';
import { casePage } from './case-pages.ts';

test('without scripts two moderators look behind a mask, and only these two may then ask its author to pause', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'lamplight-unmasking-'));
	const keys = join(folder, 'keys.json');
	const site = await startSite({ KEYS_FILE: keys });
	const url = `file:${site.folder}/site.db`;
	const db = await openDatabase(url);
	try {
		const world = await peopled(db, url, { start: Date.now() - 600_000, sealer: sealerOver(sealingKeys(keys, [])) });
		const wren = await world.someone();
		const staff = () => world.someone({ role: 'moderator' });
		const { post } = await maskedStory(world, wren);
		await reportedBy(world, 1, post, 'threat');
		const { id } = await theCaseOf(world, post);

		const moderator = (who: Actor) => casePage(site, world, id, who);
		const [ash, birch, third] = [await moderator(await staff()), await moderator(await staff()), await moderator(await staff())];
		const pausing = async () => ({
			...{ post_action: 'none', author_action: 'silence', rule: 'be-kind', reason: 'Please rest a while.', duration: '24h' },
			version: String((await theCaseOf(world, post)).version)
		});
		const offered = 'value="silence"';

		expect(await ash.page()).not.toContain(offered);
		const refused = await ash.send('decide', await pausing());
		expect([refused.status, refused.body.includes('anything more needs unmasking by two')]).toEqual([422, true]);
		expect((await ash.send('unmask', { unmask_reason: 'Somebody is in danger.' })).status).toBe(303);
		expect((await birch.send('confirm-unmasking')).status).toBe(303);

		for (const one of [ash, birch]) expect(await one.page()).toContain(offered);
		expect(await third.page()).not.toContain(offered);
		expect(await third.page()).not.toContain(wren.name);
		expect((await third.send('decide', await pausing())).status).toBe(422);
		expect((await birch.send('decide', await pausing())).status).toBe(303);
	} finally {
		await db.close();
		await site.stop();
		rmSync(folder, { recursive: true });
	}
});
