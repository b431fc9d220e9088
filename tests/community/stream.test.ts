// The stream hands on what it has just appended without reading it again: whoever follows it gets each row once, in order, as it stands.
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { allKinds } from '#lib/leaving-choices.ts';
import type { CommunityEvent } from '#server/community/events.ts';
import type { Streamed } from '#server/community/stream.ts';
import { hub } from '#server/live/hub.ts';
import { openDatabase } from '#server/store/database.ts';
import { onBothDatabases, peopled } from '../world.ts';

const cheered = (celebration: string, cheers = 1): CommunityEvent => ({ type: 'celebration.cheered', celebration, cheers, by: 'somebody' });
const shared: CommunityEvent = {
	type: 'celebration.shared',
	celebration: 'a',
	name: 'Quiet Heron',
	milestone: '90d',
	words: '“ninety” 🏮',
	by: 'somebody'
};
const everythingGoes = Object.fromEntries(allKinds.map((kind) => [kind, 'erase']));
const ended: CommunityEvent = { type: 'sessions.ended', member: 'somebody', except: 'this one' };
const told = (rows: Streamed[]) => rows.map(({ number, data }) => [number, data.celebration]);

onBothDatabases((aWorld, dialect) => {
	/** Two processes; on SQLite, where one process is all, two streams over one store. */
	async function two() {
		const world = await aWorld();
		const db = dialect === 'sqlite' ? world.db : await openDatabase(world.url);
		return { world, other: await peopled(db, world.url), end: async () => (db === world.db ? undefined : db.close()) };
	}

	test('what was just appended is handed on as whoever reads it finds it', async () => {
		const { world, other, end } = await two();
		await world.stream.append([shared, { type: 'notice.added', member: 'somebody' }, cheered('a', 3), ended]);
		const handed = await world.stream.next(0);
		expect(handed.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
		expect(handed).toEqual(await other.stream.next(0));
		await end();
	});

	test('handing on asks the store nothing, and only once', async () => {
		const asked: string[] = [];
		const world = await aWorld({ logQuery: (query) => void asked.push(query) });
		await world.stream.append([cheered('a')]);
		asked.length = 0;
		expect(told(await world.stream.next(0))).toEqual([[1, 'a']]);
		expect(asked).toEqual([]);
		const { stream } = world.db.tables;
		await world.db.write((tx) =>
			tx
				.update(stream)
				.set({ data: { celebration: 'b' } })
				.where(eq(stream.number, 1))
		);
		expect(told(await world.stream.next(0))).toEqual([[1, 'b']]);
	});

	test('whoever stands before, within or behind what was appended misses nothing and gets nothing twice', async () => {
		const world = await aWorld();
		for (const [from, rows] of [
			[0, [1, 2, 3, 4]],
			[1, [2, 3, 4]],
			[2, [3, 4]],
			[3, [4]],
			[4, []]
		] as const) {
			const { stream } = world.db.tables;
			await world.db.write((tx) => tx.delete(stream));
			await world.stream.append([cheered('a'), cheered('b')]);
			await world.stream.append([cheered('c'), cheered('d')]);
			expect((await world.stream.next(from)).map(({ number }) => number)).toEqual(rows);
		}
	});

	test('what another process wrote between two looks is not passed over', async () => {
		const { world, other, end } = await two();
		await world.stream.append([cheered('a')]);
		expect(told(await world.stream.next(0))).toEqual([[1, 'a']]);
		await other.stream.append([cheered('b')]);
		await world.stream.append([cheered('c')]);
		expect(told(await world.stream.next(1))).toEqual([
			[2, 'b'],
			[3, 'c']
		]);
		await other.stream.append([cheered('d')]);
		expect(told(await world.stream.next(3))).toEqual([[4, 'd']]);
		await end();
	});

	test('what waited for the hub longer than a second is read: it may have been erased elsewhere', async () => {
		const { world, other, end } = await two();
		const wren = await world.someone();
		await world.celebrations.victory(wren, { words: 'a line of my own', when: 'now' });
		await world.stream.append(world.told.splice(0));
		await other.leaving.leave(wren, { passphrase: 'a lamp in the far window', choices: everythingGoes });
		world.later(1000);
		const handed = await world.stream.next(0);
		expect(handed.map(({ type }) => type)).toContain('celebration.undone');
		expect(JSON.stringify(handed)).not.toContain('a line of my own');
		await end();
	});

	test('of two processes that tell at once each hands everything to its pages, once and in order', async () => {
		const { world, other, end } = await two();
		const places = [];
		for (const place of [world, other]) {
			const { append, newest, next } = place.stream;
			const live = hub({
				append,
				newest,
				next,
				suspendedBy: async () => [],
				hear: place.db.signal.hear,
				failed(problem) {
					throw problem;
				}
			});
			await live.begin();
			const heard: Streamed[] = [];
			const nothing = { member: undefined, session: undefined, staff: false, watching: undefined };
			live.join({ ...nothing, send: (_, row) => void heard.push(row), close: () => heard.splice(0) });
			places.push({ live, heard });
		}
		for (let round = 0; round < 30; round++) {
			places.forEach(({ live }, i) => {
				for (let said = 0; said <= (round + i) % 3; said++) live.tell(cheered(`${i} ${round} ${said}`));
			});
			// Sometimes both within one turn, sometimes one behind the other.
			if (round % 3 > 0) await new Promise((turn) => setTimeout(turn, round % 5));
		}
		const all = Array.from({ length: 120 }, (_, i) => i + 1);
		for (const { heard } of places) await expect.poll(() => heard.map(({ number }) => number)).toEqual(all);
		expect(places[0]?.heard).toEqual(places[1]?.heard);
		await end();
	});
});
