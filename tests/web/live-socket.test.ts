import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { socketLimits } from '#server/web/live-socket.ts';
import { decided, reportedBy } from '../community/desk.ts';
import { lit } from '../live-site.ts';
import { onBothDatabases } from '../world.ts';

/** Milliseconds: far less than until the next ping, which would find out too, and enough for two slow cores. */
const atOnce = 15_000;
const story = { title: 'A story', body: 'How it was.', warnings: [] };

onBothDatabases((aWorld) => {
	test('a guest hears of a new story, with its title where the board allows it', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const guest = await site.line();
		const wren = await world.someone();
		const { thread } = await world.threads.open(wren, 'harbour', story);
		expect(await guest.next('thread.opened')).toMatchObject({
			id: expect.stringMatching(/^s\w+$/),
			data: { thread, board: 'harbour', title: 'A story' }
		});
		await world.threads.open(wren, 'nightlight', { ...story, title: 'A hard night' });
		await world.threads.open(wren, 'hearth', { ...story, title: 'Among ourselves' });
		await expect.poll(() => guest.frames.length).toBe(2);
		await pause(200);
		expect(JSON.stringify(guest.frames)).not.toMatch(/hard night|Among ourselves|hearth/);
	});

	test('only those who have the thread open hear of its answers', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await world.threads.open(wren, 'harbour', story);
		const [watcher, other] = [await site.line(), await site.line()];
		watcher.socket.send(JSON.stringify({ type: 'thread.watched', thread }));
		await expect.poll(() => site.hub.listeners(thread)).toBe(1);
		const { post } = await world.posts.reply(finch, { thread, body: 'With you.', warnings: [] });
		expect((await watcher.next('reply.posted')).data).toEqual({ thread, post });
		await pause(200);
		expect(other.frames.map(({ type }) => type)).not.toContain('reply.posted');
	});

	test('a guest cannot watch a members-only thread, nor hear what is told to one member or to staff', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const [wren, finch, moderator] = [await world.someone(), await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread, post } = await world.threads.open(wren, 'hearth', story);
		const [guest, author, desk] = [
			await site.line(),
			await site.line('/live/socket', { cookie: (await site.cookieFor(wren)).cookie }),
			await site.line('/live/socket', { cookie: (await site.cookieFor(moderator)).cookie })
		];
		for (const line of [guest, author]) line.socket.send(JSON.stringify({ type: 'thread.watched', thread }));
		const asks = await site.line(`/live/socket?after=s1&watch=${thread}`);
		await expect.poll(() => site.hub.listeners(thread)).toBe(1);
		await world.posts.reply(finch, { thread, body: 'With you.', warnings: [] });
		await world.reports.report(finch, { post, reason: 'unkind' });
		await author.next('reply.posted');
		const told = await desk.next('case.changed');
		expect(Object.keys(told.data).sort()).toEqual(['case', 'priority', 'state']);
		await pause(200);
		expect([...guest.frames, ...asks.frames]).toEqual([]);
		expect(author.frames.map(({ type }) => type)).not.toContain('case.changed');
	});

	test('what was missed is told again, once and in order; an unknown place is told to start over', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const wren = await world.someone();
		const first = await site.line();
		for (const n of [1, 2, 3]) await world.threads.open(wren, 'harbour', { ...story, title: `story ${n}` });
		await expect.poll(() => first.frames.length).toBe(3);
		const again = await site.line(`/live/socket?after=${first.frames[0]?.id}`);
		await expect.poll(() => again.frames.length).toBe(2);
		expect(again.frames).toEqual(first.frames.slice(1));
		for (const after of ['szzzz', 's0!', 'nonsense', '', '%00'])
			expect((await (await site.line(`/live/socket?after=${after}`)).next('backlog.lost')).data).toEqual({});
		world.later(16 * 60_000);
		await world.threads.open(wren, 'harbour', { ...story, title: 'story 4' });
		await expect.poll(() => first.frames.length).toBe(4);
		expect(await (await site.line(`/live/socket?after=${first.frames[0]?.id}`)).next('backlog.lost')).toBeTruthy();
	});

	test('a page that was away hears of the answers it missed in the thread it shows, and of nothing twice', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const [wren, finch] = [await world.someone(), await world.someone()];
		const { thread } = await world.threads.open(wren, 'harbour', story);
		await site.hub.settled();
		const place = await world.stream.cursor();
		const reply = async (body: string) => (await world.posts.reply(finch, { thread, body, warnings: [] })).post;
		const missed = await reply('With you.');
		await site.hub.settled();
		const again = await site.line(`/live/socket?after=${place}&watch=${thread}`);
		await again.next('reply.posted');
		const later = await reply('Still with you.');
		await expect.poll(() => again.frames.map(({ data }) => data)).toEqual([missed, later].map((post) => ({ thread, post })));
		for (const watch of ['../x', '', 'x'.repeat(65), 'nothing']) await site.line(`/live/socket?after=${place}&watch=${watch}`);
		await expect.poll(() => site.hub.listeners()).toBe(5);
		expect(site.hub.listeners(thread)).toBe(1);
	});

	test('what happens while a page is told what it missed comes after it', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const wren = await world.someone();
		const place = await world.stream.cursor();
		for (const n of [1, 2]) await world.threads.open(wren, 'harbour', { ...story, title: `missed ${n}` });
		await site.hub.settled();
		const { since } = world.stream;
		world.stream.since = async (number) => {
			const rows = await since(number);
			await world.threads.open(wren, 'harbour', { ...story, title: 'meanwhile' });
			await site.hub.settled();
			return rows;
		};
		const page = await site.line(`/live/socket?after=${place}`);
		await expect.poll(() => page.frames.map(({ data }) => data.title)).toEqual(['missed 1', 'missed 2', 'meanwhile']);
	});

	test('a socket that was opening while its member signed out closes, and is told nothing', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const wren = await world.someone();
		const { cookie, session } = await site.cookieFor(wren);
		const { mayHear } = world.cases;
		world.cases.mayHear = async (reader) => {
			world.cases.mayHear = mayHear;
			await world.sessions.end(wren, session);
			await site.hub.settled();
			return mayHear(reader);
		};
		const line = await site.line('/live/socket', { cookie });
		await line.closed;
		expect(line.frames).toEqual([]);
	});

	test('a socket closes at once with its session’s sign-out, and with a new passphrase those of all other sessions', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const wren = await world.someone();
		const [one, two] = [await site.cookieFor(wren), await site.cookieFor(wren)];
		const [ended, kept] = [
			await site.line('/live/socket', { cookie: one.cookie }),
			await site.line('/live/socket', { cookie: two.cookie })
		];
		await expect.poll(() => site.hub.listeners()).toBe(2);
		const began = Date.now();
		await world.sessions.end(wren, one.session);
		await ended.closed;
		expect(Date.now() - began).toBeLessThan(atOnce);
		expect(kept.socket.readyState).toBe(kept.socket.OPEN);
		await world.members.changePassphrase(
			wren,
			{ current: 'a lamp in the far window', passphrase: 'another lamp in the window' },
			'no session'
		);
		await kept.closed;
		expect(Date.now() - began).toBeLessThan(2 * atOnce);
		// The page tries again, as whoever holds a cookie that stands for nobody: a guest.
		const again = await site.line('/live/socket', { cookie: two.cookie });
		await expect.poll(() => site.hub.listeners()).toBe(1);
		await world.threads.open(wren, 'hearth', story);
		await world.threads.open(wren, 'harbour', { ...story, title: 'For everybody' });
		await again.next('thread.opened');
		expect(again.frames.map(({ data }) => data.title)).toEqual(['For everybody']);
	});

	test('a suspension closes the sockets of its member at once; they come back to what may be read, and one of staff not to the desk', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const chief = await world.someone({ role: 'administrator' });
		const { cookie: others } = await site.cookieFor(chief);
		for (const role of ['member', 'moderator'] as const) {
			const [wren, finch] = [await world.someone({ role }), await world.someone()];
			const { post, thread } = await world.threads.open(wren, 'harbour', { ...story, body: `How it was for a ${role}.` });
			const { cookie } = await site.cookieFor(wren);
			const line = await site.line('/live/socket', { cookie });
			await reportedBy(world, 1, post);
			const began = Date.now();
			await decided(world, chief, post, { postAction: 'none', authorAction: 'suspend', duration: '24h' });
			await line.closed;
			expect(Date.now() - began).toBeLessThan(atOnce);
			await site.hub.settled();
			const again = await site.line(`/live/socket?after=${await world.stream.cursor()}&watch=${thread}`, { cookie });
			const desk = await site.line('/live/socket', { cookie: others });
			await expect.poll(() => site.hub.listeners(thread)).toBe(1);
			const second = await world.threads.open(finch, 'hearth', { ...story, body: `Another, beside a ${role}.` });
			await reportedBy(world, 1, second.post);
			await desk.next('case.changed');
			await world.posts.reply(finch, { thread, body: 'With you.', warnings: [] });
			await again.next('reply.posted');
			expect(again.frames.map(({ type }) => type)).toEqual(['thread.opened', 'notice.added', 'reply.posted']);
		}
	});
});

