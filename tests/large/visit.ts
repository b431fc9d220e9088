// One evening on a large site: every reading verb of the pages and every writing verb once, by people for whom much has piled up.
import { eq } from 'drizzle-orm';
import { encodeCursor } from '#server/community/cursors.ts';
import type { Actor } from '#server/community/means.ts';
import { decided, leaving, removing, reportedBy, theCaseOf } from '../community/desk.ts';
import type { World } from '../world.ts';
import { idOf } from './rows.ts';

const preferences = { country: undefined, hardDay: false, warnings: {} };
/** Member number 0 of rows.ts: 5,000 posts, 20,000 notices, 20,000 threads read, 3,000 bookmarks. */
const longHere: Actor = { id: idOf(0), name: 'Filled 0', role: 'member' };
const ordinary: Actor = { id: idOf(4321), name: 'Filled 4321', role: 'member' };
/** Thousands of answers each; the last with a branch of 20,000. */
const longThreads = [idOf(0), idOf(5)];
const written = (body: string) => ({ body, warnings: [], anyway: true });

/** What pages read, as guests, as an ordinary member and as one who has been here for years. */
export async function readEverything(world: World) {
	const { boards, threads, posts, search, celebrations, drafts, follows, bookmarks, notices, rails, stream, cases } = world;
	const moderator = await world.someone({ role: 'moderator' });
	const administrator = await world.someone({ role: 'administrator' });
	await boards.bySection();
	const board = await boards.theBoard(undefined, 'harbour');
	await boards.all(administrator);
	for (const reader of [undefined, ordinary, longHere, moderator]) {
		await threads.forHome(reader, preferences);
		for (const sort of ['unanswered', 'active', 'new'] as const) {
			let after: string | null = null;
			for (let page = 0; page < 3; page++) after = (await threads.list(board.id, sort, after, preferences, reader)).next;
			// As deep as the board goes: the last story that waits, and one of the first that was ever told.
			for (const number of [30, 33]) await threads.list(board.id, sort, encodeCursor(sort, [idOf(number)]), preferences, reader);
		}
		for (const id of [...longThreads, idOf(40_000)]) {
			const { next } = await posts.read(reader, id, preferences);
			if (next) await posts.read(reader, id, preferences, { after: next });
			await posts.mayRead(reader, id);
			await drafts.inThread(reader, id);
			await follows.of(reader, id);
		}
		await posts.read(reader, idOf(0), preferences, { post: idOf(955_000 + 5 * 2400) });
		await posts.read(reader, idOf(5), preferences, { post: idOf(955_000 + 36_002) });
		for (const sort of ['best', 'new'] as const) {
			for (const q of ['evening ', 'word7 ', 'even', 'story evening word7 ', 'nowhere ']) {
				const { next } = await search.find(reader, { q, board: '', sort, after: null }, preferences);
				if (next) await search.find(reader, { q, board: '', sort, after: next }, preferences);
				await search.find(reader, { q, board: 'estuary', sort, after: null }, preferences);
			}
		}
		await rails.rail(reader);
		const { next } = await celebrations.feed(reader);
		await celebrations.feed(reader, next);
		await celebrations.feed(reader, encodeCursor('celebrations', [idOf(29_000)]));
		await notices.unread(reader);
	}
	await threads.newest(undefined);
	await posts.mustStandIn(idOf(0), idOf(955_000));
	await stream.since((await stream.newest()) - 100);
	for (const reader of [ordinary, longHere]) {
		await notices.list(reader, preferences);
		await notices.forMember(reader);
		const { next } = await bookmarks.list(reader, preferences, null);
		await bookmarks.list(reader, preferences, next);
		await bookmarks.list(reader, preferences, encodeCursor('bookmarks', [String(world.now() - 2_900), idOf(2_900)]));
		await drafts.all(reader);
		await drafts.find(reader, `/threads/${idOf(3)}`);
		await follows.all(reader);
		await celebrations.mine(reader);
		await celebrations.celebrated(reader);
		await world.reports.mine(reader, [idOf(1), idOf(61)]);
		await world.preferences.of(reader.id);
		await world.journeys.of(reader);
	}
	let cursor: string | null = null;
	for (let page = 0; page < 2; page++) cursor = (await cases.queue(moderator, cursor)).next;
	for (const number of [50, 100]) await cases.theCase(moderator, idOf(number));
}

