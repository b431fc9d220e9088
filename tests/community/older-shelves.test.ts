import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { turnOlderShelves } from '#server/community/older-shelves.ts';
import { sizedJson } from '#server/community/sized-json.ts';
import { sealerOver } from '#server/sealer.ts';
import { day, onBothDatabases, worldSealer, type World } from '../world.ts';
import { anAnswer, aStory } from './desk.ts';
import { maskedAnswer } from './masked.ts';

/** As an earlier version kept it: a head, and slots that were used again. */
async function kept(
	{ db }: World,
	sealer: typeof worldSealer,
	kind: string,
	member: string,
	slots: Record<number, unknown>,
	keptOn: string
) {
	const row = (tag: string, value: unknown) => ({ tag, sealed: sealer.seal(sizedJson(value), `shelf ${tag}`), keptOn });
	const rows = Object.entries(slots).map(([slot, value]) => row(sealer.tag(`shelf ${kind}`, [member, slot]), value));
	await db.write((tx) => tx.insert(db.tables.sealedRows).values([row(sealer.tag(`shelf ${kind}`, [member]), { slots: 16 }), ...rows]));
	return rows.map(({ tag }) => tag);
}
const draft = (place: string, body: string, keptAt: number) => ({ place, boardId: null, title: '', body, warnings: [], keptAt });
const nothing = { country: undefined, hardDay: false, warnings: {} };

onBothDatabases((aWorld) => {
	test('what an earlier version kept on shelves is all found again, and under new tags', async () => {
		const world = await aWorld();
		const { sealedRows } = world.db.tables;
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread, post } = await aStory(world, finch);
		const mine = await maskedAnswer(world, wren, thread);
		await anAnswer(world, finch, thread, mine);
		const [own] = await world.db.read.select({ sealed: sealedRows.sealed }).from(sealedRows).where(eq(sealedRows.keptOn, '9999-12-31'));
		expect(own).toBeDefined();
		await world.db.write((tx) => tx.delete(sealedRows));

		const now = world.now();
		const drafts = { 0: draft('/boards/harbour/new', 'one', now), 3: draft(`/threads/${thread}`, 'two', now - 10 * day) };
		const old = [
			...(await kept(world, worldSealer, 'drafts', wren.id, drafts, '2026-03-14')),
			...(await kept(world, worldSealer, 'notices read', wren.id, { 0: { upTo: now + day, singly: [] } }, '2026-03-14'))
		];
		const ownMask = { post: mine, thread, story: false, at: now, key: 'k', words: 'w' };
		await kept(world, worldSealer, 'own masks', wren.id, { 2: ownMask }, '9999-12-31');

		await Promise.all([turnOlderShelves(world), turnOlderShelves(world)]);
		expect((await world.drafts.all(wren)).map(({ body }) => body)).toEqual(['one', 'two']);
		expect((await world.masks.mine(wren)).standing.map(({ post }) => post)).toEqual([mine]);
		expect(await world.notices.unread(wren)).toBe(false);
		expect(await world.notices.list(wren, nothing)).toMatchObject([{ unread: false }]);
		const rows = await world.db.read.select({ tag: sealedRows.tag, turnedOn: sealedRows.turnedOn }).from(sealedRows);
		expect(rows.filter(({ tag }) => old.includes(tag))).toEqual([]);
		expect(rows.map(({ turnedOn }) => turnedOn).sort()).toEqual([...Array(4).fill('2026-03-14'), '9999-12-31']);

		// Slots that may have been used before are not used again.
		await world.posts.reply(wren, { thread, parent: post, body: 'Again.', warnings: [], mask: true });
		const tags = Array.from({ length: 16 }, (_, slot) => worldSealer.tag('shelf own masks', [wren.id, String(slot)]));
		const there = await world.db.read.select({ tag: sealedRows.tag }).from(sealedRows);
		expect(there.filter(({ tag }) => tags.includes(tag))).toHaveLength(1);
		expect((await world.masks.mine(wren)).waiting).toHaveLength(1);
	});

	test('what was kept under an older key too, and what nobody can open stays for its time', async () => {
		const ring = (...ids: string[]) => sealerOver({ ids: () => ids, secret: (id) => Buffer.alloc(32, id) });
		const sealer = ring('one', 'two');
		const world = await aWorld({ sealer });
		const { sealedRows } = world.db.tables;
		const wren = await world.someone();
		await kept(world, ring('one'), 'drafts', wren.id, { 0: draft('/boards/harbour/new', 'one', world.now()) }, '2026-03-14');
		await kept(world, ring('two'), 'drafts', wren.id, { 0: draft('/boards/quarry/new', 'two', world.now() - 1) }, '2026-03-14');
		await kept(world, ring('lost'), 'drafts', wren.id, { 0: draft('/boards/quarry/new', 'three', world.now()) }, '2026-03-14');
		await turnOlderShelves(world);
		await turnOlderShelves(world);
		expect((await world.drafts.all(wren)).map(({ body }) => body)).toEqual(['one', 'two']);
		expect(await world.db.read.$count(sealedRows, eq(sealedRows.turnedOn, '9999-12-31'))).toBe(2);
		world.later(366 * day);
		await world.pruning.pruneAll();
		expect(await world.db.read.$count(sealedRows)).toBe(0);
	});
});
