// Filled databases, kept between runs: filling a million posts takes minutes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	constants,
	copyFileSync,
	existsSync,
	globSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { dayOf } from '#server/community/lucia-adapter.ts';
import { passphrase } from './fill.ts';
import { chance as chanceFrom } from './random.ts';
import { day, tokenOf, visitors } from './shape.ts';
import { vocabulary } from './vocabulary.ts';

/** What a filled database depends on. */
const sources = [
	'drizzle/sqlite/*.sql',
	'tests/bench/{conversations,fill,history,people,pieces,random,shape,vocabulary}.ts',
	'src/server/community/{markdown*,places,search-tokens,text,default-boards}.{ts,json}'
];

/** A copy of the filled database of this size for one run; it is made where there is none yet. */
export function databaseOf(posts: number): { file: string; remove: () => void } {
	const hash = createHash('sha256');
	for (const path of globSync(sources).sort()) hash.update(readFileSync(path));
	const kept = join(tmpdir(), 'lamplight-bench-databases');
	const filled = join(kept, `${posts}-${hash.digest('hex').slice(0, 12)}.db`);
	mkdirSync(kept, { recursive: true });
	if (!existsSync(filled)) {
		// What nobody used for a day was filled by other rules than these.
		for (const old of globSync(join(kept, '*'))) if (statSync(old).mtimeMs < Date.now() - day) rmSync(old);
		console.error(`Filling a database with ${posts.toLocaleString('en')} posts; it is kept in ${kept} …`);
		execFileSync(process.execPath, ['tests/bench/fill.ts', String(posts), `${filled}.part`], { stdio: ['ignore', 2, 2] });
		renameSync(`${filled}.part`, filled);
		rmSync(`${filled}.part.ballast`, { force: true });
	}
	utimesSync(filled, new Date(), new Date());
	const folder = mkdtempSync(join(tmpdir(), 'lamplight-bench-'));
	const file = join(folder, 'bench.db');
	copyFileSync(filled, file, constants.COPYFILE_FICLONE);
	refresh(file);
	return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Sessions end after two weeks and are written to once a day: here everybody was here today. */
function refresh(file: string) {
	const db = new Sqlite(file);
	const now = Date.now();
	db.prepare('update sessions set expires_at = ?, ends_at = ?, seen_on = ?').run(now + 13 * day, now + 80 * day, dayOf(now));
	db.pragma('wal_checkpoint(TRUNCATE)');
	db.close();
}

export type Places = {
	threads: string[];
	many: string[];
	boards: string[];
	searches: string[];
	names: string[];
	cookies: string[];
	passphrase: string;
};

/** What there is to open: threads of exactly thirty posts beside celebrations, threads to answer in, the busiest boards, texts to search for. */
export function placesIn(file: string): Places {
	const db = new Sqlite(file, { readonly: true });
	const all = (sql: string) => db.prepare(sql).pluck().all().map(String);
	const open = `from threads t join boards b on b.id = t.board_id where b.members_only = 0 and b.distress = 0 and t.listed = 1`;
	const { some } = vocabulary(chanceFrom(7));
	const texts = Array.from({ length: 2000 }, (_, i) => some(1 + (i % 3)).join(' '));
	const found = {
		threads: all(`select t.id ${open} and t.answers = 29 order by t.active_at desc limit 16`),
		many: all(`select t.id ${open} and t.answers between 5 and 25 order by t.active_at desc limit 64`),
		boards: all(`select b.slug ${open} group by b.id order by count(*) desc limit 4`),
		names: all('select name from members order by joined_at limit 2000')
	};
	db.close();
	return { ...found, searches: texts, cookies: Array.from({ length: visitors }, (_, i) => tokenOf(i)).slice(4), passphrase };
}