/** Everything that writes, the desk, the commands and the chores. */
export async function writeEverything(world: World) {
	const { threads, posts, drafts, follows, bookmarks, notices, celebrations, journeys, sessions, decisions, cases } = world;
	const [wren, finch, moderator, second] = [
		await world.someone(),
		await world.someone({ newcomer: true }),
		await world.someone({ role: 'moderator' }),
		await world.someone({ role: 'moderator' })
	];
	for (const actor of [longHere, wren, finch]) {
		const begun = await threads.open(actor, 'harbour', { title: 'Here again', ...written(`How it was. ${actor.name}`), key: 'one' });
		const again = await threads.open(actor, 'harbour', { title: 'Here again', ...written(`How it was. ${actor.name}`), key: 'one' });
		if (again.post !== begun.post) throw new Error('The second press opened a second thread.');
		for (const thread of [...longThreads, idOf(2), begun.thread]) {
			const { post } = await posts.reply(actor, { thread, ...written(`With you, ${actor.name}, in ${thread}.`) });
			await posts.edit(actor, { post, version: 1, ...written(`With you, all of you. ${actor.name} ${thread}`) });
			await posts.withdraw(actor, post, true);
			await posts.withdraw(actor, post, false);
			await world.reads.markRead(actor, thread);
			await follows.followThread(actor, thread, true);
			await follows.followThread(actor, thread, false);
		}
		// Into the long branch, and beside it.
		for (const parent of [955_000 + 25_000, 955_000 + 25_001, 955_000 + 36_002])
			await posts.reply(actor, { thread: idOf(5), parent: idOf(parent), ...written(`A word for ${parent}, ${actor.name}`) });
		await posts.reply(actor, { thread: idOf(0), parent: idOf(955_000), ...written(`A word for the first, ${actor.name}`) });
		for (const post of [idOf(1), idOf(955_002)]) {
			await world.encouragements.encourage(actor, post, 'with_you', true);
			await world.encouragements.encourage(actor, post, 'with_you', false);
			await bookmarks.bookmark(actor, post, true);
			await bookmarks.bookmark(actor, post, false);
			await world.reports.report(actor, { post, reason: 'unkind', note: 'Not kind.' });
			await world.reports.takeBack(actor, post);
		}
		const place = `/threads/${idOf(40_000)}`;
		await drafts.keep(actor, { place, title: '', body: 'Half a', warnings: [] });
		await drafts.letGo(actor, place);
		for (const on of [true, false]) {
			await follows.followBoard(actor, 'orchard', on);
			await follows.muteBoard(actor, 'orchard', on);
		}
		const [newest] = await notices.list(actor, preferences);
		if (newest) await notices.read(actor, [newest.id]);
		if (newest) await notices.read(actor, { upTo: newest.id });
		const { id } = await celebrations.victory(actor, { words: 'I rang my sister', when: 'now' });
		await celebrations.preview(actor, { milestone: 'victory', words: 'I rang my sister' });
		await celebrations.cheer(actor === wren ? longHere : wren, id, true);
		await celebrations.cheer(actor === wren ? longHere : wren, id, false);
		await celebrations.undo(actor, id);
		if (actor !== longHere)
			await journeys.begin(actor, { kind: 'stop', words: '', startedOn: '2026-01-01', zone: 'UTC', dayEnds: 0, firstDay: 0 });
		await journeys.change(actor, { what: 'lapse', on: '2026-02-01', words: '' });
		await journeys.setClock(actor, { zone: 'UTC', dayEnds: 4, firstDay: 1 });
		await journeys.of(actor);
		await celebrations.celebrate(actor, { milestone: '30d', words: '', when: 'later' });
		await world.preferences.chooseHardDay(actor, true);
		await world.preferences.chooseCountry(actor, 'IE');
		await world.preferences.chooseWarnings(actor, { drug_use: 'show' });
		const { session, cookie } = await sessions.begin(actor, { secure: false });
		await sessions.find(cookie.value);
		await sessions.list(actor, session);
		await sessions.end(actor, session);
		await sessions.endAll(actor);
	}
	await world.members.signIn({ name: wren.name, passphrase: 'a lamp in the far window' });
	await world.members.changePassphrase(wren, { current: 'a lamp in the far window', passphrase: 'a boat on the wide river' }, 'none');
	await world.members.appoint(finch.name, 'greeter');
	const token = await world.keptForms.keep({ to: '/', typed: { body: 'Half a' } });
	await world.keptForms.find(token);
	await world.keptForms.forget(token);

	const { post, thread } = await threads.open(wren, 'harbour', { title: 'A hard one', ...written('It was a hard one tonight.') });
	await reportedBy(world, 3, post, 'harassment');
	const { id } = await theCaseOf(world, post);
	await cases.queue(moderator);
	await cases.claim(moderator, id);
	await cases.theCase(moderator, id);
	await cases.release(moderator, id);
	await cases.escalate(moderator, id, 'I know them.');
	await decisions.decide(second, id, { ...removing, version: (await theCaseOf(world, post)).version });
	await decisions.undo(second, id);
	await decided(world, second, post, { postAction: 'redact', authorAction: 'hold_posts', duration: '7d' });
	const { post: held } = await posts.reply(wren, { thread: idOf(2), ...written('This one waits.') });
	await decided(world, moderator, held, leaving);
	await decided(world, second, post, { postAction: 'restore' });
	await posts.read(wren, thread, preferences);
	for (const number of [50, 100]) await cases.claim(moderator, idOf(number));
	await world.boards.edit({ ...second, role: 'administrator' }, 'harbour', { ...(await world.boards.theBoard(second, 'harbour')) });

	await celebrations.shareDue();
	await decisions.applyDue();
	await world.search.catchUp();
	const events = [{ type: 'thread.opened', thread, board: 'harbour', membersOnly: false, title: 'Here' }] as const;
	await world.stream.append([...events]);
	// An old account that was idle for a long time: its rows are read by its id alone.
	const { members } = world.db.tables;
	await world.db.read.select({ id: members.id }).from(members).where(eq(members.id, longHere.id));
}
