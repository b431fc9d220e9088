// Lines that outlive what they were opened for: a session that grew too old, a role that was taken, a case about oneself, a lost store.
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { socketLimits } from '#server/web/live-socket.ts';
import { decided, reportedBy } from '../community/desk.ts';
import { lit } from '../live-site.ts';
import { day, hour, onBothDatabases, type World } from '../world.ts';

// Far less would end the lines of a machine that is busy for a moment.
const asking = (world: World) => lit(world, { sockets: { ...socketLimits, pingEvery: 300 } });

type Site = Awaited<ReturnType<typeof lit>>;
const lineOf = async (site: Site, actor: Parameters<Site['cookieFor']>[0]) =>
	site.line('/live/socket', { cookie: (await site.cookieFor(actor)).cookie });
const story = { title: 'A story', body: 'How it was.', warnings: [] };

/** Takes a table away from under the running site. */
async function lose(url: string, table: string) {
	const statement = `alter table ${table} rename to ${table}_gone`;
	if (url.startsWith('file:')) {
		const client = new Sqlite(url.slice(5));
		client.exec(statement);
		return void client.close();
	}
	const client = new Client({ connectionString: url });
	await client.connect();
	await client.query(statement);
	await client.end();
}

onBothDatabases((aWorld) => {
	test('[ASVS 7.3.2] a line ends with the session it was opened by, also when nobody ends that but time', async () => {
		const world = await aWorld();
		const site = await asking(world);
		const [wren, robin] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const lines = [await lineOf(site, wren), await lineOf(site, robin)];
		await pause(200);
		expect(lines.map(({ socket }) => socket.readyState)).toEqual([1, 1]);
		world.later(13 * hour);
		await lines[1]?.closed;
		expect(lines[0]?.socket.readyState).toBe(1);
		world.later(15 * day);
		await lines[0]?.closed;
	});

	test('an open page is no use of a session: it does not keep it alive', async () => {
		const world = await aWorld();
		const site = await asking(world);
		const wren = await world.someone();
		const line = await lineOf(site, wren);
		for (let days = 0; days < 15; days++) {
			world.later(day);
			await pause(70);
		}
		await line.closed;
	});

	test('whoever is of staff no longer, or is suspended, hears of no case', async () => {
		const world = await aWorld();
		const site = await asking(world);
		const [wren, robin] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const line = await lineOf(site, robin);
		await world.members.appoint(robin.name, 'member');
		await line.closed;
		await world.members.appoint(robin.name, 'moderator');
		const { post } = await world.threads.open(robin, 'harbour', story);
		await reportedBy(world, 1, post);
		const chief = await world.someone({ role: 'administrator' });
		await decided(world, chief, post, { postAction: 'none', authorAction: 'suspend', duration: '7d' });
		let suspended = await lineOf(site, robin);
		const other = await lineOf(site, await world.someone({ role: 'moderator' }));
		// What is told of the suspension may come only now, and closes it once more.
		await expect
			.poll(async () => {
				if (suspended.socket.readyState !== suspended.socket.OPEN) suspended = await lineOf(site, robin);
				return site.hub.listeners();
			})
			.toBe(2);
		const second = await world.threads.open(wren, 'harbour', { ...story, title: 'Another' });
		await reportedBy(world, 1, second.post);
		await other.next('case.changed');
		await pause(100);
		expect(suspended.frames.map(({ type }) => type)).not.toContain('case.changed');
	});

	test('a moderator whose own post is reported hears nothing of it, whatever happens with the case', async () => {
		const world = await aWorld();
		const site = await asking(world);
		const [robin, wren] = [await world.someone({ role: 'moderator' }), await world.someone({ role: 'moderator' })];
		const [author, other] = [await lineOf(site, robin), await lineOf(site, wren)];
		await expect.poll(() => site.hub.listeners()).toBe(2);
		const { post } = await world.threads.open(robin, 'harbour', story);
		await reportedBy(world, 1, post);
		const { data } = await other.next('case.changed');
		await world.cases.claim(wren, String(data.case));
		await expect.poll(() => other.frames.filter(({ type }) => type === 'case.changed').length).toBe(2);
		await pause(100);
		expect(author.frames.map(({ type }) => type)).not.toContain('case.changed');
		const again = await site.line('/live/socket?after=s1', { cookie: (await site.cookieFor(robin)).cookie });
		await pause(100);
		expect(JSON.stringify(again.frames)).not.toContain('case.');
	});

	test('what was taken back or folded since is not told again to a page that comes late', async () => {
		const world = await aWorld();
		const site = await asking(world);
		const [wren, robin] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const early = await site.line();
		const open = (title: string) => world.threads.open(wren, 'harbour', { ...story, title, body: `How it was: ${title}` });
		const first = await open('before');
		const { id: place } = await early.next('thread.opened');
		const [gone, folded, stays] = [await open('Tom of the mill'), await open('Ann of the farm'), await open('a quiet evening')];
		const party = await world.celebrations.victory(wren, { words: 'I told Tom of the mill', when: 'now' });
		await expect.poll(() => early.frames.length).toBe(5);
		await world.posts.withdraw(wren, gone.post, true);
		await reportedBy(world, 1, folded.post);
		await decided(world, robin, folded.post, { postAction: 'fold' });
		await world.celebrations.undo(wren, party.id);
		await expect.poll(() => early.frames.at(-1)?.type).toBe('celebration.undone');
		const late = await site.line(`/live/socket?after=${place}`);
		await late.next('celebration.undone');
		expect(JSON.stringify(late.frames)).not.toMatch(/mill|farm/);
		expect(late.frames.map(({ data }) => data)).toEqual([
			{ thread: folded.thread, board: 'harbour' },
			{ thread: stays.thread, board: 'harbour', title: 'a quiet evening' },
			{ celebration: party.id }
		]);
		expect(first.thread).toBeTruthy();
	});

	test('a page that asks for a thread while the store does not answer loses its line, and nobody else anything', async () => {
		const world = await aWorld();
		const site = await asking(world);
		const { thread } = await world.threads.open(await world.someone(), 'harbour', story);
		const [asks, stays] = [await site.line(), await site.line()];
		await expect.poll(() => site.hub.listeners()).toBe(2);
		await lose(world.url, 'boards');
		asks.socket.send(JSON.stringify({ type: 'thread.watched', thread }));
		expect(await asks.closed).toBe(1013);
		expect(stays.socket.readyState).toBe(1);
	});
});
