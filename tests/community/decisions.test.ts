import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import { Invalid, Refusal } from '#lib/refusals.ts';
import { openDatabase } from '#server/store/database.ts';
import { decisions as decisionsOver } from '#server/community/decisions.ts';
import { hour, onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, casesOf, decided, leaving, postNow, removing, reportedBy, theCaseOf, titlesFor } from './desk.ts';

const refusal = (code: ConstructorParameters<typeof Refusal>[0]) => new Refusal(code);

async function rowsAbout(world: World, caseId: string) {
	const { decisions, reports } = world.db.tables;
	return {
		decisions: await world.db.read.select({ settled: decisions.settled }).from(decisions).where(eq(decisions.caseId, caseId)),
		reports: await world.db.read.select({ status: reports.status }).from(reports).where(eq(reports.caseId, caseId))
	};
}

onBothDatabases((aWorld) => {
	async function aCase(people = 1, reason: Parameters<typeof reportedBy>[3] = 'unkind') {
		const world = await aWorld();
		const [wren, moderator, second] = [
			await world.someone(),
			await world.someone({ role: 'moderator' }),
			await world.someone({ role: 'moderator' })
		];
		const { thread } = await aStory(world, await world.someone());
		const post = await anAnswer(world, wren, thread);
		const reporters = await reportedBy(world, people, post, reason);
		const { id, version } = await theCaseOf(world, post);
		return { world, wren, moderator, second, thread, post, reporters, id, version };
	}

	test('a decision takes effect after twelve seconds, not before', async () => {
		const { world, moderator, post, id, version } = await aCase();
		await world.decisions.decide(moderator, id, { ...removing, version });
		world.later(limits.undoWithin - 1);
		expect(await world.decisions.applyDue()).toBe(0);
		expect((await postNow(world, post)).state).toBe('standing');
		world.later(1);
		expect(await world.decisions.applyDue()).toBe(1);
		expect((await postNow(world, post)).state).toBe('removed');
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'closed', outcome: 'upheld', score: 0 });
		expect(await rowsAbout(world, id)).toEqual({ decisions: [{ settled: 'applied' }], reports: [{ status: 'upheld' }] });
		expect(await world.decisions.applyDue()).toBe(0);
	});

	test('two moderators who decide at once make one decision, and the other is shown the fresh case', async () => {
		const { world, moderator, second, id, version } = await aCase();
		const tried = await Promise.allSettled([moderator, second].map((one) => world.decisions.decide(one, id, { ...removing, version })));
		expect(tried.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(tried.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'stale', status: 409 } });
		expect((await rowsAbout(world, id)).decisions).toEqual([{ settled: 'waiting' }]);
	});

	test('what is due is applied once, by however many processes', async () => {
		const { world, wren, moderator, id, version } = await aCase();
		await world.decisions.decide(moderator, id, { ...removing, authorAction: 'formal_notice', version });
		world.later(limits.undoWithin);
		// Two connections to one SQLite file in one process would wait for each other in vain: there, one process has to do.
		const other = world.url.startsWith('file:') ? world.db : await openDatabase(world.url);
		const elsewhere = decisionsOver({ db: other, now: world.now, newId: () => crypto.randomUUID(), pick: () => 0, tell: () => undefined });
		const applied = await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? world.decisions : elsewhere).applyDue()));
		if (other !== world.db) await other.close();
		expect(applied.reduce((sum, number) => sum + number, 0)).toBe(1);
		expect((await titlesFor(world, wren)).toSorted()).toEqual(['A formal notice', 'Your post was removed']);
	});

	test('a decision on an older version of the case is refused, and nothing is written', async () => {
		const { world, moderator, post, id, version } = await aCase();
		await reportedBy(world, 1, post, 'threat');
		await expect(world.decisions.decide(moderator, id, { ...removing, version })).rejects.toThrow(refusal('stale'));
		expect((await rowsAbout(world, id)).decisions).toEqual([]);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', priority: 0 });
	});

	test('nobody decides about words that were edited while they read', async () => {
		const { world, wren, moderator, post, id, version } = await aCase();
		await world.posts.edit(wren, { post, body: 'Other words', warnings: [], version: 1, anyway: true });
		await expect(world.decisions.decide(moderator, id, { ...removing, version })).rejects.toThrow(refusal('stale'));
	});

	test('the same moderator may undo within twelve seconds, and holds the case again', async () => {
		const { world, moderator, second, post, id, version } = await aCase();
		await world.decisions.decide(moderator, id, { ...removing, version });
		await expect(world.decisions.undo(second, id)).rejects.toThrow(refusal('not_allowed'));
		world.later(limits.undoWithin - 1);
		await world.decisions.undo(moderator, id);
		await world.decisions.undo(moderator, id);
		world.later(hour);
		expect(await world.decisions.applyDue()).toBe(0);
		expect((await postNow(world, post)).state).toBe('standing');
		expect((await rowsAbout(world, id)).decisions).toEqual([{ settled: 'undone' }]);
		await decided(world, moderator, post, leaving);
	});

	test('after twelve seconds it is too late to undo, whether or not it was applied', async () => {
		const { world, moderator, id, version } = await aCase();
		await world.decisions.decide(moderator, id, { ...removing, version });
		world.later(limits.undoWithin);
		await expect(world.decisions.undo(moderator, id)).rejects.toThrow(refusal('too_late'));
		await world.decisions.applyDue();
		await expect(world.decisions.undo(moderator, id)).rejects.toThrow(refusal('too_late'));
	});

	test('a decided case is not decided again, but a removed post can be put back', async () => {
		const { world, moderator, second, thread, post, id } = await aCase();
		await decided(world, moderator, post);
		const { version } = await theCaseOf(world, post);
		await expect(world.decisions.decide(second, id, { ...removing, version })).rejects.toThrow(refusal('decided'));
		await decided(world, second, post, { postAction: 'restore', reason: 'It was about themselves.' });
		expect((await postNow(world, post)).state).toBe('standing');
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'closed', outcome: 'not_upheld' });
		const { threads } = world.db.tables;
		expect(await world.db.read.select({ answers: threads.answers }).from(threads).where(eq(threads.id, thread))).toEqual([{ answers: 1 }]);
	});

	test('taking a restoration back leaves the case closed', async () => {
		const { world, moderator, post, id } = await aCase();
		await decided(world, moderator, post);
		const { version } = await theCaseOf(world, post);
		await world.decisions.decide(moderator, id, { ...removing, postAction: 'restore', version });
		await world.decisions.undo(moderator, id);
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'closed', outcome: 'upheld' });
	});

	test('a decision that does something names a rule and a reason', async () => {
		const { world, moderator, id, version } = await aCase();
		const decide = (choice: object) => world.decisions.decide(moderator, id, { ...removing, ...choice, version });
		const wrong: [object, string][] = [
			[{ postAction: 'erase' }, 'post_action'],
			[{ authorAction: 'shame' }, 'author_action'],
			[{ rule: '' }, 'rule'],
			[{ rule: 'be-nice' }, 'rule'],
			[{ reason: ' \n' }, 'reason'],
			[{ reason: 'a'.repeat(2001) }, 'reason'],
			[{ privateReason: 'a'.repeat(2001) }, 'private_reason'],
			[{ authorAction: 'silence' }, 'duration'],
			[{ authorAction: 'suspend' }, 'duration'],
			[{ authorAction: 'silence', duration: '1y' }, 'duration'],
			[{ postAction: 'add_warning' }, 'warnings'],
			[{ postAction: 'add_warning', warnings: ['gloom'] }, 'warnings']
		];
		for (const [choice, field] of wrong) await expect(decide(choice)).rejects.toMatchObject({ problems: { [field]: expect.any(String) } });
		await expect(world.decisions.decide(moderator, id, { ...removing, version: Number.NaN })).rejects.toThrow(Invalid);
		expect((await rowsAbout(world, id)).decisions).toEqual([]);
		await decide(leaving);
	});

	test('each action does to the post what it says', async () => {
		const { world, wren, moderator, thread } = await aCase();
		const after = async (choice: object) => {
			const post = await anAnswer(world, wren, thread, undefined, 'Words');
			await reportedBy(world, 1, post);
			await decided(world, moderator, post, choice);
			return postNow(world, post);
		};
		expect(await after({ postAction: 'add_warning', warnings: ['grief', 'grief'] })).toMatchObject({
			state: 'standing',
			warnings: ['grief']
		});
		expect(await after({ postAction: 'fold', rule: 'no-methods' })).toMatchObject({ state: 'standing', folded: 'methods' });
		expect(await after({ postAction: 'lock' })).toMatchObject({ state: 'standing', locked: true });
		expect(await after({ postAction: 'remove' })).toMatchObject({ state: 'removed' });
		const redacted = await after({ postAction: 'redact' });
		expect(redacted).toMatchObject({ state: 'standing', version: 2, body: 'A moderator took these words out.' });
		expect(redacted.html).not.toContain('Words');
		expect(await after(leaving)).toMatchObject({ state: 'standing', folded: null, locked: false, warnings: [] });
	});

	test('what a redacted post said is kept for staff', async () => {
		const { world, moderator, post } = await aCase();
		const { body } = await postNow(world, post);
		await decided(world, moderator, post, { postAction: 'redact' });
		const { postRevisions } = world.db.tables;
		expect(
			await world.db.read
				.select({ body: postRevisions.body, version: postRevisions.version })
				.from(postRevisions)
				.where(eq(postRevisions.postId, post))
		).toEqual([{ body, version: 1 }]);
	});

	test('a locked story takes no more answers, and a removed one leaves the lists', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread, post } = await aStory(world, wren);
		await reportedBy(world, 1, post);
		await decided(world, moderator, post, { postAction: 'lock' });
		await expect(anAnswer(world, wren, thread)).rejects.toThrow(refusal('locked'));
		await decided(world, moderator, post, { postAction: 'restore' });
		await anAnswer(world, wren, thread);
		const removed = await aStory(world, wren);
		await reportedBy(world, 1, removed.post);
		await decided(world, moderator, removed.post);
		const { threads } = world.db.tables;
		expect(await world.db.read.select({ listed: threads.listed }).from(threads).where(eq(threads.id, removed.thread))).toEqual([
			{ listed: false }
		]);
	});

	test('what reports folded opens again when a moderator finds nothing, and its author hears so', async () => {
		const { world, wren, moderator, post, id } = await aCase(2, 'doxxing');
		expect((await postNow(world, post)).folded).toBe('doxxing');
		await decided(world, moderator, post, leaving);
		expect((await postNow(world, post)).folded).toBeNull();
		expect(await titlesFor(world, wren)).toEqual(['Your post is open as it was', 'Your post is folded for now']);
		expect(await rowsAbout(world, id)).toMatchObject({ reports: [{ status: 'not_upheld' }, { status: 'not_upheld' }] });
	});

	test('a post that a moderator folded and its author put right is looked at again, and can be put back', async () => {
		const { world, wren, moderator, post } = await aCase();
		await decided(world, moderator, post, { postAction: 'fold', rule: 'no-methods' });
		world.later(hour);
		await world.posts.edit(wren, { post, body: 'Without amounts', warnings: [], version: 1, anyway: true });
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'open', reopened: 1, dueAt: world.now() + 12 * hour });
		expect((await postNow(world, post)).folded).toBe('methods');
		await decided(world, moderator, post, { postAction: 'restore' });
		expect((await postNow(world, post)).folded).toBeNull();
		expect(await titlesFor(world, wren)).toEqual(['Your post is back', 'Your post is folded']);
	});

	test('a post that was taken back in the twelve seconds is removed all the same, and stays taken back when restored', async () => {
		const { world, wren, moderator, post, id, version } = await aCase();
		await world.decisions.decide(moderator, id, { ...removing, version });
		await world.posts.withdraw(wren, post, true);
		world.later(limits.undoWithin);
		await world.decisions.applyDue();
		expect((await postNow(world, post)).state).toBe('removed');
		await expect(world.posts.withdraw(wren, post, false)).rejects.toThrow(refusal('gone'));
		await decided(world, moderator, post, { postAction: 'restore' });
		expect((await postNow(world, post)).state).toBe('withdrawn');
	});

	test('a report in the twelve seconds is settled with the case, unless it says something graver', async () => {
		for (const [reason, state] of [
			['unkind', 'closed'],
			['threat', 'open']
		] as const) {
			const { world, moderator, post, id, version } = await aCase();
			await world.decisions.decide(moderator, id, { ...leaving, version });
			world.later(1000);
			await reportedBy(world, 1, post, reason);
			world.later(limits.undoWithin);
			await world.decisions.applyDue();
			expect(await casesOf(world, post)).toMatchObject([{ state, reopened: state === 'open' ? 1 : 0 }]);
			expect((await rowsAbout(world, id)).reports.map(({ status }) => status).toSorted()).toEqual([
				'not_upheld',
				state === 'open' ? 'open' : 'not_upheld'
			]);
		}
	});

	test('only an administrator decides about somebody of staff', async () => {
		const world = await aWorld();
		const [author, moderator, administrator] = [
			await world.someone({ role: 'moderator' }),
			await world.someone({ role: 'moderator' }),
			await world.someone({ role: 'administrator' })
		];
		const { post } = await aStory(world, author);
		await reportedBy(world, 1, post);
		const { id, version } = await theCaseOf(world, post);
		const notice = { ...removing, postAction: 'none', authorAction: 'formal_notice', version };
		await expect(world.decisions.decide(moderator, id, notice)).rejects.toThrow(refusal('not_allowed'));
		await world.decisions.decide(administrator, id, notice);
	});

	test('one decision that cannot be applied does not keep the others waiting', async () => {
		const { world, wren, moderator, thread, post, id, version } = await aCase();
		await world.decisions.decide(moderator, id, { ...removing, version });
		const other = await anAnswer(world, wren, thread);
		await reportedBy(world, 1, other);
		const next = await theCaseOf(world, other);
		await world.decisions.decide(moderator, next.id, { ...removing, version: next.version });
		// A revision that is already there: the redaction cannot be written.
		const { postRevisions, decisions } = world.db.tables;
		await world.db.write(async (tx) => {
			await tx.update(decisions).set({ postAction: 'redact' }).where(eq(decisions.caseId, id));
			await tx.insert(postRevisions).values({ id: 'taken', postId: post, version: 1, title: null, body: '', warnings: [], replacedAt: 0 });
		});
		world.later(limits.undoWithin);
		await expect(world.decisions.applyDue()).rejects.toThrow('could not be applied');
		expect((await postNow(world, other)).state).toBe('removed');
		expect(await theCaseOf(world, post)).toMatchObject({ state: 'decided' });
	});
});
