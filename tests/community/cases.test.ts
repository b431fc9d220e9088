import Sqlite from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { day, hour, onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, casesOf, decided, leaving, postNow, removing, reportedBy, theCaseOf } from './desk.ts';

const refusal = (code: ConstructorParameters<typeof Refusal>[0]) => new Refusal(code);

/** Any statement, past all our own code. */
async function raw(world: World, statement: string) {
	if (world.url.startsWith('file:')) {
		const client = new Sqlite(world.url.slice(5));
		try {
			client.exec(statement);
		} finally {
			client.close();
		}
		return;
	}
	const client = new Client({ connectionString: world.url });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}

onBothDatabases((aWorld) => {
	async function aCase(reason: Parameters<typeof reportedBy>[3] = 'unkind') {
		const world = await aWorld();
		const [wren, moderator, second] = [
			await world.someone(),
			await world.someone({ role: 'moderator' }),
			await world.someone({ role: 'moderator' })
		];
		const { thread, post } = await aStory(world, wren);
		const [finch] = await reportedBy(world, 1, post, reason);
		if (!finch) throw new Error('Somebody reports.');
		const { id } = await theCaseOf(world, post);
		const look = (who = moderator) => world.cases.theCase(who, id);
		return { world, wren, finch, moderator, second, thread, post, id, look };
	}

	test('the desk does not exist for members, greeters and whoever else', async () => {
		const { world, finch, id } = await aCase();
		for (const who of [finch, await world.someone({ role: 'greeter' })]) {
			const { cases, decisions } = world;
			const asked = [
				() => cases.queue(who),
				() => cases.theCase(who, id),
				() => cases.claim(who, id),
				() => cases.release(who, id),
				() => cases.escalate(who, id, 'why'),
				() => decisions.decide(who, id, { ...removing, version: 2 }),
				() => decisions.undo(who, id)
			];
			for (const ask of asked) await expect(ask()).rejects.toThrow(refusal('not_found'));
		}
		const administrator = await world.someone({ role: 'administrator' });
		await expect(world.cases.theCase(administrator, 'nothing')).rejects.toThrow(refusal('not_found'));
		await expect(world.cases.theCase(administrator, id)).resolves.toMatchObject({ id });
	});

	test('the queue puts the gravest first, then what is due first', async () => {
		const world = await aWorld();
		const moderator = await world.someone({ role: 'moderator' });
		const posts: string[] = [];
		for (const reason of ['off_topic', 'unkind', 'spam', 'threat'] as const) {
			const { post } = await aStory(world, await world.someone());
			await reportedBy(world, 1, post, reason);
			posts.push((await theCaseOf(world, post)).id);
			world.later(1000);
		}
		const { cases } = await world.cases.queue(moderator);
		expect(cases.map(({ id }) => id)).toEqual([posts[3], posts[1], posts[2], posts[0]]);
		expect(cases.map(({ priorityWords, overdue, reasons }) => [priorityWords, overdue, reasons])).toMatchObject([
			['At once', false, [{ words: 'A threat', number: 1 }]],
			['Today', false, [{ number: 1 }]],
			['Today', false, [{ number: 1 }]],
			['Later', false, [{ number: 1 }]]
		]);
		world.later(hour);
		expect((await world.cases.queue(moderator)).cases.map(({ overdue }) => overdue)).toEqual([true, false, false, false]);
	});

	test('a long queue is read page by page, each case once, and an odd cursor is refused', async () => {
		const world = await aWorld();
		const moderator = await world.someone({ role: 'moderator' });
		const [wren, finch] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread } = await aStory(world, wren);
		for (let i = 0; i < limits.casesPerPage + 3; i++)
			await world.reports.report(finch, { post: await anAnswer(world, wren, thread), reason: i % 2 ? 'unkind' : 'other', note: 'Look.' });
		const first = await world.cases.queue(moderator);
		const second = await world.cases.queue(moderator, first.next);
		expect(second.next).toBeNull();
		const seen = [...first.cases, ...second.cases].map(({ id }) => id);
		expect(new Set(seen).size).toBe(limits.casesPerPage + 3);
		expect(first.cases.every(({ priority }) => priority <= (second.cases[0]?.priority ?? 0))).toBe(true);
		const foreign = Buffer.from('cases\n9\n1\nid').toString('base64url');
		for (const odd of ['', 'x', `${first.next}!`, foreign])
			await expect(world.cases.queue(moderator, odd)).rejects.toThrow(refusal('bad_cursor'));
	}, 60_000);

	test('nothing of what was written is in the queue, and closed cases are not', async () => {
		const { world, moderator, post } = await aCase();
		const shown = JSON.stringify(await world.cases.queue(moderator));
		expect(shown).not.toContain('I got through the night');
		expect(shown).not.toContain('A long night');
		await decided(world, moderator, post);
		expect((await world.cases.queue(moderator)).cases).toEqual([]);
	});

	test('the desk reads the post in its conversation, with what each member said', async () => {
		const { world, wren, moderator, thread, post } = await aCase();
		const answers: string[] = [];
		for (let i = 0; i < 7; i++)
			answers.push(await anAnswer(world, await world.someone(), thread, i === 6 ? answers[0] : undefined, `Answer ${i}`));
		const deep = await anAnswer(world, wren, thread, answers[6]);
		await world.reports.report(await world.someone(), { post: deep, reason: 'other', note: 'This worries me.' });
		const shown = await world.cases.theCase(moderator, (await theCaseOf(world, deep)).id);
		expect(shown.above.map(({ id }) => id)).toEqual([post, answers[0], answers[6]]);
		expect(shown).toMatchObject({
			thread: { id: thread, title: 'A long night' },
			board: { slug: 'harbour' },
			reporters: 1,
			author: { name: wren.name, sanctions: [], notices: 0 }
		});
		expect(shown.reports).toMatchObject([{ words: 'Something else', note: 'This worries me.', textChanged: false }]);
		const opening = await world.cases.theCase(moderator, (await theCaseOf(world, post)).id);
		expect(opening.above).toEqual([]);
		expect(opening.answers.map(({ id }) => id)).toEqual(answers.slice(0, 5));
		expect(opening.log.map(({ words }) => words)).toEqual(['A first report came.', 'A member reported it: “Unkind”.']);
	});

	test('the desk never learns who reported, nor how much a report weighs', async () => {
		const { finch, look } = await aCase();
		const shown = JSON.stringify(await look());
		expect(shown).not.toContain(finch.name);
		expect(shown).not.toContain(finch.id);
		expect(shown).not.toMatch(/weight|trust/);
	});

	test('what was reported can be read after an edit and after the post was taken back', async () => {
		const { world, wren, post, look } = await aCase('threat');
		await world.posts.edit(wren, { post, title: 'Nicer', body: 'Nicer words', warnings: [], version: 1, anyway: true });
		expect(await look()).toMatchObject({
			earlier: [{ version: 1, title: 'A long night', body: expect.stringContaining('I got through') }],
			reports: [{ textChanged: true }]
		});
		await world.posts.withdraw(wren, post, true);
		expect(await look()).toMatchObject({ post: { state: 'withdrawn', html: '' }, earlier: [{ version: 1 }] });
	});

	test('a claim keeps others away for fifteen minutes and ends by itself', async () => {
		const { world, moderator, second, id, look } = await aCase();
		await world.cases.claim(moderator, id);
		await expect(world.cases.claim(second, id)).rejects.toThrow(refusal('claimed'));
		await expect(world.cases.release(second, id)).rejects.toThrow(refusal('claimed'));
		await expect(world.cases.escalate(second, id, 'why')).rejects.toThrow(refusal('claimed'));
		expect((await world.cases.queue(second)).cases).toMatchObject([{ state: 'claimed', holder: { name: moderator.name, mine: false } }]);
		expect(await look(second)).toMatchObject({
			may: { claim: { allowed: false, why: refusal('claimed').message }, decide: { allowed: false } }
		});
		world.later(limits.claimHeldFor);
		expect((await world.cases.queue(second)).cases).toMatchObject([{ state: 'open', holder: null }]);
		await world.cases.claim(second, id);
		await expect(world.cases.claim(moderator, id)).rejects.toThrow(refusal('claimed'));
		expect((await look(second)).log.map(({ words }) => words).slice(2)).toEqual([
			`${moderator.name} took it.`,
			'Nobody was working on it any more.',
			`${second.name} took it.`
		]);
	});

	test('reading renews one’s own claim, and leaves the form that is open valid', async () => {
		const { world, moderator, second, id, look } = await aCase();
		await world.cases.claim(moderator, id);
		const { version } = await look();
		world.later(limits.claimHeldFor - 1000);
		expect((await look()).version).toBe(version);
		world.later(limits.claimHeldFor - 1000);
		await expect(world.cases.claim(second, id)).rejects.toThrow(refusal('claimed'));
	});

	test('ten claims at once are one', async () => {
		const { world, id } = await aCase();
		const people = await Promise.all(Array.from({ length: 10 }, () => world.someone({ role: 'moderator' })));
		const tried = await Promise.allSettled(people.map((one) => world.cases.claim(one, id)));
		expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (const one of tried) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'claimed' });
	});

	test('a case is given back without a reason', async () => {
		const { world, moderator, second, id, post } = await aCase();
		await world.cases.claim(moderator, id);
		await world.cases.release(moderator, id);
		await world.cases.release(moderator, id);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', claimedBy: null });
		await world.cases.claim(second, id);
	});

	test('whoever passes a case on stays out of it; another person decides', async () => {
		const { world, moderator, second, id, post, look } = await aCase();
		await expect(world.cases.escalate(moderator, id, ' ')).rejects.toThrow(Invalid);
		await world.cases.escalate(moderator, id, 'I know this voice.');
		expect(await look()).toMatchObject({
			state: 'escalated',
			may: { decide: { allowed: false, why: 'You passed this case on, so another moderator decides it.' } }
		});
		await expect(world.cases.claim(moderator, id)).rejects.toThrow(refusal('not_allowed'));
		const { version } = await theCaseOf(world, post);
		await expect(world.decisions.decide(moderator, id, { ...removing, version })).rejects.toThrow(refusal('not_allowed'));
		await world.cases.claim(second, id);
		await world.cases.release(second, id);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'escalated' });
		await decided(world, second, post);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'closed', outcome: 'upheld' });
	});

	test('nobody judges their own post, and the case about it is not shown to them', async () => {
		const world = await aWorld();
		const author = await world.someone({ role: 'moderator' });
		const { post } = await aStory(world, author);
		await reportedBy(world, 1, post);
		const { id, version } = await theCaseOf(world, post);
		expect((await world.cases.queue(author)).cases).toEqual([]);
		const asked = [
			() => world.cases.theCase(author, id),
			() => world.cases.claim(author, id),
			() => world.cases.escalate(author, id, 'why'),
			() => world.decisions.decide(author, id, { ...leaving, version })
		];
		for (const ask of asked) await expect(ask()).rejects.toThrow(refusal('not_found'));
	});

	test('nobody judges what they reported, not even after taking the report back', async () => {
		const { world, moderator, id, post } = await aCase();
		await world.reports.report(moderator, { post, reason: 'unkind' });
		await world.reports.takeBack(moderator, post);
		const { version } = await theCaseOf(world, post);
		await expect(world.cases.claim(moderator, id)).rejects.toThrow(refusal('conflict_of_interest'));
		await expect(world.decisions.decide(moderator, id, { ...leaving, version })).rejects.toThrow(refusal('conflict_of_interest'));
	});

	test.each(['above', 'below', 'far below', 'beside', 'behind'] as const)(
		'nobody judges a branch they wrote in during the last day: %s',
		async (where) => {
			const world = await aWorld();
			const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
			const { thread } = await aStory(world, wren);
			const top = await anAnswer(world, where === 'above' ? moderator : wren, thread);
			const middle = await anAnswer(world, wren, thread, top);
			const post = await anAnswer(world, wren, thread, middle);
			if (where === 'below') await anAnswer(world, moderator, thread, post);
			if (where === 'far below') await anAnswer(world, moderator, thread, await anAnswer(world, wren, thread, post));
			if (where === 'beside') await anAnswer(world, moderator, thread, middle);
			if (where === 'behind') await anAnswer(world, moderator, thread, await anAnswer(world, wren, thread, top));
			await reportedBy(world, 1, post);
			const { id, version } = await theCaseOf(world, post);
			const claimed = world.cases.claim(moderator, id);
			if (where === 'beside' || where === 'behind') return expect(claimed).resolves.toBeUndefined();
			await expect(claimed).rejects.toThrow(refusal('conflict_of_interest'));
			await expect(world.decisions.decide(moderator, id, { ...leaving, version })).rejects.toThrow(refusal('conflict_of_interest'));
			world.later(day);
			await world.cases.claim(moderator, id);
		}
	);

	test('what was written in a case’s log can be neither changed nor deleted', async () => {
		const { world, id } = await aCase();
		const { caseEvents } = world.db.tables;
		const log = () =>
			world.db.read.select({ kind: caseEvents.kind, version: caseEvents.version }).from(caseEvents).where(eq(caseEvents.caseId, id));
		const before = await log();
		await expect(raw(world, `update case_events set kind = 'nothing'`)).rejects.toThrow('append-only');
		await expect(raw(world, 'delete from case_events')).rejects.toThrow('append-only');
		expect(await log()).toEqual(before);
		expect(before).toHaveLength(2);
	});

	test('the author’s posting, editing and taking back move the case, and everybody concerned is told once', async () => {
		const { world, wren, finch, moderator, thread, post, id } = await aCase();
		const toldBy = async (doing: () => Promise<unknown>) => {
			world.told.length = 0;
			await doing();
			return world.told.filter(({ type }) => type === 'case.changed' || type === 'notice.added');
		};
		const edit = { post, title: 'A long night', body: 'Other words', warnings: [], version: 1 };
		const moved = (state: string, priority = 2) => ({ type: 'case.changed', case: id, priority, state, except: [`member/${wren.id}`] });
		expect(await toldBy(() => world.posts.edit(wren, edit))).toEqual([moved('open')]);
		expect(await toldBy(() => world.posts.withdraw(wren, post, true))).toEqual([
			{ type: 'notice.added', member: finch.id },
			moved('closed')
		]);
		expect(await toldBy(() => world.posts.withdraw(wren, post, false))).toEqual([moved('open')]);
		await decided(world, moderator, post, { postAction: 'none', authorAction: 'hold_posts', rule: 'be-kind', reason: 'For now.' });
		const held = [
			{ type: 'notice.added', member: wren.id },
			{ type: 'case.changed', case: expect.any(String), priority: 2, state: 'open', except: [`member/${wren.id}`] }
		];
		expect(await toldBy(() => anAnswer(world, wren, thread))).toEqual(held);
		expect(await toldBy(() => aStory(world, wren))).toEqual(held);
		expect(await toldBy(() => world.posts.edit(wren, { ...edit, body: 'More words', version: 2 }))).toEqual(held);
	});

	test('staff but the author are told which case moved, and nothing of what it says', async () => {
		const { world, wren, id } = await aCase('threat');
		expect(world.told.filter(({ type }) => type === 'case.changed')).toEqual([
			{ type: 'case.changed', case: id, priority: 0, state: 'open', except: [`member/${wren.id}`] }
		]);
	});

	test('a held post has a case of its own, and stands when nothing speaks against it', async () => {
		const { world, wren, moderator, thread, post } = await aCase();
		await decided(world, moderator, post, { postAction: 'none', authorAction: 'hold_posts', rule: 'be-kind', reason: 'For now.' });
		const held = await anAnswer(world, wren, thread);
		expect(await casesOf(world, held)).toMatchObject([{ kind: 'held_post', state: 'open', priority: 2 }]);
		await decided(world, moderator, held, leaving);
		expect((await postNow(world, held)).state).toBe('standing');
	});
});
