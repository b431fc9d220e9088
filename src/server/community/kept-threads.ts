// Rows of a thread page that are the same for every reader, asked once for each change: reading and mapping them was a third of the page.
import { and, eq, sql } from 'drizzle-orm';
import { authorOnly, authorship, type Author } from './authorship.ts';
import { keptAnswers } from './kept-answers.ts';
import { isStaff, type Means, type Reader } from './means.ts';
import { stream } from './stream.ts';
import { threadQueries, type PostRow } from './thread-queries.ts';

/** Bytes: some thousand pages of stories, in all threads. */
const room = 24 * 1024 * 1024;
/** Bytes of a row beside its words, with how it is seen and its part of a page, three times at most (post-view.ts). */
const rowAside = 9000;

const sizeOf = (rows: PostRow[]) => rows.reduce((sum, { html, body }) => sum + 4 * html.length + body.length + rowAside, 0);

export function keptThreads(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const { db } = means;
	const { posts } = db.tables;
	const direct = threadQueries(means);
	const { wrote } = authorship(means);
	const { newest } = stream(means);
	const { answerTo: rowsAt, letGo: letRowsGo } = keptAnswers<PostRow[]>(room, sizeOf);
	const { answerTo: factsAt, letGo: letFactsGo } = keptAnswers<{
		thread: Awaited<ReturnType<typeof direct.theThread>>;
		locks: boolean;
		held: Author[];
	}>(room / 8, () => 1000);

	const heldBy = db.prepare(() =>
		db.read
			.select(authorOnly(db.tables))
			.from(posts)
			.where(and(eq(posts.threadId, sql.placeholder('thread')), eq(posts.state, 'held')))
	);

	/**
	 * The queries of one thread's page as things stand now. Staff, and whoever has a post here that waits for them, see other rows than
	 * everybody: theirs are asked for. `newest` is the last number of the stream before any of it is asked.
	 */
	async function threadFor(id: string, reader: Reader): Promise<{ queries: typeof direct; newest: number }> {
		const stands = await db.versions(['everything', `thread:${id}`]);
		if (!stands) return { queries: direct, newest: await newest() };
		const { version, newest: number } = stands;
		const asked = { queries: direct, newest: number };
		if (isStaff(reader)) return asked;
		const { thread, locks, held } = await factsAt(id, version, async () => {
			const [thread, locks, held] = await Promise.all([direct.theThread(id), direct.hasLocks(id), heldBy({ thread: id })]);
			return { thread, locks, held };
		});
		if (held.some((post) => wrote(reader, post))) return asked;
		const shared = direct.answers(undefined);
		const kept =
			(way: 'after' | 'from' | 'before') =>
			({ place }: Record<string, unknown>): Promise<PostRow[]> =>
				rowsAt(`${id} ${way} ${String(place)}`, version, () => shared[way]({ ...direct.nobody, thread: id, place }));
		const answers = { place: shared.place, after: kept('after'), from: kept('from'), before: kept('before') };
		const queries: typeof direct = {
			...direct,
			theThread: async () => thread,
			hasLocks: async () => locks,
			opening: async (post) =>
				(await rowsAt(`${id} opens`, version, async () => [await direct.opening(post, undefined, '')].flatMap((row) => row ?? [])))[0],
			answers: () => answers
		};
		return { queries, newest: number };
	}

	/** Everything that is kept goes. */
	function letGo() {
		letRowsGo();
		letFactsGo();
	}

	return { threadFor, letGo };
}
