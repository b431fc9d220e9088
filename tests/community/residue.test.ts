// Erased is erased: words are planted wherever a member can write, erased, and looked for in every file of the store, in any writing.
import { randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { inArray } from 'drizzle-orm';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { allKinds } from '#lib/leaving-choices.ts';
import type { Actor } from '#server/community/means.ts';
import { rowsOf } from '../every-row.ts';
import { tracesIn, type Sentinel } from '../traces.ts';
import { day, onBothDatabases, type World } from '../world.ts';

const passphrase = 'a lamp in the far window';
const choices = (choice: string) => Object.fromEntries(allKinds.map((kind) => [kind, choice]));
const letters = (length: number) => Array.from({ length }, () => String.fromCharCode(97 + randomInt(26))).join('');

/** One word that is nowhere else. */
function planted(where: string, all: Sentinel[]): string {
	const text = letters(24);
	all.push({ what: where, text });
	return text;
}

/** Everybody writes so much that pages of the file fill, split and are used again. */
async function aCrowd(world: World, who: Actor[], stories: number) {
	const threads: string[] = [];
	for (let i = 0; i < stories; i++) {
		const one = who[i % who.length] as Actor;
		const body = Array.from({ length: 1 + (i % 40) }, () => letters(3 + (i % 9))).join(' ');
		const { thread, post } = await world.threads.open(one, 'harbour', { title: letters(8), body, warnings: [], key: `s${i}` });
		if (i % 3 === 0) await world.posts.edit(one, { post, title: letters(9), body: `${body} ${body}`, warnings: [], version: 1 });
		threads.push(thread);
	}
	return threads;
}

/** A word of this member in every place where one can be left. */
async function plantEverywhere(world: World, wren: Actor, others: { finch: Actor; thread: string; answer: string }): Promise<Sentinel[]> {
	const all: Sentinel[] = [];
	const word = (where: string) => planted(where, all);
	for (let i = 0; i < 4; i++) {
		const body = `${word(`body ${i}`)} ${letters(i * 150)}`;
		const { thread, post } = await world.threads.open(wren, 'harbour', { title: word(`title ${i}`), body, warnings: [], key: `w${i}` });
		await world.posts.edit(wren, { post, title: word(`title after ${i}`), body: word(`body after ${i}`), warnings: [], version: 1 });
		if (i % 2) await world.posts.reply(others.finch, { thread, body: 'An answer that stays.', warnings: [], key: `f${i}` });
		await world.posts.reply(wren, { thread: others.thread, body: word(`answer ${i}`), warnings: [], key: `a${i}` });
	}
	const { post: taken } = await world.threads.open(wren, 'harbour', {
		title: word('a title taken back'),
		body: word('taken back'),
		warnings: []
	});
	await world.posts.withdraw(wren, taken, true);
	await world.drafts.keep(wren, { place: '/boards/harbour/new', title: word('draft title'), body: word('draft'), warnings: [] });
	for (const [i, wait] of [4 * 60_000, 0].entries()) {
		await world.masks.answer(wren, { thread: others.thread, body: word(`mask ${i}`), warnings: [] });
		world.later(wait);
		await world.masks.showDue();
	}
	await world.reports.report(wren, { post: others.answer, reason: 'unkind', note: word('note of a report') });
	const startedOn = new Date(world.now() - 100 * day).toISOString().slice(0, 10);
	await world.journeys.begin(wren, { kind: 'stop', words: word('journey'), startedOn, zone: 'UTC', dayEnds: 0, firstDay: 0 });
	await world.celebrations.celebrate(wren, { milestone: '90d', words: word('celebration'), when: 'now' });
	await world.celebrations.victory(wren, { words: word('victory'), when: 'later' });
	await world.people.muteWords(wren, word('muted words'));
	const { passkeys, waitingMembers } = world.db.tables;
	const key = { id: word('passkey'), memberId: wren.id, handle: word('handle'), publicKey: word('public key'), counter: 0 };
	await world.db.write((tx) => tx.insert(passkeys).values({ ...key, label: word('label'), addedOn: '2026-03-14' }));
	const waiting = { memberId: wren.id, state: 'waiting', askedAt: 0, expiresAt: 8e15 } as const;
	await world.db.write((tx) => tx.insert(waitingMembers).values({ ...waiting, words: word('waiting words') }));
	all.push({ what: 'id', text: wren.id }, { what: 'name', text: wren.name });
	return all;
}

/** What is found of them, in any writing. An index leaves out what a word's beginning shares with its neighbour: middles are looked for too. */
function found(places: Record<string, Buffer>, sentinels: Sentinel[]): string[] {
	const whole = { everything: Buffer.concat(Object.values(places)) };
	const middles = sentinels.filter(({ text }) => whole.everything.includes(text.slice(4, 16)));
	return [...tracesIn(whole, sentinels), ...middles.map(({ what }) => `the middle of ${what}`)];
}

/** Every file of the store on SQLite; on PostgreSQL every row, and the files of the database once it has tidied up. */
async function written({ url }: World): Promise<Record<string, Buffer>> {
	if (url.startsWith('file:')) {
		const folder = dirname(url.slice(5));
		const files = readdirSync(folder).filter((name) => !name.endsWith('.ballast'));
		return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name))]));
	}
	const rows = { rows: Buffer.from(JSON.stringify(await rowsOf({ url }))) };
	const client = new Client({ connectionString: url });
	await client.connect();
	await client.query('vacuum full');
	await client.query('checkpoint');
	const { rows: at } = await client.query<{ folder: string }>(
		"select current_setting('data_directory') || '/base/' || oid as folder from pg_database where datname = current_database()"
	);
	const statistics = await client.query('select * from pg_stats');
	await client.end();
	const folder = at[0]?.folder ?? '';
	const files = readdirSync(folder).map((name): [string, Buffer] => [name, readFileSync(join(folder, name))]);
	return { ...rows, statistics: Buffer.from(JSON.stringify(statistics.rows)), ...Object.fromEntries(files) };
}

