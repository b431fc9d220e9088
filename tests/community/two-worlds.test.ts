// Two worlds in which Wren or Finch wrote what is behind the mask: whatever anybody else can obtain is the same (security.md, "Proofs").
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import type { Actor } from '#server/community/means.ts';
import { answerOf, both, heard, meansOf, people, seenBy, type Which } from '../two-worlds.ts';
import { onBothDatabases, worldSealer, type World } from '../world.ts';
import { casesOf, decided } from './desk.ts';

/** The scripts that are played: more than two hundred on SQLite; PostgreSQL needs five times as long for each. */
const scripts = (world: World) => (world.url.startsWith('file:') ? 200 : 25);

const others = ['robin', 'heron'] as const;
const anybody = [...others, 'wren', 'finch'] as const;
const which = fc.nat({ max: 20 });
const act = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ what: fc.constant('masked story' as const) }) },
	{ weight: 4, arbitrary: fc.record({ what: fc.constant('masked answer' as const), on: which }) },
	{ weight: 1, arbitrary: fc.record({ what: fc.constant('masked edit' as const), on: which }) },
	{ weight: 1, arbitrary: fc.record({ what: fc.constant('masked withdrawal' as const), on: which }) },
	{ weight: 2, arbitrary: fc.record({ what: fc.constant('story' as const), who: fc.constantFrom(...anybody) }) },
	{ weight: 4, arbitrary: fc.record({ what: fc.constant('answer' as const), who: fc.constantFrom(...anybody), on: which }) },
	{
		weight: 2,
		arbitrary: fc.record({ what: fc.constantFrom('read' as const, 'follow' as const), who: fc.constantFrom(...anybody), on: which })
	},
	{
		weight: 1,
		arbitrary: fc.record({
			what: fc.constantFrom('draft' as const, 'notices' as const, 'board' as const),
			who: fc.constantFrom(...anybody)
		})
	},
	{
		weight: 3,
		arbitrary: fc.record({
			what: fc.constantFrom('encourage' as const, 'report' as const, 'bookmark' as const),
			who: fc.constantFrom(...others),
			on: which
		})
	},
	{
		weight: 2,
		arbitrary: fc.record({
			what: fc.constant('decision' as const),
			on: which,
			post: fc.constantFrom('remove', 'fold', 'none'),
			author: fc.constantFrom('none', 'hold_posts')
		})
	},
	{ weight: 2, arbitrary: fc.record({ what: fc.constant('later' as const), seconds: fc.nat({ max: 7200 }) }) }
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
type Placed = { post: string; thread: string; masked: boolean; by: string };

/** Plays a script in one world. What others are answered meanwhile, and what they can see at the end, comes back. */
async function played(world: World, wrote: Which, number: number, script: readonly Act[]): Promise<unknown> {
	const cast = await people(world, number, { wren: 'member', finch: 'member', robin: 'member', heron: 'member', desk: 'moderator' });
	const the = (name: string): Actor => cast[name] ?? { id: '', name: '', role: 'member' };
	const author = the(wrote === 'this' ? 'wren' : 'finch');
	const word = `word${number}`;
	const placed: Placed[] = [];
	const answers: unknown[] = [];
	const written = (i: number) => ({ title: `Story ${number} ${i}`, body: `How it was, ${word} ${i}.`, warnings: [], anyway: true });
	const { thread, post } = await world.threads.open(the('robin'), 'harbour', written(-1));
	const first: Placed = { thread, post, masked: false, by: 'robin' };
	placed.push(first);
	// Wren does not want to meet Heron, and Finch has nothing against them.
	const unwanted = await world.posts.reply(the('heron'), { ...written(-2), thread });
	await world.people.block(the('wren'), { post: unwanted.post });

	for (const [i, one] of script.entries()) {
		world.later('seconds' in one ? one.seconds * 1000 : 1000);
		await world.masks.showDue();
		await world.decisions.applyDue();
		const target = ('on' in one ? placed[one.on % placed.length] : undefined) ?? first;
		const mine = placed.filter(({ masked }) => masked);
		const own = ('on' in one ? mine[one.on % Math.max(1, mine.length)] : undefined)?.post ?? '';
		const who = 'who' in one ? the(one.who) : author;
		const herons = ({ thread }: Placed) => placed.some((one) => one.thread === thread && one.by === 'heron');
		const add = (made: unknown, masked: boolean) => {
			if (typeof made !== 'object' || made === null || !('post' in made)) return;
			const thread = 'thread' in made ? String(made.thread) : target.thread;
			placed.push({ post: String(made.post), thread, masked, by: 'who' in one ? one.who : 'a mask' });
		};
		const work: Record<Act['what'], () => Promise<unknown>> = {
			'masked story': () => world.threads.open(author, 'harbour', { ...written(i), mask: true }),
			// Whom a block parts cannot answer behind a mask either, or a mask would tell who is blocked: here both can see it.
			'masked answer': async () =>
				!herons(target) && world.posts.reply(author, { ...written(i), thread: target.thread, parent: target.post, mask: true }),
			'masked edit': () => world.posts.edit(author, { ...written(i), post: own, version: 1 }),
			'masked withdrawal': () => world.posts.withdraw(author, own, true),
			story: () => world.threads.open(who, 'harbour', written(i)),
			answer: () => world.posts.reply(who, { ...written(i), thread: target.thread, parent: target.post }),
			read: () => world.reads.markRead(who, target.thread),
			follow: () => world.follows.followThread(who, target.thread, true),
			board: () => world.follows.followBoard(who, 'harbour', true),
			draft: () => world.drafts.keep(who, { ...written(i), place: '/boards/harbour/new' }),
			notices: async () => {
				const [newest] = await world.notices.list(who, { country: undefined, hardDay: false, warnings: {} });
				if (newest) await world.notices.read(who, { upTo: newest.id });
			},
			encourage: () => world.encouragements.encourage(who, target.post, 'with_you', true),
			report: () => world.reports.report(who, { post: target.post, reason: 'unkind', note: '' }),
			bookmark: () => world.bookmarks.bookmark(who, target.post, true),
			// On a named post only the post is decided: a hold on the name lets masks rest, which its author knows.
			decision: async () => {
				if ((await casesOf(world, target.post)).length === 0) return undefined;
				const [postAction, authorAction] = 'post' in one ? [one.post, target.masked ? one.author : 'none'] : ['none', 'none'];
				return decided(world, the('desk'), target.post, { postAction, authorAction, duration: '7d' });
			},
			later: async () => undefined
		};
		const made = await answerOf(Promise.resolve().then(work[one.what]));
		add(made, one.what.startsWith('masked '));
		if (who === the('robin') || who === the('heron') || one.what === 'decision') answers.push(made);
	}
	world.later(limits.maskDelay + 1);
	await world.masks.showDue();
	await world.decisions.applyDue();
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
