// Fills a new database as two years of a community would have: `node tests/bench/fill.ts POSTS FILE`. Kept out of the product's verbs.
import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { createServer } from 'vite';
import defaults from '#server/community/default-boards.json' with { type: 'json' };
import { dayOf } from '#server/community/lucia-adapter.ts';
import { passphraseHashes } from '#server/community/passphrase-hashes.ts';
import { tokenRules } from '#server/community/search-tokens.ts';
import type { openDatabase } from '#server/store/database.ts';
import { boardToken, firstNumber, marked } from '#server/store/search.sqlite.ts';
import { joinSearch, sampled } from '#server/store/sqlite-upkeep.ts';
import { history, row, type Written } from './history.ts';
import { celebrations, members } from './people.ts';
import { chance as chanceFrom } from './random.ts';
import { day, visitors, shapeOf, tokenOf, type Shape } from './shape.ts';

export const passphrase = 'a lamp in the far window';
const seed = 20_260_314;

/** The newest migrations, made by the product itself. Vite gathers them. */
async function migrate(url: string) {
	const vite = await createServer({ configFile: false, logLevel: 'error', server: { middlewareMode: true, ws: false }, appType: 'custom' });
	const open: typeof openDatabase = (await vite.ssrLoadModule('/src/server/store/database.ts')).openDatabase;
	await (await open(url)).close();
	await vite.close();
}

/** Everything the tables hold: boards, members, sessions, two years of stories and answers, celebrations. */
export function* everything(shape: Shape, now: number, passphraseHash: string): Generator<Written> {
	const chance = chanceFrom(seed);
	const people = Array.from({ length: shape.members }, chance.newId);
	// The default boards begin with open ones: the last is for members only, as some of every community's are.
	const chosen = [...defaults.slice(0, shape.boards - 1), defaults.find(({ membersOnly }) => membersOnly) ?? defaults.at(-1)];
	const boards = chosen.map((board, position) => ({ ...board, id: chance.newId(), position }));
	for (const board of boards) yield row('boards', board);
	yield* members(chance, people, now, passphraseHash);
	for (const [i, memberId] of people.slice(0, visitors).entries())
		yield row('sessions', {
			...{ id: createHash('sha256').update(tokenOf(i)).digest('hex'), memberId, expiresAt: now + 13 * day, endsAt: now + 80 * day },
			...{ startedOn: dayOf(now), seenOn: dayOf(now) }
		});
	const ids = boards.map(({ id }) => id);
	yield* history(chance, shape, ids, people, now)();
	yield* celebrations(chance, shape, people, now);
	// What is left of the stream a quarter of an hour after the last event.
	yield row('stream', {
		number: shape.posts,
		type: 'reply.posted',
		audience: 'thread:none',
		data: { thread: 'none' },
		at: now - 3_600_000
	});
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const stored = (value: unknown) =>
	typeof value === 'boolean' ? Number(value) : typeof value === 'object' && value !== null ? JSON.stringify(value) : value;

const taken = new Set<number>();
/** A number of the index that nobody has, as near the moment as the product would choose it. */
function free(at: number): number {
	let number = firstNumber(at);
	while (taken.has(number)) number++;
	taken.add(number);
	return number;
}

/** One transaction of prepared statements; the search index is made of its rows afterwards, and its parts are joined as the site does it. */
export function fillSqlite(file: string, rows: Iterable<Written>) {
	const db = new Sqlite(file);
	for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -2000000']) db.pragma(pragma);
	const statements = new Map<string, Sqlite.Statement>();
	const insert = (table: string, values: Record<string, unknown>) => {
		const key = `${table} ${Object.keys(values)}`;
		const names = Object.keys(values);
		const text = `insert into ${snake(table)} (${names.map((name) => `"${snake(name)}"`)}) values (${names.map(() => '?')})`;
		const statement = statements.get(key) ?? db.prepare(text);
		statements.set(key, statement);
		statement.run(Object.values(values).map(stored));
	};
	// A small hash would be written out thousands of times.
	db.exec(`insert into search_words (search_words, rank) values ('hashsize', ${128 * 2 ** 20})`);
	const trigger = String(db.prepare("select sql from sqlite_schema where name = 'search_posts_added'").pluck().get());
	db.exec('drop trigger search_posts_added; begin');
	for (const written of rows) {
		if ('table' in written) insert(written.table, written.values);
		else {
			const { post, board, at, title, body } = written.search;
			const words = { title: marked(title).join(' '), body: body.join(' ') };
			insert('search_posts', { number: free(at), post_id: post, board: boardToken(board), at, rules: tokenRules, ...words });
		}
	}
	db.exec("commit; insert into search_words (search_words) values ('rebuild')");
	db.exec(trigger);
	const changes = () => Number(db.prepare('select total_changes()').pluck().get());
	for (let before = -2; changes() >= before + 2;) {
		before = changes();
		db.exec(joinSearch);
	}
	db.exec(`insert into search_words (search_words, rank) values ('hashsize', ${2 ** 20})`);
	// As the product makes its statistics: with others SQLite plans anew for each value.
	db.exec(sampled);
	db.pragma('journal_mode = WAL');
	db.close();
}

export async function fill(posts: number, file: string) {
	const shape = shapeOf(posts);
	await migrate(`file:${file}`);
	const now = Date.now();
	fillSqlite(file, everything(shape, now, await passphraseHashes().make(passphrase)));
}

if (import.meta.main) {
	const [posts = '40000', file = 'data/bench.db'] = process.argv.slice(2);
	const began = performance.now();
	await fill(Number(posts), file);
	console.log(`Filled ${file} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
