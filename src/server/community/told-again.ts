// What a page that was away is told again, as it stands now: the stream is a quarter of an hour old, and people take things back.
import { and, eq, inArray } from 'drizzle-orm';
import type { Means } from './means.ts';
import type { Streamed } from './stream.ts';

/** Without stories and celebrations that have gone since, and without titles that may no longer be told. */
export async function asTheyStand({ read, tables }: Means['db'], rows: Streamed[]): Promise<Streamed[]> {
	const { celebrations, posts, threads } = tables;
	const named = (type: string, by: string) => rows.filter((row) => row.type === type).map(({ data }) => String(data[by]));
	const [opened, shared] = [named('thread.opened', 'thread'), named('celebration.shared', 'celebration')];
	const stories =
		opened.length === 0
			? []
			: await read
					.select({ id: threads.id, title: threads.title, folded: posts.folded, warnings: posts.warnings })
					.from(threads)
					.innerJoin(posts, eq(posts.id, threads.openingId))
					.where(and(inArray(threads.id, opened), eq(posts.state, 'standing')));
	const lit =
		shared.length === 0
			? []
			: await read
					.select({ id: celebrations.id })
					.from(celebrations)
					.where(and(inArray(celebrations.id, shared), eq(celebrations.state, 'shared')));

	return rows.flatMap((row) => {
		if (row.type === 'celebration.shared') return lit.some(({ id }) => id === row.data.celebration) ? [row] : [];
		if (row.type !== 'thread.opened') return [row];
		const story = stories.find(({ id }) => id === row.data.thread);
		if (!story) return [];
		const { title, ...data } = row.data;
		const told = title !== undefined && story.folded === null && story.warnings.length === 0;
		return [{ ...row, data: told ? { ...data, title: story.title } : data }];
	});
}
