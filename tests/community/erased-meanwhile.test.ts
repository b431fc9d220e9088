// Requests under way while their account is erased: each was begun by a member and is answered as a stranger's, and nothing is left of it.
import { expect, test } from 'vitest';
import { allKinds } from '#lib/leaving-choices.ts';
import { Refusal } from '#lib/refusals.ts';
import type { Actor } from '#server/community/means.ts';
import { allDoors } from '../access/places.ts';
import { rowsOf } from '../every-row.ts';
import { begun, type Sent } from '../under-way.ts';
import { day, onBothDatabases, type World } from '../world.ts';
import { anAnswer, aStory, reportedBy, theCaseOf } from './desk.ts';
import { maskedAnswer, maskedStory } from './masked.ts';

const passphrase = 'a lamp in the far window';
const leave = (world: World, actor: Actor) =>
	world.leaving.leave(actor, { passphrase, choices: Object.fromEntries(allKinds.map((kind) => [kind, 'erase'])) });

/** Open to strangers, who are answered alike before and after; or without anything that is a member's. */
const everybodys = ['/sign-in', '/join', '/leave', '/medallions', '/settings?/history'];
/** What cannot be filled in here: it needs a device, or a cookie of the step before. It is sent all the same. */
const halfway = [
	'POST /settings/app',
	'POST /settings/codes',
	'POST /settings/ways-in/asked',
	'POST /settings/ways-in?/app-off',
	'POST /settings/ways-in?/passkey',
	'POST /settings/ways-in?/remove-passkey',
	'POST /settings/ways-in?/show-code',
	'POST /settings/leaving?/leave'
];

/** They look at nothing but cookies, and lead on to a page that asks who is there. */
const asksNobody = ['POST /settings/app', 'POST /settings/codes', 'POST /sign-out'];

