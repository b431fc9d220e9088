import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import { erasedNames } from '#server/community/erased-names.ts';
import type { House } from '#server/community/means.ts';
import { rowsOf } from '../every-row.ts';
import { day, hour, onBothDatabases, worldSealer, type World } from '../world.ts';
import { prove } from './proving.ts';

const passphrase = 'a lamp in the far window';
const open: House = { signUp: 'open', proofOfWork: true };
const reviewed: House = { signUp: 'reviewed', proofOfWork: false };
const invited: House = { signUp: 'invited', proofOfWork: false };

async function form(world: World, more: Partial<Record<'invitation' | 'proof' | 'words' | 'trap', string>> = {}) {
	const { offer, names } = await world.members.offerNames();
	return { offer, name: names[0] ?? '', passphrase, adult: true, agree: true, invitation: '', proof: '', words: '', trap: '', ...more };
}
const members = (world: World) => world.db.read.$count(world.db.tables.members);
const signIn = (world: World, { name }: { name: string }) => world.members.signIn({ name, passphrase });

onBothDatabases((aWorld) => {
	test('[ASVS 2.4.1] where proof of work is on, a proof opens the door once', async () => {
		const world = await aWorld({ house: open });
		const { challenge } = await world.doorstep.sign();
		const proof = await prove(challenge);
		const knock = await form(world, { proof });
		expect(await world.doorstep.knock(knock)).toEqual({ actor: { id: expect.any(String), name: knock.name, role: 'member' } });
		await expect(world.doorstep.knock(await form(world, { proof }))).rejects.toMatchObject({ problems: { proof: expect.any(String) } });
		expect(await members(world)).toBe(1);
	});

	test('a mistake elsewhere in the form does not cost the proof', async () => {
		const world = await aWorld({ house: open });
		const knock = await form(world, { proof: await prove((await world.doorstep.sign()).challenge) });
		await expect(world.doorstep.knock({ ...knock, passphrase: 'short' })).rejects.toMatchObject({
			problems: { passphrase: expect.any(String) }
		});
		expect(await world.doorstep.knock(knock)).toHaveProperty('actor');
	});

	test('without a proof, as without scripts, somebody waits for a moderator, and comes in by an invitation at once', async () => {
		const world = await aWorld({ house: open });
		const knock = await form(world);
		expect(await world.doorstep.knock(knock)).toEqual({ waiting: knock.name });
		await expect(signIn(world, knock)).rejects.toMatchObject({ code: 'waiting', status: 403 });
		const invitation = await world.doorstep.invite('operator', { uses: 1, days: 1 });
		expect(await world.doorstep.knock(await form(world, { invitation }))).toHaveProperty('actor');
	});

	test('somebody who waits has no session, is let in by a moderator, and then is on their first day', async () => {
		const world = await aWorld({ house: reviewed });
		const knock = await form(world, { words: 'A friend\ntold me ' });
		await world.doorstep.knock(knock);
		const moderator = await world.someone({ role: 'moderator' });
		const [waiting] = await world.doorstep.whoWaits(moderator);
		expect(waiting).toEqual({ member: expect.any(String), name: knock.name, words: 'A friend told me', age: expect.any(String) });
		const actor = { id: waiting?.member ?? '', name: knock.name, role: 'member' } as const;
		await expect(world.sessions.begin(actor, { secure: true })).rejects.toMatchObject({ code: 'waiting' });
		world.later(3 * day);
		await world.doorstep.letIn(moderator, actor.id);
		expect(await signIn(world, knock)).toEqual(actor);
		expect(await world.doorstep.whoWaits(moderator)).toEqual([]);
		const { joinedAt } = world.db.tables.members;
		const rows = await world.db.read.select({ name: world.db.tables.members.name, joinedAt }).from(world.db.tables.members);
		expect(rows.find(({ name }) => name === knock.name)?.joinedAt).toBe(world.now());
	});

	test('somebody turned away is told at their sign-in and to nobody else; the name is never offered again', async () => {
		const world = await aWorld({ house: reviewed });
		const knock = await form(world, { words: 'words that go' });
		await world.doorstep.knock(knock);
		const moderator = await world.someone({ role: 'moderator' });
		const [{ member } = { member: '' }] = await world.doorstep.whoWaits(moderator);
		await world.doorstep.turnAway(moderator, member);
		await expect(signIn(world, knock)).rejects.toMatchObject({ code: 'turned_away', message: expect.stringContaining('ask again') });
		await expect(world.members.signIn({ name: knock.name, passphrase: 'not the one at all' })).rejects.toMatchObject({
			problems: { form: expect.stringContaining('do not fit together') }
		});
		await expect(world.doorstep.letIn(moderator, member)).rejects.toMatchObject({ code: 'stale' });
		world.later(14 * day);
		await world.doorstep.tidy();
		await expect(signIn(world, knock)).rejects.toHaveProperty('problems');
		await world.members.offerNames();
		const never = await erasedNames({ db: world.db, sealer: worldSealer }).among(world.db.read, [knock.name.toLowerCase()]);
		expect(never).toEqual([knock.name.toLowerCase()]);
		expect(await world.db.read.$count(world.db.tables.waitingMembers)).toBe(0);
	});

	test('a request that nobody answers goes after fourteen days, and not before', async () => {
		const world = await aWorld({ house: reviewed });
		await world.doorstep.knock(await form(world));
		world.later(14 * day - 1);
		await world.doorstep.tidy();
		expect(await members(world)).toBe(1);
		world.later(1);
		await world.doorstep.tidy();
		expect(await members(world)).toBe(0);
	});

	test('of two moderators who decide at once one counts', async () => {
		const world = await aWorld({ house: reviewed });
		await world.doorstep.knock(await form(world));
		const moderator = await world.someone({ role: 'moderator' });
		const [{ member } = { member: '' }] = await world.doorstep.whoWaits(moderator);
		const settled = await Promise.allSettled([world.doorstep.letIn(moderator, member), world.doorstep.turnAway(moderator, member)]);
		expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		expect(settled.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'stale' } });
	});

	test('no more than two hundred wait; who comes then is asked to come back, and nothing is left of it', async () => {
		const world = await aWorld({ house: reviewed });
		const { members: people, waitingMembers } = world.db.tables;
		const row = { passphraseHash: '', joinedAt: 0, agreementVersion: 1, warningChoices: {} };
		const ids = Array.from({ length: 200 }, (_, i) => `m${i}`);
		await world.db.write(async (tx) => {
			await tx.insert(people).values(ids.map((id) => ({ ...row, id, name: id, nameFolded: id })));
			await tx
				.insert(waitingMembers)
				.values(ids.map((memberId) => ({ memberId, words: '', state: 'waiting' as const, askedAt: 0, expiresAt: 9e15 })));
		});
		await expect(world.doorstep.knock(await form(world))).rejects.toMatchObject({ code: 'sign_up_full', status: 503 });
		expect(await members(world)).toBe(200);
	});

	test('one address holds a few of the places, and what is answered makes room; others and invitations are not touched', async () => {
		const world = await aWorld({ house: reviewed });
		const moderator = await world.someone({ role: 'moderator' });
		const knock = async (from?: string, more = {}) => world.doorstep.knock(await form(world, more), from);
		// All at once, too.
		const settled = await Promise.allSettled(Array.from({ length: 8 }, () => knock('one address')));
		const waits = () => world.db.read.$count(world.db.tables.waitingMembers);
		expect(await waits()).toBe(limits.waitingFromOneAddress);
		for (const one of settled) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'many_from_here', status: 429 });
		expect(await members(world)).toBe(1 + limits.waitingFromOneAddress);
		world.later(1000);
		await expect(knock('another address')).resolves.toHaveProperty('waiting');
		await expect(knock()).resolves.toHaveProperty('waiting');
		const invitation = await world.doorstep.invite('operator', { uses: 1, days: 1 });
		await expect(knock('one address', { invitation })).resolves.toHaveProperty('actor');
		await expect(knock('one address')).rejects.toMatchObject({ code: 'many_from_here' });
		const [{ member } = { member: '' }] = await world.doorstep.whoWaits(moderator);
		await world.doorstep.letIn(moderator, member);
		await expect(knock('one address')).resolves.toHaveProperty('waiting');
	});

	test('all who asked in a while are turned away at once, kindly, and who did it stays written down', async () => {
		const world = await aWorld({ house: reviewed });
		const moderator = await world.someone({ role: 'moderator' });
		const early = await form(world);
		await world.doorstep.knock(early);
		world.later(2 * hour);
		const flood = await form(world, { words: 'words that go' });
		await world.doorstep.knock(flood);
		world.later(1000);
		const { since, until, number } = await world.doorstep.askedWithin(moderator, hour);
		expect(number).toBe(1);
		world.later(1000);
		// Came after the moderator looked.
		const late = await form(world);
		await world.doorstep.knock(late);
		await world.doorstep.turnAllAway(moderator, { since, until });
		expect((await world.doorstep.whoWaits(moderator)).map(({ name }) => name)).toEqual([early.name, late.name]);
		await expect(signIn(world, flood)).rejects.toMatchObject({
			code: 'turned_away_unread',
			message: expect.stringContaining('ask again tomorrow')
		});
		expect(await world.doorstep.turnings(moderator)).toMatchObject([{ by: moderator.name, number: 1 }]);
		expect(JSON.stringify(await rowsOf(world))).not.toContain('words that go');
		await expect(world.doorstep.turnAllAway(moderator, { since, until })).rejects.toMatchObject({ code: 'stale' });
		const all = await world.doorstep.askedWithin(moderator, undefined);
		expect(all.number).toBe(2);
		await world.doorstep.turnAllAway(moderator, all);
		expect(await world.doorstep.whoWaits(moderator)).toEqual([]);
		const { turnedAway } = world.db.tables;
		await expect(world.db.write((tx) => tx.update(turnedAway).set({ number: 0 }))).rejects.toThrow();
		await expect(world.db.write((tx) => tx.delete(turnedAway))).rejects.toThrow();
		await world.db.write((tx) => tx.update(turnedAway).set({ actorId: null }));
	});

	test('only staff turn away all at once, and a form that lost its times turns away nobody', async () => {
		const world = await aWorld({ house: reviewed });
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		await world.doorstep.knock(await form(world));
		const all = { since: 0, until: world.now() };
		for (const verb of [
			() => world.doorstep.askedWithin(wren, undefined),
			() => world.doorstep.turnAllAway(wren, all),
			() => world.doorstep.turnings(wren)
		])
			await expect(verb()).rejects.toMatchObject({ code: 'not_found' });
		for (const wrong of [Number.NaN, 1.5, Infinity])
			await expect(world.doorstep.turnAllAway(moderator, { ...all, since: wrong })).rejects.toHaveProperty('problems.form');
		expect(await world.doorstep.whoWaits(moderator)).toHaveLength(1);
	});

	test('[ASVS 15.4.2] an invitation for three lets three in, also when ten come at once, in any case and spacing', async () => {
		const world = await aWorld({ house: invited });
		const code = await world.doorstep.invite('operator', { uses: 3, days: 7 });
		expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/);
		const spellings = [code, code.toUpperCase(), code.replaceAll('-', ' '), ` ${code.replaceAll('0', 'O').replaceAll('1', 'l')}`];
		const forms = await Promise.all(Array.from({ length: 10 }, (_, i) => form(world, { invitation: spellings[i % 4] ?? '' })));
		const settled = await Promise.allSettled(forms.map((one) => world.doorstep.knock(one)));
		expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
		for (const one of settled)
			if (one.status === 'rejected')
				expect(one.reason).toMatchObject({ problems: { invitation: expect.stringContaining('ask for a new one') } });
		expect(await members(world)).toBe(3);
		expect(await world.db.read.$count(world.db.tables.invitations)).toBe(0);
	});

	test('an invitation that ran out, was taken back or never was opens nothing', async () => {
		const world = await aWorld({ house: invited });
		const administrator = await world.someone({ role: 'administrator' });
		const [old, back] = [
			await world.doorstep.invite(administrator, { uses: 1, days: 1 }),
			await world.doorstep.invite(administrator, { uses: 1, days: 9 })
		];
		const standing = await world.doorstep.invitationsStanding(administrator);
		expect(standing.map(({ lastDay }) => lastDay)).toEqual(['2026-03-15', '2026-03-23']);
		await world.doorstep.takeBackInvitation(administrator, standing[1]?.id ?? '');
		await expect(world.doorstep.takeBackInvitation(administrator, standing[1]?.id ?? '')).rejects.toMatchObject({ code: 'stale' });
		world.later(2 * day);
		for (const invitation of [old, back, 'never', 'x'.repeat(70_000), '‮', ''])
			await expect(world.doorstep.knock(await form(world, { invitation }))).rejects.toMatchObject({
				problems: { invitation: expect.any(String) }
			});
		expect(await members(world)).toBe(1);
	});

	test('no row of an invitation leads to anybody, and none holds a code', async () => {
		const world = await aWorld({ house: invited });
		const moderator = await world.someone({ role: 'moderator' });
		const code = await world.doorstep.invite(moderator, { uses: 2, days: 7 });
		const came = await world.doorstep.knock(await form(world, { invitation: code }));
		const { id, codeHash, usesLeft, madeOn, expiresAt } = world.db.tables.invitations;
		const rows = JSON.stringify(
			await world.db.read.select({ id, codeHash, usesLeft, madeOn, expiresAt }).from(world.db.tables.invitations)
		);
		expect(Object.keys(world.db.tables.invitations).filter((name) => /member|actor|by/i.test(name))).toEqual([]);
		for (const secret of [moderator.id, 'actor' in came ? came.actor.id : '', code, code.replaceAll('-', '')])
			expect(rows).not.toContain(secret);
	});

	test('only staff invite and look who waits, and only administrators see the invitations', async () => {
		const world = await aWorld({ house: reviewed });
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const hidden = { code: 'not_found' };
		await expect(world.doorstep.invite(wren, { uses: 1, days: 1 })).rejects.toMatchObject(hidden);
		await expect(world.doorstep.whoWaits(wren)).rejects.toMatchObject(hidden);
		await expect(world.doorstep.letIn(wren, 'x')).rejects.toMatchObject(hidden);
		await expect(world.doorstep.turnAway(wren, 'x')).rejects.toMatchObject(hidden);
		await expect(world.doorstep.invitationsStanding(moderator)).rejects.toMatchObject(hidden);
		await expect(world.doorstep.takeBackInvitation(moderator, 'x')).rejects.toMatchObject(hidden);
		for (const wrong of [0, -1, 1.5, NaN, 51])
			await expect(world.doorstep.invite(moderator, { uses: wrong, days: wrong * 2 })).rejects.toMatchObject({
				problems: { uses: expect.any(String) }
			});
	});

	test('a closed door stays closed, by invitation too', async () => {
		const world = await aWorld({ house: { signUp: 'closed', proofOfWork: false } });
		const invitation = await world.doorstep.invite('operator', { uses: 1, days: 1 });
		await expect(world.doorstep.knock(await form(world, { invitation }))).rejects.toMatchObject({ code: 'sign_up_closed' });
	});

	test('a machine that fills in the field nobody sees is stopped with a sentence, before anything is spent', async () => {
		const world = await aWorld({ house: open });
		const knock = await form(world, { proof: await prove((await world.doorstep.sign()).challenge), trap: 'https://spam.example' });
		await expect(world.doorstep.knock(knock)).rejects.toMatchObject({ problems: { form: expect.stringContaining('press once more') } });
		expect(await members(world)).toBe(0);
		expect(await world.doorstep.knock({ ...knock, trap: '' })).toHaveProperty('actor');
	});
});
