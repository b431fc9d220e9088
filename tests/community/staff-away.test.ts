// Staff who are none just now: what their own session gives them is what any member gets, whichever verb they come to.
import { expect, test } from 'vitest';
import type { Actor } from '#server/community/means.ts';
import { day, onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, decided, postNow, reportedBy, reportsOn, theCaseOf, trusted } from './desk.ts';
import { suspendedBehindAMask } from './masked.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };
const suspending = { postAction: 'none', authorAction: 'suspend', duration: '7d', rule: 'be-kind', reason: 'Please rest a while.' };

async function suspendedByName(world: World, one: Actor) {
	const { post } = await aStory(world, one);
	await reportedBy(world, 1, post);
	const chief = await world.someone({ role: 'administrator' });
	await decided(world, chief, post, suspending);
	return chief;
}

/** Who comes by a session of their own, as every page asks. */
async function bySession(world: World, one: Actor, secondFactor = true): Promise<Actor> {
	const { cookie } = await world.sessions.begin(one, { secure: false, secondFactor });
	const found = await world.sessions.find(cookie.value);
	if (!found) throw new Error('This session does not stand.');
	return found.actor;
}

onBothDatabases((aWorld) => {
	/** A story that waits, an answer that waits in one that stands, and a folded one. */
	async function hidden(world: World) {
		const [wren, finch] = [await world.someone(), await world.someone()];
		const open = await aStory(world, finch);
		const before = await aStory(world, wren);
		await reportedBy(world, 1, before.post);
		await decided(world, await world.someone({ role: 'moderator' }), before.post, {
			...{ postAction: 'fold', authorAction: 'hold_posts', rule: 'be-kind', reason: 'Please wait.' }
		});
		const held = await aStory(world, wren, 'Kingfishers by the mill.');
		const answer = await anAnswer(world, wren, open.thread);
		expect((await postNow(world, answer)).state).toBe('held');
		return { held, answer, open, folded: before };
	}

	async function sees(world: World, reader: Actor, { held, answer, open, folded }: Awaited<ReturnType<typeof hidden>>) {
		const code = (problem: unknown) => (problem instanceof Error && 'code' in problem ? problem.code : problem);
		const attempt = (doing: Promise<unknown>) => doing.then(() => 'done', code);
		const { replies } = await world.posts.read(reader, open.thread, plain);
		const { id } = await world.boards.theBoard(reader, 'harbour');
		const { threads } = await world.threads.list(id, 'new', null, plain, reader);
		return {
			held: await attempt(world.posts.read(reader, held.thread, plain)),
			watches: await world.posts.mayRead(reader, held.thread),
			answers: replies.map((reply) => [reply.id === answer, reply.html]),
			listed: threads.filter(({ id }) => id === held.thread || id === folded.thread).map(({ title }) => title),
			found: (await world.search.find(reader, { q: 'kingfishers', board: '', sort: 'new', after: null }, plain)).results.length,
			reads: await attempt(world.reads.markRead(reader, held.thread)),
			follows: await attempt(world.follows.followThread(reader, held.thread, true)),
			drafts: await attempt(world.drafts.keep(reader, { place: `/threads/${held.thread}`, title: '', body: 'A draft.', warnings: [] })),
			hears: await world.cases.mayHear(reader),
			invites: await attempt(world.doorstep.invite(reader, { uses: 1, days: 1 }))
		};
	}

	test.each([
		['suspended', suspendedByName],
		['suspended for what they wrote behind a mask', suspendedBehindAMask]
	])('one of staff who is %s sees what a suspended member sees', async (_, suspend) => {
		const world = await aWorld();
		const there = await hidden(world);
		const [robin, member] = [await world.someone({ role: 'moderator' }), await world.someone()];
		const as = async (one: Actor) => sees(world, await bySession(world, one), there);
		expect(await as(robin)).not.toEqual(await as(member));
		for (const one of [robin, member]) await suspend(world, one);
		expect(await as(robin)).toEqual(await as(member));
		world.later(8 * day);
		expect((await bySession(world, robin)).role).toBe('moderator');
	});

	test('one of staff whose second factor is still waiting sees and may do what a member may, and weighs as one', async () => {
		const world = await aWorld({ staffNeedSecondFactor: true });
		const there = await hidden(world);
		const [robin, member] = [await world.someone({ role: 'moderator' }), await world.someone()];
		const waiting = await bySession(world, robin, false);
		expect(await sees(world, waiting, there)).toEqual(await sees(world, await bySession(world, member), there));
		await world.reports.report(waiting, { post: there.open.post, reason: 'spam' });
		const [report] = await reportsOn(world, there.open.post);
		expect(report?.weight).toBe(100);
		// Together five, which folds where three people or one of staff say so.
		await world.reports.report(await trusted(world, await world.someone(), 3), { post: there.open.post, reason: 'spam' });
		expect((await postNow(world, there.open.post)).folded).toBeNull();
		const fresh = await world.someone({ role: 'moderator', newcomer: true });
		const linking = (actor: Actor) => anAnswer(world, actor, there.open.thread, undefined, 'See https://example.org/a');
		await expect(linking(await bySession(world, fresh, false))).rejects.toMatchObject({ code: 'first_day_links' });
		await linking(await bySession(world, fresh));
	});

	test('whoever is suspended by name is nobody who is free to look: a case never waits for them alone', async () => {
		const world = await aWorld();
		const [robin, away, wren] = [
			await world.someone({ role: 'moderator' }),
			await world.someone({ role: 'moderator' }),
			await world.someone()
		];
		const byRobin = await aStory(world, robin);
		await world.people.block(wren, { post: byRobin.post });
		const { post } = await aStory(world, wren);
		await reportedBy(world, 1, post);
		const { id } = await theCaseOf(world, post);
		await expect(world.cases.claim(robin, id)).rejects.toMatchObject({ code: 'conflict_of_interest' });
		const chief = await suspendedByName(world, away);
		await world.members.appoint(chief.name, 'member');
		await world.cases.claim(robin, id);
	});
});
