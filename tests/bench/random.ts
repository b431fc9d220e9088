/** mulberry32: the same seed gives the same numbers in [0, 1) on every machine. */
export function randomFrom(start: number) {
	let state = start;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Whole numbers, ids and choices from one seed. */
export function chance(seed: number) {
	const random = randomFrom(seed);
	const below = (limit: number) => Math.floor(random() * limit);
	const one = <T>(list: readonly T[]): T => {
		const found = list[below(list.length)];
		if (found === undefined) throw new RangeError('There is nothing to choose from.');
		return found;
	};
	const bytes = Buffer.alloc(16);
	/** As long as the product's own: 128 bits. */
	function newId() {
		for (let at = 0; at < 16; at += 4) bytes.writeUInt32LE(below(2 ** 32), at);
		return bytes.toString('base64url');
	}
	return { random, below, one, newId };
}
export type Chance = ReturnType<typeof chance>;
