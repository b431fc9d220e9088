// Pages of a site with a million posts cost what those of a small one do: no statement reads or sorts what grows with the site.
import { expect, test } from 'vitest';
import { onBothDatabases } from '../world.ts';
import { fill } from './fill.ts';
import { plansOf, type Asked } from './plans.ts';
import { readEverything, writeEverything } from './visit.ts';

/** Statements that may read more, each with its reason. */
const excused: { holds: RegExp; because: string }[] = [
	{ holds: /^select "number"(, "type")? from "stream" order by .* limit/, because: 'one step from an end of the primary key' },
	{ holds: /^select count\(\*\) from "(offered_names|kept_forms)"$/, because: 'the verb itself keeps the table small' },
	{
		holds: /from "cases" .* where \("cases"."state" <> 'closed' and .* limit/,
		because: 'walks the queue in its order and stops at a page'
	},
	{ holds: /^select max\(at\) as at from search_posts$/, because: 'one step from the end of an index' },
	{
		holds: /^select count\(\*\), max\("posted_at"\) from "posts" where/,
		because: 'one thread, from an index alone, when a post is taken back'
	}
];

/** Lists of values make one statement look like many. */
const shape = (sql: string) =>
	sql
		.replace(/\$\d+/g, '?')
		.replace(/\((?:(?:\?|null|default)(?:, )?)+\)/g, '(…)')
		.replace(/(?:\(…\), )+\(…\)/g, '(…)')
		.replace(/\s+/g, ' ')
		.trim();

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
		await fill(world);
		await world.db.analyse();
		listening = true;
		await readEverything(world);
		await writeEverything(world);
		listening = false;
		const plans = await plansOf(world.url);
		const found: string[] = [];
		try {
			for (const [sql, times] of asked) {
				if (excused.some(({ holds }) => holds.test(sql))) continue;
				const problems = new Set<string>();
				for (const one of times) for (const problem of await plans.problems(one)) problems.add(problem);
				if (problems.size > 0) found.push(`${[...problems].join('; ')}\n   ${sql}`);
			}
		} finally {
			await plans.close();
		}
		expect(found.join('\n\n')).toBe('');
	}, 600_000);
});
