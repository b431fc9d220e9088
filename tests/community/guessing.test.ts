// Guesses at a passphrase: how many are looked at, and whom they keep out.
import { expect, test } from 'vitest';
import { day, onBothDatabases, type World } from '../world.ts';
import { prove } from './proving.ts';

const passphrase = 'a lamp in the far window';
const wrong = 'not the one at all';
const minute = 60_000;

/** Tries at once after one another; answers with how many were looked at. */
async function guess(world: World, times: number, more: { name: string; device?: string; proof?: string }) {
	let looked = 0;
	for (let tries = 0; tries < times; tries++)
		await world.members.signIn({ passphrase: wrong, ...more }).catch((problem) => (looked += 'problems' in problem ? 1 : 0));
	return looked;
}

onBothDatabases((aWorld) => {
	test('[ASVS 6.3.1] of ten thousand guesses in a day no more are looked at than the table says: five, ten while the wait doubles, then four an hour', async () => {
		const world = await aWorld();
		const { name } = await world.someone();
		let looked = 0;
		for (let tries = 0; tries < 10_000; tries++) {
			await world.members.signIn({ name, passphrase: wrong }).catch((problem) => (looked += 'problems' in problem ? 1 : 0));
			world.later(day / 10_000);
		}
		expect(looked).toBeGreaterThan(90);
		expect(looked).toBeLessThanOrEqual(5 + 10 + 24 * 4);
	}, 60_000);

	test('[ASVS 6.1.1] strangers who guess never lock out a browser that has signed in before', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const device = await world.members.deviceFor(wren);
		expect(await guess(world, 20, { name: wren.name })).toBe(5);
		await expect(world.members.signIn({ name: wren.name, passphrase })).rejects.toMatchObject({ code: 'too_many' });
		expect(await world.members.signIn({ name: wren.name, passphrase, device })).toEqual(wren);
	});

	test('a known device has tries of its own, and they end like anybody’s', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const [device, other] = [await world.members.deviceFor(wren), await world.members.deviceFor(wren)];
		expect(await guess(world, 20, { name: wren.name, device })).toBe(5);
		await expect(world.members.signIn({ name: wren.name, passphrase, device })).rejects.toMatchObject({ code: 'too_many' });
		expect(await world.members.signIn({ name: wren.name, passphrase, device: other })).toEqual(wren);
		expect(await world.members.signIn({ name: wren.name, passphrase })).toEqual(wren);
	});

	test('a device is known for its own account only, and no longer once the passphrase has changed', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone()];
		const device = await world.members.deviceFor(wren);
		const next = 'another light by the shore';
		expect(await guess(world, 6, { name: finch.name })).toBe(5);
		expect(await guess(world, 1, { name: finch.name, device })).toBe(0);
		await world.members.changePassphrase(wren, { current: passphrase, passphrase: next }, 'none');
		expect(await guess(world, 6, { name: wren.name })).toBe(5);
		await expect(world.members.signIn({ name: wren.name, passphrase: next, device })).rejects.toMatchObject({ code: 'too_many' });
	});

	test('a device’s cookie names nobody, and a made-up one is a stranger’s', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const device = await world.members.deviceFor(wren);
		expect(device).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
		expect(await world.members.deviceFor(wren)).not.toBe(device);
		await guess(world, 5, { name: wren.name });
		const [id = '', seal = ''] = device.split('.');
		for (const made of [`${id}x.${seal}`, `${id}.${seal.slice(1)}A`, `${id}.`, `.${seal}`, id, 'x'.repeat(9000), '\0'])
			expect(await guess(world, 1, { name: wren.name, device: made })).toBe(0);
	});

	test('where proof of work is on, a stranger’s sixth try comes with a proof or waits longest', async () => {
		const world = await aWorld({ house: { signUp: 'open', proofOfWork: true } });
		const wren = await world.someone();
		for (const { name } of [wren, { name: 'Nobody Here' }]) {
			expect(await guess(world, 5, { name })).toBe(5);
			world.later(1000);
			await expect(world.members.signIn({ name, passphrase: wrong })).rejects.toMatchObject({ code: 'too_many', retryAfter: 899 });
			const proof = await prove(await world.members.signInChallenge());
			await expect(world.members.signIn({ name, passphrase: wrong, proof })).rejects.toMatchObject({
				problems: { form: expect.any(String) }
			});
			world.later(5000);
			await expect(world.members.signIn({ name, passphrase: wrong, proof })).rejects.toMatchObject({
				problems: { proof: expect.any(String) }
			});
		}
		world.later(15 * minute);
		expect(await world.members.signIn({ name: wren.name, passphrase })).toEqual(wren);
	});
});
