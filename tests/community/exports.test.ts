// A member's own file: everything of theirs, nothing of anybody else's, once, and only after the passphrase.
import { spawnSync } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Invalid } from '#lib/refusals.ts';
import type { Actor } from '#server/community/means.ts';
import { zipped } from '#server/community/zip.ts';
import { decided } from './desk.ts';
import { aFullLife } from '../full-life.ts';
import { unzip } from '../unzip.ts';
import { onBothDatabases, type World } from '../world.ts';

const passphrase = 'a lamp in the far window';
const session = 'a session';
const ask = (world: World, who: Actor) => world.exports.ask(who, session, { passphrase });

async function whole(file: ReadableStream<Uint8Array> | undefined): Promise<Record<string, string>> {
	if (!file) throw new Error('There is no file.');
	return unzip(Buffer.concat(await Array.fromAsync(file)));
}

onBothDatabases((aWorld) => {
	test('the file holds every word of the member, as JSON and as a page, and none of anybody else’s', async () => {
		const world = await aWorld();
		const { wren, finch, moderator } = await aFullLife(world);
		const files = await whole(await world.exports.take(wren, session, await ask(world, wren)));
		expect(Object.keys(files)).toEqual(['lamplight.html', 'lamplight.json']);
		for (const text of Object.values(files)) {
			const named = [
				'wren’s story',
				'wren’s draft',
				'wren’s journey',
				'wren’s line',
				'wren’s note on a report',
				'the reason given to wren'
			];
			const mine = [...named, 'wren’s masked story', 'wren’s masked story, told again', 'the reason given to a mask'];
			expect(mine.filter((words) => !text.includes(words))).toEqual([]);
			const others = [
				finch.id,
				moderator.id,
				finch.name,
				'finch’s note about wren',
				'finch’s note about a mask',
				'finch’s answer',
				'among moderators',
				'argon2'
			];
			expect(others.filter((words) => text.includes(words))).toEqual([]);
		}
		expect(JSON.parse(files['lamplight.json'] ?? '')).toMatchObject({ name: wren.name, held: expect.any(Array) });
	});

	test('what hangs on a post behind a mask is held and shown as by the name: earlier words, notices, cases, decisions, reports', async () => {
		const world = await aWorld();
		const [wren, finch, moderator] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		for (const mask of [false, true]) {
			const words = (body: string) => ({ title: `Title ${mask}`, body: `${body} ${mask}`, warnings: [] });
			const { post } = await world.threads.open(wren, 'harbour', { ...words('earlier'), mask });
			world.later(4 * 60_000);
			await world.masks.showDue();
			await world.posts.edit(wren, { post, ...words('now'), version: 1 });
			await world.reports.report(finch, { post, reason: 'other', note: `note ${mask}` });
			await decided(world, moderator, post, { postAction: 'none', authorAction: 'formal_notice', reason: `reason ${mask}` });
		}
		for (const reader of ['member', 'operator'] as const) {
			let all = '';
			for await (const { table, rows } of world.held.rows(wren.id, reader)) all += JSON.stringify({ table, rows });
			for (const word of ['earlier', 'now', 'reason']) {
				expect(all, `${reader} ${word}`).toContain(`${word} false`);
				expect(all, `${reader} ${word}`).toContain(`${word} true`);
			}
			expect([all.includes('note false'), all.includes('note true')]).toEqual(reader === 'operator' ? [true, true] : [false, false]);
		}
		let others = '';
		for await (const { rows } of world.held.rows(finch.id, 'member')) others += JSON.stringify(rows);
		for (const word of ['earlier', 'now', 'reason']) expect(others).not.toContain(`${word} true`);
	});

	test('what was written behind a mask is in its author’s file and in nobody else’s, also while it waits', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		await world.masks.story(wren, 'harbour', { title: 'wren’s masked title', body: 'wren’s masked words', warnings: [] });
		const { thread } = await world.threads.open(finch, 'harbour', { title: 'A story', body: 'How it was.', warnings: [] });
		const words = ['wren’s masked title', 'wren’s masked words', 'wren’s masked answer'];
		await world.masks.answer(wren, { thread, body: 'wren’s masked answer', warnings: [] });
		for (const shown of [false, true]) {
			if (shown) {
				world.later(4 * 60_000);
				await world.masks.showDue();
			}
			const { 'lamplight.json': mine = '' } = await whole(await world.exports.take(wren, session, await ask(world, wren)));
			expect(words.filter((one) => !mine.includes(one))).toEqual([]);
			const { 'lamplight.json': theirs = '' } = await whole(await world.exports.take(finch, session, await ask(world, finch)));
			expect(words.filter((one) => theirs.includes(one))).toEqual([]);
		}
	});

	test('what was written cannot become a part of the page [ASVS 1.2.1]', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await world.threads.open(wren, 'harbour', { title: '<script>title</script>', body: '<img src=x onerror=alert(1)>', warnings: [] });
		const { 'lamplight.html': page = '' } = await whole(await world.exports.take(wren, session, await ask(world, wren)));
		expect(page).toContain('&lt;script&gt;title');
		expect(page).not.toMatch(/<script|<img/);
	});

	test('the passphrase is asked for; a ticket is good once, for a minute, in one session and for one member', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		await expect(world.exports.ask(wren, session, { passphrase: 'not this one at all' })).rejects.toThrow(Invalid);
		const ticket = await ask(world, wren);
		expect(await world.exports.take(wren, 'another session', ticket)).toBeUndefined();
		expect(await world.exports.take(finch, session, ticket)).toBeUndefined();
		expect(await world.exports.take(wren, session, undefined)).toBeUndefined();
		await whole(await world.exports.take(wren, session, ticket));
		expect(await world.exports.take(wren, session, ticket)).toBeUndefined();
		const late = await ask(world, wren);
		world.later(60_000);
		expect(await world.exports.take(wren, session, late)).toBeUndefined();
	});

	test('one file at a time; whoever goes away in the middle can ask again', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const [first, second] = [await ask(world, wren), await ask(world, wren)];
		const file = await world.exports.take(wren, session, first);
		await expect(world.exports.take(wren, session, second)).rejects.toMatchObject({ code: 'too_many' });
		await file?.cancel();
		await whole(await world.exports.take(wren, session, second));
	});

	test('nothing is read before it is taken', async () => {
		const reads: string[] = [];
		const world = await aWorld({ logQuery: (text) => void reads.push(text) });
		const wren = await world.someone();
		for (let i = 0; i < 3; i++)
			await world.threads.open(wren, 'harbour', { title: `Story ${i}`, body: 'Words. '.repeat(2000), warnings: [] });
		const ticket = await ask(world, wren);
		const file = await world.exports.take(wren, session, ticket);
		reads.length = 0;
		for (let i = 0; i < 10; i++) await setImmediate();
		expect(reads).toEqual([]);
		await whole(file);
		expect(reads.length).toBeGreaterThan(10);
	});
});

const parts = async function* (...all: string[]) {
	for (const part of all) yield part;
};

test('other programs can open the file', async () => {
	const file = Buffer.concat(
		await Array.fromAsync(
			zipped([
				{ name: 'a.txt', parts: parts('ä', 'b') },
				{ name: 'b.txt', parts: parts() }
			])
		)
	);
	expect(unzip(file)).toEqual({ 'a.txt': 'äb', 'b.txt': '' });
	const python = spawnSync(
		'python3',
		['-c', 'import sys,io,zipfile; print(zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).testzip())'],
		{
			input: file
		}
	);
	// Where there is no Python, our own look has to do.
	if (!python.error) expect(python.stdout.toString().trim()).toBe('None');
});

test('a file whose making fails ends in that failure', async () => {
	const broken = async function* () {
		yield 'a';
		throw new Error('the store is gone');
	};
	await expect(Array.fromAsync(zipped([{ name: 'a.txt', parts: broken() }]))).rejects.toThrow('the store is gone');
});
