// Every route by method, by role, by the state of what it is about: each has an expected answer, and a door without one fails.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	boards,
	boardStates,
	cases,
	caseStates,
	ofAnother,
	plain,
	roles,
	states,
	threads,
	withoutPages,
	type Role
} from '../access/expected.ts';
import { allDoors } from '../access/places.ts';
import { aScene, type Scene } from '../access/scene.ts';

let scene: Scene;
let doors: string[];
beforeAll(async () => {
	doors = [...(await allDoors()), ...withoutPages].sort();
	scene = await aScene();
});
afterAll(() => scene.close());

/** Fields for forms that would do something; all others are sent empty. */
const fields: Record<string, Record<string, string>> = {
	'POST /settings?/hard-day': { on: '1' },
	'POST /settings?/country': { country: 'IE' },
	'POST /live?/cheer': { celebration: 'nowhere' },
	'POST /journey?/cheer': { celebration: 'nowhere' },
	'POST /journey?/undo': { id: 'nowhere' },
	'POST /journey?/victory': { words: 'A small one.', when: 'now' },
	'POST /bookmarks?/let-go': { post: 'nowhere' },
	'POST /notices?/read': { id: 'nowhere' }
};
const pathOf = (door: string) => door.slice(door.indexOf(' ') + 1);
const filled = (door: string, to: Record<string, string>) => pathOf(door).replace(/\[(\w+)\]/g, (_, name: string) => to[name] ?? 'nowhere');
const [ofThreads, ofBoards, ofCases] = [/^\/threads\/\[id\]/, /^\/boards\/\[slug\]/, /^\/moderation\/cases\/\[id\]/];
const about = (what: RegExp) => doors.filter((door) => what.test(pathOf(door)));

/** One letter a role. */
async function cell(answer: (role: Role) => Promise<string>): Promise<string> {
	let letters = '';
	for (const role of roles) letters += await answer(role);
	return letters;
}

test('every door of the site has its row and every row its cells, and no row is for a door that is gone [ASVS 8.1.1]', () => {
	expect([plain, threads, boards, cases].flatMap((table) => Object.keys(table)).sort()).toEqual(doors);
	const tables: [Record<string, string>, number][] = [
		[plain, 1],
		[threads, states.length],
		[boards, boardStates.length],
		[cases, caseStates.length]
	];
	for (const [table, cells] of tables)
		for (const [door, row] of Object.entries(table)) expect(row, door).toMatch(new RegExp(`^(\\S{${roles.length}} ?){${cells}}$`));
});

test('what is about nobody’s post answers each role as expected [ASVS 8.2.1] [ASVS 8.3.1]', { timeout: 120_000 }, async () => {
	const found: Record<string, string> = {};
	for (const door of doors.filter((one) => ![ofThreads, ofBoards, ofCases].some((what) => what.test(pathOf(one))))) {
		// Signing out would end the session that the other doors are asked with: guests ask for everybody.
		const asking = (role: Role) => (door === 'POST /sign-out' ? 'guest' : role);
		found[door] = await cell((role) => scene.ask(asking(role), door, filled(door, { code: '7d', slug: 'harbour' }), fields[door]));
	}
	expect(found).toEqual(plain);
});

