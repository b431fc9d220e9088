import { randomInt, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { nameOffers } from '#server/community/name-offers.ts';
import { passphraseHashes } from '#server/community/passphrase-hashes.ts';
import { isGenerated } from '#server/community/pseudonyms.ts';
import { day, onBothDatabases, type World } from '../world.ts';

const passphrase = 'a lamp in the far window';
const minute = 60_000;

async function joining(world: World) {
	const { offer, names } = await world.members.offerNames();
	return { offer, name: names[0] ?? '', names, passphrase, adult: true, agree: true };
}

const outcomes = async (tries: Promise<unknown>[]) => {
	const settled = await Promise.allSettled(tries);
	return {
		done: settled.filter(({ status }) => status === 'fulfilled').length,
		refused: settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
	};
};

onBothDatabases((aWorld) => {
	test('a newcomer is offered five generated names that nobody else is offered', async () => {
		const world = await aWorld();
		const offers = await Promise.all(Array.from({ length: 20 }, () => world.members.offerNames()));
		const names = offers.flatMap((one) => one.names);
		expect(names).toHaveLength(100);
		expect(new Set(names).size).toBe(100);
		expect(names.every(isGenerated)).toBe(true);
		expect(new Set(offers.map((one) => one.offer)).size).toBe(20);
	});

	test('a failed form keeps its names while they are held and gets new ones after ten minutes', async () => {
		const world = await aWorld();
		const { offer, names } = await world.members.offerNames();
		world.later(10 * minute - 1);
		const again = await world.members.offerAgain(offer);
		expect(again.offer).toBe(offer);
		expect(again.names.toSorted()).toEqual(names.toSorted());
		world.later(1);
		expect((await world.members.offerAgain(offer)).offer).not.toBe(offer);
		expect(await world.db.read.$count(world.db.tables.offeredNames)).toBe(5);
	});

	test('other names let the former ones go', async () => {
		const world = await aWorld();
		const former = await joining(world);
		const { names } = await world.members.offerNames(former.offer);
		expect(names).toHaveLength(5);
		await expect(world.members.join(former)).rejects.toMatchObject({ problems: { name: expect.stringContaining('not held any more') } });
	});

	test('somebody who joins is a member under the offered name, however it was typed', async () => {
		const world = await aWorld();
		const form = await joining(world);
		const actor = await world.members.join({ ...form, name: `  ${form.name.toUpperCase()} ` });
		expect(actor).toEqual({ id: expect.any(String), name: form.name, role: 'member' });
		expect(await world.members.signIn({ name: form.name.toLowerCase(), passphrase })).toEqual(actor);
		expect(await world.db.read.$count(world.db.tables.offeredNames)).toBe(0);
	});

	test('a name that was not offered, or not to this person, or too long ago, cannot be taken', async () => {
		const world = await aWorld();
		const mine = await joining(world);
		const theirs = await joining(world);
		for (const name of ['Maria Smith', '', theirs.name, '‮ŕ', 'x'.repeat(60_000)]) {
			await expect(world.members.join({ ...mine, name })).rejects.toMatchObject({ problems: { name: expect.any(String) } });
		}
		await expect(world.members.join({ ...mine, offer: 'none' })).rejects.toMatchObject({ problems: { name: expect.any(String) } });
		world.later(10 * minute);
		await expect(world.members.join(mine)).rejects.toMatchObject({ problems: { name: expect.stringContaining('ten minutes') } });
		expect(await world.db.read.$count(world.db.tables.members)).toBe(0);
	});

	test('everything that is wrong with a form is said at once', async () => {
		const world = await aWorld();
		const form = await joining(world);
		await expect(world.members.join({ ...form, name: '', passphrase: 'short', adult: false, agree: false })).rejects.toMatchObject({
			problems: {
				name: expect.any(String),
				passphrase: expect.stringContaining('12 characters'),
				adult: expect.any(String),
				agree: expect.any(String)
			}
		});
		for (const weak of ['passwordpassword', 'aaaaaaaaaaaaaaaa', `${form.name} ${form.name}`, 'x1'.repeat(600)]) {
			await expect(world.members.join({ ...form, passphrase: weak })).rejects.toMatchObject({
				problems: { passphrase: expect.any(String) }
			});
		}
		await world.members.join(form);
	});

	test('twenty people who press at once with one offered name make one member', async () => {
		const world = await aWorld();
		const form = await joining(world);
		const { done, refused } = await outcomes(
			Array.from({ length: 20 }, (_, at) => world.members.join({ ...form, passphrase: `${passphrase} ${at}` }))
		);
		expect(done).toBe(1);
		expect(refused).toHaveLength(19);
		for (const problem of refused) expect(problem).toMatchObject({ problems: { name: expect.any(String) } });
		expect(await world.db.read.$count(world.db.tables.members)).toBe(1);
	});

	test('one offer makes one member, also when all its names are pressed at once', async () => {
		const world = await aWorld();
		const { names, ...form } = await joining(world);
		const { done, refused } = await outcomes(names.map((name) => world.members.join({ ...form, name })));
		expect(done).toBe(1);
		for (const problem of refused) expect(problem).toMatchObject({ problems: { name: expect.any(String) } });
		expect(await world.db.read.$count(world.db.tables.members)).toBe(1);
	});

	test('a taken name is not offered again, and where every name is taken or held it is said', async () => {
		const world = await aWorld();
		let picked = 0;
		// A generator that knows three names.
		const offers = nameOffers({ db: world.db, now: world.now, newId: () => `offer ${picked}`, pick: () => Math.floor(picked++ / 2) % 3 });
		const { offer, names } = await offers.offerNames();
		expect(names).toHaveLength(3);
		await world.members.join({ offer, name: names[1] ?? '', passphrase, adult: true, agree: true });
		expect((await offers.offerNames()).names).toEqual([names[0], names[2]]);
		await expect(offers.offerNames()).rejects.toMatchObject({ code: 'busy' });
	});

	test('a flood of offers pushes out the oldest ones', async () => {
		const world = await aWorld();
		const offers = nameOffers({ db: world.db, now: world.now, newId: () => randomUUID(), pick: (below) => randomInt(below) }, 10);
		const made = [];
		for (let offer = 0; offer < 3; offer++) {
			made.push(await offers.offerNames());
			world.later(1000);
		}
		const held = await Promise.all(made.map(({ offer }) => offers.namesHeld(world.db.read, offer)));
		expect(held.map((names) => names.length)).toEqual([0, 5, 5]);
	});

	test('[ASVS 6.2.10] a passphrase stays good for as long as its member keeps it, and the former one ends with a new one', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		world.later(10 * 365 * day);
		await world.pruning.pruneAll();
		expect(await world.members.signIn({ name: wren.name, passphrase })).toEqual(wren);
		await world.members.changePassphrase(wren, { current: passphrase, passphrase: 'another lamp in the window' }, 'no session');
		await expect(world.members.signIn({ name: wren.name, passphrase })).rejects.toHaveProperty('problems');
		expect(await world.members.signIn({ name: wren.name, passphrase: 'another lamp in the window' })).toEqual(wren);
	});

	test('an unknown name and a wrong passphrase are answered with the same words', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const answers = [];
		for (const name of [wren.name, 'Nobody Here', ''])
			answers.push(await world.members.signIn({ name, passphrase: 'not the one at all' }).catch((problem) => problem.problems));
		expect(answers[0]).toEqual({ form: expect.stringContaining('do not fit together') });
		expect(answers[1]).toEqual(answers[0]);
		expect(answers[2]).toEqual(answers[0]);
	});

	test('after five failures a name has to wait, known or not, twice as long each time', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		for (const name of [wren.name, 'Nobody Here']) {
			const guess = () => world.members.signIn({ name, passphrase: 'not the one at all' }).catch((problem) => problem);
			for (let tries = 0; tries < 5; tries++) expect(await guess()).toHaveProperty('problems');
			for (const seconds of [1, 2, 4, 8]) {
				expect(await guess()).toMatchObject({ code: 'too_many', retryAfter: seconds });
				world.later(seconds * 1000);
				expect(await guess()).toHaveProperty('problems');
			}
		}
		await expect(world.members.signIn({ name: wren.name, passphrase })).rejects.toMatchObject({ code: 'too_many' });
		world.later(15 * minute);
		expect(await world.members.signIn({ name: wren.name, passphrase })).toEqual(wren);
		await expect(world.members.signIn({ name: wren.name, passphrase: 'not the one at all' })).rejects.toHaveProperty('problems');
	});

	test('twenty guesses at once are no way around the wait', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { refused } = await outcomes(
			Array.from({ length: 20 }, () => world.members.signIn({ name: wren.name, passphrase: 'not the one at all' }))
		);
		expect(refused.filter((problem) => problem.code === 'too_many')).toHaveLength(15);
	});

	test('a new passphrase opens the account, the old one no longer does, and every other session has ended', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const here = await world.sessions.begin(wren, { secure: true });
		const elsewhere = await world.sessions.begin(wren, { secure: true });
		await world.members.changePassphrase(wren, { current: passphrase, passphrase: 'another light by the shore' }, here.session);
		expect(await world.sessions.find(here.cookie.value)).toBeDefined();
		expect(await world.sessions.find(elsewhere.cookie.value)).toBeUndefined();
		await expect(world.members.signIn({ name: wren.name, passphrase })).rejects.toHaveProperty('problems');
		expect(await world.members.signIn({ name: wren.name, passphrase: 'another light by the shore' })).toEqual(wren);
	});

	test('a passphrase is not changed without the current one, nor to a weak one, nor by guessing', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const change = (current: string, next: string) => world.members.changePassphrase(wren, { current, passphrase: next }, 'none');
		await expect(change(passphrase, wren.name.repeat(2))).rejects.toMatchObject({ problems: { passphrase: expect.any(String) } });
		for (let tries = 0; tries < 5; tries++)
			await expect(change('a guess', 'another light by the shore')).rejects.toMatchObject({ problems: { current: expect.any(String) } });
		await expect(change(passphrase, 'another light by the shore')).rejects.toMatchObject({ code: 'too_many' });
		expect(await world.members.signIn({ name: wren.name, passphrase })).toEqual(wren);
	});

	test('of two changes at once one counts', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const changes = ['another light by the shore', 'a third one over the hill'].map((next) =>
			world.members.changePassphrase(wren, { current: passphrase, passphrase: next }, 'none')
		);
		const { done, refused } = await outcomes(changes);
		expect(done).toBe(1);
		expect(refused[0]).toMatchObject({ problems: { current: expect.any(String) } });
	});

	test('the operator appoints by name; an unknown name or role is answered with what would help', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		expect(await world.members.appoint(` ${wren.name.toLowerCase()}`, 'moderator')).toEqual({ ...wren, role: 'moderator' });
		await expect(world.members.appoint('Nobody Here', 'moderator')).rejects.toMatchObject({
			problems: { name: expect.stringContaining('Nobody Here') }
		});
		await expect(world.members.appoint(wren.name, 'king')).rejects.toMatchObject({
			problems: { role: expect.stringContaining('greeter, moderator') }
		});
	});

	test('no row holds a passphrase', async () => {
		const world = await aWorld();
		const form = await joining(world);
		const wren = await world.members.join(form);
		const { members } = world.db.tables;
		const [row] = await world.db.read.select({ hash: members.passphraseHash }).from(members).where(eq(members.id, wren.id));
		expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	});
});

test('[ASVS 15.2.2] a crowd at the door waits for its hashes in a queue of a known length', async () => {
	const hashes = passphraseHashes({ atWork: 2, waiting: 3 });
	const { done, refused } = await outcomes(Array.from({ length: 9 }, () => hashes.make(passphrase)));
	expect(done).toBe(5);
	expect(refused).toHaveLength(4);
	for (const problem of refused) expect(problem).toMatchObject({ code: 'busy', status: 503, retryAfter: 5 });
	expect(await hashes.fits(passphrase, await hashes.make(passphrase))).toBe(true);
	expect(await hashes.fits(passphrase, undefined)).toBe(false);
});

test('the same letters from another keyboard are the same passphrase', async () => {
	const hashes = passphraseHashes();
	const known = await hashes.make('caf\u00e9 by the harbour');
	expect(await hashes.fits('cafe\u0301 by the harbour', known)).toBe(true);
	expect(await hashes.fits('cafe by the harbour', known)).toBe(false);
});