/** Everything a door needs so that pressing it would do something for this member. */
async function presses(world: World, who: Actor): Promise<Record<string, Omit<Sent, 'door'>>> {
	const [finch, kite] = [await world.someone(), await world.someone()];
	const second = await world.someone({ role: 'moderator' });
	const { thread, post } = await aStory(world, finch);
	const { post: another } = await aStory(world, kite);
	const { id: celebration } = await world.celebrations.victory(kite, { words: 'The bed is made.', when: 'now' });
	const own = async (body: string) => (await aStory(world, who, body)).post;
	const [edited, withdrawn, erased] = [await own('To be edited.'), await own('To be taken back.'), await own('To be erased.')];
	await world.posts.withdraw(who, erased, true);
	await world.reports.report(who, { post: another, reason: 'unkind' });
	await world.bookmarks.bookmark(who, another, true);
	await world.drafts.keep(who, { place: '/boards/nightlight/new', title: '', body: 'A draft.', warnings: [] });
	const mask = await maskedAnswer(world, who, thread);
	const waits = async (body: string) => (await world.posts.reply(who, { thread, body, warnings: [], mask: true })).post;
	await world.people.mute(who, { celebration });
	await world.people.block(who, { post: another });
	await world.people.muteWords(who, 'rain');
	const { blocked, muted, words } = await world.people.mine(who);
	const { id: shared } = await world.celebrations.victory(who, { words: 'I slept.', when: 'now' });
	const { session } = await world.sessions.begin(who, { secure: false });
	const [heron, robin] = [await world.someone(), await world.someone()];
	const { post: unwanted } = await aStory(world, robin);
	const { post: loud } = await aStory(world, await world.someone());
	const { id: cheerful } = await world.celebrations.victory(heron, { words: 'I ate.', when: 'now' });

	async function aCase(masked = false) {
		const { post } = masked ? await maskedStory(world, finch) : await aStory(world, finch);
		await reportedBy(world, 1, post);
		const { id, version } = await theCaseOf(world, post);
		return { id, version: String(version), post };
	}
	const choice = { post_action: 'fold', author_action: 'none', rule: 'be-kind', reason: 'Late words of a moderator.' };
	const [claim, decide, escalate, release, ask, confirm, undo] = [
		await aCase(),
		await aCase(),
		await aCase(),
		await aCase(),
		await aCase(true),
		await aCase(true),
		await aCase()
	];
	await world.cases.claim(who, release.id);
	await world.cases.askUnmasking(second, confirm.id, 'They are in danger.');
	await world.decisions.decide(who, undo.id, {
		...choice,
		reason: 'To be undone.',
		postAction: 'fold',
		authorAction: 'none',
		version: Number(undo.version)
	});
	const { waitingMembers } = world.db.tables;
	const knocking = async (askedAt = world.now()) => {
		const { id: memberId } = await world.someone();
		const row = { memberId, words: '', state: 'waiting', askedAt, expiresAt: world.now() + day } as const;
		await world.db.write((tx) => tx.insert(waitingMembers).values(row));
		return memberId;
	};
	await knocking(1);
	await world.doorstep.invite(second, { uses: 1, days: 1 });
	const [invitation] = await world.doorstep.invitationsStanding(await world.someone({ role: 'administrator' }));
	// At the end, for what waits behind a mask is shown while time goes on.
	const [letGo, takeBack] = [await waits('Let go.'), await waits('Take back.')];
	const board = await world.boards.theBoard(undefined, 'doorstep');
	const [notice] = await world.notices.forMember(who);

	const inThread = (fields: Record<string, string>) => ({ params: { id: thread }, fields: { post, ...fields } });
	const inCase = ({ id }: { id: string }, fields: Record<string, string> = {}) => ({ params: { id }, fields });
	const onBoard = (fields: Record<string, string>) => ({ params: { slug: 'harbour' }, fields });
	const ofMine = (mine: string, fields: Record<string, string> = {}) =>
		world.posts.read(who, thread, { country: undefined, hardDay: false, warnings: {} }).then(() => ({ fields: { post: mine, ...fields } }));
	const threadOf = async (mine: string) => {
		const { posts } = world.db.tables;
		const rows = await world.db.read.select({ id: posts.id, thread: posts.threadId }).from(posts);
		return { id: rows.find(({ id }) => id === mine)?.thread ?? '' };
	};
	return {
		'GET /away': { query: '?to=https%3A%2F%2Fexample.org%2F' },
		'GET /threads/[id]': { params: { id: (await aStory(world, finch)).thread } },
		'GET /boards/[slug]': onBoard({}),
		'GET /boards/[slug]/new': onBoard({}),
		'GET /moderation/cases/[id]': inCase(claim),
		'GET /moderation/boards/[slug]': { params: { slug: 'doorstep' } },
		'POST /boards/[slug]/new': onBoard({ title: 'Late title', body: 'Late words of a story.' }),
		'POST /boards/[slug]?/follow': onBoard({ on: '1' }),
		'POST /boards/[slug]?/mute': onBoard({ on: '1' }),
		'POST /bookmarks?/let-go': { fields: { post: another } },
		'POST /drafts?/keep': { fields: { place: '/boards/harbour/new', title: '', body: 'Late words of a draft.' } },
		'POST /drafts?/let-go': { fields: { place: '/boards/nightlight/new' } },
		'POST /journey?/begin': {
			fields: { kind: 'stop', words: 'Late words of a journey', started_on: '2026-01-01', zone: 'UTC', day_ends: '0', first_day: '0' }
		},
		'POST /journey?/celebrate': { fields: { milestone: '30d', words: 'Late words of joy', when: 'now' } },
		'POST /journey?/change': { fields: { what: 'goal', on: '', words: 'Late words of a goal', kind: 'reduce' } },
		'POST /journey?/cheer': { fields: { celebration: cheerful } },
		'POST /journey?/clock': { fields: { zone: 'UTC', day_ends: '3', first_day: '1' } },
		'POST /journey?/undo': { fields: { id: shared } },
		'POST /journey?/victory': { fields: { words: 'Late words of a victory', when: 'now' } },
		'POST /live?/cheer': { fields: { celebration: cheerful } },
		'POST /masks?/let-go': await ofMine(letGo),
		'POST /masks?/take-back': await ofMine(takeBack),
		'POST /masks?/withdraw': await ofMine(mask),
		'POST /moderation/boards/[slug]': {
			params: { slug: 'doorstep' },
			fields: {
				title: board.title,
				section: board.section,
				charter: ['Late words of a charter', 'And late words more'],
				version: String(board.version)
			}
		},
		'POST /moderation/cases/[id]?/claim': inCase(claim),
		'POST /moderation/cases/[id]?/confirm-unmasking': inCase(confirm),
		'POST /moderation/cases/[id]?/decide': inCase(decide, { ...choice, version: decide.version }),
		'POST /moderation/cases/[id]?/escalate': inCase(escalate, { reason: 'Late words about it.' }),
		'POST /moderation/cases/[id]?/release': inCase(release),
		'POST /moderation/cases/[id]?/undo': inCase(undo),
		'POST /moderation/cases/[id]?/unmask': inCase(ask, { unmask_reason: 'Late words of danger.' }),
		'POST /moderation/invitations?/make': { fields: { uses: '1', days: '1' } },
		'POST /moderation/invitations?/take-back': { fields: { invitation: invitation?.id ?? '' } },
		'POST /moderation/joining?/let-in': { fields: { member: await knocking() } },
		'POST /moderation/joining?/turn-away': { fields: { member: await knocking() } },
		'POST /moderation/joining?/turn-all-away': { fields: { from: '1', until: '1' } },
		'POST /notices?/read': { fields: { up_to: notice?.id ?? '' } },
		'POST /settings/leaving?/export': { fields: { again: passphrase } },
		'POST /settings/people?/block': { fields: { post: unwanted } },
		'POST /settings/people?/mute': { fields: { post: loud } },
		'POST /settings/people?/mute-words': { fields: { words: 'late words' } },
		'POST /settings/people?/unblock': { fields: { who: blocked[0]?.id ?? '' } },
		'POST /settings/people?/unmute': { fields: { who: muted[0]?.id ?? '' } },
		'POST /settings/people?/unmute-words': { fields: { which: words[0]?.id ?? '' } },
		'POST /settings/ways-in?/app': { fields: { again: passphrase } },
		'POST /settings/ways-in?/paper': { fields: { again: passphrase } },
		'POST /settings?/country': { fields: { country: 'IE' } },
		'POST /settings?/end-others': {},
		'POST /settings?/end-session': { fields: { session } },
		'POST /settings?/hard-day': { fields: { on: '1' } },
		'POST /settings?/passphrase': { fields: { current: passphrase, passphrase: 'another lamp in a far window' } },
		'POST /settings?/warnings': { fields: { suicide: 'hide' } },
		'POST /sign-out': {},
		'POST /threads/[id]?/bookmark': inThread({ on: '1' }),
		'POST /threads/[id]?/edit': {
			params: await threadOf(edited),
			fields: { post: edited, title: 'A long night', body: 'Late words of an edit.', version: '1' }
		},
		'POST /threads/[id]?/encourage': inThread({ kind: 'with_you' }),
		'POST /threads/[id]?/erase': { params: await threadOf(erased), fields: { post: erased } },
		'POST /threads/[id]?/follow': inThread({ on: '1' }),
		'POST /threads/[id]?/reply': inThread({ post: '', body: 'Late words of an answer.' }),
		'POST /threads/[id]?/report': inThread({ reason: 'unkind', note: 'Late words of a report.' }),
		'POST /threads/[id]?/take-back-report': { params: await threadOf(another), fields: { post: another } },
		'POST /threads/[id]?/withdraw': { params: await threadOf(withdrawn), fields: { post: withdrawn } }
	};
}

