// A suspension that came over a mask ends open pages as one by name does, in every process, and nobody else can tell whose.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#server/store/database.ts';
import { suspendedBehindAMask } from '../community/masked.ts';
import { rowsOf } from '../every-row.ts';
import { lit } from '../live-site.ts';
import { hour, onBothDatabases, peopled } from '../world.ts';

/** Milliseconds. */
const aSecond = 1000;

onBothDatabases((aWorld, dialect) => {
	/** Two sites over one PostgreSQL, each with connections of its own; SQLite has one process. */
	async function sites() {
		const world = await aWorld();
		if (dialect === 'sqlite') return { world, all: [await lit(world)] };
		const db = await openDatabase(world.url);
		const all = [await lit(world), await lit(await peopled(db, world.url))];
		onTestFinished(() => db.close());
		return { world, all };
	}

	test('the open pages of whom it is about close within a second in every process, and nobody else’s', async () => {
		const { world, all } = await sites();
		const people = { wren: await world.someone(), finch: await world.someone(), robin: await world.someone({ role: 'moderator' }) };
		const heardOf: string[] = [];
		for (const about of ['wren', 'finch', 'robin'] as const) {
			const ended: { who: string; after: number }[] = [];
			let began = Infinity;
			const lines = [];
			for (const site of all)
				for (const who of ['wren', 'finch', 'robin', 'guest'] as const) {
					const cookie = who === 'guest' ? '' : (await site.cookieFor(people[who])).cookie;
					const line = await site.line('/live/socket', { cookie });
					void line.closed.then(() => ended.push({ who, after: Date.now() - began }));
					lines.push({ who, line });
				}
			await expect.poll(() => all.map(({ hub }) => hub.listeners())).toEqual(all.map(() => 4));
			await suspendedBehindAMask(world, people[about], async () => void (began = Date.now()));
			await expect.poll(() => ended.length, { timeout: 5000, interval: 10 }).toBe(all.length);
			await pause(300);
			expect(ended.map(({ who }) => who)).toEqual(all.map(() => about));
			for (const { after } of ended) expect(after).toBeLessThan(aSecond);
			const told = lines.filter(({ who }) => who === 'guest' || (who !== about && who !== 'robin')).map(({ line }) => line.frames);
			expect(JSON.stringify(told)).not.toMatch(/paused|decision/);
			heardOf.push(told.map((frames) => frames.map(({ type }) => type).join(' ')).join(', '));
			for (const { line } of lines) line.socket.terminate();
			await expect.poll(() => all.map(({ hub }) => hub.listeners())).toEqual(all.map(() => 0));
		}
		expect(heardOf[1]).toBe(heardOf[0]);
	}, 60_000);

	test('no row that names anybody is written when it takes effect, nor when their pages come back', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const wren = await world.someone();
		const { cookie } = await site.cookieFor(wren);
		const line = await site.line('/live/socket', { cookie });
		await expect.poll(() => site.hub.listeners()).toBe(1);
		// Past midnight: a session that is used now is written, once a day.
		world.later(4 * hour);
		const naming = async () =>
			Object.entries(await rowsOf(world)).flatMap(([table, rows]) =>
				rows.map((row) => `${table} ${JSON.stringify(row)}`).filter((row) => row.includes(wren.id) || row.includes(wren.name))
			);
		let before: string[] = [];
		await suspendedBehindAMask(world, wren, async () => void (before = await naming()));
		await line.closed;
		await site.line('/live/socket', { cookie });
		await expect.poll(() => site.hub.listeners()).toBe(1);
		await site.hub.settled();
		expect(before.length).toBeGreaterThan(1);
		expect(await naming()).toEqual(before);
	});
});
