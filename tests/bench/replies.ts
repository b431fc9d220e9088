// Replies through the whole stack: forms posted by sixteen members at once, each answered when the reply is durable.
import type { Places } from './databases.ts';
import { requestOf, type Loader } from './loading.ts';
import { chance as chanceFrom } from './random.ts';
import { measured, type Round } from './rounds.ts';
import { serve } from './served.ts';
import { vocabulary } from './vocabulary.ts';

export type Replies = { name: string } & Round;

/** For this many milliseconds each: everybody in threads of their own, then everybody in one. */
export async function replies(
	load: Loader,
	file: string,
	{ many, cookies }: Places,
	connections: number,
	lasts = 5000
): Promise<Replies[]> {
	// Behind a proxy every member has an address of their own: a clinic's worth of members behind one would meet the limit on writes.
	const site = await serve(`file:${file}`, { settings: { TRUST_PROXY: '127.0.0.1' } });
	const chance = chanceFrom(11);
	const { paragraph } = vocabulary(chance);
	const addressOf = (i: number) => `X-Forwarded-For: 10.${(i >> 8) & 255}.${i & 255}.${1 + chance.below(250)}`;
	const forms = (threads: string[]) =>
		Array.from({ length: 20_000 }, (_, i) => {
			const form = { parent: '', key: chance.newId(), body: paragraph(30 + chance.below(60)) };
			const client = i % connections;
			const path = `/threads/${threads[client % threads.length]}?/reply`;
			return requestOf(site.port, path, { cookie: cookies[client], form }, [addressOf(chance.below(65_536))]);
		});
	const round = (name: string, threads: string[], ms: number) =>
		measured(load, { name, port: site.port, pid: site.pid, requests: forms(threads) }, { lasts: ms, connections, once: true });
	try {
		await round('warm up', many.slice(0, connections), 2000);
		const apart = await round('replies in threads of their own', many.slice(connections, 2 * connections), lasts);
		const together = await round('replies in one thread', many.slice(-1), lasts);
		return [
			{ name: `replies, ${connections} clients, threads of their own`, ...apart },
			{ name: `replies, ${connections} clients, one thread`, ...together }
		];
	} finally {
		await site.stop();
	}
}
