// Search on SQLite: FTS5 over tokens made in the application. Triggers keep the words in step with `search_posts`.
import { sql, type SQL } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Queries } from './database.ts';
import { mostCandidates, plainToken, type SearchAsked, type SearchHit, type SearchIndex, type SearchWord } from './search.ts';

/** A board's id in the signs of a token: the tokenizer folds case, ids do not. */
export const boardToken = (id: string) => plainToken(Buffer.from(id).toString('hex'));

/** In quotes a token is a string to FTS5, whatever it spells. */
const quoted = ({ token, prefix }: SearchWord) => `"${plainToken(token)}"${prefix ? '*' : ''}`;
const anyBoard = (ids: string[]) => `board : (${ids.map((id) => `"${boardToken(id)}"`).join(' OR ')})`;

function within(words: string, { board, except }: SearchAsked) {
	const here = board === undefined ? `(${words})` : `((${words}) AND ${anyBoard([board])})`;
	return except.length === 0 ? here : `(${here} NOT ${anyBoard(except)})`;
}

/** The newest posts that match: numbers rise as posts are put, and FTS5 walks them backwards without sorting. */
const newest = (match: string) =>
	sql`select rowid as number from (select rowid from search_words where search_words match ${match} order by rowid desc limit ${mostCandidates})`;

export function searchSqlite(reader: BetterSQLite3Database): SearchIndex {
	const writing = (tx: Queries, statement: SQL) => void (tx as unknown as BetterSQLite3Database).run(statement);

	async function drop(tx: Queries, post: string) {
		writing(tx, sql`delete from search_posts where post_id = ${post}`);
	}

	return {
		drop,
		async put(tx, { post, board, at, rules, title, body }) {
			await drop(tx, post);
			const [titleWords, bodyWords] = [title, body].map((tokens) => tokens.map(plainToken).join(' '));
			writing(
				tx,
				sql`insert into search_posts (post_id, board, at, rules, title, body) values (${post}, ${boardToken(board)}, ${at}, ${rules}, ${titleWords}, ${bodyWords})`
			);
		},
		async find(asked) {
			const { sort, after, limit } = asked;
			const words = asked.words.map(quoted);
			const everyWord = words.join(' AND ');
			const inTitle = within(`title : (${everyWord})`, asked);
			const best = sort === 'best';
			const found = best ? sql`${newest(inTitle)} union ${newest(within(everyWord, asked))}` : newest(within(everyWord, asked));
			// Of the few thousand rows that are put in order, the title is looked at as it stands: asking FTS5 again costs more.
			const inRow = asked.words.map(({ token, prefix }) => sql`instr(' ' || p.title || ' ', ${` ${token}${prefix ? '' : ' '}`}) > 0`);
			const score = best
				? sql`case when ${sql.join(inRow, sql` and `)} then 2 when ${sql.join(inRow, sql` or `)} then 1 else 0 end`
				: sql`0`;
			const beyond = after ? sql`where (score, at, post) < (${after.score}, ${after.at}, ${after.post})` : sql``;
			return reader.all<SearchHit>(sql`
				select post, score from (
					select p.post_id as post, p.at as at, ${score} as score from (${found}) f join search_posts p on p.number = f.number
				) ${beyond} order by score desc, at desc, post desc limit ${limit}`);
		},
		async missing(rules, limit) {
			const rows = reader.all<{ id: string }>(sql`
				select p.id as id from posts p left join search_posts s on s.post_id = p.id and s.rules = ${rules}
				where p.state = 'standing' and s.post_id is null limit ${limit}`);
			return rows.map(({ id }) => id);
		}
	};
}