onBothDatabases((aWorld) => {
	test('sockets are for our own pages, at one address', async () => {
		const site = await lit(await aWorld());
		await expect(site.line('/live/socket', { origin: 'https://elsewhere.example' })).rejects.toThrow('403');
		await expect(site.line('/live/socket', { origin: '' })).rejects.toThrow('403');
		for (const path of ['/', '/live', '/boards/harbour', '/live/socket/x']) await expect(site.line(path)).rejects.toThrow('426');
	});

	test.each([
		['not JSON', 'hello'],
		['an array', '[]'],
		['null', 'null'],
		['an unknown type', '{"type":"thread.opened"}'],
		['a thread that is no id', '{"type":"thread.watched","thread":"../x"}'],
		['too large', JSON.stringify({ type: 'thread.watched', thread: 'x'.repeat(5000) })]
	])('a frame that is %s closes its socket and no other', async (_, text) => {
		const world = await aWorld();
		const site = await lit(world);
		const [bad, good] = [await site.line(), await site.line()];
		bad.socket.send(text);
		expect([1008, 1009]).toContain(await bad.closed);
		await world.threads.open(await world.someone(), 'harbour', story);
		await good.next('thread.opened');
	});

	test('a reader that stalls loses frames and not the others: it is told to start over, or dropped', { timeout: 60_000 }, async () => {
		const world = await aWorld();
		const site = await lit(world);
		const [stalled, good] = [await site.line(), await site.line()];
		stalled.socket.pause();
		const words = 'x'.repeat(2000);
		const number = 4000;
		for (let i = 0; i < number; i++) {
			site.hub.tell({ type: 'celebration.shared', celebration: `c${i}`, name: 'Quiet Heron', milestone: '7d', words });
			// A reader in this same process reads between the bursts.
			if (i % 50 === 49) await expect.poll(() => good.frames.length, { timeout: 20_000, interval: 5 }).toBe(i + 1);
		}
		await expect.poll(() => good.frames.length, { timeout: 40_000 }).toBe(number);
		expect(good.frames.map(({ data }) => data.celebration)).toEqual(Array.from({ length: number }, (_, i) => `c${i}`));
		stalled.socket.resume();
		await Promise.race([stalled.next('backlog.lost'), stalled.closed]);
		expect(stalled.frames.length).toBeLessThan(number);
	});

	test('when very many guests are here the next one reads without a live line, and a member still gets theirs', async () => {
		const world = await aWorld();
		const site = await lit(world, { sockets: { ...socketLimits, guests: 2 } });
		const [first] = [await site.line(), await site.line()];
		expect(await (await site.line()).closed).toBe(1013);
		const { cookie } = await site.cookieFor(await world.someone());
		const member = await site.line('/live/socket', { cookie });
		first.socket.close();
		await first.closed;
		await expect.poll(async () => Promise.race([(await site.line()).closed, pause(300)])).toBeUndefined();
		expect(member.socket.readyState).toBe(member.socket.OPEN);
	});

	test('more than a slow reader may leave waiting is not told again: the page starts over', async () => {
		const world = await aWorld();
		const site = await lit(world, { sockets: { ...socketLimits, behind: 500 } });
		const early = await site.line();
		const wren = await world.someone();
		await world.threads.open(wren, 'harbour', story);
		const { id } = await early.next('thread.opened');
		for (let i = 0; i < 8; i++) await world.threads.open(wren, 'harbour', { ...story, title: `A story, the ${i}th` });
		await expect.poll(() => early.frames.length).toBe(9);
		const late = await site.line(`/live/socket?after=${id}`);
		expect(await late.next('backlog.lost')).toMatchObject({ id: early.frames.at(-1)?.id });
		expect(late.frames).toHaveLength(1);
	});

	test('a page that goes as soon as it came leaves no seat taken', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const { cookie } = await site.cookieFor(await world.someone());
		for (let i = 0; i < 12; i++) {
			const { socket, closed } = await site.line('/live/socket', { cookie });
			socket.terminate();
			await closed;
		}
		await expect.poll(() => site.hub.listeners()).toBe(0);
		const { socket } = await site.line('/live/socket', { cookie });
		await pause(200);
		expect(socket.readyState).toBe(socket.OPEN);
	});

	test('too many messages close the socket; so does the sixth page of one account', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const chatty = await site.line();
		for (let i = 0; i < 12; i++) chatty.socket.send('{"type":"thread.watched","thread":"x"}');
		expect(await chatty.closed).toBe(1008);
		const { cookie } = await site.cookieFor(await world.someone());
		const lines = await Promise.all(Array.from({ length: socketLimits.perAccount }, () => site.line('/live/socket', { cookie })));
		await pause(100);
		const sixth = await site.line('/live/socket', { cookie });
		expect(await sixth.closed).toBe(1008);
		expect(lines.every(({ socket }) => socket.readyState === socket.OPEN)).toBe(true);
	});

	test('one address may have thirty pages of guests open, and members besides; each that closes makes room', async () => {
		const world = await aWorld();
		const site = await lit(world, { env: { PROOF_OF_WORK: 'on' } });
		const lines = await Promise.all(Array.from({ length: socketLimits.perAddress }, () => site.line()));
		const { cookie } = await site.cookieFor(await world.someone());
		const member = await site.line('/live/socket', { cookie });
		expect(await (await site.line()).closed).toBe(1008);
		expect([...lines, member].every(({ socket }) => socket.readyState === socket.OPEN)).toBe(true);
		lines[0]?.socket.close();
		await lines[0]?.closed;
		await pause(100);
		const next = await site.line();
		await pause(100);
		expect(next.socket.readyState).toBe(next.socket.OPEN);
	});
});
