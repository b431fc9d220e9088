import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { day, hour, onBothDatabases, type World } from '../world.ts';

const secure = { secure: true };

/** Every row of every table as text. */
async function dump(world: World): Promise<string> {
	const rows: unknown[] = [];
	for (const table of Object.values(world.db.tables)) rows.push(await world.db.read.select().from(table));
	return JSON.stringify(rows);
}

onBothDatabases((aWorld) => {
	test('a session belongs to whoever holds its token', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { cookie, session } = await world.sessions.begin(wren, secure);
		expect(await world.sessions.find(cookie.value)).toMatchObject({ actor: wren, session });
		for (const other of [undefined, '', session, cookie.value.slice(1), `${cookie.value}x`, 'x'.repeat(100_000), '\u0000', 'ü']) {
			expect(await world.sessions.find(other)).toBeUndefined();
		}
	});

	test('only the SHA-256 of a token is stored', async () => {
		const world = await aWorld();
		const { cookie, session } = await world.sessions.begin(await world.someone(), secure);
		await world.sessions.find(cookie.value);
		const stored = await dump(world);
		expect(stored).not.toContain(cookie.value);
		expect(stored).toContain(session);
		expect(session).toBe(createHash('sha256').update(cookie.value).digest('hex'));
		expect(Buffer.from(cookie.value, 'base64url').length).toBeGreaterThanOrEqual(16);
	});

	test('a session row tells days, not hours', async () => {
		const world = await aWorld();
		const { sessions } = world.db.tables;
		const { session } = await world.sessions.begin(await world.someone(), secure);
		const [row] = await world.db.read.select().from(sessions).where(eq(sessions.id, session));
		expect(row).toMatchObject({ startedOn: '2026-03-14', seenOn: '2026-03-14' });
		expect([row?.expiresAt, row?.endsAt].map((moment) => (moment ?? 1) % day)).toEqual([0, 0]);
	});

	test('every sign-in gets a token of its own and ends the session that this browser had', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const tokens = await Promise.all(Array.from({ length: 10 }, async () => (await world.sessions.begin(wren, secure)).cookie.value));
		expect(new Set(tokens).size).toBe(10);
		const again = await world.sessions.begin(wren, {
			secure: true,
			former: createHash('sha256')
				.update(tokens[0] ?? '')
				.digest('hex')
		});
		expect(await world.sessions.find(tokens[0])).toBeUndefined();
		expect(await world.sessions.find(tokens[1])).toBeDefined();
		expect(await world.sessions.find(again.cookie.value)).toBeDefined();
	});

	test('the cookie is held to this host over https, hidden from scripts, and outlives the browser', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const over = { httpOnly: true, sameSite: 'lax', path: '/' };
		const { cookie } = await world.sessions.begin(wren, secure);
		expect(cookie).toMatchObject({ name: '__Host-lamplight', attributes: { ...over, secure: true } });
		expect(cookie.attributes.domain).toBeUndefined();
		expect(cookie.attributes.maxAge).toBeGreaterThan((89 * day) / 1000);
		expect(cookie.attributes.maxAge).toBeLessThanOrEqual((90 * day) / 1000);
		expect((await world.sessions.begin(wren, { secure: false })).cookie).toMatchObject({
			name: 'lamplight',
			attributes: { ...over, secure: false }
		});
		expect(world.sessions.blankCookie(secure)).toMatchObject({
			name: '__Host-lamplight',
			value: '',
			attributes: { ...over, secure: true, maxAge: 0 }
		});
	});

	test('a session that nobody uses ends within fourteen days', async () => {
		const world = await aWorld();
		const { cookie } = await world.sessions.begin(await world.someone(), secure);
		world.later(13 * day);
		expect(await world.sessions.find(cookie.value)).toBeDefined();
		world.later(14 * day);
		expect(await world.sessions.find(cookie.value)).toBeUndefined();
		expect(await world.db.read.$count(world.db.tables.sessions)).toBe(0);
	});

	test('a session in use ends after ninety days', async () => {
		const world = await aWorld();
		const { cookie } = await world.sessions.begin(await world.someone(), secure);
		for (let on = 0; on < 89; on++) {
			world.later(day);
			expect(await world.sessions.find(cookie.value)).toBeDefined();
		}
		world.later(day);
		expect(await world.sessions.find(cookie.value)).toBeUndefined();
	});

	test('looking at pages writes once a day', async () => {
		const world = await aWorld();
		const { cookie } = await world.sessions.begin(await world.someone(), secure);
		let writes = 0;
		const { write } = world.db;
		world.db.write = (work) => {
			writes++;
			return write(work);
		};
		for (let page = 0; page < 5; page++) await world.sessions.find(cookie.value);
		expect(writes).toBe(0);
		world.later(day);
		for (let page = 0; page < 5; page++) await world.sessions.find(cookie.value);
		expect(writes).toBe(1);
		const { sessions } = world.db.tables;
		expect(await world.db.read.select({ seenOn: sessions.seenOn }).from(sessions)).toEqual([{ seenOn: '2026-03-15' }]);
	});

	test('a moderator signs in again after twelve hours, a greeter does not', async () => {
		const world = await aWorld();
		const moderator = await world.sessions.begin(await world.someone({ role: 'moderator' }), secure);
		const greeter = await world.sessions.begin(await world.someone({ role: 'greeter' }), secure);
		expect(moderator.cookie.attributes.maxAge).toBe(12 * 60 * 60);
		world.later(12 * hour - 1);
		expect(await world.sessions.find(moderator.cookie.value)).toBeDefined();
		world.later(1);
		expect(await world.sessions.find(moderator.cookie.value)).toBeUndefined();
		expect(await world.sessions.find(greeter.cookie.value)).toBeDefined();
	});

	test('whoever is appointed goes on for twelve hours and then signs in again', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { cookie } = await world.sessions.begin(wren, secure);
		await world.members.appoint(wren.name, 'moderator');
		expect(await world.sessions.find(cookie.value)).toMatchObject({ actor: { role: 'moderator' } });
		world.later(12 * hour);
		expect(await world.sessions.find(cookie.value)).toBeUndefined();
	});

	test('a long session of somebody who became staff in another way is not good any more', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { cookie } = await world.sessions.begin(wren, secure);
		const { members } = world.db.tables;
		await world.db.write((tx) => tx.update(members).set({ role: 'administrator' }).where(eq(members.id, wren.id)));
		expect(await world.sessions.find(cookie.value)).toBeUndefined();
	});

	test('a member sees their own open sessions by day and ends one of them', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const old = await world.sessions.begin(wren, secure);
		world.later(2 * day);
		const here = await world.sessions.begin(wren, secure);
		await world.sessions.begin(await world.someone(), secure);
		expect(await world.sessions.list(wren, here.session)).toEqual([
			{ id: here.session, startedOn: '2026-03-16', seenOn: '2026-03-16', current: true },
			{ id: old.session, startedOn: '2026-03-14', seenOn: '2026-03-14', current: false }
		]);
		await world.sessions.end(wren, old.session);
		expect(await world.sessions.find(old.cookie.value)).toBeUndefined();
		expect(await world.sessions.list(wren)).toMatchObject([{ id: here.session, current: false }]);
	});

	test('sessions that are over are not listed, and their rows go when the next one begins', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await world.sessions.begin(wren, secure);
		world.later(30 * day);
		expect(await world.sessions.list(wren)).toEqual([]);
		await world.sessions.begin(await world.someone(), secure);
		expect(await world.db.read.$count(world.db.tables.sessions)).toBe(1);
	});

	test('nobody ends the session of somebody else', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { cookie, session } = await world.sessions.begin(wren, secure);
		const finch = await world.someone({ role: 'administrator' });
		await expect(world.sessions.end(finch, session)).rejects.toMatchObject({ code: 'not_found' });
		await expect(world.sessions.end(wren, 'none')).rejects.toMatchObject({ code: 'not_found' });
		expect(await world.sessions.find(cookie.value)).toBeDefined();
	});

	test('all sessions end at once, or all but this one', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const others = await world.sessions.begin(await world.someone(), secure);
		const begun = [];
		for (let device = 0; device < 3; device++) begun.push(await world.sessions.begin(wren, secure));
		await world.sessions.endAll(wren, begun[0]?.session);
		expect(await world.sessions.list(wren)).toMatchObject([{ id: begun[0]?.session }]);
		await world.sessions.endAll(wren);
		expect(await world.sessions.list(wren)).toEqual([]);
		expect(await world.sessions.find(others.cookie.value)).toBeDefined();
	});
});
