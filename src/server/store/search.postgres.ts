// Search on PostgreSQL: text vectors of tokens made in the application, so that no dictionary of the server's has a say.
import { sql, type SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Queries } from './database.ts';
import {
	groupsOf,
	missingIn,
	nextPiece,
	plainToken,
	type SearchAsked,
	type SearchGroup,
	type SearchHit,
	type SearchIndex,
	type SearchWord
} from './search.ts';

// Tokens are small letters, so capitals mark what else a vector knows: words of the title (T), the board (B), the time (H, I).
const quoted = ({ token, prefix }: SearchWord, mark = '') => `'${mark}${plainToken(token)}'${prefix ? ':*' : ''}`;
const boardLexeme = (id: string) => `B${Buffer.from(id).toString('hex')}`;
const vector = (lexemes: string[]) => sql`array_to_tsvector(string_to_array(${lexemes.join(' ')}, ' '))`;

function query({ title }: SearchGroup, { words, board, except }: SearchAsked): string {
	const titled = words.map((word) => quoted(word, 'T'));
	const [every, all, some] = [words.map((word) => quoted(word)).join(' & '), titled.join(' & '), titled.join(' | ')];
	const found = { anywhere: every, all: `${every} & ${all}`, some: `${every} & (${some}) & !(${all})`, none: `${every} & !(${some})` }[
		title
	];
	const here = board === undefined ? '' : ` & '${boardLexeme(board)}'`;
	return `${found}${here}${except.map((id) => ` & !'${boardLexeme(id)}'`).join('')}`;
}

/**
 * GIN finds all posts or none in order, and half the site may hold a word. So every post also knows the stretch of time that it is
 * from: the last days are searched first, then half a year, then everything, until a page is full. What is found and put in order
 * is then some sixty pages at most, whatever the word.
 */
const hour = 3_600_000;
const stretches = [
	{ mark: 'H', length: 64 * hour },
	{ mark: 'I', length: 64 * 64 * hour }
];
const eras = (at: number) => stretches.map(({ mark, length }) => `${mark}${Math.floor(at / length)}`);

export function searchPostgres(db: NodePgDatabase): SearchIndex {
	const run = (tx: Queries, statement: SQL) => (tx as NodePgDatabase).execute(statement);

	async function newest(matching: string, after: SearchAsked['after'], from: number, limit: number): Promise<string[]> {
		const below = after ? sql`and (at, post_id collate "C") < (${after.at}::bigint, ${after.post}::text)` : sql``;
		const within = stretches.map(({ mark, length }) => {
			const last = Math.floor(from / length);
			return `(${matching}) & ('${mark}${last}' | '${mark}${last - 1}')`;
		});
		for (const words of [...within, matching]) {
			const { rows } = await db.execute<{ post: string }>(
				sql`select post_id as post from search_posts where words @@ ${words}::tsquery ${below} order by at desc, post_id collate "C" desc limit ${limit}`
			);
			if (rows.length === limit || words === matching) return rows.map(({ post }) => post);
		}
		return [];
	}

	return {
		async drop(tx, post) {
			await run(tx, sql`delete from search_posts where post_id = ${post}`);
		},
		async put(tx, { post, board, at, rules, title, body }) {
			const [titled, all] = [title.map((token) => `T${plainToken(token)}`), [...title, ...body].map(plainToken)];
			await run(
				tx,
				sql`insert into search_posts (post_id, at, rules, words)
					values (${post}, ${at}, ${rules}, ${vector([...titled, ...all, boardLexeme(board), ...eras(at)])})
					on conflict (post_id) do update set at = excluded.at, rules = excluded.rules, words = excluded.words`
			);
		},
		async find(asked) {
			const { after, limit } = asked;
			const { rows } = await db.execute<{ at: number | string | null }>(sql`select max(at) as at from search_posts`);
			const hits: SearchHit[] = [];
			for (const group of groupsOf(asked)) {
				const place = group.score === after?.score ? after : undefined;
				const missing = limit - hits.length;
				const posts = missing > 0 ? await newest(query(group, asked), place, place?.at ?? Number(rows[0]?.at ?? 0), missing) : [];
				hits.push(...posts.map((post) => ({ post, score: group.score })));
			}
			return hits;
		},
		async missing(rules, after, limit) {
			const { rows } = await db.execute<{ id: string; lacking: number }>(nextPiece(rules, after));
			return missingIn(rows, limit);
		}
	};
}
