/** What is made of an object, kept as long as the object itself: by the ways in which it is asked for, at most `most` of them. */
export function waysSeen<Seen extends object, Made extends object>(most: number) {
	const known = new WeakMap<Seen, Map<string, Made>>();
	return (seen: Seen, way: string, make: () => Made): Made => {
		const ways = known.get(seen) ?? new Map<string, Made>();
		const there = ways.get(way);
		if (there) return there;
		const made = make();
		if (ways.size >= most) ways.clear();
		known.set(seen, ways.set(way, made));
		return made;
	};
}
