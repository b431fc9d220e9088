// With a stop-watch: whatever ends a session ends its open lines too.
import { expect, test } from 'vitest';
import { lit } from '../live-site.ts';
import { onBothDatabases } from '../world.ts';

onBothDatabases((aWorld) => {
	test('[ASVS 7.4.3] a code on paper closes every open line of its member at once, and nobody else’s', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const [wren, finch] = [await world.someone(), await world.someone()];
		const codes = (await world.recoveryCodes.first(wren)) ?? [];
		const lines = [];
		for (const actor of [wren, wren, finch]) lines.push(await site.line('/live/socket', { cookie: (await site.cookieFor(actor)).cookie }));
		await expect.poll(() => site.hub.listeners()).toBe(3);
		const began = Date.now();
		await world.waysIn.comeIn({ name: wren.name, passphrase: '', code: codes[0] ?? '' });
		await Promise.all([lines[0]?.closed, lines[1]?.closed]);
		// Not only by the next ping, which comes after half a minute.
		expect(Date.now() - began).toBeLessThan(15_000);
		expect(lines[2]?.socket.readyState).toBe(1);
	});

	test('[ASVS 7.2.4] a session that gives way to a stronger one takes its line along', async () => {
		const world = await aWorld();
		const site = await lit(world);
		const wren = await world.someone();
		const { cookie, session } = await site.cookieFor(wren);
		const line = await site.line('/live/socket', { cookie });
		await expect.poll(() => site.hub.listeners()).toBe(1);
		await world.sessions.begin(wren, { secure: false, former: session, secondFactor: true });
		await line.closed;
		expect(await world.sessions.find(cookie.split('=')[1])).toBeUndefined();
	});

	test('staff who have not shown their second factor hear no more than a member', async () => {
		const world = await aWorld({ staffNeedSecondFactor: true });
		const site = await lit(world);
		const [wren, finch, robin] = [await world.someone({ role: 'moderator' }), await world.someone(), await world.someone()];
		const waiting = await site.line('/live/socket', { cookie: (await site.cookieFor(wren)).cookie });
		const { cookie } = await world.sessions.begin(wren, { secure: false, secondFactor: true });
		const shown = await site.line('/live/socket', { cookie: `${cookie.name}=${cookie.value}` });
		await expect.poll(() => site.hub.listeners()).toBe(2);
		const { post } = await world.threads.open(finch, 'harbour', { title: 'A story', body: 'How it was.', warnings: [] });
		await world.reports.report(robin, { post, reason: 'harassment' });
		await shown.next('case.changed');
		expect(waiting.frames.map(({ type }) => type)).not.toContain('case.changed');
	});
});
