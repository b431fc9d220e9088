// Everything that members, staff and the clock do to what a guest may see, by the real verbs, and the pages of guests it is seen on.
import { eq } from 'drizzle-orm';
import type { Actor } from '#server/community/means.ts';
import { day, type World } from '../world.ts';
import { anAnswer, aStory, decided, leaving, postNow, removing, reportedBy, theCaseOf } from './desk.ts';

/** What moderators do, each to a story and an answer of its own: what has been looked at is not decided twice. */
const decisions = ['add_warning', 'lock', 'redact', 'fold', 'remove', 'none'] as const;
type Decision = (typeof decisions)[number];
type Place = { thread: string; post: string };

export type Stage = {
	world: World;
	wren: Actor;
	finch: Actor;
	moderator: Actor;
	administrator: Actor;
	thread: string;
	opening: string;
	answer: string;
	celebration: string;
	stories: Record<Decision, Place>;
	answers: Record<Decision, string>;
};

export async function aStage(world: World): Promise<Stage> {
	const [wren, finch] = [await world.someone(), await world.someone()];
	const [moderator, administrator] = [await world.someone({ role: 'moderator' }), await world.someone({ role: 'administrator' })];
	const forEach = async <T>(make: () => Promise<T>) => {
		const made = { add_warning: await make(), lock: await make(), redact: await make(), fold: await make() };
		return { ...made, remove: await make(), none: await make() };
	};
	const { thread, post: opening } = await aStory(world, wren);
	const stories = await forEach(() => aStory(world, wren));
	const answers = await forEach(() => anAnswer(world, finch, thread));
	const answer = await anAnswer(world, finch, thread);
	const { id: celebration } = await world.celebrations.victory(wren, { words: 'I made the bed.', when: 'now' });
	return { world, wren, finch, moderator, administrator, thread, opening, answer, celebration, stories, answers };
}

type Step = [name: string, happens: (stage: Stage) => Promise<unknown>];

const edit = async ({ world }: Stage, actor: Actor, post: string, change: object) => {
	const { version, body } = await postNow(world, post);
	await world.posts.edit(actor, { post, version, body, warnings: [], anyway: true, ...change });
};
const boardIs = async ({ world, administrator }: Stage, change: object) => {
	const { id: _, slug, ...board } = await world.boards.theBoard(administrator, 'harbour');
	await world.boards.edit(administrator, slug, { ...board, ...change });
};
async function decide({ world, moderator }: Stage, post: string, postAction: Decision | 'restore') {
	if (postAction !== 'restore') await reportedBy(world, postAction === 'none' ? 0 : 1, post);
	const rule = postAction === 'fold' ? 'no-methods' : removing.rule;
	const choice = postAction === 'none' ? leaving : { ...removing, rule, postAction };
	await decided(world, moderator, post, { ...choice, warnings: postAction === 'add_warning' ? ['grief'] : [] });
}
const byModerators: Step[] = decisions.flatMap((decision): Step[] => {
	// "None" takes back what reports alone had folded.
	const folded = decision === 'none' ? [decision] : [];
	return [
		...folded.map((): Step => ['an answer is folded after reports', (s) => reportedBy(s.world, 2, s.answers[decision], 'threat')]),
		...folded.map((): Step => ['a story is folded after reports', (s) => reportedBy(s.world, 2, s.stories[decision].post, 'threat')]),
		[`a moderator decides ${decision} about an answer`, (s) => decide(s, s.answers[decision], decision)],
		[`a moderator decides ${decision} about a story`, (s) => decide(s, s.stories[decision].post, decision)],
		...(decision === 'none' || decision === 'redact' || decision === 'add_warning'
			? []
			: [
					[`a moderator restores an answer after ${decision}`, (s) => decide(s, s.answers[decision], 'restore')] satisfies Step,
					[`a moderator restores a story after ${decision}`, (s) => decide(s, s.stories[decision].post, 'restore')] satisfies Step
				])
	];
});

