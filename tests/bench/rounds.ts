// Paired, interleaved rounds: each row a short while, one after another, and again; what disturbs the machine disturbs all rows.
import type { Loader } from './loading.ts';
import { cpuOf, median } from './processes.ts';

export type Target = { name: string; port: number; pid: number; requests: string[] };
export type Round = { cpu: number; rate: number; p50: number; p99: number; sent: number };
export type Figures = Round & { /** CPU beside that of the first target in the same round. */ ratio: number };

/** `lasts` milliseconds each; the first round of all warms up and is not counted. Figures are medians in µs, per second, ms and bytes. */
export async function interleaved(load: Loader, targets: Target[], { rounds = 5, lasts = 2000, connections = 16 }): Promise<Figures[]> {
	const all = targets.map((): Round[] => []);
	for (let round = 0; round <= rounds; round++) {
		// Everybody follows everybody else in turn.
		const order = [...targets.keys()].map((i) => (i + round) % targets.length);
		for (const i of order) {
			const target = targets[i];
			if (!target) continue;
			const one = await measured(load, target, lasts, connections);
			if (round > 0) all[i]?.push(one);
		}
	}
	return all.map((own) => {
		const middle = (of: (one: Round) => number) => median(own.map(of));
		const ratio = median(own.map(({ cpu }, round) => cpu / (all[0]?.[round]?.cpu ?? NaN)));
		return {
			cpu: middle((one) => one.cpu),
			rate: middle((one) => one.rate),
			p50: middle((one) => one.p50),
			p99: middle((one) => one.p99),
			sent: middle((one) => one.sent),
			ratio
		};
	});
}

export async function measured(
	load: Loader,
	{ name, port, pid, requests }: Target,
	lasts: number,
	connections: number,
	once = false
): Promise<Round> {
	const before = cpuOf(pid);
	const { done, statuses, ms, p50, p99, sent } = await load.run({ port, requests, connections, lasts, once });
	const right = (statuses[200] ?? 0) + (statuses[303] ?? 0);
	if (right < done || statuses[0]) throw new Error(`${name}: not all was answered well: ${JSON.stringify(statuses)}.`);
	return { cpu: ((cpuOf(pid) - before) * 1000) / done, rate: (done * 1000) / ms, p50, p99, sent };
}
