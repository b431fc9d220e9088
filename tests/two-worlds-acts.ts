// Scripts in which one of two writes behind masks, among what everybody does under their names; and how they are played in one of two worlds.
import fc from 'fast-check';
import { limits } from '#lib/limits.ts';
import type { Actor } from '#server/community/means.ts';
import { casesOf, decided } from './community/desk.ts';
import { answerOf, people, type Which } from './two-worlds.ts';
import type { World } from './world.ts';

const others = ['robin', 'heron'] as const;
const anybody = [...others, 'wren', 'finch'] as const;
const which = fc.nat({ max: 20 });
export const act = fc.oneof(
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
export type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
export type Placed = { post: string; thread: string; masked: boolean; by: string };

/** Plays a script in one world, until nothing waits any more. What others were answered meanwhile comes back, with all that was posted. */
export async function playedMasks(world: World, wrote: Which, number: number, script: readonly Act[]) {
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
	return { cast, author, placed, answers, word };
}
