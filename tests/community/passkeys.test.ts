import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { registrationIn } from '#server/community/passkey-answers.ts';
import { authenticator } from '../authenticator.ts';
import { onBothDatabases, type World } from '../world.ts';

const passphrase = 'a lamp in the far window';
const origin = 'https://lamp.example';
const session = 'none';
const didNotFit = { problems: { passkey: expect.stringContaining('did not fit') } };

async function asked(world: World, wren: Awaited<ReturnType<World['someone']>>, label = '') {
	return world.passkeys.askToAdd(wren, session, { passphrase, label }, origin);
}

async function withPasskey(world: World, wren?: Awaited<ReturnType<World['someone']>>) {
	const owner = wren ?? (await world.someone());
	const device = authenticator(origin);
	const { options, asked: sealed } = await asked(world, owner);
	await world.passkeys.add(owner, session, { answer: JSON.stringify(device.create(options)), asked: sealed }, origin);
	return { wren: owner, device, options };
}

const enter = (world: World, answer: unknown, sealed: string | undefined) =>
	world.passkeys.enter({ answer: JSON.stringify(answer), asked: sealed }, origin);

onBothDatabases((aWorld) => {
	test('a passkey finds its account without a name, and is two things by itself', async () => {
		const world = await aWorld();
		const { wren, device } = await withPasskey(world);
		const { options, asked: sealed } = await world.passkeys.askToEnter(origin);
		expect(await enter(world, device.get(options), sealed)).toEqual({ actor: wren, secondFactor: true });
		expect(await world.passkeys.list(wren)).toEqual([{ id: device.id, label: 'Lamplight', addedOn: '2026-03-14' }]);
	});

	test('[ASVS 6.7.2] a question is random, names nobody, and asks for a discoverable key that its owner opens', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { options, asked: sealed } = await asked(world, wren);
		expect(options).toMatchObject({
			rp: { id: 'lamp.example', name: 'Lamplight' },
			user: { name: 'Lamplight', displayName: 'Lamplight' },
			attestation: 'none',
			authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
		});
		expect(Buffer.from(options.challenge, 'base64url').length).toBeGreaterThanOrEqual(16);
		for (const told of [JSON.stringify(options), sealed]) {
			expect(told).not.toContain(wren.id);
			expect(told).not.toContain(wren.name);
		}
		const questions = await Promise.all([1, 2, 3].map(() => world.passkeys.askToEnter(origin)));
		expect(new Set(questions.map((one) => one.options.challenge)).size).toBe(3);
		expect(questions[0]?.options.allowCredentials ?? []).toEqual([]);
	});

	test('all passkeys of a member share one random handle, which a device never meets twice', async () => {
		const world = await aWorld();
		const { wren, device, options } = await withPasskey(world);
		const { options: second } = await asked(world, wren);
		expect(second.user.id).toBe(options.user.id);
		expect(second.user.id).not.toBe(wren.id);
		expect(second.excludeCredentials?.map(({ id }) => id)).toEqual([device.id]);
		expect((await asked(world, await world.someone())).options.user.id).not.toBe(options.user.id);
	});

	test('what a device shows holds no pseudonym and is one short line', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		expect((await asked(world, wren, ' blue \n phone ')).options.user).toMatchObject({ name: 'blue phone', displayName: 'blue phone' });
		for (const label of [wren.name, `key of ${wren.name.toUpperCase().replace(' ', '-')}`, 'x'.repeat(41)])
			await expect(asked(world, wren, label)).rejects.toMatchObject({ problems: { label: expect.any(String) } });
	});

	test('[ASVS 7.5.1] adding and removing a passkey needs the passphrase', async () => {
		const world = await aWorld();
		const { wren, device } = await withPasskey(world);
		const wrong = { problems: { again: expect.any(String) } };
		await expect(world.passkeys.askToAdd(wren, session, { passphrase: 'a guess', label: '' }, origin)).rejects.toMatchObject(wrong);
		await expect(world.passkeys.remove(wren, session, { id: device.id, passphrase: '' })).rejects.toMatchObject(wrong);
		const finch = await world.someone();
		await expect(world.passkeys.remove(finch, session, { id: device.id, passphrase })).rejects.toMatchObject({ code: 'not_found' });
		expect(await world.passkeys.list(wren)).toHaveLength(1);
	});

	test('[ASVS 6.5.6] a passkey that was removed lets nobody in', async () => {
		const world = await aWorld();
		const { wren, device } = await withPasskey(world);
		const { options, asked: sealed } = await world.passkeys.askToEnter(origin);
		await world.passkeys.remove(wren, session, { id: device.id, passphrase });
		await expect(enter(world, device.get(options), sealed)).rejects.toMatchObject(didNotFit);
	});

	test('an answer is good once, also when it comes twice at once', async () => {
		const world = await aWorld();
		const { device } = await withPasskey(world);
		const { options, asked: sealed } = await world.passkeys.askToEnter(origin);
		const answer = device.get(options);
		const settled = await Promise.allSettled([1, 2, 3, 4].map(() => enter(world, answer, sealed)));
		expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		await expect(enter(world, device.get(options), sealed)).rejects.toMatchObject(didNotFit);
		world.later(24 * 60 * 60_000);
		await expect(enter(world, device.get(options), sealed)).rejects.toMatchObject(didNotFit);
	});

	test('a question is good for five minutes, for one purpose and for one member', async () => {
		const world = await aWorld();
		const { wren, device } = await withPasskey(world);
		const finch = await world.someone();
		const entering = await world.passkeys.askToEnter(origin);
		const adding = await asked(world, wren);
		const add = (actor: typeof wren, question: typeof adding) =>
			world.passkeys.add(
				actor,
				session,
				{ answer: JSON.stringify(authenticator(origin).create(question.options)), asked: question.asked },
				origin
			);
		await expect(add(finch, adding)).rejects.toMatchObject(didNotFit);
		await expect(add(wren, { ...adding, asked: entering.asked })).rejects.toMatchObject(didNotFit);
		await expect(enter(world, device.get(entering.options), adding.asked)).rejects.toMatchObject(didNotFit);
		for (const sealed of [undefined, '', 'x', `${entering.asked}x`, 'of-the-world.', '\u0000'])
			await expect(enter(world, device.get(entering.options), sealed)).rejects.toMatchObject(didNotFit);
		world.later(5 * 60_000);
		await expect(enter(world, device.get(entering.options), entering.asked)).rejects.toMatchObject(didNotFit);
		await expect(add(wren, adding)).rejects.toMatchObject(didNotFit);
	});

	test('answers from another site, of another kind, for another account or without the owner are refused', async () => {
		const world = await aWorld();
		const { device } = await withPasskey(world);
		const { wren: finch, device: other } = await withPasskey(world);
		const lies = [
			{ origin: 'https://lamp.example.evil.example' },
			{ origin: 'http://lamp.example' },
			{ origin: `${origin}/` },
			{ rpId: 'example' },
			{ verified: false },
			{ type: 'webauthn.create' },
			{ challenge: 'AAAAAAAAAAAAAAAAAAAAAA' },
			{ handle: Buffer.from(finch.id).toString('base64url') },
			{ handle: '' }
		];
		for (const lie of lies) {
			const { options, asked: sealed } = await world.passkeys.askToEnter(origin);
			await expect(enter(world, device.get(options, lie), sealed), JSON.stringify(lie)).rejects.toMatchObject(didNotFit);
		}
		const { options, asked: sealed } = await world.passkeys.askToEnter(origin);
		// One device's signature under the other one's name.
		const mixed = { ...device.get(options), id: other.id, rawId: other.id };
		await expect(enter(world, mixed, sealed)).rejects.toMatchObject(didNotFit);
		await expect(
			world.passkeys.enter({ answer: JSON.stringify(device.get(options)), asked: sealed }, 'https://other.example')
		).rejects.toThrow();
		const { actor } = await enter(world, device.get(options), sealed);
		expect(actor.id).not.toBe(finch.id);
	});

	test('a signature counter that goes back or stands still is a copied key, and refused', async () => {
		const world = await aWorld();
		const { device } = await withPasskey(world);
		const come = async (counter: number) => {
			const { options, asked: sealed } = await world.passkeys.askToEnter(origin);
			return enter(world, device.get(options, { counter }), sealed);
		};
		await come(7);
		for (const back of [6, 7, 0]) await expect(come(back)).rejects.toMatchObject(didNotFit);
		await come(4_000_000_000);
	});

	test('keys without a counter, which stay at nought, come in again and again', async () => {
		const world = await aWorld();
		const { device } = await withPasskey(world);
		for (let time = 0; time < 3; time++) {
			const { options, asked: sealed } = await world.passkeys.askToEnter(origin);
			await enter(world, device.get(options, { counter: 0 }), sealed);
		}
	});

	test('a device brings no certificates: whatever else it says of itself is refused before anything is looked up', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const reached = vi.spyOn(globalThis, 'fetch');
		const x5c = [new Uint8Array([0x30, 0x00])];
		for (const fmt of ['packed', 'fido-u2f', 'android-safetynet', 'android-key', 'tpm', 'apple', 'nonsense', '']) {
			const { options, asked: sealed } = await asked(world, wren);
			const answer = JSON.stringify(authenticator(origin).create(options, { fmt, x5c }));
			expect(await registrationIn(answer), fmt).toBeUndefined();
			await expect(world.passkeys.add(wren, session, { answer, asked: sealed }, origin), fmt).rejects.toMatchObject(didNotFit);
		}
		const { options } = await asked(world, wren);
		expect(await registrationIn(JSON.stringify(authenticator(origin).create(options)))).toBeDefined();
		expect(reached).not.toHaveBeenCalled();
		reached.mockRestore();
		expect(await world.passkeys.list(wren)).toEqual([]);
	});

	test('ten passkeys are enough, and one key opens one account', async () => {
		const world = await aWorld();
		const { wren, device } = await withPasskey(world);
		const finch = await world.someone();
		const { options, asked: sealed } = await asked(world, finch);
		const taken = world.passkeys.add(finch, session, { answer: JSON.stringify(device.create(options)), asked: sealed }, origin);
		await expect(taken).rejects.toMatchObject({ problems: { passkey: expect.stringContaining('already') } });
		for (let more = 1; more < 10; more++) await withPasskey(world, wren);
		await expect(asked(world, wren)).rejects.toMatchObject({ problems: { passkey: expect.stringContaining('ten') } });
	});

	test('whoever is asked many times beforehand still adds no eleventh passkey, which no list would show', async () => {
		const world = await aWorld();
		const { wren } = await withPasskey(world);
		for (let more = 1; more < 8; more++) await withPasskey(world, wren);
		const questions = [await asked(world, wren), await asked(world, wren), await asked(world, wren), await asked(world, wren)];
		const adding = questions.map(({ options, asked: sealed }) =>
			world.passkeys.add(wren, session, { answer: JSON.stringify(authenticator(origin).create(options)), asked: sealed }, origin)
		);
		const settled = await Promise.allSettled(adding);
		expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
		expect(await world.db.read.$count(world.db.tables.passkeys)).toBe(10);
	});

	test('an address that is a number has no passkeys', async () => {
		const world = await aWorld();
		for (const number of ['http://127.0.0.1:3000', 'http://[::1]:3000'])
			await expect(world.passkeys.askToEnter(number)).rejects.toMatchObject({
				problems: { passkey: expect.stringContaining('localhost') }
			});
	});

	test('malformed answers are refused with a sentence, however they are broken', async () => {
		const world = await aWorld();
		const { wren, device } = await withPasskey(world);
		const { options, asked: sealed } = await world.passkeys.askToEnter(origin);
		const adding = await asked(world, wren);
		const right = [JSON.stringify(device.get(options)), JSON.stringify(authenticator(origin).create(adding.options))];
		const both = async (answer: string) => {
			const told = await Promise.allSettled([
				world.passkeys.enter({ answer, asked: sealed }, origin),
				world.passkeys.add(wren, session, { answer, asked: adding.asked }, origin)
			]);
			for (const one of told) expect(one).toMatchObject({ status: 'rejected', reason: didNotFit });
		};
		const spoilt = fc.oneof(
			fc.string({ maxLength: 200 }),
			fc.json({ maxDepth: 4 }),
			// The right answer with one field replaced by anything.
			fc
				.tuple(
					fc.constantFrom(...right),
					fc.constantFrom(
						'id',
						'rawId',
						'type',
						'response',
						'clientDataJSON',
						'attestationObject',
						'authenticatorData',
						'signature',
						'userHandle'
					),
					fc.oneof(
						fc.jsonValue(),
						fc.base64String(),
						fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('base64url'))
					)
				)
				.map(([answer, field, value]) => JSON.stringify(JSON.parse(answer, (key: string, was: unknown) => (key === field ? value : was))))
				.filter((answer) => !right.includes(answer)),
			// A byte cut off, or one letter changed inside.
			fc.tuple(fc.constantFrom(...right), fc.nat(1200)).map(([answer, at]) => answer.slice(0, at % answer.length))
		);
		await fc.assert(fc.asyncProperty(spoilt, both), { numRuns: world.url.startsWith('file:') ? 400 : 60 });
		await both('x'.repeat(300_000));
		await both(`${'['.repeat(8_000)}`);
		expect(await world.passkeys.list(wren)).toHaveLength(1);
	});
});