test(
	'another member’s things are out of everybody’s reach, also by their ids [ASVS 8.2.2] [ASVS 8.3.1]',
	{ timeout: 120_000 },
	async () => {
		const { world, shownAtOnce, shownLate } = scene;
		const [owner, other] = [await world.someone(), await world.someone()];
		const { session } = await world.sessions.begin(owner, { secure: false });
		const { post } = await world.threads.open(other, 'harbour', { title: 'A story', body: 'How it was for another.', warnings: [] });
		const { id: celebration } = await world.celebrations.victory(owner, { words: 'A small one.', when: 'now' });
		const muted = await world.people.mute(owner, { post });
		const blocked = await world.people.block(owner, { post });
		await world.people.muteWords(owner, 'whisky');
		const waiting = await shownLate.masks.story(owner, 'harbour', { title: 'A story', body: 'Behind a mask.', warnings: [] });
		const shown = await shownAtOnce.masks.story(owner, 'harbour', { title: 'A story', body: 'Also behind a mask.', warnings: [] });
		await shownAtOnce.masks.showDue();
		const all = async () => ({
			sessions: await world.sessions.list(owner),
			lists: await world.people.mine(owner),
			masks: await world.masks.mine(owner),
			celebration: (await world.celebrations.mine(owner)).map(({ id }) => id)
		});
		const before = await all();
		const word = before.lists.words[0]?.id ?? '';
		const sent: Record<string, Record<string, string>> = {
			'POST /settings?/end-session': { session },
			'POST /journey?/undo': { id: celebration },
			'POST /masks?/let-go': { post: waiting.post },
			'POST /masks?/take-back': { post: waiting.post },
			'POST /masks?/withdraw': { post: shown.post },
			'POST /settings/people?/unblock': { who: blocked.id },
			'POST /settings/people?/unmute': { who: muted.id },
			'POST /settings/people?/unmute-words': { which: word }
		};
		const found: Record<string, string> = {};
		for (const door of Object.keys(ofAnother)) found[door] = await cell((role) => scene.ask(role, door, pathOf(door), sent[door]));
		expect(found).toEqual(ofAnother);
		expect(await all()).toEqual(before);
		expect(
			[session, celebration, blocked.id, muted.id, word, waiting.post, shown.post].map((id) => JSON.stringify(before).includes(id))
		).toEqual(Array.from({ length: 7 }, () => true));
	}
);

test('a board answers each role as expected [ASVS 8.2.2]', { timeout: 120_000 }, async () => {
	const slugs = { open: 'harbour', members_only: 'hearth', absent: 'nowhere' };
	const found: Record<string, string> = {};
	for (const door of about(ofBoards)) {
		const cells: string[] = [];
		for (const state of boardStates) {
			const path = filled(door, { slug: slugs[state] });
			cells.push(await cell((role) => scene.ask(role, door, path, { on: '1', title: 'A story', body: `How it was for ${role}.` })));
		}
		found[door] = cells.join(' ');
	}
	expect(found).toEqual(boards);
});

test('a story in each state answers each role as expected [ASVS 8.2.2] [ASVS 8.2.3] [ASVS 8.3.1]', { timeout: 240_000 }, async () => {
	const last = ['edit', 'withdraw', 'erase'];
	const order = (door: string) => last.findIndex((name) => door.endsWith(`?/${name}`));
	// What changes the story comes last; taking a report back follows sending it.
	const inTurn = about(ofThreads).sort((a, b) => order(a) - order(b) || a.localeCompare(b));
	const cells = new Map(inTurn.map((door) => [door, states.map(() => '')]));
	for (const [at, state] of states.entries())
		for (const role of roles) {
			const { thread: id, post } = await scene.aThing(state);
			for (const door of inTurn) {
				const sent = { kind: 'with_you', reason: 'unkind', on: '1', body: `Words of ${role}.`, title: 'A story', version: '1' };
				const letter = await scene.ask(role, door, filled(door, { id }), door.endsWith('reply') ? sent : { ...sent, post });
				const row = cells.get(door);
				if (row) row[at] += letter;
			}
		}
	expect(Object.fromEntries([...cells].map(([door, row]) => [door, row.join(' ')]))).toEqual(threads);
});

test('a case in each state answers each role as expected [ASVS 8.2.1] [ASVS 8.2.2]', { timeout: 240_000 }, async () => {
	const staff = (role: Role) => role === 'moderator' || role === 'administrator';
	const found: Record<string, string> = {};
	const untouched = new Map<string, Awaited<ReturnType<Scene['aCase']>>>();
	for (const state of ['open', 'claimed', 'decided', 'masked', 'asked'] as const) untouched.set(state, await scene.aCase(state));
	for (const door of about(ofCases)) {
		const cells: string[] = [];
		for (const state of caseStates)
			cells.push(
				await cell(async (role) => {
					// Only staff can change a case, so only they need a fresh one.
					const fresh = state === 'absent' ? undefined : staff(role) ? await scene.aCase(state) : untouched.get(state);
					const { id, version } = fresh ?? { id: 'nowhere', version: 1 };
					const choice = {
						post_action: 'fold',
						author_action: 'none',
						rule: 'be-kind',
						reason: 'Please say it about yourself.',
						unmask_reason: 'Somebody is in danger.'
					};
					return scene.ask(role, door, filled(door, { id }), { ...choice, version: String(version) });
				})
			);
		found[door] = cells.join(' ');
	}
	expect(found).toEqual(cases);
});
