// How long one search takes from the browser's side: many different texts of one to three words, one after another.
import type { Places } from './databases.ts';
import { requestOf, type Loader } from './loading.ts';
import { serve } from './served.ts';

export type Searches = { name: string; p50: number; p99: number; worst: number; done: number };

export async function searching(load: Loader, file: string, { searches, cookies, boards }: Places): Promise<Searches[]> {
	const site = await serve(`file:${file}`);
	const measured = async (name: string, query: string, first: number) => {
		const requests = searches.map((text, i) =>
			requestOf(site.port, `/search?q=${encodeURIComponent(text)}${query}`, { cookie: cookies[i % cookies.length] })
		);
		const { p50, p99, worst, done } = await load.run({
			port: site.port,
			requests: requests.slice(0, first),
			connections: 1,
			lasts: 120_000,
			once: true
		});
		return { name, p50, p99, worst, done };
	};
	try {
		await measured('warm up', '', 200);
		const here = `&board=${boards[0]}`;
		return [
			await measured('best first', '', 1000),
			await measured('newest first', '&sort=new', 500),
			await measured('one board', here, 500)
		];
	} finally {
		await site.stop();
	}
}
