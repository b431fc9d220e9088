import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { trustOf } from '#server/community/trust.ts';
import { day, onBothDatabases, type World } from '../world.ts';

async function trustAfter(world: World, days: number, answered: number, own = 0) {
	const [wren, other] = [await world.someone(), await world.someone()];
	const story = { body: 'How it was.', warnings: [] };
	for (let i = 0; i < answered + own; i++) {
		const { thread } = await world.threads.open(i < answered ? other : wren, 'harbour', { ...story, title: `story ${i}` });
		await world.posts.reply(wren, { thread, body: 'With you.', warnings: [] });
		await world.posts.reply(wren, { thread, body: 'Still with you.', warnings: [] });
	}
	const { members } = world.db.tables;
	return world.db.write((tx) =>
		trustOf(tx, world.db.tables, { id: wren.id, joinedAt: world.now() - days * day, trust: 0 }, world.now()).then(async (trust) => {
			const [row] = await tx.select({ trust: members.trust }).from(members).where(eq(members.id, wren.id));
			expect(row?.trust).toBe(trust);
			return trust;
		})
	);
}

onBothDatabases((aWorld) => {
	test.each([
		[6, 3, 0],
		[7, 2, 0],
		[7, 3, 1],
		[30, 9, 1],
		[30, 10, 2]
	])('after %i days and %i answered threads trust is %i', async (days, answered, trust) => {
		expect(await trustAfter(await aWorld(), days, answered)).toBe(trust);
	});

	test('answering oneself earns nothing', async () => {
		expect(await trustAfter(await aWorld(), 30, 2, 12)).toBe(0);
	});
});
