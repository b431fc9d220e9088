// Who answers whom in a thread, and where: the tree of one thread in memory, as the verbs would have built it one answer at a time.
import { firstPlace, placeBetween } from '#server/community/places.ts';
import type { Chance } from './random.ts';

export type Standing = { id: string; place: string; depth: number; author: number };

export function conversation(opening: Omit<Standing, 'place' | 'depth'>) {
	const tree: Standing[] = [{ ...opening, place: firstPlace(), depth: 0 }];
	const byTime = [tree[0]].filter((post) => post !== undefined);

	/** Four in ten answer the story, as many the newest answer, the others any. */
	function parentFor({ below, one }: Chance): Standing {
		const kind = below(10);
		const chosen = kind < 4 ? byTime[0] : kind < 8 ? byTime.at(-1) : one(byTime);
		if (!chosen) throw new Error('A conversation has an opening.');
		return chosen;
	}

	/** Puts an answer behind everything that stands below its parent: what `placeUnder` does in the database. */
	function answer(parent: Standing, post: Omit<Standing, 'place' | 'depth'>): Standing {
		const from = tree.indexOf(parent) + 1;
		const beyond = parent.depth === 0 ? -1 : tree.findIndex((other, i) => i >= from && other.depth <= parent.depth);
		const at = beyond === -1 ? tree.length : beyond;
		const place = placeBetween(tree[at - 1]?.place ?? parent.place, tree[at]?.place);
		const standing = { ...post, place, depth: parent.depth + 1 };
		tree.splice(at, 0, standing);
		byTime.push(standing);
		return standing;
	}

	return { parentFor, answer };
}
