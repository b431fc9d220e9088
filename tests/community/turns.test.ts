import { setImmediate as nextPass } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { turns } from '#server/community/turns.ts';

const nothing = async () => undefined;

test('[ASVS 15.2.2] expensive work waits in a queue of a known length; whoever comes then may come back in five seconds', async () => {
	const { inTurn } = turns({ atWork: 2, waiting: 3, comeBackIn: 5 });
	const settled = await Promise.allSettled(Array.from({ length: 9 }, () => inTurn(nothing)));
	expect(settled.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), ...Array(4).fill('rejected')]);
	for (const one of settled.slice(5)) expect(one).toMatchObject({ reason: { code: 'busy', status: 503, retryAfter: 5 } });
	await expect(inTurn(nothing)).resolves.toBeUndefined();
});

test('no more than the allowed number work at once, and work that breaks gives its place back', async () => {
	const { inTurn } = turns({ atWork: 2, waiting: 50, comeBackIn: 5 });
	let atOnce = 0;
	let most = 0;
	const work = async (number: number) => {
		most = Math.max(most, ++atOnce);
		await nextPass();
		atOnce--;
		if (number % 3 === 0) throw new Error('broken');
	};
	await Promise.allSettled(Array.from({ length: 40 }, (_, number) => inTurn(() => work(number))));
	expect(most).toBe(2);
	await expect(inTurn(async () => 'done')).resolves.toBe('done');
});

test('a known device goes before strangers, and its places are not theirs to take', async () => {
	const { inTurn, crowded } = turns({ atWork: 1, waiting: 2, comeBackIn: 5 });
	const order: string[] = [];
	const come = (who: string, first = false) => inTurn(async () => void order.push(who), { first });
	const all = [
		come('at work'),
		come('stranger'),
		come('another'),
		come('too many').catch(() => order.push('turned away')),
		come('known', true)
	];
	expect(crowded()).toBe(true);
	await Promise.all(all);
	expect(order).toEqual(['at work', 'turned away', 'known', 'stranger', 'another']);
	expect(crowded()).toBe(false);
});

test('between two pieces of work that hold the event loop, whatever else came is answered', async () => {
	const { inTurn } = turns({ atWork: 1, waiting: 10, comeBackIn: 5 });
	const order: string[] = [];
	const searches = Array.from({ length: 3 }, () => inTurn(async () => void order.push('search')));
	setImmediate(() => order.push('page'));
	await Promise.all(searches);
	expect(order).toEqual(['search', 'page', 'search', 'search']);
});
