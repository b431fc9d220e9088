import { expect, test } from 'vitest';
import { onBothDatabases } from '../world.ts';

const passphrase = 'a lamp in the far window';

onBothDatabases((aWorld) => {
	test('[ASVS 7.5.1] only the passphrase opens what cannot be taken back', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		await world.members.stepUp(wren, { passphrase });
		for (const wrong of ['', 'not the one at all', passphrase.toUpperCase(), 'x'.repeat(60_000)])
			await expect(world.members.stepUp(wren, { passphrase: wrong })).rejects.toMatchObject({ problems: { again: expect.any(String) } });
		await expect(world.members.stepUp({ ...wren, id: 'none' }, { passphrase })).rejects.toMatchObject({ code: 'signed_out' });
	});

	test('[ASVS 6.3.1] an open session does not help to guess the passphrase, in neither form that asks for it', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const again = () => world.members.stepUp(wren, { passphrase: 'a guess' }).catch((problem) => problem);
		const change = () =>
			world.members
				.changePassphrase(wren, { current: 'a guess', passphrase: 'another light by the shore' }, 'none')
				.catch((problem) => problem);
		for (const guess of [again, change, again, change, again]) expect(await guess()).toHaveProperty('problems');
		for (const guess of [again, change]) expect(await guess()).toMatchObject({ code: 'too_many', retryAfter: 1 });
		await expect(world.members.stepUp(wren, { passphrase })).rejects.toMatchObject({ code: 'too_many' });
		world.later(1000);
		await world.members.stepUp(wren, { passphrase });
	});
});
