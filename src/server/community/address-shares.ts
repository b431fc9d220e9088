// What came from one address lately, so that nobody alone takes the room that is for all. An address comes here as a mark that means nothing
// tomorrow (security.md, "no traces"), and it stays in memory: no row tells what came from where.
import { LRUCache } from 'lru-cache';

/** Who comes from more networks than this has an army; then the oldest are forgotten. */
const mostAddresses = 50_000;

/** `most` ids are remembered of each, the oldest first. */
export function addressShares(most: number) {
	const shares = new LRUCache<string, string[]>({ max: mostAddresses });
	const of = (from: string): readonly string[] => shares.get(from) ?? [];

	function add(from: string, id: string) {
		if (!of(from).includes(id)) shares.set(from, [...of(from), id].slice(-most));
	}

	/** It came to nothing. */
	function drop(from: string, id: string) {
		shares.set(
			from,
			of(from).filter((one) => one !== id)
		);
	}

	return { of, add, drop };
}
