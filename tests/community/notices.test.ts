import { expect, test } from 'vitest';
import { onBothDatabases } from '../world.ts';
import { anAnswer, aStory, decided, leaving, reportedBy, titlesFor, trusted } from './desk.ts';

onBothDatabases((aWorld) => {
	test('an author’s notices are the same, whichever of two members reported', async () => {
		const readBy = async (which: 0 | 1) => {
			const world = await aWorld();
			const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
			const pair = [await trusted(world, await world.someone(), 2), await trusted(world, await world.someone(), 2)] as const;
			const { post, thread } = await world.threads.open(wren, 'harbour', {
				title: 'A long night',
				body: 'The same words.',
				warnings: [],
				anyway: true
			});
			await world.reports.report(pair[which], { post, reason: 'doxxing', note: 'I know this street.' });
			await decided(world, moderator, post, { authorAction: 'silence', duration: '72h' });
			// Two of one moment stand in the order of their random ids.
			const told = (await world.notices.forMember(wren)).map(({ id: _, ...notice }) => JSON.stringify(notice)).toSorted();
			return JSON.stringify(told).replaceAll(post, 'POST').replaceAll(thread, 'THREAD');
		};
		const first = await readBy(0);
		expect(first).toBe(await readBy(1));
		expect(first).not.toContain('street');
		expect(JSON.parse(first)).toHaveLength(3);
	});

	test('a reporter hears that the report arrived and what became of it, never what the author was told', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await aStory(world, wren);
		const [finch] = await reportedBy(world, 1, post);
		if (!finch) throw new Error('Somebody reports.');
		expect(await titlesFor(world, finch)).toEqual(['We have your report']);
		await decided(world, moderator, post, {
			authorAction: 'suspend',
			duration: '30d',
			reason: 'A reason for the author.',
			privateReason: 'A reason for staff.'
		});
		const told = await world.notices.forMember(finch);
		expect(told.map(({ title }) => title)).toEqual(['About your report', 'We have your report']);
		expect(told[0]?.text).toContain('action was taken');
		expect(told[0]?.href).toBeUndefined();
		expect(JSON.stringify(told)).not.toMatch(/suspen|reason for|be-kind|Be kind/);
	});

	test('where no rule was broken the reporter hears that, and the author nothing at all', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post, thread } = await aStory(world, wren);
		const [finch] = await reportedBy(world, 1, post);
		await decided(world, moderator, post, leaving);
		expect(finch && (await world.notices.forMember(finch))[0]).toMatchObject({
			text: expect.stringContaining('no rule was broken'),
			href: `/threads/${thread}?post=${post}#p-${post}`
		});
		expect(await titlesFor(world, wren)).toEqual([]);
	});

	test('an author reads what was done, under which rule, and why, and keeps the words that were taken away', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread } = await aStory(world, wren);
		for (const action of ['remove', 'redact']) {
			const post = await anAnswer(world, wren, thread, undefined, `My own words, ${action}`);
			await reportedBy(world, 1, post);
			await decided(world, moderator, post, { postAction: action, privateReason: 'Only for staff.' });
			const [notice] = await world.notices.forMember(wren);
			expect(notice).toMatchObject({
				age: 'just now',
				copy: expect.stringContaining(`My own words, ${action}`),
				href: expect.stringContaining(post)
			});
			expect(notice?.text).toContain('Be kind, and put the person first');
			expect(notice?.text).toContain('“Please say it about yourself.”');
			expect(JSON.stringify(notice)).not.toContain('Only for staff');
			world.later(1000);
		}
	});

	test('a sanction says until when', async () => {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { post } = await aStory(world, wren);
		await reportedBy(world, 1, post);
		await decided(world, moderator, post, { postAction: 'none', authorAction: 'silence', duration: '24h' });
		expect((await world.notices.forMember(wren))[0]).toMatchObject({
			title: 'A pause from writing',
			text: expect.stringContaining('Until 15 March 2026, 21:30 UTC')
		});
	});

	test('notices are one’s own, newest first, at most a hundred, and their ages grow coarse', async () => {
		const world = await aWorld();
		const [wren, finch] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread } = await aStory(world, wren);
		for (let i = 0; i < 101; i++) {
			await world.reports.report(finch, { post: await anAnswer(world, wren, thread), reason: 'unkind' });
			world.later(1000);
		}
		const told = await world.notices.forMember(finch);
		expect(told).toHaveLength(100);
		expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).toSorted((a, b) => b - a));
		world.later(3 * 86_400_000);
		expect((await world.notices.forMember(finch)).every(({ age }) => age === 'this week')).toBe(true);
		expect(await world.notices.forMember(wren)).toEqual([]);
	}, 60_000);

	test('one member’s notice is told to that member alone', async () => {
		const world = await aWorld();
		const [wren, { post }] = [await world.someone(), await aStory(world, await world.someone())];
		await world.reports.report(wren, { post, reason: 'unkind' });
		expect(world.told.filter(({ type }) => type === 'notice.added')).toEqual([{ type: 'notice.added', member: wren.id }]);
	});
});
