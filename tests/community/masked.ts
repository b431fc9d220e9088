// Posts with a mask for tests: through the real verbs, with the three minutes passed.
import { limits } from '#lib/limits.ts';
import type { Actor } from '#server/community/means.ts';
import type { World } from '../world.ts';
import { decided, reportedBy, theCaseOf } from './desk.ts';

let told = 0;

/** Lets everything that waits be shown. */
export async function shown(world: World) {
	world.later(limits.maskDelay + 1);
	await world.masks.showDue();
}

export async function maskedStory(world: World, author: Actor, words: { title?: string; body?: string } = {}) {
	const { title = 'A long night', body = `I never said this before. (${told++})` } = words;
	const story = await world.threads.open(author, 'harbour', { title, body, warnings: [], anyway: true, mask: true });
	await shown(world);
	return story;
}

export async function maskedAnswer(world: World, author: Actor, thread: string, parent?: string, body = `Me too. (${told++})`) {
	const { post } = await world.posts.reply(author, { thread, parent, body, warnings: [], anyway: true, mask: true });
	await shown(world);
	return post;
}

/** The thread as this reader sees it, the answers by their ids. */
export async function seenBy(world: World, reader: Actor | undefined, thread: string) {
	const nothing = { country: undefined, hardDay: false, warnings: {} };
	const read = await world.posts.read(reader, thread, nothing);
	const posts = [read.opening, ...read.replies];
	return {
		read,
		names: posts.map(({ name }) => name),
		the(id: string) {
			const found = posts.find((post) => post.id === id);
			if (!found) throw new Error('This reader does not see that post.');
			return found;
		}
	};
}

/** What two of staff ask of whoever wrote this, after both looked who it is; `begin` is called before it takes effect. */
export async function suspendedBehindAMask(world: World, one: Actor, begin: () => Promise<void> = async () => undefined) {
	const chiefs = [await world.someone({ role: 'administrator' }), await world.someone({ role: 'administrator' })] as const;
	const { post } = await maskedStory(world, one);
	await reportedBy(world, 1, post, 'threat');
	const { id } = await theCaseOf(world, post);
	await world.cases.askUnmasking(chiefs[0], id, 'Somebody is in danger.');
	await world.cases.confirmUnmasking(chiefs[1], id);
	await begin();
	await decided(world, chiefs[1], post, {
		postAction: 'none',
		authorAction: 'suspend',
		duration: '7d',
		rule: 'be-kind',
		reason: 'Please rest.'
	});
}
