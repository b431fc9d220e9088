// Paired, interleaved rounds: each row a short while, one after another, and again; what disturbs the machine disturbs all rows.
import type { Loader } from './loading.ts';
import { cpuOf, median } from './processes.ts';

export type Target = { name: string; port: number; pid: number; requests: string[] };
/** CPU in µs a request, requests a second, milliseconds, bytes of an answer as sent. */
export type Round = { cpu: number; rate: number; p50: number; p99: number; sent: number };
type How = { rounds: number; lasts: number; connections: number };

/** Answers before the machine's code is as good as it gets, and in any round that counts: a busy machine takes longer, not fewer. */
const warm = 500;
const fewest = 150;

/** Rounds of `lasts` milliseconds, by target; the first one warms up and is not counted. */
export async function interleaved(load: Loader, targets: Target[], { rounds, lasts, connections }: How): Promise<Round[][]> {
	const all = targets.map((): Round[] => []);
	for (let round = 0; round <= rounds; round++) {
		console.error(round === 0 ? 'Warming up …' : `Round ${round} of ${rounds} …`);
		// Everybody follows everybody else in turn.
		const order = [...targets.keys()].map((i) => (i + round) % targets.length);
		for (const i of order) {
			const target = targets[i];
			if (!target) continue;
			const one = await measured(load, target, { lasts, connections, least: round > 0 ? fewest : warm });
			if (round > 0) all[i]?.push(one);
		}
	}
	return all;
}

/** The median of each figure. */
export function middle(rounds: Round[]): Round {
	const of = (figure: keyof Round) => median(rounds.map((round) => round[figure]));
	return { cpu: of('cpu'), rate: of('rate'), p50: of('p50'), p99: of('p99'), sent: of('sent') };
}

/** The median of the ratios of CPU, round by round. */
export function ratioTo(rounds: Round[], others: Round[]): number {
	return median(rounds.map(({ cpu }, round) => cpu / (others[round]?.cpu ?? NaN)));
}

export async function measured(
	load: Loader,
	{ name, port, pid, requests }: Target,
	how: { lasts: number; connections: number; least?: number; once?: boolean }
): Promise<Round> {
	const before = cpuOf(pid);
	const { done, statuses, ms, p50, p99, sent } = await load.run({ port, requests, ...how });
	const right = (statuses[200] ?? 0) + (statuses[303] ?? 0);
	if (right < done || statuses[0]) throw new Error(`${name}: not all was answered well: ${JSON.stringify(statuses)}.`);
	return { cpu: ((cpuOf(pid) - before) * 1000) / done, rate: (done * 1000) / ms, p50, p99, sent };
}
