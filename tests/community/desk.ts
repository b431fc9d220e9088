// People and posts for the tests of moderation: everything through the real verbs.
import { eq } from 'drizzle-orm';
import type { Actor } from '#server/community/means.ts';
import type { Reason } from '#lib/moderation.ts';
import { limits } from '#lib/limits.ts';
import { isFor } from '#server/live/hub.ts';
import type { World } from '../world.ts';

let told = 0;

export async function aStory(world: World, author: Actor, body = 'I got through the night and I am still here.') {
	const { thread, post } = await world.threads.open(author, 'harbour', {
		title: 'A long night',
		body: `${body} (${told++})`,
		warnings: [],
		anyway: true
	});
	return { thread, post };
}

export async function anAnswer(world: World, author: Actor, thread: string, parent?: string, body = 'With you.') {
	const { post } = await world.posts.reply(author, { thread, parent, body: `${body} (${told++})`, warnings: [], anyway: true });
	return post;
}

/** Trust grows elsewhere and later; here it is given. */
export async function trusted(world: World, member: Actor, trust: number) {
	const { members } = world.db.tables;
	await world.db.write((tx) => tx.update(members).set({ trust }).where(eq(members.id, member.id)));
	return member;
}

export async function reportedBy(world: World, people: number, post: string, reason: Reason = 'unkind') {
	const reporters: Actor[] = [];
	for (let i = 0; i < people; i++) {
		const reporter = await world.someone();
		await world.reports.report(reporter, { post, reason, note: reason === 'other' ? 'It worries me.' : '' });
		reporters.push(reporter);
	}
	return reporters;
}

export async function casesOf(world: World, post: string) {
	const { cases } = world.db.tables;
	return world.db.read
		.select({
			id: cases.id,
			kind: cases.kind,
			state: cases.state,
			outcome: cases.outcome,
			version: cases.version,
			priority: cases.priority,
			dueAt: cases.dueAt,
			score: cases.score,
			reopened: cases.reopened,
			claimedBy: cases.claimedBy
		})
		.from(cases)
		.where(eq(cases.postId, post));
}

export async function reportsOn(world: World, post: string) {
	const { reports } = world.db.tables;
	return world.db.read
		.select({
			reporter: reports.reporterId,
			reason: reports.reason,
			status: reports.status,
			weight: reports.weight,
			note: reports.note,
			snapshot: reports.snapshot
		})
		.from(reports)
		.where(eq(reports.postId, post));
}

export async function theCaseOf(world: World, post: string) {
	const [found] = await casesOf(world, post);
	if (!found) throw new Error('This post has no case.');
	return found;
}

export async function postNow(world: World, post: string) {
	const { posts } = world.db.tables;
	const [found] = await world.db.read
		.select({
			state: posts.state,
			folded: posts.folded,
			warnings: posts.warnings,
			locked: posts.locked,
			body: posts.body,
			html: posts.html,
			version: posts.version
		})
		.from(posts)
		.where(eq(posts.id, post));
	if (!found) throw new Error('There is no such post.');
	return found;
}

export const leaving = { postAction: 'none', authorAction: 'none', rule: '', reason: '' };
export const removing = { postAction: 'remove', authorAction: 'none', rule: 'be-kind', reason: 'Please say it about yourself.' };

type Choice = {
	postAction?: string;
	authorAction?: string;
	rule?: string;
	reason?: string;
	privateReason?: string;
	duration?: string;
	warnings?: string[];
};

/** Decides the post's case as it stands and lets the twelve seconds pass. */
export async function decided(world: World, moderator: Actor, post: string, choice: Choice = {}) {
	const { id, version } = await theCaseOf(world, post);
	await world.decisions.decide(moderator, id, { ...removing, ...choice, version });
	world.later(limits.undoWithin);
	await world.decisions.applyDue();
	return id;
}

export async function titlesFor(world: World, member: Actor) {
	return (await world.notices.forMember(member)).map(({ title }) => title);
}

/** Cases of which an open page of this one of staff hears, each once. */
export async function casesHeard(world: World, actor: Actor): Promise<string[]> {
	await world.stream.append(world.told.splice(0));
	const unheard = await world.people.unheard(actor);
	const rows = (await world.stream.next(0)).filter(({ type }) => type === 'case.changed');
	const staff = { ...{ member: actor.id, session: undefined, staff: true, watching: undefined, unheard }, send() {}, close() {} };
	return [...new Set(rows.filter((row) => isFor(row, staff)).map(({ data }) => String(data.case)))];
}
