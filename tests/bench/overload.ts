// Five times more than the site can do: `node tests/bench/overload.ts [seconds=10] [times=5]`. Prints what readers notice of it meanwhile.
import { databaseOf, placesIn } from './databases.ts';
import type { LoadDone } from './load.ts';
import { loader, requestOf } from './loading.ts';
import { chance as chanceFrom } from './random.ts';
import { serve } from './served.ts';
import { fixed, table, whole } from './table.ts';

const [seconds = 10, times = 5] = process.argv.slice(2).map(Number);
const database = databaseOf(40_000);
process.once('exit', () => database.remove());
const places = placesIn(database.file);
const { below, newId } = chanceFrom(3);
// As behind a proxy: people, not one address.
const site = await serve(`file:${database.file}`, { settings: { TRUST_PROXY: '127.0.0.1' } });
const [flood, probe, otherProbe] = [await loader(), await loader(), await loader()];
const from = () => [`X-Forwarded-For: 10.${below(256)}.${below(256)}.${1 + below(250)}`];
const lasts = seconds * 1000;

const floods = {
	'sign-ins': Array.from({ length: 20_000 }, () =>
		requestOf(site.port, '/sign-in', { form: { name: `Nobody ${newId()}`, passphrase: 'not the passphrase' } }, from())
	),
	searches: Array.from({ length: 8000 }, (_, i) =>
		requestOf(site.port, `/search?q=${encodeURIComponent(places.searches[i % places.searches.length] ?? '')}`, {}, from())
	)
};
const threadPages = places.threads.map((id, i) => requestOf(site.port, `/threads/${id}`, { cookie: places.cookies[i] }, from()));
const helpPages = [requestOf(site.port, '/help-now', {}, from())];

/** Ten readers of threads and ten of Help now a second. */
const probes = (ms: number) =>
	Promise.all(
		[threadPages, helpPages].map((requests, i) =>
			(i ? otherProbe : probe).run({ port: site.port, requests, connections: 20, lasts: ms, rate: 10 })
		)
	);

const latencies = ({ p50, p99, worst }: LoadDone) => `${fixed(p50, 0)} / ${fixed(p99, 0)} / ${fixed(worst, 0)}`;
const statuses = (one: LoadDone) =>
	Object.entries(one.statuses)
		.map(([status, count]) => `${whole(count)} × ${status === '0' ? 'broken' : status}`)
		.join(', ');

await probes(3000);
const [quietThreads, quietHelp] = await probes(lasts);
const rows: (string | number)[][] = [];
if (quietThreads && quietHelp) rows.push(['nothing else', '', '', latencies(quietThreads), latencies(quietHelp), '', '']);
for (const [name, requests] of Object.entries(floods)) {
	const alone = await flood.run({ port: site.port, requests, connections: 8, lasts: lasts / 2 });
	const refused = (alone.statuses[503] ?? 0) + (alone.statuses[429] ?? 0);
	const capacity = ((alone.done - refused) * 1000) / alone.ms;
	const [flooded, [threads, help]] = await Promise.all([
		flood.run({ port: site.port, requests: requests.toReversed(), connections: 400, lasts, rate: capacity * times }),
		probes(lasts)
	]);
	if (!threads || !help) continue;
	const turnedAway = (flooded.statuses[503] ?? 0) + (flooded.statuses[429] ?? 0);
	rows.push([
		...[`${name} at ${times} × capacity`, whole(capacity), whole((flooded.done * 1000) / flooded.ms), latencies(threads), latencies(help)],
		...[
			`${statuses(flooded)}; ${statuses(threads)} threads; ${statuses(help)} help`,
			turnedAway ? `${whole((flooded.retryAfter * 100) / turnedAway)} %` : '–'
		]
	]);
}
console.log(
	table(['flood', 'capacity/s', 'answered/s', 'threads p50/p99/max ms', 'Help now p50/p99/max ms', 'answers', 'with Retry-After'], rows)
);
await site.stop();
process.exit(0);
