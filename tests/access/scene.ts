// The people and things of the access matrix: a running built site, and a second hand on its database that makes fresh things.
import { eq } from 'drizzle-orm';
import type { Actor } from '#server/community/means.ts';
import { openDatabase } from '#server/store/database.ts';
import { sealerOver } from '#server/sealer.ts';
import { sealingKeys } from '#server/sealing-keys.ts';
import { keysFile, startSite } from '../built-site.ts';
import type { Role as Granted } from '#server/store/values.ts';
import { call } from '../caller.ts';
import { decided, theCaseOf } from '../community/desk.ts';
import { peopled, type World } from '../world.ts';
import { roles, type caseStates, type Role, type State } from './expected.ts';

/** Where it is not the name of the role itself. */
const roleOf: Partial<Record<Role, Granted>> = {
	greeter: 'greeter',
	moderator: 'moderator',
	administrator: 'administrator',
	suspended_moderator: 'moderator',
	waiting_moderator: 'moderator'
};

export type Scene = Awaited<ReturnType<typeof aScene>>;

export async function aScene() {
	const site = await startSite({ TRUST_PROXY: '127.0.0.1', STAFF_SECOND_FACTOR: 'required' });
	const url = `file:${site.folder}/site.db`;
	const db = await openDatabase(url);
	// A little behind the site's clock, so that a decision of a moment ago has taken effect.
	const start = Date.now() - 120_000;
	const sealer = sealerOver(sealingKeys(keysFile, []));
	const world = await peopled(db, url, { start, sealer });
	// What is posted behind a mask here has not to wait, or as long as ever.
	const shownAtOnce = await peopled(db, url, { start, sealer, pick: () => 0 });
	const shownLate = await peopled(db, url, { start, sealer, pick: (below) => below - 1 });
	const people = new Map<Role, Actor>();
	for (const role of roles) if (role !== 'guest') people.set(role, await world.someone({ role: roleOf[role] ?? 'member' }));
	const person = (role: Role): Actor => people.get(role) ?? fail(`nobody is the ${role}`);
	const other = await world.someone();
	const second = await world.someone({ role: 'moderator' });
	const chief = await world.someone({ role: 'administrator' });
	for (const [role, authorAction] of [
		['silenced', 'silence'],
		['suspended', 'suspend'],
		['suspended_moderator', 'suspend']
	] as const)
		await sanction(world, person(role), authorAction, chief, other);
	// Several, for one member may only report so often in a day.
	const reporters = await Promise.all(Array.from({ length: 8 }, () => world.someone()));
	const cookies = new Map<Role, string>();
	for (const [role, actor] of people) {
		const { cookie } = await world.sessions.begin(actor, { secure: false, secondFactor: role !== 'waiting_moderator' });
		cookies.set(role, `${cookie.name}=${cookie.value}`);
	}

	let addresses = 0;
	/** A letter of the matrix for what this role is answered. Each asks from an address of its own, so that no limit speaks. */
	async function ask(role: Role, door: string, path: string, fields: Record<string, string> = {}): Promise<string> {
		const [method = 'GET'] = door.split(' ');
		addresses++;
		const headers = {
			accept: 'text/html',
			origin: site.url,
			cookie: cookies.get(role) ?? '',
			'x-forwarded-for': `198.51.${100 + (addresses >> 8)}.${addresses & 255}`,
			...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {})
		};
		const body = method === 'POST' ? new URLSearchParams(fields) : undefined;
		const { status, headers: back } = await call(site.url + path, { method, headers, ...(body ? { body } : {}) });
		if (status === 303) return String(back.location).startsWith('/sign-in') ? 's' : 'd';
		return (
			{ 200: 'o', 202: 'w', 204: 'o', 400: '.', 403: 'f', 404: 'n', 405: 'm', 409: 'g', 422: 'i', 429: 'l', 500: '!' }[status] ??
			`<${status}>`
		);
	}

	/** A fresh story of the author's in this state, with an answer of somebody else's under it. */
	async function aThing(state: State) {
		const author = person('author');
		const board = state === 'members_only' ? 'hearth' : 'harbour';
		const story = { title: 'A story', body: `How it was. ${addresses}`, warnings: [], key: `k${addresses}` };
		const { thread, post } = await (state === 'masked'
			? shownAtOnce.masks.story(author, board, story)
			: world.threads.open(author, board, story));
		if (state === 'masked') await shownAtOnce.masks.showDue();
		const { posts, threads } = db.tables;
		const opening = (changes: Partial<typeof posts.$inferInsert>) =>
			db.write((tx) => tx.update(posts).set(changes).where(eq(posts.id, post)));
		const whole = (changes: Partial<typeof threads.$inferInsert>) =>
			db.write((tx) => tx.update(threads).set(changes).where(eq(threads.id, thread)));
		if (state === 'held') await Promise.all([opening({ state: 'held' }), whole({ listed: false })]);
		if (state === 'folded') await opening({ folded: 'unkind' });
		if (state === 'removed') await Promise.all([opening({ state: 'removed' }), whole({ listed: false })]);
		if (state === 'withdrawn') await world.posts.withdraw(author, post, true);
		if (state === 'locked') await whole({ locked: true });
		return { thread, post };
	}

	async function aCase(state: Exclude<(typeof caseStates)[number], 'absent'>) {
		const { thread, post } = await aThing(state === 'masked' || state === 'asked' ? 'masked' : 'standing');
		const reporter = reporters[addresses % reporters.length] ?? other;
		await world.reports.report(reporter, { post, reason: 'unkind' });
		const { id, version } = await theCaseOf(world, post);
		if (state === 'claimed') {
			// Held by the site's clock, not by ours.
			const { cases } = db.tables;
			await world.cases.claim(second, id);
			await db.write((tx) =>
				tx
					.update(cases)
					.set({ claimExpiresAt: Date.now() + 600_000 })
					.where(eq(cases.id, id))
			);
		}
		if (state === 'decided') await decided(world, second, post);
		if (state === 'asked') await world.cases.askUnmasking(second, id, 'Somebody is in danger.');
		return { id, post, thread, version: state === 'open' ? version : (await theCaseOf(world, post)).version };
	}

	return {
		ask,
		world,
		shownAtOnce,
		shownLate,
		aThing,
		aCase,
		person,
		async close() {
			await db.close();
			await site.stop();
		}
	};
}

async function sanction(world: World, member: Actor, authorAction: string, moderator: Actor, reporter: Actor) {
	const { post } = await world.threads.open(member, 'harbour', { title: 'A story', body: 'How it was.', warnings: [] });
	await world.reports.report(reporter, { post, reason: 'unkind' });
	await decided(world, moderator, post, { postAction: 'none', authorAction, duration: '7d' });
}

function fail(sentence: string): never {
	throw new Error(sentence);
}
