// What a bug leaves in the log: a name and places in the code, and nothing of what somebody wrote.
import { expect, test } from 'vitest';
import { traceOf } from '#server/web/log.ts';
import { onBothDatabases } from '../world.ts';

const story = 'I sat there all night.\n    at the Green Door in Leeds\n at my brother’s, Tom Miller\n    at work (they know nothing)';

onBothDatabases((aWorld) => {
	test('[ASVS 16.2.5] a write that fails leaves no word of what was to be written in the log, however its lines begin', async () => {
		const world = await aWorld();
		const wren = await world.someone();
		const { posts } = world.db.tables;
		// The store says what it was asked to write, as it does when the disk is full or a connection breaks.
		const problem = await world.db
			.write((tx) =>
				tx.insert(posts).values({
					id: 'x',
					threadId: 'no such thread',
					authorId: wren.id,
					place: 'a',
					depth: 0,
					body: story,
					html: story,
					warnings: [],
					postedAt: 0,
					state: 'standing',
					encouraged: {},
					key: 'k'
				})
			)
			.catch((thrown: unknown) => thrown);
		expect(problem).toBeInstanceOf(Error);
		for (const one of [problem, problem instanceof Error ? problem.cause : undefined].filter((some) => some instanceof Error)) {
			const trace = JSON.stringify(traceOf(one));
			expect(trace).not.toMatch(/Green Door|Miller|at work/);
		}
	});
});

test('a bug says where in the code it happened', () => {
	const { name, stack } = traceOf(new TypeError(`Not this: ${story}`));
	expect(name).toBe('TypeError');
	expect(stack.split('\n')[0]).toMatch(/^ {4}at .*log\.test\.ts:\d+:\d+\)?$/);
	expect(stack).not.toMatch(/Green Door|Miller|at work/);
});

test('a message that was changed after the error was made hides nothing and shows nothing', () => {
	const problem = new Error(story);
	problem.message = 'another';
	expect(traceOf(problem).stack).not.toMatch(/Green Door|Miller|at work/);
	expect(traceOf(problem).stack).toMatch(/log\.test\.ts/);
	expect(traceOf(Object.assign(new Error('x'), { name: story })).name).toBe('Error');
});
