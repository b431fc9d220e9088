// A community of a million posts as portable SQL: which row points to which is arithmetic over `numbers`, a table of 0, 1, 2 …
export const size = { posts: 1_000_000, threads: 50_000, members: 12_500 } as const;

/** An id as the site makes them, 22 signs and scattered over the index, of the row with this number. */
const id = (number: string) =>
	`(cast(10000000000 + (${number}) * 2654435761 % 4294967296 as text) || cast(10000000000 + (${number}) as text))`;
export const idOf = (number: number) =>
	`${10_000_000_000n + ((BigInt(number) * 2_654_435_761n) % 4_294_967_296n)}${10_000_000_000 + number}`;

/** Thread number 5 holds one branch of 20,000 answers, the four before it 5,000 answers each. */
const answers = 905_000;
const manyFrom = size.threads + answers;

/** The statements in the order in which rows point to one another; `now` in milliseconds. */
export function rows(now: number, dialect: 'sqlite' | 'postgres'): string[] {
	const json = (expression: string) => (dialect === 'sqlite' ? expression : `(${expression})::jsonb`);
	const opened = (thread: string) => `(${now} - (${size.threads} - (${thread})) * cast(1893000 as bigint))`;
	const member = (expression: string) => id(`(${expression}) % ${size.members}`);
	const place = (k: string) => `'e' || substr(cast(100000 + (${k}) as text), 2)`;
	const posts = (number: string, thread: string, parent: string, where: string, depth: string, k: string | undefined, from: string) => `
		insert into posts (id, thread_id, parent_id, author_id, place, depth, body, html, warnings, posted_at, version, state, folded, locked, encouraged, key)
		select ${id(number)}, ${id(thread)}, ${parent}, case when (${number}) % 200 = 0 then ${id('0')} else ${member(`(${number}) * 7919`)} end,
			${k === undefined ? `'a0'` : place(k)}, ${depth}, 'One more evening, number ' || cast(${number} as text), '<p>One more evening.</p>',
			${json(`case when (${number}) % 20 = 0 then '["drug_use"]' else '[]' end`)}, ${opened(thread)} + (${k ?? '0'}) * 60000, 1,
			case when (${number}) % 500 = 3 then 'withdrawn' when (${number}) % 5000 = 7 then 'held' else 'standing' end,
			case when (${number}) % 1000 = 9 then 'unkind' end, (${number}) % 2000 = 11, '{}', 'k' || cast(${number} as text)
		from ${from} where ${where}`;
	const many = (offset: string) => id(`${manyFrom} + i - ${offset}`);
	return [
		`insert into members (id, name, name_folded, passphrase_hash, joined_at, agreement_version, warning_choices, trust)
			select ${id('i')}, 'Filled ' || cast(i as text), 'filled ' || cast(i as text), 'x', ${now} - i * 60000 - 86400000, 1, '{}', 0 from numbers where i < ${size.members}`,
		`insert into threads (id, board_id, author_id, opening_id, title, excerpt, opened_at, active_at, answers, answered, listed, locked)
			select ${id('i')}, b.id, ${member('i * 7')}, ${id('i')}, 'A story, number ' || cast(i as text), 'One more evening.', ${opened('i')},
				${opened('i')} + i % 5000 * 300, 18, case when i % 10 = 0 then 0 else 1 end, i % 200 <> 0, i % 500 = 7
			from numbers join boards b on b.position = case when i % 3 = 0 then 0 else i % 30 end where i < ${size.threads}`,
		posts('i', 'i', 'null', `i < ${size.threads}`, '0', undefined, 'numbers'),
		posts(
			`${size.threads} + i`,
			`i % ${size.threads}`,
			`case when (i / ${size.threads}) % 4 = 0 then ${id(`i % ${size.threads}`)} else ${id('i')} end`,
			`i < ${answers}`,
			`1 + (i / ${size.threads}) % 4`,
			`1 + i / ${size.threads}`,
			'numbers'
		),
		posts(
			`${manyFrom} + i`,
			`i % 5`,
			`case when (i / 5) % 4 = 0 then ${id('i % 5')} else ${many('5')} end`,
			'i < 25000',
			'1 + (i / 5) % 4',
			'101 + i / 5',
			'numbers'
		),
		posts(
			`${manyFrom} + i`,
			'5',
			`case when i = 25000 then ${id('5')} when i % 4 = 1 then ${id(`${manyFrom + 25_000}`)} else ${many('1')} end`,
			'i >= 25000 and i < 45000',
			'case when i = 25000 then 1 else 2 + (i - 1) % 4 end',
			'101 + i - 25000',
			'numbers'
		),
		`insert into post_revisions (id, post_id, version, body, warnings, replaced_at)
			select ${id('i')}, ${id('i * 20')}, 1, 'Before', '[]', ${now} - i from numbers where i < 50000`,
		`insert into encouragements (id, post_id, member_id, kind)
			select ${id('i')}, ${id('case when i < 600000 then i else 1 end')}, ${member('case when i < 600000 then i * 31 else i - 595000 end')}, 'with_you'
			from numbers where i < 601500`,
		`insert into reading_marks (tag, sealed, kept_on)
			select ${id('i')}, 'x', '2026-03-01' from numbers where i < 520000`,
		`insert into follows (id, member_id, kind, target, at)
			select ${id('i')}, ${id('i % 12500')}, 'thread', ${id('(i % 12500 * 17 + i / 12500 * 911 + 10) % 50000')}, ${now} - i from numbers where i < 125000`,
		`insert into follows (id, member_id, kind, target, at)
			select ${id('200000 + i')}, ${id('i + 1')}, 'thread', ${id('2')}, ${now} - i from numbers where i < 1000`,
		`insert into follows (id, member_id, kind, target, at)
			select ${id('210000 + i')}, ${id('i * 4 + 1')}, case when i % 3 = 0 then 'muted_board' else 'board' end, b.id, ${now} - i
			from numbers join boards b on b.position = case when i < 1000 then 0 else i % 20 end where i < 3000`,
		`insert into notices (id, member_id, kind, post_id, detail, at, read_at)
			select ${id('i')}, case when i < 20000 then ${id('0')} else ${member('i')} end,
				case when i % 3 = 0 then 'answered' when i % 3 = 1 then 'followed' else 'report_received' end,
				case when i % 500 = 1 then ${id('2')} else ${id('i * 2')} end, '{}', ${now} - i * 1000, case when i % 100 <> 0 then ${now} end
			from numbers where i < 480000`,
		`insert into cases (id, kind, post_id, board_id, priority, score, state, outcome, version, opened_at, due_at, closed_at)
			select ${id('i')}, case when i % 10 = 0 then 'held_post' else 'report' end, ${id('i * 60 + 1')}, b.id, i % 4, 100,
				case when i % 50 = 0 then 'open' else 'closed' end, case when i % 50 <> 0 then 'upheld' end, 4, ${now} - i * 100000, ${now} - i * 90000,
				case when i % 50 <> 0 then ${now} - i * 80000 end
			from numbers join boards b on b.position = i % 20 where i < 15000`,
		`insert into case_events (id, case_id, version, kind, detail, at)
			select ${id('i')}, ${id('i / 4')}, 1 + i % 4, case when i % 4 = 0 then 'created' when i % 4 = 1 then 'report_added' when i % 4 = 2 then 'decision_set' else 'applied' end,
				'{}', ${now} - i * 20000 from numbers where i < 60000`,
		`insert into reports (id, case_id, post_id, reporter_id, reason, note, suggested, post_version, snapshot, weight, trusted, status, reported_at, settled_at)
			select ${id('i')}, ${id('i % 15000')}, ${id('i % 15000 * 60 + 1')}, ${member('i * 37 + 1 + i / 15000')}, 'unkind', '', '[]', 1, '{}', 100, false,
				case when i % 15000 % 50 = 0 then 'open' else 'upheld' end, ${now} - i * 100000, case when i % 15000 % 50 <> 0 then ${now} - i * 80000 end
			from numbers where i < 20000`,
		`insert into decisions (id, case_id, moderator_id, post_action, author_action, rule, reason, private_reason, warnings, decided_at, apply_at, settled)
			select ${id('i')}, ${id('i')}, ${id('1')}, 'fold', 'none', 'be-kind', 'Please.', '', '[]', ${now} - i * 81000, ${now} - i * 80000, 'applied'
			from numbers where i < 15000 and i % 50 <> 0`,
		`insert into sanctions (id, member_id, decision_id, kind, rule, reason, "from", until)
			select ${id('i')}, ${id('i * 3 + 1')}, ${id('i * 5 + 1')}, 'formal_notice', 'be-kind', 'Please.', ${now} - i * 80000, ${now} - i * 80000
			from numbers where i < 2900 and (i * 5 + 1) % 50 <> 0`,
		`insert into sessions (id, member_id, expires_at, ends_at, started_on, seen_on)
			select 's' || cast(i as text), ${member('i')}, ${now} + i * 1000 + 86400000, ${now} + i * 1000 + 86400000, '2026-03-01', '2026-03-13' from numbers where i < 20000`,
		`insert into offered_names (name_folded, offer, expires_at) select 'offered ' || cast(i as text), ${id('i / 5')}, ${now} + i * 1000 from numbers where i < 500`,
		`insert into kept_forms (id, sealed, expires_at) select ${id('i')}, 'x', ${now} + i * 10000 from numbers where i < 2000`,
		`insert into journeys (id, member_id, kind, words, started_on, zone, day_ends, first_day, begun_at)
			select ${id('i')}, ${id('i')}, 'stop', '', '2024-01-01', 'UTC', 0, 0, ${now} - i from numbers where i < 8000`,
		`insert into journey_entries (id, journey_id, number, kind, "on", words, at)
			select ${id('i')}, ${id('i / 3')}, 1 + i % 3, case when i % 3 = 0 then 'began' when i % 3 = 1 then 'lapse' else 'return' end, '2024-01-01', '', ${now} - i from numbers where i < 24000`,
		`insert into medals (id, journey_id, milestone, reached_on)
			select ${id('i')}, ${id('i / 5')}, case i % 5 when 0 then '24h' when 1 then '2d' when 2 then '3d' when 3 then '30d' else '1y' end, '2024-02-01' from numbers where i < 40000`,
		`insert into celebrations (id, member_id, milestone, words, state, made_at, share_at, cheers, key)
			select ${id('i')}, ${id('i % 8000')}, 'victory', 'I made the bed', case when i % 300 = 0 then 'waiting' else 'shared' end, ${now} - i * 60000,
				case when i % 300 = 0 then ${now} + 3600000 else ${now} - i * 60000 end, 7, 'k' || cast(i as text) from numbers where i < 30000`,
		`insert into cheers (id, celebration_id, member_id)
			select ${id('i')}, ${id('i % 30000')}, ${member('i % 30000 + i / 30000 * 1511')} from numbers where i < 200000`,
		`insert into stream (number, type, audience, data, at)
			select i + 1, 'reply.posted', 'thread:' || ${id('i')}, '{}', ${now} - (3000 - i) * 100 from numbers where i < 3000`,
		`insert into bookmarks (id, member_id, post_id, at)
			select ${id('i')}, case when i < 3000 then ${id('0')} else ${member('i')} end, ${id('i * 3')}, ${now} - i from numbers where i < 60000`,
		`insert into sealed_rows (tag, sealed, kept_on, turned_on)
			select ${id('i')}, 'x', '2026-03-01', '9999-12-31' from numbers where i < 25000`
	];
}