async function aWorldWithWren(world: World) {
	const [wren, finch, ...crowd] = [await world.someone(), await world.someone(), await world.someone(), await world.someone()];
	const threads = await aCrowd(world, [finch, ...crowd], 60);
	const thread = threads[30] ?? '';
	const { post: answer } = await world.posts.reply(finch, { thread, body: 'An answer.', warnings: [] });
	const sentinels = await plantEverywhere(world, wren, { finch, thread, answer });
	await aCrowd(world, [finch, ...crowd], 30);
	// What open pages are told stands in the stream for a quarter of an hour.
	const { id: celebration } = await world.celebrations.victory(finch, { words: 'I made the bed.', when: 'now' });
	await world.people.block(wren, { celebration });
	await world.sessions.endAll(wren);
	await world.stream.append(world.told.splice(0));
	return { wren, finch, sentinels };
}

onBothDatabases((aWorld, dialect) => {
	test('after leaving nothing of the member is left in any file or row, in any writing', { timeout: 120_000 }, async () => {
		const world = await aWorld();
		const { wren, sentinels } = await aWorldWithWren(world);
		const before = found(await written(world), sentinels);
		// Drafts, and masks that wait, are sealed.
		for (const { what } of sentinels.filter(({ what: one }) => !/draft|mask 1/.test(one)))
			expect(
				before.some((trace) => trace.includes(what)),
				`${what} is found before`
			).toBe(true);
		await world.leaving.leave(wren, { passphrase, choices: choices('erase') });
		await world.stream.append(world.told.splice(0));
		expect(await world.leaving.finish()).toBe(true);
		expect(found(await written(world), sentinels)).toEqual([]);
		expect(await world.leaving.finish()).toBe(false);
	});

	if (dialect === 'sqlite')
		test('a name is not left in a page that was split, however many others there are', async () => {
			const world = await aWorld();
			// What PostgreSQL leaves on its disk is in the README.
			const { members } = world.db.tables;
			const row = (i: number) => {
				const name = letters(18);
				return {
					id: letters(22),
					name,
					nameFolded: name,
					passphraseHash: letters(90),
					joinedAt: i,
					agreementVersion: 1,
					warningChoices: {}
				};
			};
			const all = Array.from({ length: 3000 }, (_, i) => row(i));
			await world.db.write(async (tx) => {
				for (const one of all) await tx.insert(members).values(one);
			});
			const gone = all.filter((_, i) => i % 10 === 7);
			await world.db.write((tx) =>
				tx.delete(members).where(
					inArray(
						members.id,
						gone.map(({ id }) => id)
					)
				)
			);
			expect(await world.db.scrub()).toBe(true);
			const files = Object.values(await written(world));
			expect(gone.filter(({ name }) => files.some((bytes) => bytes.includes(name))).length).toBe(0);
		});

	if (dialect === 'sqlite')
		test('copies that a migration left are gone with the first erasure, and after 30 days at the latest', async () => {
			const world = await aWorld();
			const file = world.url.slice(5);
			const copies = ['.before-0001_append_only', '.before-0002_live'].map((end) => file + end);
			const [old = '', young = ''] = copies;
			for (const copy of copies) writeFileSync(copy, 'what was there');
			const daysAgo = (days: number) => (world.now() - days * day) / 1000;
			utimesSync(old, daysAgo(31), daysAgo(31));
			utimesSync(young, daysAgo(29), daysAgo(29));
			await world.pruning.pruneDue();
			expect(copies.map((copy) => existsSync(copy))).toEqual([false, true]);
			await world.leaving.leave(await world.someone(), { passphrase, choices: choices('erase') });
			await world.leaving.finish();
			expect(copies.map((copy) => existsSync(copy))).toEqual([false, false]);
		});

	if (dialect === 'sqlite')
		test('while another program reads, erasing is asked for again, and reported after a quarter of an hour', async () => {
			const world = await aWorld();
			const wren = await world.someone();
			const reading = new Sqlite(world.url.slice(5), { readonly: true });
			reading.exec('begin');
			reading.prepare('select count(*) from members').get();
			await world.leaving.leave(wren, { passphrase, choices: choices('erase') });
			expect(await world.leaving.finish()).toBe(false);
			world.later(16 * 60_000);
			await expect(world.leaving.finish()).rejects.toThrow('off the disk');
			expect(await world.leaving.finish()).toBe(false);
			reading.close();
			expect(await world.leaving.finish()).toBe(true);
			expect(await world.db.read.$count(world.db.tables.erasings)).toBe(0);
		});

	if (dialect === 'sqlite')
		test('what waits for the next rewriting is out of the log at once', async () => {
			const world = await aWorld();
			const [wren, finch] = [await world.someone(), await world.someone()];
			await world.leaving.leave(wren, { passphrase, choices: choices('erase') });
			expect(await world.leaving.finish()).toBe(true);
			world.later(1000);
			await world.leaving.leave(finch, { passphrase, choices: choices('erase') });
			const log = () => statSync(`${world.url.slice(5)}-wal`).size;
			expect(log()).toBeGreaterThan(0);
			expect(await world.leaving.finish()).toBe(false);
			expect(log()).toBe(0);
			// Once: nothing was erased since.
			await world.someone();
			expect(await world.leaving.finish()).toBe(false);
			expect(log()).toBeGreaterThan(0);
		});

	test('erasures that follow one another soon share one rewriting', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		await world.leaving.leave(wren, { passphrase, choices: choices('erase') });
		expect(await world.leaving.finish()).toBe(true);
		await world.leaving.leave(finch, { passphrase, choices: choices('erase') });
		expect(await world.leaving.finish()).toBe(false);
		world.later(5 * 60_000);
		expect(await world.leaving.finish()).toBe(true);
	});
});
