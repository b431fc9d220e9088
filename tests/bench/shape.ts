// The shape of a benchmark's community: the same at every size.

/** Posts of forty threads one after another: 800 in all, four threads of exactly 30, three that nobody has answered. */
// prettier-ignore
export const threadSizes = [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 8, 9, 10, 10, 12, 12, 14, 15, 16, 18, 20, 22, 24, 26, 28, 30, 30, 30, 30, 34, 38, 45, 60, 80, 121];

export type Shape = { posts: number; threads: number; members: number; boards: number };

/** `posts` in steps of 800: a member for 80 posts, 20 posts a thread. */
export function shapeOf(posts: number): Shape {
	const blocks = Math.max(1, Math.round(posts / 800));
	return { posts: blocks * 800, threads: blocks * threadSizes.length, members: Math.max(50, blocks * 10), boards: 20 };
}

export const day = 86_400_000;
/** How long the community has been there. */
export const age = 730 * day;

/** Members whose sessions the benchmark holds the cookies of. */
export const visitors = 200;
export const tokenOf = (member: number) => `bench-${member}-0123456789abcdef0123456789abcdef`;
