// What an author can and cannot undo of what staff and readers did to a post.
import { expect, test } from 'vitest';
import { limits } from '#lib/limits.ts';
import { hour, onBothDatabases } from '../world.ts';
import { anAnswer, aStory, casesOf, decided, leaving, postNow, removing, reportedBy } from './desk.ts';

const plain = { country: undefined, hardDay: false, warnings: {} };

onBothDatabases((aWorld) => {
	async function anAnswered() {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread } = await aStory(world, await world.someone());
		const post = await anAnswer(world, wren, thread);
		const shown = async (reader?: typeof wren) => (await world.posts.read(reader, thread, plain)).replies.find(({ id }) => id === post);
		let version = 1;
		const edit = async (warnings: string[], body = 'Other words') => {
			await world.posts.edit(wren, { post, body: `${body} ${version}`, warnings, version: (await postNow(world, post)).version });
			version++;
		};
		const suggested = async (warning: string) => {
			for (let i = 0; i < 2; i++)
				await world.reports.report(await world.someone(), { post, reason: 'missing_warning', suggested: [warning] });
		};
		return { world, wren, moderator, thread, post, shown, edit, suggested };
	}

	test('an author’s edit keeps the warnings that staff set, and takes off their own', async () => {
		const { world, wren, moderator, post, shown, edit } = await anAnswered();
		await edit(['eating']);
		expect((await shown(wren))?.keptWarnings).toEqual([]);
		await reportedBy(world, 1, post);
		await decided(world, moderator, post, { postAction: 'add_warning', warnings: ['grief'] });
		await edit(['medical']);
		expect((await postNow(world, post)).warnings.toSorted()).toEqual(['grief', 'medical']);
		expect((await shown(wren))?.keptWarnings).toEqual(['grief']);
		expect((await shown())?.keptWarnings).toEqual([]);
		await decided(world, moderator, post, { postAction: 'restore' });
		await edit([]);
		expect((await postNow(world, post)).warnings).toEqual([]);
	});

	test.each([
		['confirms', { postAction: 'none', authorAction: 'formal_notice' }, ['grief']],
		['does not confirm', leaving, []]
	])('what readers suggested outlives an edit; a moderator %s it', async (_, choice, after) => {
		const { world, wren, moderator, post, shown, edit, suggested } = await anAnswered();
		await suggested('grief');
		world.later(hour);
		await edit([]);
		expect((await postNow(world, post)).warnings).toEqual(['grief']);
		expect((await shown(wren))?.keptWarnings).toEqual(['grief']);
		await decided(world, moderator, post, choice);
		expect((await postNow(world, post)).warnings).toEqual(after);
		await edit([]);
		expect((await postNow(world, post)).warnings).toEqual(after);
	});

	test('words that were taken out do not come back by an edit until staff let them stand', async () => {
		const { world, wren, moderator, thread, post, shown, edit } = await anAnswered();
		const decide = async (choice: object) => {
			const found = (await casesOf(world, post)).find(({ state }) => state !== 'closed');
			if (!found) throw new Error('A case waits.');
			await world.decisions.decide(moderator, found.id, { ...leaving, ...choice, version: found.version });
			world.later(limits.undoWithin);
			await world.decisions.applyDue();
		};
		const state = async () => (await postNow(world, post)).state;
		await reportedBy(world, 1, post);
		await decide({ ...removing, postAction: 'redact' });
		// A decision about something else does not let the words back in.
		await reportedBy(world, 1, post, 'threat');
		await decide({ ...removing, postAction: 'lock' });
		await edit([], 'The words again');
		expect(await state()).toBe('held');
		expect(await shown()).toBeUndefined();
		expect((await world.posts.read(undefined, thread, plain)).answers).toBe(0);
		expect((await casesOf(world, post)).map(({ kind, state }) => `${kind} ${state}`).toSorted()).toEqual([
			'held_post open',
			'report closed'
		]);
		await world.posts.withdraw(wren, post, true);
		await world.posts.withdraw(wren, post, false);
		expect(await state()).toBe('held');
		await decide(leaving);
		expect(await state()).toBe('standing');
		await edit([], 'Once more');
		expect(await state()).toBe('standing');
	});

	test('words edited in after a redaction wait although a report’s case is open, and taking them back is no way past it', async () => {
		const { world, wren, moderator, post, edit } = await anAnswered();
		await reportedBy(world, 1, post);
		await decided(world, moderator, post, { postAction: 'redact' });
		await reportedBy(world, 1, post, 'harassment');
		await edit([], 'The words again');
		expect((await postNow(world, post)).state).toBe('held');
		expect(await casesOf(world, post)).toMatchObject([{ kind: 'report', state: 'open' }]);
		await world.posts.withdraw(wren, post, true);
		await world.posts.withdraw(wren, post, false);
		expect((await postNow(world, post)).state).toBe('held');
		expect((await casesOf(world, post)).filter(({ state }) => state === 'open')).toHaveLength(1);
	});

	test('readers are told whether reports or a moderator folded a post', async () => {
		const { world, moderator, post, shown } = await anAnswered();
		expect(await shown()).toMatchObject({ folded: null, foldedBy: null });
		await reportedBy(world, 2, post, 'doxxing');
		expect(await shown()).toMatchObject({ folded: 'doxxing', foldedBy: 'reports' });
		await decided(world, moderator, post, { postAction: 'fold', rule: 'no-names' });
		expect(await shown()).toMatchObject({ folded: 'doxxing', foldedBy: 'moderator' });
	});
});
