// The pages that are measured, each signed in and signed out, beside the plain limit of the thread page.
import { requestOf, type Loader } from './loading.ts';
import type { Places } from './databases.ts';
import { memoryOf } from './processes.ts';
import { interleaved, middle, ratioTo, type Round, type Target } from './rounds.ts';
import { record, serve, servePlain, type Page, type Recorded } from './served.ts';

export type Measured = Target & { queries: number; bytes: number };
export type PagesFigures = {
	size: number;
	/** The most that the site held while it was measured, in MB. */
	memory: number;
	rows: (Round & {
		name: string;
		queries: number;
		bytes: number;
		/** Beside the plain limit, and beside the first size. */ toLimit: number;
		toFirst: number;
	})[];
};

const thread = 'thread page of 30 posts';

/** Every row's pages: what one row asks for differs from request to request. */
function rowsOf({ threads, boards, searches, cookies }: Places): Page[][] {
	const both = (name: string, paths: string[]) =>
		[true, false].map((inside) =>
			paths.map((path, i) => ({
				name: `${name}, signed ${inside ? 'in' : 'out'}`,
				path,
				cookie: inside ? cookies[i % cookies.length] : undefined
			}))
		);
	return [
		...both(
			thread,
			threads.map((id) => `/threads/${id}`)
		),
		...both(
			'board',
			Array.from({ length: 16 }, (_, i) => `/boards/${boards[i % boards.length]}`)
		),
		...both('home', Array(16).fill('/')),
		...both(
			'search, 1–3 words',
			searches.map((text) => `/search?q=${encodeURIComponent(text)}`)
		),
		...both('live', Array(16).fill('/live'))
	];
}

/** The built site and its plain limit over one database file, with the rows whose names match. */
async function siteOver(file: string, places: Places, wanted: RegExp) {
	const rows = rowsOf(places).filter(([first]) => first && (wanted.test(first.name) || first.name.startsWith(thread)));
	const sample = rows.flatMap((pages) => pages.slice(0, pages[0]?.name.startsWith(thread) ? 16 : 3));
	const recorded = await record(`file:${file}`, sample);
	const limit = recorded.filter(({ name }) => name === `${thread}, signed in`);
	const site = await serve(`file:${file}`);
	const plain = await servePlain(file, limit);
	const requests = (port: number, pages: Page[]) => pages.map(({ path, cookie }) => requestOf(port, path, { cookie }));
	const targets = rows
		.filter(([first]) => first && wanted.test(first.name))
		.map((pages) => ({
			name: pages[0]?.name ?? '',
			...whole(recorded, pages),
			port: site.port,
			pid: site.pid,
			requests: requests(site.port, pages)
		}));
	const first = {
		name: 'the plain limit',
		...whole(recorded, limit),
		port: plain.port,
		pid: plain.pid,
		requests: requests(plain.port, limit)
	};
	return { site, plain, targets: [first, ...targets] satisfies Measured[] };
}

type Over = { size: number; file: string; places: Places };

/** Measures the rows whose names match at every size, all sizes in the same rounds. */
export async function pagesOver(
	load: Loader,
	over: Over[],
	{ rows: wanted, ...how }: { rows: RegExp; rounds: number; lasts: number; connections: number }
): Promise<PagesFigures[]> {
	const sites: (Awaited<ReturnType<typeof siteOver>> & { size: number })[] = [];
	for (const { size, file, places } of over) sites.push({ size, ...(await siteOver(file, places, wanted)) });
	const count = sites[0]?.targets.length ?? 0;
	// A page at one size is followed by the same page at the next.
	const together = Array.from({ length: count }, (_, row) => sites.flatMap(({ targets }) => targets[row] ?? [])).flat();
	const rounds = await interleaved(load, together, how);
	const roundsOf = (row: number, site: number) => rounds[row * sites.length + site] ?? [];
	const figures = sites.map(({ size, site, targets }, i) => ({
		size,
		memory: memoryOf(site.pid).most,
		rows: targets.map(({ name, queries, bytes }, row) => {
			const own = roundsOf(row, i);
			return { name, queries, bytes, ...middle(own), toLimit: ratioTo(own, roundsOf(0, i)), toFirst: ratioTo(own, roundsOf(row, 0)) };
		})
	}));
	for (const { site, plain } of sites) await Promise.all([site.stop(), plain.stop()]);
	return figures;
}

function whole(recorded: Recorded[], [first]: Page[]) {
	const own = recorded.filter(({ name }) => name === first?.name);
	const mean = (of: (one: Recorded) => number) => Math.round(own.reduce((sum, one) => sum + of(one), 0) / own.length);
	return { queries: mean(({ queries }) => queries.length), bytes: mean(({ bytes }) => bytes) };
}
