// How often one member may press what others are told of. It is counted in this process's memory: no row tells who pressed what, and when.
import { LRUCache } from 'lru-cache';
import { Refusal } from '#lib/refusals.ts';
import type { Means } from './means.ts';

/** Members who pressed lately; of more at once the earliest are forgotten. */
const mostMembers = 20_000;

/** At most so many in so many milliseconds; the next is refused with how long to wait. */
export function pace({ now }: Pick<Means, 'now'>, { most, within }: { most: number; within: number }) {
	const pressed = new LRUCache<string, number[]>({ max: mostMembers });

	return function requirePace(member: string): void {
		const at = now();
		const lately = (pressed.get(member) ?? []).filter((one) => one > at - within);
		const [first] = lately;
		if (first !== undefined && lately.length >= most) throw new Refusal('too_many', Math.ceil((first + within - at) / 1000));
		pressed.set(member, [...lately, at]);
	};
}
