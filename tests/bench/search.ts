// How long searches and index writes take. `node tests/bench/search.ts [posts=20000] [database=file in a new folder]`; prints, judges nothing.
// A database that is given is kept, and filled only where it is empty.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import type { Database } from '#server/store/database.ts';
import type { Means } from '#server/community/means.ts';
import type { search } from '#server/community/search.ts';
import type { documentTokens } from '#server/community/search-tokens.ts';

const [number = '20000', url] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'lamplight-bench-'));
const address = url ?? `file:${join(folder, 'bench.db')}`;
const vite = await createServer({ configFile: false, logLevel: 'error', server: { middlewareMode: true, ws: false }, appType: 'custom' });
// Migrations are gathered by Vite.
const openDatabase: (url: string) => Promise<Database> = (await vite.ssrLoadModule('/src/server/store/database.ts')).openDatabase;
const searchOver: typeof search = (await vite.ssrLoadModule('/src/server/community/search.ts')).search;

const tokensOf: typeof documentTokens = (await vite.ssrLoadModule('/src/server/community/search-tokens.ts')).documentTokens;

let state = 7;
const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296;
const below = (limit: number) => Math.floor(random() * limit);
const syllables = [
	'ra',
	'lo',
	'mi',
	'ten',
	'sha',
	'ver',
	'ko',
	'ni',
	'est',
	'ul',
	'pa',
	'dre',
	'so',
	'wi',
	'an',
	'for',
	'gle',
	'hu',
	'bo',
	'ing'
];
/** The more common, the shorter; many begin alike. */
function spelled(rank: number): string {
	let word = '';
	for (let left = rank + 20; left > 0; left = Math.floor(left / 20)) word = (syllables[left % 20] ?? '') + word;
	return word;
}
/** Zipf's law: the word of rank r is 1/r as common as the first, as in any language. */
const vocabulary = Array.from({ length: 50_000 }, (_, rank) => spelled(rank));
const sums: number[] = [];
for (const rank of vocabulary.keys()) sums.push((sums.at(-1) ?? 0) + 1 / (rank + 1));
function word(): string {
	const wanted = random() * (sums.at(-1) ?? 0);
	let [from, to] = [0, sums.length - 1];
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((sums[middle] ?? 0) < wanted) from = middle + 1;
		else to = middle;
	}
	return vocabulary[from] ?? '';
}
const text = (length: number) => Array.from({ length }, word).join(' ');

const db = await openDatabase(address);
const { boards, threads, posts } = db.tables;
const means: Means = { db, now: () => 1.8e12, newId: () => '', pick: below, tell: () => undefined };
const inBoards = 20;
const aYear = 365 * 86_400_000;
let began = performance.now();
let indexing = 0;

async function fill(many: number) {
	await db.write((tx) =>
		tx.insert(boards).values(
			Array.from({ length: inBoards }, (_, position) => ({
				id: `board${position}`,
				slug: `b${position}`,
				section: 'b',
				title: 'b',
				charter: [],
				warnings: [],
				membersOnly: position === inBoards - 1,
				distress: false,
				titlesPublic: true,
				position
			}))
		)
	);
	for (let i = 0; i < many; i += 500)
		await db.write(async (tx) => {
			const rows = Array.from({ length: 500 }, (_, j) => ({
				id: `${below(2 ** 31).toString(36)}-${i + j}`,
				at: 1.7e12 + Math.floor(((i + j) / many) * 3 * aYear),
				body: text(10 + below(60)),
				// One board holds half of all, the last two a post in thousands.
				board: `board${Math.min(inBoards - 1, Math.floor(-Math.log2(1 - random())))}`,
				title: j % 20 === 0 ? text(5) : undefined
			}));
			const opening = rows.filter(({ title }) => title !== undefined);
			await tx.insert(threads).values(
				opening.map(({ id, at, board, title = '' }) => ({
					id,
					boardId: board,
					openingId: id,
					title,
					excerpt: '',
					openedAt: at,
					activeAt: at
				}))
			);
			await tx.insert(posts).values(
				rows.map(({ id, at, body }, j) => ({
					id,
					threadId: opening[Math.floor(j / 20)]?.id ?? id,
					place: `e${String(j).padStart(5, '0')}`,
					depth: j % 20 === 0 ? 0 : 1,
					body,
					html: `<p>${body}</p>`,
					warnings: [],
					postedAt: at,
					encouraged: {},
					key: id
				}))
			);
			const start = performance.now();
			for (const { id, at, body, title = '' } of rows) {
				const board = opening[Math.floor(rows.findIndex((row) => row.id === id) / 20)]?.board ?? '';
				await db.search.put(tx, { post: id, board, at, rules: 1, title: tokensOf(title), body: tokensOf(`${title} ${body}`) });
			}
			indexing += performance.now() - start;
		});
	console.log(
		`${many} posts in ${Math.round((performance.now() - began) / 1000)} s, ${(indexing / many).toFixed(2)} ms of it a post for the index`
	);
}
if ((await db.read.$count(boards)) === 0) await fill(Number(number));

const { find } = searchOver(means);
async function measured(what: string, q: () => string, sort: 'best' | 'new', board = '', pages = 1, times = 200) {
	const took: number[] = [];
	// What other programs of the machine take is in the time, and not in this.
	const worked: number[] = [];
	let found = 0;
	for (let i = 0; i < times; i++) {
		let after: string | null = null;
		const asked = q();
		for (let page = 0; page < pages; page++) {
			began = performance.now();
			const before = process.cpuUsage();
			const answer = await find(undefined, { q: asked, board, sort, after }, { country: undefined, hardDay: false, warnings: {} });
			took.push(performance.now() - began);
			const { user, system } = process.cpuUsage(before);
			worked.push((user + system) / 1000);
			found += answer.results.length;
			after = answer.next;
			if (!after) break;
		}
	}
	for (const all of [took, worked]) all.sort((a, b) => a - b);
	const at = (share: number, all = took) => all[Math.min(all.length - 1, Math.floor(all.length * share))]?.toFixed(1);
	console.log(
		`${what.padEnd(34)} ${sort.padEnd(5)} p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms; CPU p50 ${at(0.5, worked)}, p99 ${at(0.99, worked)} ms; ${(found / took.length).toFixed(1)} on the page`
	);
}
const ranked = (from: number, to: number) => () => `${vocabulary[from + below(to - from)]} `;
for (const sort of ['best', 'new'] as const) {
	await measured('words as they are written', () => `${text(1)} `, sort);
	await measured('two words as they are written', () => `${text(2)} `, sort);
	await measured('four words as they are written', () => `${text(4)} `, sort);
	await measured('one of the ten commonest words', ranked(0, 10), sort);
	await measured('a common word (rank 100 to 1,000)', ranked(100, 1000), sort);
	await measured('a rare word', ranked(10_000, 50_000), sort);
	await measured('a common and a rare word', () => ranked(0, 10)() + ranked(10_000, 50_000)(), sort);
	await measured('the beginning of a word', () => word().slice(0, 3 + below(5)), sort);
	await measured('common words on a small board', ranked(0, 50), sort, 'b9');
	await measured('ten pages of a common word', ranked(0, 50), sort, '', 10, 20);
}
await db.close();
await vite.close();
if (!url) console.log(`${(statSync(join(folder, 'bench.db')).size / 1e6).toFixed(0)} MB in all`);
rmSync(folder, { recursive: true });
