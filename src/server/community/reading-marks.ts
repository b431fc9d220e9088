// How far a member has read a thread, in rows that say neither who nor which: the first who reads a new story is its author.
import { gt, inArray, asc, sql } from 'drizzle-orm';
import { ready, type Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { dayOf } from './lucia-adapter.ts';
import { noSealer, type Means } from './means.ts';

/** `before` is the reading before this visit: what is new stays marked until the visit ends. Milliseconds. */
export type Mark = { readAt: number; before: number | null };

/** One length for all. */
const written = ({ readAt, before }: Mark) => [readAt, before ?? 0].map((moment) => String(moment).padStart(15, '0')).join(' ');
function markIn(text: string): Mark {
	const [readAt = 0, before = 0] = text.split(' ').map(Number);
	return { readAt, before: before || null };
}
const about = (tag: string) => `read ${tag}`;
/** Threads in one look, when all of a member's marks are asked for. */
const atOnce = 200;

/** Tags in one statement. Lists of a few lengths stand ready: what is left over asks for a mark that never is. */
const lengths = [1, 8, 32, 128];
const mostTags = Math.max(...lengths);
const numbers = Array.from({ length: mostTags }, (_, i) => `tag${i}`);
const lists = lengths.map((length) => ({
	numbers: numbers.slice(0, length),
	ask: ready((q, { readingMarks }) =>
		q
			.select({ tag: readingMarks.tag, sealed: readingMarks.sealed })
			.from(readingMarks)
			.where(
				inArray(
					readingMarks.tag,
					numbers.slice(0, length).map((number) => sql.placeholder(number))
				)
			)
	)
}));
async function marksAt(q: Queries, tables: Tables, tags: string[]) {
	const list = lists.find(({ numbers }) => numbers.length >= tags.length);
	return list && tags.length > 0 ? list.ask(q, tables, Object.fromEntries(list.numbers.map((number, i) => [number, tags[i] ?? '']))) : [];
}

export function readingMarks({ db, sealer = noSealer }: Pick<Means, 'db' | 'sealer'>) {
	const { readingMarks, threads } = db.tables;
	/** Under every key of the ring, the newest first: marks are kept under that one. */
	const tagsOf = (member: string, thread: string) =>
		sealer
			.keys()
			.toReversed()
			.map((key) => sealer.tag('reads', [member, thread], key));
	function opened(tag: string, sealed: string): Mark[] {
		const text = sealer.open(sealed, about(tag));
		return text === undefined ? [] : [markIn(text)];
	}

	const find = async (member: string, thread: string): Promise<Mark | undefined> => (await findAll(db.read, member, [thread])).get(thread);

	/** By thread; those never opened are missing. */
	async function findAll(q: Queries, member: string, threadIds: string[]): Promise<Map<string, Mark>> {
		const tags = threadIds.map((thread) => ({ thread, tags: tagsOf(member, thread) }));
		const asked = tags.flatMap((one) => one.tags);
		const found = new Map<string, string>();
		for (let from = 0; from < asked.length; from += mostTags)
			for (const { tag, sealed } of await marksAt(q, db.tables, asked.slice(from, from + mostTags))) found.set(tag, sealed);
		return new Map(
			tags.flatMap(({ thread, tags }) => {
				const tag = tags.find((one) => found.has(one));
				const [mark] = tag === undefined ? [] : opened(tag, found.get(tag) ?? '');
				return mark ? [[thread, mark] as const] : [];
			})
		);
	}

	async function keep(tx: Queries, member: string, thread: string, mark: Mark): Promise<void> {
		const [tag = ''] = tagsOf(member, thread);
		const row = { sealed: sealer.seal(written(mark), about(tag)), keptOn: dayOf(mark.readAt) };
		await tx
			.insert(readingMarks)
			.values({ tag, ...row })
			.onConflictDoUpdate({ target: readingMarks.tag, set: row });
	}

	/** All of a member's, found by asking for each thread there is: for their own file, and when they leave. */
	async function* of(q: Queries, member: string) {
		for (let after: string | undefined = ''; after !== undefined;) {
			const rows: { id: string }[] = await q
				.select({ id: threads.id })
				.from(threads)
				.where(gt(threads.id, after))
				.orderBy(asc(threads.id))
				.limit(atOnce);
			const ids = rows.map(({ id }) => id);
			const found = await findAll(q, member, ids);
			yield [...found].map(([threadId, mark]) => ({ threadId, ...mark }));
			after = rows.length === atOnce ? ids.at(-1) : undefined;
		}
	}

	async function dropAll(tx: Queries, member: string): Promise<void> {
		for await (const some of of(tx, member)) {
			const tags = some.flatMap(({ threadId }) => tagsOf(member, threadId));
			if (tags.length > 0) await tx.delete(readingMarks).where(inArray(readingMarks.tag, tags));
		}
	}

	return { find, findAll, keep, of, dropAll };
}
