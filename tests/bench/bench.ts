// `npm run bench`: builds where that is needed, fills databases, starts the built site as an operator would and prints what it costs.
// --size 40000|1000000|both  --rows REGEXP  --only pages,replies,starts  --rounds 5  --seconds 2  --connections 16  --json FILE|-
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { databaseOf, placesIn } from './databases.ts';
import { loader } from './loading.ts';
import { siteOver } from './pages.ts';
import { memoryOf } from './processes.ts';
import { replies } from './replies.ts';
import { interleaved } from './rounds.ts';
import { serve } from './served.ts';
import { shapeOf } from './shape.ts';
import { starts } from './starts.ts';
import { fixed, table, whole } from './table.ts';

const { values: asked } = parseArgs({
	options: {
		size: { type: 'string', default: '40000' },
		rows: { type: 'string', default: '.' },
		only: { type: 'string', default: 'pages,replies,starts' },
		rounds: { type: 'string', default: '5' },
		seconds: { type: 'string', default: '2' },
		connections: { type: 'string', default: '16' },
		json: { type: 'string' }
	}
});
const sizes = asked.size === 'both' ? [40_000, 1_000_000] : [Number(asked.size)];
const parts = asked.only.split(',');
const connections = Number(asked.connections);
const how = { rounds: Number(asked.rounds), lasts: Number(asked.seconds) * 1000, connections };
// Figures go where JSON does not.
const print = (text: string) => (asked.json === '-' ? console.error(text) : console.log(text));

// Builds first where the source is newer, so that no start that is measured has to.
await serve('file:data/bench-build.db').then((site) => site.stop());

const load = await loader();
const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: availableParallelism(), load: loadavg()[0] ?? 0 };
const result: Record<string, unknown> = { machine, connections, ...how };
print(
	`Node ${machine.node}, ${machine.cores} cores (${machine.cpu}), ${connections} connections, load average ${fixed(machine.load)} before\n`
);

for (const size of sizes) {
	const { posts, threads, members, boards } = shapeOf(size);
	const database = databaseOf(size);
	const places = placesIn(database.file);
	print(`${whole(posts)} posts, ${boards} boards, ${whole(threads)} threads, ${whole(members)} members, SQLite\n`);
	const own: Record<string, unknown> = {};
	try {
		if (parts.includes('pages')) {
			const over = await siteOver(database.file, places, new RegExp(asked.rows));
			const figures = await interleaved(load, over.targets, how);
			const underLoad = memoryOf(over.site.pid).most;
			const rows = over.targets.map(({ name, queries, bytes }, i) => ({ name, queries, bytes, ...figures[i] }));
			own.pages = rows;
			own.underLoad = underLoad;
			print(
				table(
					['page', 'CPU µs', '× limit', 'requests/s', 'p50 ms', 'p99 ms', 'HTML kB', 'sent kB', 'queries'],
					rows.map(({ name, cpu = NaN, ratio = NaN, rate = NaN, p50 = NaN, p99 = NaN, sent = NaN, bytes, queries }) => [
						...[name, whole(cpu), fixed(ratio, 2), whole(rate), fixed(p50), fixed(p99)],
						...[fixed(bytes / 1000), fixed(sent / 1000), queries]
					])
				)
			);
			print(`\nMemory under this load: ${whole(underLoad)} MB at most\n`);
			await over.stop();
		}
		if (parts.includes('replies')) {
			const figures = await replies(load, database.file, places, connections);
			own.replies = figures;
			print(
				table(
					['replies', 'CPU µs', 'replies/s', 'p50 ms', 'p99 ms'],
					figures.map(({ name, cpu, rate, p50, p99 }) => [name, whole(cpu), whole(rate), fixed(p50), fixed(p99)])
				)
			);
		}
		if (parts.includes('starts')) {
			const { firstAnswer, slowest, idle } = await starts(database.file, 5);
			own.starts = { firstAnswer, slowest, idle };
			print(`\nStart to first page: median ${whole(firstAnswer)} ms, slowest ${whole(slowest)} ms of 5. Memory idle: ${whole(idle)} MB\n`);
		}
	} finally {
		database.remove();
	}
	result[String(size)] = own;
}
load.stop();
if (asked.json === '-') console.log(JSON.stringify(result, undefined, '\t'));
else if (asked.json) writeFileSync(asked.json, `${JSON.stringify(result, undefined, '\t')}\n`);
process.exit(0);
