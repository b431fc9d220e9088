// What the ledger says of how long things stay is true: past its time a row is gone, before it is there.
import { expect, test } from 'vitest';
import { ledger, tableNames } from '#server/store/ledger.ts';
import { retentions } from '#server/store/ledger-words.ts';
import { aFullLife } from '../full-life.ts';
import { casesOf, reportsOn } from './desk.ts';
import { day, hour, onBothDatabases, type World } from '../world.ts';

const counts = async (world: World) =>
	Object.fromEntries(await Promise.all(tableNames.map(async (name) => [name, await world.db.read.$count(world.db.tables[name])] as const)));

const usedOnce = ['doorways', 'guesses', 'invitations', 'sealedRows', 'spent', 'spentProofs'];

/** What the doors keep for minutes, hours or days. */
async function atTheDoors(world: World, memberId: string) {
	const { doorways, guesses, spent, spentProofs, sealedRows } = world.db.tables;
	const expiresAt = world.now() + 60_000;
	await world.doorstep.invite('operator', { uses: 1, days: 7 });
	await world.db.write(async (tx) => {
		await tx.insert(doorways).values({ id: 'a doorway', memberId, needs: 'code', expiresAt });
		await tx.insert(spent).values({ hash: 'a code', expiresAt });
		await tx.insert(sealedRows).values({ tag: 'a tag', sealed: 'words', keptOn: '2026-03-14' });
		await tx.insert(spentProofs).values({ id: 'a sum', expiresAt });
		await tx.insert(guesses).values({ mark: 'a mark', count: 1, at: world.now() });
	});
}

