// Two worlds in which Wren or Finch wrote what is behind the mask: whatever anybody else can obtain is the same (security.md, "Proofs").
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor } from '#server/community/means.ts';
import { answerOf, both, heard, meansOf, people, seenBy, type Which } from '../two-worlds.ts';
import { act, playedMasks, type Act } from '../two-worlds-acts.ts';
import { onBothDatabases, worldSealer, type World } from '../world.ts';
import { casesOf, decided } from './desk.ts';

/** The scripts that are played: more than two hundred on SQLite; PostgreSQL needs five times as long for each. */
const scripts = (world: World) => (world.url.startsWith('file:') ? 200 : 25);

/** Plays a script in one world. What others are answered meanwhile, and what they can see at the end, comes back. */
async function played(world: World, wrote: Which, number: number, script: readonly Act[]): Promise<unknown> {
	const { cast, placed, answers, word } = await playedMasks(world, wrote, number, script);
	const shown = { threads: [...new Set(placed.map(({ thread }) => thread))], posts: placed.map(({ post }) => post), word };
	const seen: Record<string, unknown> = { answers, heard: await heard(world) };
	for (const name of ['guest', 'robin', 'heron', 'desk']) seen[name] = await seenBy(world, cast[name], shown);
	return seen;
}

onBothDatabases((aWorld) => {
	test('whoever of two wrote behind the mask, everybody else is answered the same to the last sign [ASVS 14.2.4]', async () => {
		const pair = async () => ({ this: await aWorld(meansOf('this', 'two worlds')), that: await aWorld(meansOf('that', 'two worlds')) });
		let worlds = await pair();
		let number = 0;
		let apart = false;
		const masked = { written: 0, shown: 0 };
		await fc.assert(
			fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (script) => {
				// Worlds that differ once differ for good.
				if (apart) worlds = await pair();
				apart = true;
				number++;
				const [one, other] = await Promise.all(both.map((name) => played(worlds[name], name, number, script)));
				masked.written += script.filter(({ what }) => what.startsWith('masked ')).length;
				masked.shown += JSON.stringify(one).split('"masked":true').length - 1;
				expect(other).toEqual(one);
				apart = false;
			}),
			{ numRuns: scripts(worlds.this), seed: 20261127, endOnFailure: false }
		);
		expect(masked.written).toBeGreaterThan(scripts(worlds.this));
		expect(masked.shown).toBeGreaterThan(masked.written);
	}, 500_000);

	test('the comparison sees a single name that differs', async () => {
		const alike = { ...meansOf('this', 'alike'), sealer: worldSealer };
		const worlds = [await aWorld(alike), await aWorld({ ...meansOf('that', 'alike'), sealer: worldSealer })] as const;
		const [one, other] = await Promise.all(both.map((name, i) => played(worlds[i] ?? worlds[0], name, 1, [{ what: 'masked story' }])));
		expect(other).not.toEqual(one);
	});

	test('whoever of two reported it, its author and everybody else are answered the same [ASVS 14.2.4]', async () => {
		const reasons = ['unkind', 'other', 'spam', 'worry_life'] as const;
		const seen = await Promise.all(
			both.map(async (name) => {
				const world = await aWorld(meansOf(name, 'reports'));
				const all: unknown[] = [];
				await people(world, 99, { second: 'moderator' });
				for (const [number, reason] of reasons.entries()) {
					const cast = await people(world, number, { wren: 'member', finch: 'member', robin: 'member', desk: 'moderator' });
					const the = (one: string): Actor => cast[one] ?? { id: '', name: '', role: 'member' };
					const { thread, post } = await world.threads.open(the('robin'), 'harbour', {
						title: 'A night',
						body: 'How it was.',
						warnings: []
					});
					await world.reports.report(the(name === 'this' ? 'wren' : 'finch'), { post, reason, note: reason === 'other' ? 'A note.' : '' });
					world.later(60_000);
					const shown = { threads: [thread], posts: [post], word: 'night' };
					const [found] = await casesOf(world, post);
					all.push(found?.priority, found?.score, await answerOf(world.cases.theCase(the('desk'), found?.id ?? '')), await heard(world));
					for (const reader of [undefined, the('robin'), the('desk')]) all.push(await seenBy(world, reader, shown));
					// The desk tries who is parted from the case: the block of each in turn, seen while it stands and after it.
					for (const one of ['wren', 'finch']) {
						const { id: celebration } = await world.celebrations.victory(the(one), { words: 'I made the bed.', when: 'now' });
						const { id: block } = await world.people.block(the('desk'), { celebration });
						all.push(await answerOf(world.cases.theCase(the('desk'), found?.id ?? '')), await seenBy(world, the('desk'), shown));
						await world.people.unblock(the('desk'), block);
						all.push(await answerOf(world.cases.theCase(the('desk'), found?.id ?? '')));
					}
					await decided(world, the('desk'), post);
					for (const reader of [undefined, the('robin'), the('desk')]) all.push(await seenBy(world, reader, shown));
				}
				return all;
			})
		);
		expect(seen[1]).toEqual(seen[0]);
	});

	test('whether somebody of a name is here, signing in and asking for names answer the same', async () => {
		const seen = await Promise.all(
			both.map(async (name) => {
				const world = await aWorld(meansOf('this', 'names'));
				const wren = await world.someone();
				const wrong = { name: name === 'this' ? wren.name : 'Nobody Here', passphrase: 'not what it was', code: '' };
				const answers: unknown[] = [];
				for (let tried = 0; tried < 7; tried++) answers.push(await answerOf(world.waysIn.comeIn(wrong)));
				answers.push(await answerOf(world.waysIn.comeIn({ ...wrong, code: 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ23' })));
				answers.push(await world.members.offerNames(), await world.members.offerNames());
				return answers;
			})
		);
		expect(seen[1]).toEqual(seen[0]);
	});
});
