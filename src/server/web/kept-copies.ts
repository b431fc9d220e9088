// Copies of pages and their parts in this process's memory go when words were erased. Whose they were is on none of them: all go, it is seldom.
import type { FastifyInstance } from 'fastify';
import type { Hub } from '#server/live/hub.ts';

/** Milliseconds: a page that was being made while the words still stood has been made and kept by then. */
const madeBy = 30_000;

export function letCopiesGo(app: FastifyInstance, { whenErased }: Pick<Hub, 'whenErased'>, kept: (() => void)[]) {
	let again: NodeJS.Timeout | undefined;
	const letGo = () => {
		for (const empty of kept) empty();
	};
	whenErased(() => {
		letGo();
		clearTimeout(again);
		again = setTimeout(letGo, madeBy).unref();
	});
	app.addHook('onClose', async () => clearTimeout(again));
}