/** In this order each one changes at least one page. */
export const visible: Step[] = [
	['a story is opened', async (s) => aStory(s.world, s.finch)],
	['it is answered', async (s) => anAnswer(s.world, s.finch, s.thread)],
	['an answer is answered', async (s) => anAnswer(s.world, s.wren, s.thread, s.answer)],
	['an answer is encouraged', async (s) => s.world.encouragements.encourage(s.wren, s.answer, 'with_you', true)],
	['an encouragement is taken back', async (s) => s.world.encouragements.encourage(s.wren, s.answer, 'with_you', false)],
	['a story is encouraged', async (s) => s.world.encouragements.encourage(s.finch, s.opening, 'been_there', true)],
	['an answer is edited', async (s) => edit(s, s.finch, s.answer, { body: 'With you, still.' })],
	['a story gets another title', async (s) => edit(s, s.wren, s.opening, { title: 'Another night' })],
	['a story gets a warning', async (s) => edit(s, s.wren, s.opening, { title: 'Another night', warnings: ['suicide'] })],
	['an answer is taken back', async (s) => s.world.posts.withdraw(s.finch, s.answer, true)],
	['an answer is put back', async (s) => s.world.posts.withdraw(s.finch, s.answer, false)],
	['a story is taken back', async (s) => s.world.posts.withdraw(s.wren, s.opening, true)],
	['a story is put back', async (s) => s.world.posts.withdraw(s.wren, s.opening, false)],
	['readers suggest a warning', async (s) => suggested(s, s.answer)],
	...byModerators,
	['an answer is folded after reports', async (s) => reportedBy(s.world, 2, s.answer, 'threat')],
	['a moderator keeps the fold', async (s) => decide(s, s.answer, 'fold')],
	['a held story is let through', letThrough],
	['a victory is celebrated', async (s) => s.world.celebrations.victory(s.finch, { words: 'I called my sister.', when: 'now' })],
	['a celebration is cheered', async (s) => s.world.celebrations.cheer(s.finch, s.celebration)],
	['a cheer is taken back', async (s) => s.world.celebrations.cheer(s.finch, s.celebration, false)],
	['a celebration is taken back', async (s) => s.world.celebrations.undo(s.wren, s.celebration)],
	['a celebration’s moment comes', waitedFor],
	['a board gets another title', async (s) => boardIs(s, { title: 'The quiet harbour' })],
	['a board is for members only', async (s) => boardIs(s, { membersOnly: true })],
	['a board is for everybody again', async (s) => boardIs(s, { membersOnly: false })],
	['a story moves to another board', moved],
	['somebody gets another name', renamed],
	['somebody leaves', left]
];

/** Nothing of this is for guests to see, and none of it may cost a page. */
export const unseen: Step[] = [
	['a thread is read', async (s) => s.world.reads.markRead(s.finch, s.thread)],
	['a thread is followed', async (s) => s.world.follows.followThread(s.finch, s.thread, true)],
	['a post is bookmarked', async (s) => s.world.bookmarks.bookmark(s.finch, s.opening, true)],
	['a draft is kept', async (s) => s.world.drafts.keep(s.finch, { place: `/threads/${s.thread}`, title: '', body: 'I am', warnings: [] })],
	['somebody signs in', async (s) => s.world.sessions.begin(s.finch, { secure: false })],
	['somebody joins', async (s) => s.world.someone({ newcomer: true })],
	['a celebration waits', async (s) => s.world.celebrations.victory(s.finch, { words: 'Later, please.', when: 'later' })],
	['a post is reported', async (s) => reportedBy(s.world, 1, s.answer)],
	['a case is claimed', async (s) => s.world.cases.claim(s.moderator, (await theCaseOf(s.world, s.answer)).id)]
];

async function suggested({ world }: Stage, post: string) {
	for (let i = 0; i < 3; i++)
		await world.reports.report(await world.someone(), { post, reason: 'missing_warning', note: '', suggested: ['medical'] });
}

async function letThrough({ world, moderator }: Stage) {
	const robin = await world.someone();
	const { post } = await aStory(world, robin);
	await reportedBy(world, 1, post);
	await decided(world, moderator, post, {
		postAction: 'none',
		authorAction: 'hold_posts',
		rule: 'be-kind',
		reason: 'Please take a breath.'
	});
	const held = await aStory(world, robin);
	await decided(world, moderator, held.post, leaving);
}

async function waitedFor({ world, finch }: Stage) {
	await world.celebrations.victory(finch, { words: 'When nobody counts.', when: 'later' });
	world.later(day);
	await world.celebrations.shareDue();
}

async function moved({ world, thread, administrator }: Stage) {
	const { threads } = world.db.tables;
	const { id } = await world.boards.theBoard(administrator, 'garden');
	await world.db.write((tx) => tx.update(threads).set({ boardId: id }).where(eq(threads.id, thread)));
}

async function renamed({ world, wren }: Stage) {
	const { members } = world.db.tables;
	await world.db.write((tx) => tx.update(members).set({ name: 'Another Name' }).where(eq(members.id, wren.id)));
}

async function left({ world, wren }: Stage) {
	const { members, posts, threads, celebrations } = world.db.tables;
	await world.db.write(async (tx) => {
		await tx.update(posts).set({ authorId: null }).where(eq(posts.authorId, wren.id));
		await tx.update(threads).set({ authorId: null }).where(eq(threads.authorId, wren.id));
		await tx.delete(celebrations).where(eq(celebrations.memberId, wren.id));
		await tx.update(members).set({ name: 'Nobody', nameFolded: 'nobody' }).where(eq(members.id, wren.id));
	});
}
