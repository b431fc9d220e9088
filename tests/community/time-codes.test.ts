import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import type { Actor } from '#server/community/means.ts';
import { authenticator } from '../authenticator.ts';
import { onBothDatabases, type World } from '../world.ts';

const passphrase = 'a lamp in the far window';
const session = 'none';
const wrong = { problems: { code: expect.stringContaining('does not fit') } };

const codeOf = (secret: string, at: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

async function withApp(world: World, owner?: Actor) {
	const wren = owner ?? (await world.someone());
	const sealed = await world.timeCodes.begin(wren, session, { passphrase });
	const secret = world.timeCodes.again(wren, sealed)?.secret ?? '';
	await world.timeCodes.confirm(wren, session, { sealed, code: codeOf(secret, world.now()) });
	world.later(60_000);
	return { wren, secret, sealed };
}

const comeIn = (world: World, name: string, typed: { passphrase?: string; code?: string } = {}) =>
	world.waysIn.comeIn({ name, passphrase, code: '', ...typed });

onBothDatabases((aWorld) => {
	test('an app is on once a code from it was typed, and not before', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const sealed = await world.timeCodes.begin(wren, session, { passphrase });
		const { secret, uri } = world.timeCodes.again(wren, sealed) ?? { secret: '', uri: '' };
		expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
		expect(uri).toMatch(/^otpauth:\/\/totp\/Lamplight\?/);
		expect(uri).not.toContain(encodeURIComponent(wren.name));
		for (const code of ['', '000000', codeOf(secret, world.now() + 300_000), '‮', '1'.repeat(100_000)])
			await expect(world.timeCodes.confirm(wren, session, { sealed, code })).rejects.toMatchObject(wrong);
		expect(await world.timeCodes.since(wren)).toBeUndefined();
		expect(await comeIn(world, wren.name)).toEqual({ actor: wren, secondFactor: false });
		await world.timeCodes.confirm(wren, session, { sealed, code: ` ${codeOf(secret, world.now()).replace(/.../, '$& ')} ` });
		expect(await world.timeCodes.since(wren)).toBe('2026-03-14');
	});

	test('a secret that is being set up is good for half an hour and for one member', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const sealed = await world.timeCodes.begin(wren, session, { passphrase });
		expect(world.timeCodes.again(await world.someone(), sealed)).toBeUndefined();
		for (const other of [undefined, '', 'x.y', `${sealed}x`]) expect(world.timeCodes.again(wren, other)).toBeUndefined();
		world.later(30 * 60_000);
		expect(world.timeCodes.again(wren, sealed)).toBeUndefined();
		await expect(world.timeCodes.confirm(wren, session, { sealed, code: '123456' })).rejects.toMatchObject({
			problems: { form: expect.any(String) }
		});
	});

	test('the secret does not stand in the store, and another member’s row does not open it', async () => {
		const world = await aWorld();
		const { secret } = await withApp(world);
		const rows = await world.db.read.select().from(world.db.tables.timeCodes);
		expect(JSON.stringify(rows)).not.toContain(secret);
		const finch = await world.someone();
		const moved = rows.map((row) => ({ ...row, memberId: finch.id }));
		await world.db.write((tx) => tx.insert(world.db.tables.timeCodes).values(moved));
		await expect(world.timeCodes.check(finch.id, codeOf(secret, world.now()))).rejects.toMatchObject(wrong);
	});

	test('with an app the passphrase alone opens a doorway and no session', async () => {
		const world = await aWorld();
		const { wren, secret } = await withApp(world);
		const arrival = await comeIn(world, wren.name);
		expect(arrival).toEqual({ doorway: expect.any(String), needs: 'code' });
		const doorway = 'doorway' in arrival ? arrival.doorway : '';
		expect(await world.sessions.find(doorway)).toBeUndefined();
		expect(await world.waysIn.atDoorway(doorway)).toMatchObject({ needs: 'code', name: wren.name });
		await expect(world.waysIn.giveCode(doorway, '000000')).rejects.toMatchObject(wrong);
		expect(await world.waysIn.giveCode(doorway, codeOf(secret, world.now()))).toEqual({ actor: wren, secondFactor: true });
		await expect(world.waysIn.giveCode(doorway, codeOf(secret, world.now() + 30_000))).rejects.toMatchObject({ code: 'doorway_closed' });
	});

	test('passphrase and code come in together too', async () => {
		const world = await aWorld();
		const { wren, secret } = await withApp(world);
		expect(await comeIn(world, wren.name, { code: codeOf(secret, world.now()) })).toEqual({ actor: wren, secondFactor: true });
	});

	test('[ASVS 6.3.8] nothing tells of an app before the right passphrase', async () => {
		const world = await aWorld();
		const { wren, secret } = await withApp(world);
		const finch = await world.someone();
		const answers = [];
		for (const [name, code] of [
			[finch.name, ''],
			[wren.name, ''],
			['Nobody Here', ''],
			[wren.name, codeOf(secret, world.now())],
			[finch.name, '123456'],
			['Nobody Here', '123456']
		])
			answers.push(
				await comeIn(world, name ?? '', { passphrase: 'not the one at all', code: code ?? '' }).catch((problem) => problem.problems)
			);
		expect(answers[0]).toEqual({ form: expect.stringContaining('do not fit together') });
		for (const answer of answers) expect(answer).toEqual(answers[0]);
	});

	test('[ASVS 6.5.1] each code is good once, also when it comes ten times at once', async () => {
		const world = await aWorld();
		const { wren, secret } = await withApp(world);
		const code = codeOf(secret, world.now());
		const settled = await Promise.allSettled(Array.from({ length: 5 }, () => world.timeCodes.check(wren.id, code)));
		expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		world.later(60 * 60_000);
		await world.timeCodes.check(wren.id, codeOf(secret, world.now()));
		await expect(world.timeCodes.check(wren.id, codeOf(secret, world.now()))).rejects.toMatchObject(wrong);
	});

	test('[ASVS 6.5.5] the code before and the one after are good, all others are not', async () => {
		const world = await aWorld();
		const { wren, secret } = await withApp(world);
		for (const away of [-60_000, 60_000, -3_600_000])
			await expect(world.timeCodes.check(wren.id, codeOf(secret, world.now() + away))).rejects.toMatchObject(wrong);
		for (const away of [-30_000, 30_000, 0]) await world.timeCodes.check(wren.id, codeOf(secret, world.now() + away));
	});

	test('[ASVS 6.3.1] guesses at codes are slowed down, and the right passphrase in between does not help', async () => {
		const world = await aWorld();
		const { wren } = await withApp(world);
		const guess = () => comeIn(world, wren.name, { code: '000000' }).catch((problem) => problem);
		for (let tries = 0; tries < 5; tries++) expect(await guess()).toMatchObject(wrong);
		expect(await guess()).toMatchObject({ code: 'too_many', retryAfter: 1 });
		await comeIn(world, wren.name);
		expect(await guess()).toMatchObject({ code: 'too_many' });
	});

	test('when the app is lost, a code on paper leads on, and it can be turned off on the way', async () => {
		const world = await aWorld();
		const { wren } = await withApp(world);
		const codes = (await world.recoveryCodes.first(wren)) ?? [];
		const waiting = await comeIn(world, wren.name);
		const arrival = await world.waysIn.giveCode('doorway' in waiting ? waiting.doorway : '', codes[0] ?? '');
		const doorway = 'doorway' in arrival ? arrival.doorway : '';
		expect(await world.waysIn.atDoorway(doorway)).toMatchObject({ needs: 'passphrase', app: true });
		await world.waysIn.renew(doorway, { passphrase: 'another light by the shore', dropApp: true, dropPasskeys: false });
		expect(await comeIn(world, wren.name, { passphrase: 'another light by the shore' })).toEqual({ actor: wren, secondFactor: false });
	});

	test('an app stays where nobody said that it is lost', async () => {
		const world = await aWorld();
		const { wren } = await withApp(world);
		const codes = (await world.recoveryCodes.first(wren)) ?? [];
		const arrival = await comeIn(world, wren.name, { passphrase: '', code: codes[0] ?? '' });
		await world.waysIn.renew('doorway' in arrival ? arrival.doorway : '', {
			passphrase: 'another light by the shore',
			dropApp: false,
			dropPasskeys: false
		});
		expect(await comeIn(world, wren.name, { passphrase: 'another light by the shore' })).toMatchObject({ needs: 'code' });
	});

	test('[ASVS 7.5.1] setting it up and turning it off needs the passphrase', async () => {
		const world = await aWorld();
		const { wren } = await withApp(world);
		const again = { problems: { again: expect.any(String) } };
		await expect(world.timeCodes.begin(wren, session, { passphrase: 'a guess' })).rejects.toMatchObject(again);
		await expect(world.timeCodes.turnOff(wren, session, { passphrase: 'a guess' })).rejects.toMatchObject(again);
		await world.timeCodes.turnOff(wren, session, { passphrase });
		expect(await comeIn(world, wren.name)).toEqual({ actor: wren, secondFactor: false });
	});
});

