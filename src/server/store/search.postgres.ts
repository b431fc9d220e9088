// Search on PostgreSQL: text vectors of tokens made in the application, so that no dictionary of the server's has a say.
import { sql, type SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Queries } from './database.ts';
import { mostCandidates, plainToken, type SearchIndex, type SearchWord } from './search.ts';

/** In quotes a token is a lexeme, whatever it spells. */
const quoted = ({ token, prefix }: SearchWord) => `'${plainToken(token)}'${prefix ? ':*' : ''}`;
const vector = (tokens: string[]) => sql`array_to_tsvector(string_to_array(${tokens.map(plainToken).join(' ')}, ' '))`;

export function searchPostgres(db: NodePgDatabase): SearchIndex {
	const run = (tx: Queries, statement: SQL) => (tx as NodePgDatabase).execute(statement);

	return {
		async drop(tx, post) {
			await run(tx, sql`delete from search_posts where post_id = ${post}`);
		},
		async put(tx, { post, board, at, rules, title, body }) {
			await run(
				tx,
				sql`insert into search_posts (post_id, board, at, rules, title, words)
					values (${post}, ${board}, ${at}, ${rules}, ${vector(title)}, ${vector([...title, ...body])})
					on conflict (post_id) do update set board = excluded.board, at = excluded.at, rules = excluded.rules, title = excluded.title, words = excluded.words`
			);
		},
		async find({ words, sort, board, except, after, limit }) {
			const all = sql`${words.map(quoted).join(' & ')}::tsquery`;
			const any = sql`${words.map(quoted).join(' | ')}::tsquery`;
			const here = sql`${board === undefined ? sql`` : sql`and board = ${board}`} ${except.length === 0 ? sql`` : sql`and board not in ${except}`}`;
			const newest = (also: SQL) =>
				sql`(select post_id from search_posts where words @@ ${all} ${here} ${also} order by at desc, post_id collate "C" desc limit ${mostCandidates})`;
			const best = sort === 'best';
			const found = best ? sql`${newest(sql`and title @@ ${all}`)} union ${newest(sql``)}` : newest(sql``);
			const score = best ? sql`case when title @@ ${all} then 2 when title @@ ${any} then 1 else 0 end` : sql`0`;
			const beyond = after
				? sql`where (score, at, post collate "C") < (${after.score}::integer, ${after.at}::bigint, ${after.post}::text)`
				: sql``;
			const { rows } = await db.execute<{ post: string; score: number }>(sql`
				select post, score from (
					select p.post_id as post, p.at as at, ${score} as score from (${found}) f join search_posts p on p.post_id = f.post_id
				) scored ${beyond} order by score desc, at desc, post collate "C" desc limit ${limit}`);
			return rows;
		},
		async missing(rules, limit) {
			const { rows } = await db.execute<{ id: string }>(sql`
				select p.id as id from posts p left join search_posts s on s.post_id = p.id and s.rules = ${rules}
				where p.state = 'standing' and s.post_id is null limit ${limit}`);
			return rows.map(({ id }) => id);
		}
	};
}
