// What a community's tables hold after two years, row by row in the order in which the verbs would have written it.
import { encouragements } from '#lib/encouragements.ts';
import { limits } from '#lib/limits.ts';
import { excerpt } from '#server/community/text.ts';
import { documentTokens } from '#server/community/search-tokens.ts';
import type { SearchEntry } from '#server/store/search.ts';
import { conversation, type Standing } from './conversations.ts';
import { bodies } from './pieces.ts';
import type { Chance } from './random.ts';
import { age, day, threadSizes, type Shape } from './shape.ts';
import { vocabulary } from './vocabulary.ts';

export type Row = { table: string; values: Record<string, unknown> };
export type Written = Row | { search: Omit<SearchEntry, 'rules'> };
type Thread = { board: string; authors: number[]; times: number[]; id: string; openingId: string; title: string; talk?: Talk };
type Talk = ReturnType<typeof conversation> & { told: number };

/** Words are read within six hours, so only the last hours' notices wait. */
const readWithin = day / 4;

export function history(chance: Chance, { posts, threads: count, members }: Shape, boards: string[], people: string[], now: number) {
	const { random, below, one, newId } = chance;
	const { some } = vocabulary(chance);
	const body = bodies(chance);
	/** A few write much, most write little. */
	const somebody = () => Math.floor(members * random() ** 2);
	const person = (member: number) => people[member] ?? '';

	function plan(index: number): Thread {
		const size = threadSizes[index % threadSizes.length] ?? 1;
		const opened = now - Math.floor(age * random()) - 60_000;
		// A conversation lasts days; the youngest are still going on.
		const span = Math.min(-Math.log(1 - random()) * 4 * day, now - opened - 1000);
		const later = Array.from({ length: size - 1 }, () => opened + 1 + Math.floor(span * random() ** 2));
		const opener = somebody();
		const authors = [opener, ...later.map(() => (below(4) === 0 ? opener : somebody()))];
		const words = some(3 + below(7)).join(' ');
		const title = words.charAt(0).toUpperCase() + words.slice(1);
		const board = boards[Math.floor(boards.length * random() ** 1.5)] ?? '';
		return { board, authors, times: [opened, ...later.sort((a, b) => a - b)], id: newId(), openingId: newId(), title };
	}

	function* post(thread: Thread, number: number): Generator<Written> {
		const at = thread.times[number] ?? now;
		const author = thread.authors[number] ?? 0;
		const id = number === 0 ? thread.openingId : newId();
		const { tokens, ...words } = body();
		let standing: Standing;
		let parent: Standing | undefined;
		if (number === 0 || !thread.talk) {
			thread.talk = { ...conversation({ id, author }), told: 0 };
			standing = thread.talk.parentFor({ ...chance, below: () => 0 });
			yield* opening(thread, words.body);
		} else {
			parent = thread.talk.parentFor(chance);
			standing = thread.talk.answer(parent, { id, author });
		}
		const given = encouraging(id, author);
		const edited = below(20) === 0;
		const { place, depth } = standing;
		yield row('posts', {
			...{ id, threadId: thread.id, parentId: parent?.id ?? null, authorId: person(author), place, depth, ...words },
			...{ warnings: below(12) === 0 ? [one(['drug_use', 'self_harm', 'grief', 'medical'])] : [], postedAt: at },
			...{ editedAt: edited ? at + 600_000 : null, version: edited ? 2 : 1, state: 'standing', encouraged: given.counts, key: newId() }
		});
		if (edited)
			yield row('postRevisions', {
				...{ id: newId(), postId: id, version: 1, title: number === 0 ? thread.title : null, body: words.body },
				...{ warnings: [], replacedAt: at + 600_000 }
			});
		yield* given.rows;
		yield { search: { post: id, board: thread.board, at, title: number === 0 ? documentTokens(thread.title) : [], body: tokens } };
		yield* notices(thread, id, author, parent, at);
		if (number === thread.times.length - 1) {
			const keptOn = new Date(at).toISOString().slice(0, 10);
			yield* [...new Set(thread.authors)].map(() => row('readingMarks', { tag: newId() + newId(), sealed: 'x'.repeat(92), keptOn }));
			delete thread.talk;
		}
	}

	function* opening({ id, board, authors, times, openingId, title }: Thread, body: string): Generator<Written> {
		const author = authors[0] ?? 0;
		const answered = authors.some((other) => other !== author) ? 1 : 0;
		const [openedAt, activeAt] = [times[0], times.at(-1)];
		yield row('threads', {
			...{ id, boardId: board, authorId: person(author), openingId, title, excerpt: excerpt(body, limits.excerpt) },
			...{ openedAt, activeAt, answers: times.length - 1, answered, listed: true }
		});
		yield row('follows', { id: newId(), memberId: person(author), kind: 'thread', target: id, at: openedAt });
	}

	/** Nought to five encouragements from different people. */
	function encouraging(postId: string, author: number) {
		const counts: Record<string, number> = {};
		const givers = new Set(Array.from({ length: below(6) }, somebody));
		givers.delete(author);
		const rows = [...givers].map((giver) => {
			const kind = one(encouragements);
			counts[kind] = (counts[kind] ?? 0) + 1;
			return row('encouragements', { id: newId(), postId, memberId: person(giver), kind });
		});
		return { counts, rows };
	}

	/** Whom an answer answers is told, and whoever opened the thread unless an earlier word of it still waits. */
	function* notices(thread: Thread, postId: string, author: number, parent: Standing | undefined, at: number): Generator<Written> {
		if (!parent || !thread.talk) return;
		const readAt = at + readWithin < now ? at + readWithin : null;
		const told = parent.author === author ? undefined : parent.author;
		const rest = { detail: {}, at, readAt };
		if (told !== undefined) yield row('notices', { id: newId(), memberId: person(told), kind: 'answered', postId, ...rest });
		const opener = thread.authors[0] ?? 0;
		if (opener === author || opener === told || at < thread.talk.told) return;
		thread.talk.told = at + readWithin;
		const followed = { kind: 'followed', postId: thread.openingId, ...rest, detail: { post: postId } };
		yield row('notices', { id: newId(), memberId: person(opener), ...followed });
	}

	/** Every thread and post of the community with what comes with them, in order of time. */
	return function* (): Generator<Written> {
		const threads = Array.from({ length: count }, (_, i) => plan(i));
		const times = new Float64Array(posts);
		const steps: [thread: number, number: number][] = [];
		for (const [i, thread] of threads.entries())
			for (const [number, at] of thread.times.entries()) {
				times[steps.length] = at;
				steps.push([i, number]);
			}
		const order = Uint32Array.from(steps.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
		for (const step of order) {
			const [i, number] = steps[step] ?? [0, 0];
			const thread = threads[i];
			if (thread) yield* post(thread, number);
		}
	};
}

export const row = (table: string, values: Record<string, unknown>): Row => ({ table, values });
