// Members who keep drafts, come back to them, and post them with their name or behind a mask, or let them go: many at the same time, over some
// days. Who does what is drawn apart from who did what before, and nobody is alone on the site.
import type { Actor } from '#server/community/means.ts';
import { chances, joined } from './lives.ts';
import { day, type World } from './world.ts';

type Drafting = { member: Actor; place: string; body: string; kept: number; end: 'named' | 'masked' | 'taken back' | 'let go' };
/** From which commit up to which somebody acted; and what they posted, if they did. */
export type Act = { member: string; from: number; to: number; post?: string };
export type DraftLives = { members: Actor[]; masked: { post: string; author: string }[]; acts: Act[] };

type Plan = { seed: string; members: number; drafts: number; days: number; commits: () => number };

export async function draftsOn(world: World, { seed, members: many, drafts, days, commits }: Plan): Promise<DraftLives> {
	const { below, one, next } = chances(seed);
	const members = await joined(world, many);
	const { masked, acts }: Omit<DraftLives, 'members'> = { masked: [], acts: [] };
	const { thread } = await world.threads.open(one(members), 'harbour', { title: 'One', body: 'One', warnings: [], anyway: true });
	const open: Drafting[] = [];
	let begun = 0;
	/** Three steps of a draft, and something else between any two of them. */
	const gap = (days * day) / (drafts * 5);

	/** Time goes on, and what a running site does each second is done. */
	async function later() {
		world.later(Math.round(gap * 2 * next()));
		await world.masks.showDue();
		await world.shelves.turnDue();
		await world.stream.append(world.told.splice(0));
	}
	async function act(member: Actor, work: () => Promise<{ post?: string } | object | void>) {
		await later();
		const from = commits();
		const done = await work();
		const post = done && 'post' in done ? done.post : undefined;
		acts.push({ member: member.id, from, to: commits(), ...(post && { post }) });
		return post ?? '';
	}

	const begin = (): Drafting => ({
		member: one(members),
		place: below(2) === 0 ? '/boards/harbour/new' : `/threads/${thread}`,
		body: `Draft ${begun++}`,
		kept: 0,
		end: one(['named', 'masked', 'masked', 'named', 'taken back', 'let go'] as const)
	});

	const written = ({ body }: Drafting, mask: boolean) => ({ body, warnings: [], anyway: true, mask });
	const send = (drafting: Drafting, mask: boolean) =>
		act(drafting.member, () =>
			drafting.place.startsWith('/boards')
				? world.threads.open(drafting.member, 'harbour', { ...written(drafting, mask), title: drafting.body })
				: world.posts.reply(drafting.member, { ...written(drafting, mask), thread })
		);
	const keep = ({ member, place, body }: Drafting, mask: boolean) =>
		world.drafts.keep(member, { place, title: '', body, warnings: [], mask });

	async function goOn(drafting: Drafting) {
		const { member, place, end } = drafting;
		if (drafting.kept++ < 2) {
			drafting.body += ' and on';
			await act(member, () => keep(drafting, end === 'masked'));
			return;
		}
		open.splice(open.indexOf(drafting), 1);
		if (end === 'let go') await act(member, async () => void (await world.drafts.letGo(member, place)));
		if (end === 'named') await send(drafting, false);
		if (end === 'masked') masked.push({ post: await send(drafting, true), author: member.id });
		if (end === 'taken back') await takeBack(drafting);
	}

	/** Pressed with a mask, taken back before others see it, and posted with the name. */
	async function takeBack(drafting: Drafting) {
		const { member } = drafting;
		const post = await send(drafting, true);
		await act(member, async () => {
			await keep(drafting, true);
			await world.masks.letGo(member, post).catch(() => undefined);
		});
		await send(drafting, false);
	}

	const busy = ({ member, place }: Drafting) => open.some((other) => other.member === member && other.place === place);
	async function something() {
		const member = one(members);
		await act(member, () => world.follows.followBoard(member, 'quarry', below(2) === 0));
	}
	while (begun < drafts || open.length > 0) {
		if (begun < drafts && open.length < many / 2) {
			const drafting = begin();
			if (!busy(drafting)) open.push(drafting);
		}
		await something();
		if (open.length > 0) await goOn(one(open));
	}
	world.later(day);
	await world.masks.showDue();
	return { members, masked, acts };
}