onBothDatabases((aWorld) => {
	test('a notice goes 90 days after it was read, an unread one after a year', async () => {
		const world = await aWorld();
		const { wren, finch } = await aFullLife(world);
		const nothing = { country: undefined, hardDay: false, warnings: {} };
		const [first] = await world.notices.list(wren, nothing);
		await world.notices.read(wren, [first?.id ?? '']);
		const [ofWren, ofFinch] = [await world.notices.list(wren, nothing), await world.notices.list(finch, nothing)];
		const unread = ofWren.filter((notice) => notice.unread).length;
		expect(unread).toBeGreaterThan(0);
		expect(unread).toBeLessThan(ofWren.length);
		world.later(89 * day);
		await world.pruning.pruneAll();
		expect(await world.notices.list(wren, nothing)).toHaveLength(ofWren.length);
		world.later(day);
		await world.pruning.pruneAll();
		expect(await world.notices.list(wren, nothing)).toHaveLength(unread);
		expect(await world.notices.list(finch, nothing)).toHaveLength(ofFinch.length);
		world.later(275 * day);
		await world.pruning.pruneAll();
		expect([...(await world.notices.list(wren, nothing)), ...(await world.notices.list(finch, nothing))]).toEqual([]);
	});

	test('after two years only what is promised to stay is left', async () => {
		const world = await aWorld();
		const { wren, thread } = await aFullLife(world);
		await world.members.offerNames();
		await world.keptForms.keep({ to: '/', typed: { body: 'words' } });
		const { id } = await world.celebrations.victory(await world.someone(), { words: 'a small one', when: 'now' });
		await world.stream.append(world.told);
		await atTheDoors(world, wren.id);
		const before = await counts(world);
		for (const name of ['sessions', 'offeredNames', 'keptForms', 'stream', 'readingMarks', 'postRevisions', 'notices', ...usedOnce])
			expect(before[name], name).toBeGreaterThan(0);
		expect(id).not.toBe('');
		world.later(730 * day);
		await world.pruning.pruneAll();
		await world.stream.forgetOld();
		const after = await counts(world);
		const gone = ['sessions', 'offeredNames', 'keptForms', 'drafts', 'readingMarks', 'postRevisions', 'notices', ...usedOnce];
		// Of the shelf the list of masks stays, with its head: only by it their author finds them.
		for (const name of gone) expect(after[name], name).toBe(name === 'sealedRows' ? 2 : 0);
		expect((await world.masks.mine(wren)).standing).toHaveLength(1);
		const shortLived = tableNames.filter((name) => retentions[ledger[name].kept].by === 'pruning');
		expect([...gone, 'celebrations'].sort()).toEqual(shortLived.sort());
		for (const name of tableNames.filter((one) => !gone.includes(one) && one !== 'stream')) expect(after[name], name).toBe(before[name]);
		expect(await world.posts.mayRead(wren, thread)).toBe(true);
	});

	test('a year after a report was settled its words are emptied once, and the report still counts', async () => {
		const world = await aWorld();
		const { post } = await aFullLife(world);
		world.later(364 * day);
		await world.pruning.pruneAll();
		expect((await reportsOn(world, post))[0]).toMatchObject({ note: 'finch’s note about wren' });
		world.later(2 * day);
		await world.pruning.pruneAll();
		await world.pruning.pruneAll();
		expect(await reportsOn(world, post)).toMatchObject([{ status: 'upheld', note: '', snapshot: { title: '', body: '', name: '' } }]);
		expect((await casesOf(world, post))[0]?.state).toBe('closed');
	});

	test('the words of an open report stay, however long it takes', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { post } = await world.threads.open(wren, 'harbour', { title: 'A story', body: 'How it was.', warnings: [] });
		await world.reports.report(finch, { post, reason: 'other', note: 'still waiting' });
		world.later(900 * day);
		await world.pruning.pruneAll();
		expect((await reportsOn(world, post))[0]?.note).toBe('still waiting');
	});

	test('a celebration that was taken back goes after 30 days, one that stands does not', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const [kept, undone] = [
			await world.celebrations.victory(wren, { words: 'kept', when: 'now' }),
			await world.celebrations.victory(wren, { words: 'undone', when: 'now' })
		];
		await world.celebrations.undo(wren, undone.id);
		world.later(31 * day);
		await world.pruning.pruneAll();
		const { celebrations } = world.db.tables;
		expect(await world.db.read.select({ id: celebrations.id }).from(celebrations)).toEqual([{ id: kept.id }]);
	});

	test('a quiet stream says nothing any more after a quarter of an hour, and its numbers go on', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const open = () => world.threads.open(wren, 'harbour', { title: `A story ${world.now()}`, body: 'How it was.', warnings: [] });
		await open();
		await open();
		await world.stream.append(world.told.splice(0));
		const number = await world.stream.newest();
		world.later(16 * 60_000);
		await world.stream.forgetOld();
		const { stream } = world.db.tables;
		const left = await world.db.read.select({ number: stream.number, data: stream.data, audience: stream.audience }).from(stream);
		expect(left).toEqual([{ number, data: {}, audience: 'doors' }]);
		expect(await world.stream.since(number)).toEqual([]);
		expect(await world.stream.since(number - 1)).toBeUndefined();
		await open();
		await world.stream.append(world.told.splice(0));
		expect((await world.stream.since(number))?.[0]?.number).toBe(number + 1);
	});

	test('what is past its time goes fifty rows at a time, the oldest first, though all be of one day', async () => {
		const world = await aWorld();
		const { offeredNames, readingMarks } = world.db.tables;
		const many = (count: number) => Array.from({ length: count }, (_, i) => i);
		const expiresAt = world.now() - 1000;
		await world.db.write(async (tx) => {
			await tx.insert(offeredNames).values(many(120).map((i) => ({ nameFolded: `name ${i}`, offer: 'o', expiresAt: expiresAt - i })));
			await tx.insert(readingMarks).values(many(70).map((i) => ({ tag: `tag ${i}`, sealed: 'x', keptOn: '2020-03-14' })));
		});
		const left = async () => [await world.db.read.$count(offeredNames), await world.db.read.$count(readingMarks)];
		await world.pruning.pruneDue();
		expect(await left()).toEqual([70, 20]);
		const names = await world.db.read.select({ name: offeredNames.nameFolded }).from(offeredNames);
		expect(new Set(names.map(({ name }) => name))).toEqual(new Set(many(70).map((i) => `name ${i}`)));
		await world.pruning.pruneDue();
		expect(await left()).toEqual([20, 0]);
		await world.pruning.pruneDue();
		expect(await left()).toEqual([0, 0]);
	});

	test('when nothing more is past its time, an hour goes by before it is looked for again', async () => {
		const world = await aWorld();
		const { offeredNames } = world.db.tables;
		await world.pruning.pruneDue();
		await world.db.write((tx) => tx.insert(offeredNames).values({ nameFolded: 'a name', offer: 'o', expiresAt: world.now() - 1 }));
		world.later(hour - 1000);
		await world.pruning.pruneDue();
		expect(await world.db.read.$count(offeredNames)).toBe(1);
		world.later(1000);
		await world.pruning.pruneDue();
		expect(await world.db.read.$count(offeredNames)).toBe(0);
	});
});
