// Many members with lives of their own, through the real verbs: stories, answers, drafts, reading, follows, notices, kindness, and masks.
// What each does under a name is drawn apart from who writes behind a mask: only then has a thief who guesses a chance that can be reckoned.
import { createHash } from 'node:crypto';
import type { Actor } from '#server/community/means.ts';
import { limits } from '#lib/limits.ts';
import { day, hour, type World } from './world.ts';

export type Masked = { post: string; thread: string; author: string; body: string };
export type Lives = { members: Actor[]; masked: Masked[] };

/** The same numbers for the same seed, evenly in [0, 1). */
export function chances(seed: string) {
	let drawn = 0;
	const next = () => createHash('sha256').update(`${seed} ${drawn++}`).digest().readUInt32BE() / 2 ** 32;
	const below = (most: number) => Math.floor(next() * most);
	return {
		next,
		below,
		one<T>(all: readonly T[]): T {
			const found = all[below(all.length)];
			if (found === undefined) throw new Error('There is nothing to choose from.');
			return found;
		}
	};
}

/** Joined long ago. Rows, because a passphrase takes as long as everything else a member does here. */
export async function joined(world: World, many: number): Promise<Actor[]> {
	const { members } = world.db.tables;
	const all = Array.from({ length: many }, (_, i): Actor => ({
		id: `member${String(i).padStart(16, '0')}`,
		name: `Name ${i}`,
		role: 'member'
	}));
	const row = ({ id, name }: Actor) => ({
		...{ id, name, nameFolded: name.toLowerCase(), passphraseHash: 'none', joinedAt: world.now() - 90 * day, agreementVersion: 1 },
		...{ warningChoices: {}, tombstone: `gone ${id}` }
	});
	for (let from = 0; from < many; from += 100)
		await world.db.write((tx) => tx.insert(members).values(all.slice(from, from + 100).map(row)));
	return all;
}

type Plan = { seed: string; members: number; masked: number; steps: number; midway: () => Promise<void> };

/** Two weeks. `midway` is called when half of it is over. On the last day everybody comes by, so that the day of a sign-in tells nothing. */
export async function liveOn(world: World, { seed, members: many, masked: asked, steps, midway }: Plan): Promise<Lives> {
	const { next, below, one } = chances(seed);
	const members = await joined(world, many);
	const somebody = () => one(members);
	const threads: string[] = [];
	const posts: { post: string; thread: string }[] = [];
	const masked: Masked[] = [];
	const gap = (14 * day) / (steps + asked * 4);
	const cookies = new Map<string, string>();
	let told = 0;
	const words = () => `Words ${told++} ${'of an evening '.repeat(below(12))}`;

	/** Time goes on, and what a running site does each second is done. */
	async function later(ms = gap * 2 * next()) {
		world.later(Math.round(ms));
		await world.masks.showDue();
		await world.shelves.turnDue();
		await world.stream.append(world.told.splice(0));
	}
	async function here(member: Actor) {
		const cookie = cookies.get(member.id) ?? (await world.sessions.begin(member, { secure: false })).cookie.value;
		cookies.set(member.id, cookie);
		await world.sessions.find(cookie);
		return member;
	}

	async function story(member: Actor) {
		const { thread, post } = await world.threads.open(member, one(['harbour', 'quarry']), {
			title: `Story ${told++}`,
			body: words(),
			warnings: [],
			anyway: true
		});
		threads.push(thread);
		posts.push({ post, thread });
	}
	async function answer(member: Actor) {
		const { post, thread } = one(posts);
		const made = await world.posts
			.reply(member, { thread, parent: post, body: words(), warnings: [], anyway: true })
			.catch(() => undefined);
		if (made) posts.push({ post: made.post, thread });
	}
	const nothing = { country: undefined, hardDay: false, warnings: {} };
	const done: ((member: Actor) => Promise<unknown>)[] = [
		answer,
		answer,
		answer,
		story,
		(member) => world.reads.markRead(member, one(threads)),
		(member) => world.reads.markRead(member, one(threads)),
		(member) => world.follows.followThread(member, one(threads), true),
		(member) => world.bookmarks.bookmark(member, one(posts).post, true),
		(member) => world.encouragements.encourage(member, one(posts).post, 'with_you', true),
		(member) => world.drafts.keep(member, { place: '/boards/harbour/new', title: '', body: words(), warnings: [] }),
		async function readNotices(member) {
			const [newest] = await world.notices.list(member, nothing);
			if (newest) await world.notices.read(member, below(2) === 0 ? { upTo: newest.id } : [newest.id]);
		},
		(member) => world.celebrations.victory(member, { words: words(), when: 'now' })
	];

	/** A draft kept for a while, then posted behind a mask; once it stands its author is the first who reads it. */
	async function behindMask() {
		const author = await here(somebody());
		const isStory = below(2) === 0;
		const body = words();
		const { thread, post } = one(posts);
		await world.drafts.keep(author, {
			place: isStory ? '/boards/harbour/new' : `/threads/${thread}#${post}`,
			title: '',
			body,
			warnings: []
		});
		await later(below(4) * 20_000);
		const made = isStory
			? await world.threads.open(author, 'harbour', { title: `Story ${told++}`, body, warnings: [], anyway: true, mask: true })
			: { thread, ...(await world.posts.reply(author, { thread, parent: post, body, warnings: [], anyway: true, mask: true })) };
		await later(limits.maskDelay + 1);
		await world.reads.markRead(author, made.thread);
		masked.push({ post: made.post, thread: made.thread, author: author.id, body });
		threads.push(made.thread);
		posts.push({ post: made.post, thread: made.thread });
		// Somebody answers, and the author comes back and reads that.
		await later();
		const other = await here(somebody());
		await world.posts
			.reply(other, { thread: made.thread, parent: made.post, body: words(), warnings: [], anyway: true })
			.catch(() => undefined);
		await later();
		await world.reads.markRead(await here(author), made.thread);
	}

	// So that there is something to read and to answer.
	for (let i = 0; i < 20; i++) await story(await here(somebody()));
	const kinds = [...Array.from({ length: steps }, () => 'named'), ...Array.from({ length: asked }, () => 'masked')];
	for (let i = kinds.length - 1; i > 0; i--) {
		const j = below(i + 1);
		[kinds[i], kinds[j]] = [kinds[j] ?? '', kinds[i] ?? ''];
	}
	for (const [i, kind] of kinds.entries()) {
		await later();
		if (kind === 'masked') await behindMask();
		else await one(done)(await here(somebody())).catch(() => undefined);
		if (i % 200 === 0) await world.db.tidy();
		if (i === Math.floor(kinds.length / 2)) await midway();
	}
	world.later(2 * hour);
	await world.masks.showDue();
	for (const member of members) await here(member);
	return { members, masked };
}