onBothDatabases((aWorld) => {
	const strict = () => aWorld({ staffNeedSecondFactor: true });
	const secure = true;

	test('[ASVS 6.3.3] staff with a passphrase alone are members until they show a second factor', async () => {
		const world = await strict();
		const wren = await world.someone({ role: 'moderator' });
		const alone = await world.sessions.begin(wren, { secure });
		expect(await world.sessions.find(alone.cookie.value)).toMatchObject({
			actor: { ...wren, role: 'member' },
			session: alone.session,
			staffWaiting: true
		});
		const shown = await world.sessions.begin(wren, { secure, secondFactor: true });
		const found = await world.sessions.find(shown.cookie.value);
		expect(found).toMatchObject({ actor: wren, session: shown.session });
		expect(found?.staffWaiting).toBeUndefined();
		const finch = await world.sessions.begin(await world.someone(), { secure });
		expect((await world.sessions.find(finch.cookie.value))?.staffWaiting).toBeUndefined();
	});

	test('where it is optional, or in a session of before the appointment, the role is as it was', async () => {
		const world = await aWorld();
		const wren = await world.someone({ role: 'administrator' });
		const { cookie } = await world.sessions.begin(wren, { secure });
		expect((await world.sessions.find(cookie.value))?.actor).toEqual(wren);
	});

	test('staff set up their first factor with the passphrase; then nothing changes without it', async () => {
		const world = await strict();
		const wren = await world.someone({ role: 'moderator' });
		const alone = await world.sessions.begin(wren, { secure });
		const waiting = (await world.sessions.find(alone.cookie.value))?.actor ?? wren;
		await withApp(world, waiting);
		const shown = await world.sessions.begin(wren, { secure, secondFactor: true });
		const first = { code: 'second_factor_first' };
		const origin = 'https://lamp.example';
		await expect(world.timeCodes.begin(waiting, alone.session, { passphrase })).rejects.toMatchObject(first);
		await expect(world.timeCodes.turnOff(waiting, alone.session, { passphrase })).rejects.toMatchObject(first);
		await expect(world.passkeys.askToAdd(waiting, alone.session, { passphrase, label: '' }, origin)).rejects.toMatchObject(first);
		// Another's session, or one that does not exist, shows nothing.
		for (const session of [(await world.sessions.begin(await world.someone(), { secure, secondFactor: true })).session, '', 'none'])
			await expect(world.timeCodes.turnOff(waiting, session, { passphrase })).rejects.toMatchObject(first);
		const { options, asked } = await world.passkeys.askToAdd(wren, shown.session, { passphrase, label: '' }, origin);
		const answer = JSON.stringify(authenticator(origin).create(options));
		await expect(world.passkeys.add(waiting, alone.session, { answer, asked }, origin)).rejects.toMatchObject(first);
		await world.passkeys.add(wren, shown.session, { answer, asked }, origin);
		await world.timeCodes.turnOff(wren, shown.session, { passphrase });
	});

	test('[ASVS 6.4.3] paper brings staff back as members, and does away with no second factor', async () => {
		const world = await strict();
		const wren = await world.someone({ role: 'moderator' });
		await withApp(world, wren);
		const codes = (await world.recoveryCodes.first(wren)) ?? [];
		const arrival = await comeIn(world, wren.name, { code: codes[0] ?? '' });
		const doorway = 'doorway' in arrival ? arrival.doorway : '';
		expect(await world.waysIn.atDoorway(doorway)).toMatchObject({ app: false, passkeys: false });
		const renewed = await world.waysIn.renew(doorway, { passphrase: 'another light by the shore', dropApp: true, dropPasskeys: true });
		expect(renewed).not.toHaveProperty('secondFactor');
		expect(await world.timeCodes.since(wren)).toBe('2026-03-14');
		// Whoever runs the site can help: without the role the factor can go, and the next appointment finds a new one.
		await world.members.appoint(wren.name, 'member');
		await world.timeCodes.turnOff(wren, session, { passphrase: 'another light by the shore' });
	});
});
