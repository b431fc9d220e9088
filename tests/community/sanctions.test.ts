import { expect, test } from 'vitest';
import { Refusal } from '#lib/refusals.ts';
import { postsAreHeld, requireMayWrite, requireNotSuspended, standingSanctions } from '#server/community/sanctions.ts';
import { day, hour, onBothDatabases } from '../world.ts';
import { anAnswer, aStory, decided, postNow, reportedBy, theCaseOf, titlesFor } from './desk.ts';

const sentence = { postAction: 'none', rule: 'be-kind', reason: 'Please take a breath.' };

onBothDatabases((aWorld) => {
	async function sanctioned(authorAction: string, duration = '') {
		const world = await aWorld();
		const [wren, moderator] = [await world.someone(), await world.someone({ role: 'moderator' })];
		const { thread, post } = await aStory(world, wren);
		await reportedBy(world, 1, post);
		await decided(world, moderator, post, { ...sentence, authorAction, duration });
		return { world, wren, moderator, thread, post };
	}

	test('a silenced member cannot write for a day, and can again after it', async () => {
		const { world, wren, thread } = await sanctioned('silence', '24h');
		await expect(anAnswer(world, wren, thread)).rejects.toThrow(new Refusal('silenced'));
		await expect(aStory(world, wren)).rejects.toThrow(new Refusal('silenced'));
		world.later(day);
		await expect(anAnswer(world, wren, thread)).resolves.toBeTruthy();
	});

	test('a silenced member can still report and encourage', async () => {
		const { world, wren } = await sanctioned('silence', '24h');
		const other = await aStory(world, await world.someone());
		await expect(world.reports.report(wren, { post: other.post, reason: 'spam' })).resolves.toBeUndefined();
		await expect(world.encouragements.encourage(wren, other.post, 'with_you', true)).resolves.toBeUndefined();
	});

	test('a suspended member can neither write, report nor encourage', async () => {
		const { world, wren, thread } = await sanctioned('suspend', '7d');
		const other = await aStory(world, await world.someone());
		await expect(anAnswer(world, wren, thread)).rejects.toThrow(new Refusal('suspended'));
		await expect(world.reports.report(wren, { post: other.post, reason: 'spam' })).rejects.toThrow(new Refusal('suspended'));
		await expect(world.encouragements.encourage(wren, other.post, 'with_you', true)).rejects.toThrow(new Refusal('suspended'));
	});

	test('a member who was asked to leave one board may write on the others', async () => {
		const { world, wren, thread } = await sanctioned('board_ban', '30d');
		await expect(anAnswer(world, wren, thread)).rejects.toThrow(new Refusal('board_banned'));
		await expect(requireMayWrite(world.db.read, world, wren.id, 'another board', world.now())).resolves.toEqual({ held: false });
	});

	test('posts of a member whose posts are held wait, for seven days unless said otherwise', async () => {
		const { world, wren, thread } = await sanctioned('hold_posts');
		const answer = await anAnswer(world, wren, thread);
		expect((await postNow(world, answer)).state).toBe('held');
		expect(await titlesFor(world, wren)).toContain('Your post waits for a moderator');
		const held = () => postsAreHeld(world.db.read, world.db.tables, wren.id, world.now());
		world.later(7 * day - 1);
		expect(await held()).toBe(true);
		world.later(1);
		expect(await held()).toBe(false);
	});

	test('nobody but its author and staff may watch a story that waits for a moderator', async () => {
		const { world, wren, moderator } = await sanctioned('hold_posts');
		const { thread } = await aStory(world, wren);
		const readers = [wren, moderator, await world.someone(), undefined];
		expect(await Promise.all(readers.map((reader) => world.posts.mayRead(reader, thread)))).toEqual([true, true, false, false]);
	});

	test('a member whose posts are held cannot put other words into a story that stands', async () => {
		const { world, wren, post } = await sanctioned('hold_posts');
		expect((await postNow(world, post)).state).toBe('standing');
		await world.posts.edit(wren, { post, title: 'A long night', body: 'other words', warnings: [], version: 1 });
		expect((await postNow(world, post)).state).toBe('held');
		expect((await world.threads.forHome(undefined, { country: undefined, hardDay: false, warnings: {} })).waiting).toEqual([]);
	});

	test('a formal notice restricts nothing', async () => {
		const { world, wren } = await sanctioned('formal_notice');
		expect(await standingSanctions(world.db.read, world.db.tables, wren.id, world.now())).toEqual([]);
		expect(await titlesFor(world, wren)).toContain('A formal notice');
	});

	test('for staff who are suspended the desk is closed: they read nothing and do nothing', async () => {
		const world = await aWorld();
		const [colleague, administrator, chief] = [
			await world.someone({ role: 'moderator' }),
			await world.someone({ role: 'administrator' }),
			await world.someone({ role: 'administrator' })
		];
		for (const one of [colleague, administrator]) {
			const { post } = await aStory(world, one);
			await reportedBy(world, 1, post);
			await decided(world, chief, post, { ...sentence, authorAction: 'suspend', duration: '7d' });
		}
		const { post } = await aStory(world, await world.someone());
		await reportedBy(world, 1, post);
		const { id, version } = await theCaseOf(world, post);
		const { cases, decisions, boards } = world;
		const { doorstep } = world;
		await doorstep.invite(chief, { uses: 2, days: 2 });
		const [invitation] = await doorstep.invitationsStanding(chief);
		const [asks] = await world.db.read.select({ id: world.db.tables.members.id }).from(world.db.tables.members).limit(1);
		const later = world.now() + day;
		const { waitingMembers } = world.db.tables;
		await world.db.write((tx) =>
			tx
				.insert(waitingMembers)
				.values({ memberId: asks?.id ?? '', words: 'Mine.', state: 'waiting', askedAt: world.now(), expiresAt: later })
		);
		for (const reading of [
			() => cases.queue(colleague),
			() => cases.theCase(colleague, id),
			() => doorstep.whoWaits(colleague),
			() => doorstep.invitationsStanding(administrator)
		])
			await expect(reading()).rejects.toThrow(new Refusal('not_found'));
		const { slug, ...words } = await boards.theBoard(undefined, 'harbour');
		for (const doing of [
			() => cases.claim(colleague, id),
			() => cases.release(colleague, id),
			() => cases.escalate(colleague, id, 'why'),
			() => decisions.decide(colleague, id, { ...sentence, authorAction: 'none', version }),
			() => decisions.undo(colleague, id),
			() => doorstep.letIn(colleague, asks?.id ?? ''),
			() => doorstep.turnAway(colleague, asks?.id ?? ''),
			() => doorstep.invite(colleague, { uses: 1, days: 1 }),
			() => doorstep.takeBackInvitation(administrator, invitation?.id ?? ''),
			() => boards.edit(administrator, slug, words)
		])
			await expect(doing()).rejects.toThrow(new Refusal('suspended'));
		world.later(7 * day);
		await expect(cases.claim(colleague, id)).resolves.toBeUndefined();
	});

	test('a sanction restrains nobody else, and nothing before it begins', async () => {
		const { world, wren } = await sanctioned('suspend', '24h');
		const finch = await world.someone();
		await expect(requireNotSuspended(world.db.read, world, finch.id, world.now())).resolves.toBeUndefined();
		await expect(requireNotSuspended(world.db.read, world, wren.id, world.now() - hour)).resolves.toBeUndefined();
	});

	test('putting the post back lifts what the decision did to its author', async () => {
		const { world, wren, moderator, thread, post } = await sanctioned('suspend', '30d');
		await decided(world, moderator, post, { postAction: 'restore', authorAction: 'none', rule: 'be-kind', reason: 'I was wrong.' });
		await expect(anAnswer(world, wren, thread)).resolves.toBeTruthy();
		expect(await titlesFor(world, wren)).toContain('What was asked of you no longer holds');
	});
});
