// `npm run bench`: builds where that is needed, fills databases, starts the built site as an operator would and prints what it costs.
// --size 40000|1000000|both  --only pages,searches,replies,starts,visit,sockets  --rows REGEXP  --rounds 5  --seconds 2  --connections 16
// --json FILE|-
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { crowd } from './crowd.ts';
import { databaseOf, placesIn } from './databases.ts';
import { firstVisit } from './first-visit.ts';
import { loader } from './loading.ts';
import { pagesOver, type PagesFigures } from './pages.ts';
import { replies } from './replies.ts';
import { searching } from './searching.ts';
import { serve } from './served.ts';
import { shapeOf } from './shape.ts';
import { starts } from './starts.ts';
import { fixed, table, whole } from './table.ts';

const { values: asked } = parseArgs({
	options: {
		size: { type: 'string', default: 'both' },
		only: { type: 'string', default: 'pages,searches,replies,starts,visit,sockets' },
		rows: { type: 'string', default: '.' },
		rounds: { type: 'string', default: '5' },
		seconds: { type: 'string', default: '2' },
		connections: { type: 'string', default: '16' },
		json: { type: 'string' }
	}
});
const sizes = asked.size === 'both' ? [40_000, 1_000_000] : [Number(asked.size)];
const parts = asked.only.split(',');
const connections = Number(asked.connections);
const how = { rounds: Number(asked.rounds), lasts: Number(asked.seconds) * 1000, connections, rows: new RegExp(asked.rows) };
// Figures go where JSON does not.
const print = (text: string) => (asked.json === '-' ? console.error(text) : console.log(text));

const load = await loader();
const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: availableParallelism(), busy: loadavg()[0] ?? 0 };
print(`Node ${machine.node}, ${machine.cores} cores (${machine.cpu}), load average ${fixed(machine.busy)} before the run`);
const databases = sizes.map((size) => ({ size, ...databaseOf(size) }));
process.once('exit', () => databases.forEach(({ remove }) => remove()));
const over = databases.map(({ size, file }) => ({ size, file, places: placesIn(file) }));
// Builds first where the source is newer, so that no start that is measured has to.
await (await serve(`file:${databases[0]?.file}`)).stop();
const result: Record<string, unknown> = { machine, ...how, rows: asked.rows };

for (const { size } of over) {
	const { posts, threads, members, boards } = shapeOf(size);
	print(`${whole(posts)} posts: ${boards} boards, ${whole(threads)} threads, ${whole(members)} members; SQLite`);
}

/** One part at every size. */
async function each<T>(part: (one: (typeof over)[number]) => Promise<T>): Promise<(T & { size: number })[]> {
	const found: (T & { size: number })[] = [];
	for (const one of over) found.push({ size: one.size, ...(await part(one)) });
	return found;
}

if (parts.includes('pages')) {
	const figures: PagesFigures[] = await pagesOver(load, over, how);
	result.pages = figures;
	for (const { size, rows, memory } of figures) {
		const later = size !== sizes[0];
		print(`\nPages at ${whole(size)} posts, ${connections} connections; memory at most ${whole(memory)} MB under this load\n`);
		print(
			table(
				[
					'page',
					'CPU µs',
					'× limit',
					...(later ? [`× ${whole(sizes[0] ?? 0)}`] : []),
					'per s',
					'p50 ms',
					'p99 ms',
					'HTML kB',
					'sent kB',
					'queries'
				],
				rows.map(({ name, cpu, toLimit, toFirst, rate, p50, p99, sent, bytes, queries }) => [
					...[name, whole(cpu), fixed(toLimit, 2), ...(later ? [fixed(toFirst, 2)] : []), whole(rate), fixed(p50), fixed(p99)],
					...[fixed(bytes / 1000), fixed(sent / 1000), queries]
				])
			)
		);
	}
}

if (parts.includes('searches')) {
	const figures = await each(async ({ file, places }) => ({ searches: await searching(load, file, places) }));
	result.searches = figures;
	print('\nSearches from the browser’s side, one after another: texts of 1–3 words, all different\n');
	print(
		table(
			['posts', 'order', 'searches', 'p50 ms', 'p99 ms', 'longest ms'],
			figures.flatMap(({ size, searches }) =>
				searches.map(({ name, done, p50, p99, worst }) => [whole(size), name, whole(done), fixed(p50), fixed(p99), fixed(worst)])
			)
		)
	);
}

const first = over[0];
if (parts.includes('replies') && first) {
	const figures = await replies(load, first.file, first.places, connections);
	result.replies = figures;
	print(`\nReplies through the whole stack at ${whole(first.size)} posts, each answered when it is on the disk\n`);
	print(
		table(
			['replies', 'CPU µs', 'per s', 'p50 ms', 'p99 ms'],
			figures.map(({ name, cpu, rate, p50, p99 }) => [name, whole(cpu), whole(rate), fixed(p50), fixed(p99)])
		)
	);
}

if (parts.includes('starts')) {
	const figures = await each(async ({ file }) => starts(file, 5));
	result.starts = figures;
	print('\nStart and rest\n');
	print(
		table(
			['posts', 'start to first page, ms', 'slowest of 5', 'idle, MB'],
			figures.map(({ size, firstAnswer, slowest, idle }) => [whole(size), whole(firstAnswer), whole(slowest), whole(idle)])
		)
	);
}

if (parts.includes('visit') && first) {
	const figures = await firstVisit(first.file, first.places);
	result.visit = figures;
	const sum = (kinds: string[]) =>
		figures.filter(({ kind }) => kinds.includes(kind)).reduce((total, { compressed }) => total + compressed, 0);
	print('\nFirst visit of a thread page, signed out, fonts aside\n');
	print(
		table(
			['file', 'kind', 'kB', 'compressed kB', 'sent as'],
			[
				...figures.map(({ path, kind, plain, compressed, sentAs }) => [
					...[path, kind, fixed(plain / 1000), fixed(compressed / 1000)],
					sentAs === 'plain' ? 'plain; gzip counted' : sentAs
				]),
				['all', '', '', fixed(sum(['page', 'style', 'script', 'picture']) / 1000), ''],
				['scripts', '', '', fixed(sum(['script']) / 1000), '']
			]
		)
	);
}

if (parts.includes('sockets') && first) {
	const figures = [];
	for (const sockets of [2000, 10_000]) figures.push(await crowd(first.file, first.places, sockets));
	result.sockets = figures;
	print('\nOne event to a crowd of sockets, one in twenty of them stalled\n');
	print(
		table(
			['sockets', 'first to last reader, ms', 'worst', 'form to last reader, ms', 'not heard', 'kB each'],
			figures.map(({ sockets, spread, worst, fromForm, missed, bytesEach }) => [
				...[whole(sockets), whole(spread), whole(worst), whole(fromForm), missed, fixed(bytesEach / 1000)]
			])
		)
	);
}

load.stop();
if (asked.json === '-') console.log(JSON.stringify(result, undefined, '\t'));
else if (asked.json) writeFileSync(asked.json, `${JSON.stringify(result, undefined, '\t')}\n`);
process.exit(0);
