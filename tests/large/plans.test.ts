// Pages of a site with a million posts cost what those of a small one do: no statement reads or sorts what grows with the site.
import { expect, test } from 'vitest';
import { onBothDatabases } from '../world.ts';
import { fill } from './fill.ts';
import { plansOf, type Asked } from './plans.ts';
import { readEverything, writeEverything } from './visit.ts';

/** Statements that may read more, each with its reason. */
const excused: { holds: RegExp; because: string }[] = [];

/** Lists of values make one statement look like many. */
const shape = (sql: string) =>
	sql
		.replace(/\$\d+/g, '?')
		.replace(/\((?:(?:\?|null|default)(?:, )?)+\)/g, '(…)')
		.replace(/(?:\(…\), )+\(…\)/g, '(…)')
		.replace(/\s+/g, ' ');

onBothDatabases((aWorld) => {
	test('no statement of a verb reads or sorts what grows with the site', async () => {
		const asked = new Map<string, Asked[]>();
		let listening = false;
		const world = await aWorld({
			logQuery(sql, params) {
				if (!listening || !/^\s*(?:select|insert|update|delete)/i.test(sql)) return;
				const alike = asked.get(shape(sql)) ?? [];
				if (alike.length < 12) asked.set(shape(sql), [...alike, { sql, params }]);
			}
		});
		const took = [performance.now()];
		await fill(world);
		took.push(performance.now());
		listening = true;
		await readEverything(world);
		took.push(performance.now());
		const ended = await writeEverything(world).catch((problem: unknown) => problem);
		if (ended) console.log(ended);
		listening = false;
		took.push(performance.now());
		const plans = await plansOf(world.url);
		const found: string[] = [];
		try {
			for (const [sql, times] of asked) {
				if (process.env.SHOW === sql) console.log(times);
				if (excused.some(({ holds }) => holds.test(sql))) continue;
				const problems = new Set<string>();
				for (const one of times) for (const problem of await plans.problems(one)) problems.add(problem);
				if (problems.size > 0) found.push(`${[...problems].join('; ')}\n   ${sql}`);
			}
		} finally {
			await plans.close();
		}
		took.push(performance.now());
		if (process.env.SHOW) console.log(asked.size, 'statements', took.map((t, i) => Math.round(t - (took[i - 1] ?? t))).join(' '));
		expect(found.join('\n\n')).toBe('');
	}, 600_000);
});
