import { expect, test } from 'vitest';
import { noticesRead } from '#server/community/notices-read.ts';
import { turning } from '#server/community/turning.ts';
import { readLog } from '../log.ts';
import { day, onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory } from './desk.ts';
import { maskedStory } from './masked.ts';

const nothing = { country: undefined, hardDay: false, warnings: {} };
const rows = ({ db }: World) => db.read.$count(db.tables.sealedRows);

onBothDatabases((aWorld) => {
	test('each reading of notices is a row of its own, and the next day they are one that knows them all', async () => {
		const world = await aWorld();
		const read = noticesRead(world);
		const add = (member: string, upTo: number, ...singly: string[]) => world.db.write((tx) => read.add(tx, member, { upTo, singly }));
		for (const member of ['wren', 'finch']) for (let i = 1; i <= 3; i++) await add(member, i, `${member} ${i}`);
		expect(await rows(world)).toBe(6);
		const all = { upTo: 3, singly: ['wren 1', 'wren 2', 'wren 3'] };
		expect(await read.find(world.db.read, 'wren')).toEqual(all);
		world.later(day);
		// Somebody reads before the rows are turned.
		await add('wren', 2, 'wren 4');
		await Promise.all([turning(world).turnDue(), turning(world).turnDue()]);
		expect(await rows(world)).toBe(2);
		const found = await read.find(world.db.read, 'wren');
		expect({ ...found, singly: found.singly.toSorted() }).toEqual({ upTo: 3, singly: [...all.singly, 'wren 4'] });
		expect((await read.find(world.db.read, 'finch')).singly).toHaveLength(3);
	});

	test('hundreds of rows of many members are one a member, all of one length', async () => {
		const world = await aWorld();
		const read = noticesRead(world);
		const { sealedRows } = world.db.tables;
		const who = Array.from({ length: 90 }, (_, i) => `member ${i}`);
		await world.db.write(async (tx) => {
			for (const one of who) for (let i = 0; i < 5; i++) await read.add(tx, one, { upTo: i, singly: [`n${i}`.padEnd(i * 5, 'x')] });
		});
		world.later(day);
		await turning(world).turnDue();
		expect(await rows(world)).toBe(90);
		for (const one of who) expect(await read.find(world.db.read, one)).toMatchObject({ upTo: 4, singly: { length: 5 } });
		const lengths = await world.db.read.select({ sealed: sealedRows.sealed }).from(sealedRows);
		expect(new Set(lengths.map(({ sealed }) => sealed.length)).size).toBe(1);
	}, 60_000);

	test('a row that stood beside a notice with a name never changes beside none', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const named = await aStory(world, wren);
		const masked = await maskedStory(world, wren);
		const commits = await readLog(world);
		const tags: string[] = [];
		for (const { thread } of [named, masked, masked]) {
			await anAnswer(world, finch, thread);
			const [newest] = await world.notices.list(wren, nothing);
			const from = commits.length;
			await world.notices.read(wren, { upTo: newest?.id ?? '' });
			expect(await world.notices.unread(wren)).toBe(false);
			tags.push(
				...commits.slice(from).flatMap((all) => all.flatMap(({ table, cells }) => (table === 'sealed_rows' ? [String(cells[0]?.[1])] : [])))
			);
		}
		expect(tags).toHaveLength(3);
		expect(new Set(tags).size).toBe(3);
	});
});
