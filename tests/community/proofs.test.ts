import { expect, test } from 'vitest';
import { proofs } from '#server/community/proofs.ts';
import { day, onBothDatabases, type World } from '../world.ts';
import { pack, prove, unpack } from './proving.ts';

const half = 30 * 60_000;
const sums = (world: World) =>
	proofs({ db: world.db, now: world.now, pick: (below) => Math.floor(Math.random() * Math.min(below, 20)), newId: world.newKey });
const refused = (words: string) => ({ problems: { proof: expect.stringMatching(new RegExp(`${words}.*press once more`)) } });

onBothDatabases((aWorld) => {
	test('[ASVS 2.4.1] a proof is taken once, also when twenty come with it at the same moment and in another process', async () => {
		const world = await aWorld();
		const [here, elsewhere] = [sums(world), sums(world)];
		const proof = await prove(await here.challenge('join'));
		const tries = Array.from({ length: 20 }, (_, i) => (i % 2 ? here : elsewhere).spend('join', proof));
		const settled = await Promise.allSettled(tries);
		expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (const one of settled) if (one.status === 'rejected') expect(one.reason).toMatchObject(refused('used already'));
	});

	test('a proof for another form, a forged one, and one that is no proof are refused with a sentence', async () => {
		const world = await aWorld();
		const { challenge, spend } = sums(world);
		const proof = await prove(await challenge('join'));
		await expect(spend('sign-in', proof)).rejects.toMatchObject(refused('did not arrive'));
		const opened = unpack(proof);
		const { parameters } = opened.challenge;
		const forged = [
			{ ...opened, solution: { ...opened.solution, derivedKey: '00'.repeat(32) } },
			{ ...opened, solution: { counter: -1 } },
			{ ...opened, solution: null },
			{ ...opened, challenge: { ...opened.challenge, signature: 'ab'.repeat(32) } },
			{ ...opened, challenge: { ...opened.challenge, signature: '' } },
			{
				...opened,
				challenge: { ...opened.challenge, parameters: { ...parameters, data: { ...parameters.data, until: world.now() + day } } }
			},
			{ ...opened, challenge: { ...opened.challenge, parameters: { ...parameters, cost: 1 } } },
			{ ...opened, challenge: { ...opened.challenge, parameters: { ...parameters, extra: { a: { b: 1 } } } } },
			{ challenge: {}, solution: {} },
			[],
			null,
			'text'
		].map(pack);
		for (const typed of [...forged, 'x', '%%%', 'A'.repeat(100_000), proof.slice(0, -40), '\ud800']) {
			await expect(spend('join', typed)).rejects.toMatchObject(refused('did not arrive|too old'));
		}
		await spend('join', proof);
	});

	test('a proof made with one’s own key is refused', async () => {
		const world = await aWorld();
		const stranger = await aWorld();
		const proof = await prove(await sums(stranger).challenge('join'));
		await sums(world).challenge('join');
		await expect(sums(world).spend('join', proof)).rejects.toMatchObject(refused('did not arrive'));
	});

	test('a proof made long before is too old, and what is spent is forgotten only then', async () => {
		const world = await aWorld();
		const { challenge, spend, tidy } = sums(world);
		const [early, late] = [await prove(await challenge('join')), await prove(await challenge('join'))];
		await spend('join', early);
		world.later(half - 1);
		await tidy();
		await expect(spend('join', early)).rejects.toMatchObject(refused('used already'));
		world.later(1);
		await tidy();
		await expect(spend('join', early)).rejects.toMatchObject(refused('too old'));
		await expect(spend('join', late)).rejects.toMatchObject(refused('too old'));
		expect(await world.db.read.$count(world.db.tables.spentProofs)).toBe(0);
	});

	test('a challenge from before midnight holds after it, and keys are gone the day after', async () => {
		const world = await aWorld();
		const { challenge, spend, tidy } = sums(world);
		world.later(2.4 * 3_600_000);
		const proof = await prove(await challenge('join'));
		world.later(10 * 60_000);
		await challenge('join');
		await tidy();
		await spend('join', proof);
		world.later(2 * day);
		await tidy();
		expect(await world.db.read.$count(world.db.tables.proofKeys)).toBe(0);
	});
});
