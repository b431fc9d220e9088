// Posts with a mask for tests: through the real verbs, with the three minutes passed.
import { limits } from '#lib/limits.ts';
import type { Actor } from '#server/community/means.ts';
import type { World } from '../world.ts';

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