/** A member of every kind at once: whoever may do everything has the most to leave behind. */
async function ready(world: World) {
	const who = await world.someone({ role: 'administrator' });
	const { cookie } = await world.sessions.begin(who, { secure: false });
	const filled = await presses(world, who);
	const doors = (await allDoors()).filter((door) => !everybodys.some((open) => door.split(' ')[1]?.startsWith(open)));
	// Those that end the session come last, and whoever changes the passphrase before them.
	const last = ['?/passphrase', '?/end-others', '/sign-out'];
	const order = (door: string) => last.findIndex((end) => door.endsWith(end));
	const sent: Sent[] = doors.sort((a, b) => order(a) - order(b) || a.localeCompare(b)).map((door) => ({ door, ...filled[door] }));
	return { who, cookie: cookie.value, sent, filled };
}

onBothDatabases((aWorld) => {
	test('every door of a member is filled in here so that it does something', { timeout: 60_000 }, async () => {
		const world = await aWorld();
		const { cookie, sent, filled } = await ready(world);
		const posts = sent.map(({ door }) => door).filter((door) => door.startsWith('POST ') || door.includes('[') || door in filled);
		expect([...Object.keys(filled), ...halfway].sort()).toEqual([...posts].sort());
		const refused: unknown[] = [];
		for (const one of sent.filter(({ door }) => !halfway.includes(door))) {
			const answer = await (await begun(world, cookie, one)).goOn();
			if (answer.status >= 400) refused.push([one.door, answer]);
		}
		expect(refused).toEqual([['GET /sign-out', expect.objectContaining({ status: 405 })]]);
	});

	test('a request under way while its account is erased is answered as a stranger’s, and writes nothing', { timeout: 60_000 }, async () => {
		const world = await aWorld();
		const { who, cookie, sent } = await ready(world);
		const held = [];
		for (const one of sent) held.push({ ...one, ...(await begun(world, cookie, one)) });
		await leave(world, who);
		const [before, told] = [await rowsOf(world), world.told.length];
		const wrong: unknown[] = [];
		for (const { door, goOn } of held) {
			const { status, to, bug } = await goOn();
			const asked = to?.startsWith('/sign-in');
			// A page that was asked for is asked for again, by a stranger; those that need nothing of the member just come.
			const well = door.startsWith('GET ') ? [200, 303].includes(status) : status === 303 && (asked || asksNobody.includes(door));
			if (bug !== undefined || !well) wrong.push([door, status, to, bug]);
		}
		expect(wrong).toEqual([]);
		const after = await rowsOf(world);
		expect(after).toEqual(before);
		expect(world.told.slice(told)).toEqual([]);
		const rows = JSON.stringify(after);
		for (const clue of [who.id, who.name, 'Late words', 'late words']) expect(rows).not.toContain(clue);
	});

	test('what is pressed in the very moment of erasing is either erased with the rest or refused', { timeout: 60_000 }, async () => {
		let atThatMoment = () => {};
		const world = await aWorld({ erasures: { note: () => atThatMoment(), all: () => [] } });
		let refused = 0;
		for (let round = 0; round < 12; round++) {
			const [wren, finch] = [await world.someone(), await world.someone()];
			const { thread, post } = await aStory(world, finch);
			const { post: unwanted } = await aStory(world, await world.someone());
			const presses = [
				() => world.encouragements.encourage(wren, post, 'with_you', true),
				() => world.bookmarks.bookmark(wren, post, true),
				() => world.reads.markRead(wren, thread),
				() => anAnswer(world, wren, thread),
				() => world.follows.followThread(wren, thread, true),
				() => world.drafts.keep(wren, { place: '/boards/harbour/new', title: '', body: 'A draft.', warnings: [] }),
				() => world.reports.report(wren, { post, reason: 'unkind' }),
				() => world.people.muteWords(wren, 'rain'),
				() => world.people.block(wren, { post: unwanted })
			];
			let pressed: Promise<PromiseSettledResult<unknown>[]> | undefined;
			// Each round a little later, so that some are before the erasing write, some in it and some behind it.
			atThatMoment = () => {
				const late = (work: () => Promise<unknown>) => new Promise((done) => setTimeout(done, round * 4)).then(work);
				pressed = Promise.allSettled(presses.map(late));
			};
			await leave(world, wren);
			const problems = ((await pressed) ?? []).flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
			expect(problems.filter((problem) => !(problem instanceof Refusal && problem.code === 'signed_out'))).toEqual([]);
			refused += problems.length;
			const rows = JSON.stringify(await rowsOf(world));
			for (const clue of [wren.id, wren.name]) expect(rows).not.toContain(clue);
		}
		expect(refused).toBeGreaterThan(0);
		const { sealed_rows: shelf, reading_marks: marks } = await rowsOf(world);
		expect([shelf, marks]).toEqual([[], []]);
	});
});
