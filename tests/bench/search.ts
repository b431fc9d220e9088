// How long searches and index writes take. `node tests/bench/search.ts [posts=20000] [database=file in a new folder]`; prints, judges nothing.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import type { Database } from '#server/store/database.ts';
import type { Means } from '#server/community/means.ts';
import type { search } from '#server/community/search.ts';

const [number = '20000', url] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'lamplight-bench-'));
const address = url ?? `file:${join(folder, 'bench.db')}`;
const vite = await createServer({ configFile: false, logLevel: 'error', server: { middlewareMode: true, ws: false }, appType: 'custom' });
// Migrations are gathered by Vite.
const openDatabase: (url: string) => Promise<Database> = (await vite.ssrLoadModule('/src/server/store/database.ts')).openDatabase;
const searchOver: typeof search = (await vite.ssrLoadModule('/src/server/community/search.ts')).search;

let state = 7;
const below = (limit: number) => Math.floor(((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296) * limit);
/** Common words are much more common than rare ones, as in any language. */
const words = Array.from({ length: 20_000 }, (_, i) => `${['lam', 'nig', 'lon', 'day', 'stil'][i % 5]}${i.toString(36)}`);
const word = () => words[Math.floor(words.length * (below(1000) / 1000) ** 6)] ?? '';
const text = (length: number) => Array.from({ length }, word).join(' ');

const db = await openDatabase(address);
const { boards, threads, posts } = db.tables;
const means: Means = { db, now: () => 1.8e12, newId: () => '', pick: below, tell: () => undefined };
await db.write((tx) =>
	tx.insert(boards).values({
		id: 'b',
		slug: 'b',
		section: 'b',
		title: 'b',
		charter: [],
		warnings: [],
		membersOnly: false,
		distress: false,
		titlesPublic: true,
		position: 0
	})
);
for (let i = 0; i < Number(number); i += 200)
	await db.write(async (tx) => {
		const rows = Array.from({ length: 200 }, (_, j) => ({ id: `p${i + j}`, at: 1.7e12 + (i + j) * 60_000, body: text(20 + below(140)) }));
		await tx
			.insert(threads)
			.values(rows.map(({ id, at }) => ({ id, boardId: 'b', openingId: id, title: text(4), excerpt: '', openedAt: at, activeAt: at })));
		await tx.insert(posts).values(
			rows.map(({ id, at, body }) => ({
				id,
				threadId: id,
				place: 'a',
				depth: 0,
				body,
				html: `<p>${body}</p>`,
				warnings: [],
				postedAt: at,
				encouraged: {},
				key: id
			}))
		);
	});

const { find, catchUp } = searchOver(means);
let began = performance.now();
while ((await catchUp()) > 0);
console.log(`${number} posts indexed one write each: ${((performance.now() - began) / Number(number)).toFixed(2)} ms a post`);

async function measured(what: string, q: () => string, sort: 'best' | 'new', times = 200) {
	const took: number[] = [];
	let found = 0;
	for (let i = 0; i < times; i++) {
		const asked = { q: q(), board: '', sort, after: null };
		began = performance.now();
		found += (await find(undefined, asked, { country: undefined, hardDay: false, warnings: {} })).results.length;
		took.push(performance.now() - began);
	}
	took.sort((a, b) => a - b);
	console.log(
		`${what.padEnd(28)} ${sort.padEnd(5)} p50 ${took[times / 2]?.toFixed(2)} ms, p99 ${took[Math.floor(times * 0.99)]?.toFixed(2)} ms, ${(found / times).toFixed(1)} on the page`
	);
}
for (const sort of ['best', 'new'] as const) {
	await measured('a rare word', () => words[5000 + below(15_000)] + ' ', sort);
	await measured('three words', () => `${text(3)} `, sort);
	await measured('the commonest word', () => `${words[0]} `, sort);
	await measured('the beginning of many words', () => 'lam', sort);
}
await db.close();
await vite.close();
if (!url) console.log(`${(statSync(join(folder, 'bench.db')).size / 1e6).toFixed(0)} MB in all`);
rmSync(folder, { recursive: true });
