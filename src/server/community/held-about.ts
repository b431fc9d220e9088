// Everything the site holds about a member, read by the ledger: for the member's own file and for "what we could hand over".
import { and, eq, inArray } from 'drizzle-orm';
import { ledger, neverKept, tableNames, type TableName } from '#server/store/ledger.ts';
import { retentions, type Class, type Seen } from '#server/store/ledger-words.ts';
import { rowsAbout, type Row } from '#server/store/rows-about.ts';
import { heldMasks } from './held-masks.ts';
import type { Means } from './means.ts';
import { foldName } from './pseudonyms.ts';
import { marksOf, shelves } from './shelves.ts';
import { whatIsKept } from './what-is-kept.ts';

/** The member reads what is theirs to see; the operator reads every row and column there is. */
export type HeldFor = 'member' | 'operator';
export type HeldColumn = { name: string; class: Class; purpose: string };
export type Held = {
	table: TableName;
	/** "Your bookmarks". */
	what: string;
	/** How long, in a sentence. */
	kept: string;
	columns: HeldColumn[];
	/** Some rows; the same table may come again with more. An empty table does not come. */
	rows: Row[];
};

const membersOwn: readonly Seen[] = ['everyone', 'you', 'you and staff'];
/** Memory is bounded by this many posts at a time. */
const atOnce = 200;

export function heldAbout(means: Pick<Means, 'db' | 'now' | 'sealer'>) {
	const { db } = means;
	const { members } = db.tables;

	/** The member's id by a name as typed; undefined where nobody is called so. */
	async function find(name: string): Promise<{ id: string; name: string } | undefined> {
		const [found] = await db.read
			.select({ id: members.id, name: members.name })
			.from(members)
			.where(eq(members.nameFolded, foldName(name)));
		return found;
	}

	function columnsFor(table: TableName, reader: HeldFor): HeldColumn[] {
		const { columns, seen } = ledger[table];
		return Object.entries(columns)
			.filter(([, [, , other]]) => reader === 'operator' || membersOwn.includes(other?.seen ?? seen))
			.map(([name, [kind, purpose]]) => ({ name, class: kind, purpose }));
	}

	/** What no row ties to them, found and opened with the key file: whoever has it, the operator too, could do the same. */
	async function* sealedRows(member: string): AsyncGenerator<Held> {
		const { kept } = ledger.sealedRows;
		for (const { what, columns, rows } of shelves(means)) {
			const found = await rows(db.read, member);
			if (found.length > 0) yield { table: 'sealedRows', what, kept: retentions[kept].words, columns, rows: found };
		}
		const { what, kept: time } = ledger.readingMarks;
		for await (const some of marksOf(means, member))
			if (some.rows.length > 0) yield { table: 'readingMarks', what, kept: retentions[time].words, ...some };
	}

	/**
	 * Of a report whose author blocked its reporter: what the reporter was told, or their own file would tell of the block. It was settled
	 * before a moderator decided, and so at no moment at which its case settled any (decision-closing.ts, reports.ts).
	 */
	async function asTold(found: Row[]): Promise<Row[]> {
		const { caseEvents, reports } = db.tables;
		const ids = found.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
		const decided = await db.read
			.select({ id: reports.id })
			.from(reports)
			.innerJoin(caseEvents, and(eq(caseEvents.caseId, reports.caseId), eq(caseEvents.at, reports.settledAt)))
			.where(and(inArray(reports.id, ids), inArray(caseEvents.kind, ['closed', 'report_settled'])));
		const truly = new Set<unknown>(decided.map(({ id }) => id));
		return found.map((row) => (row.settledAt && (row.status === 'open' || !truly.has(row.id)) ? { ...row, status: 'withdrawn' } : row));
	}

	/** Table by table, some rows at a time, so that a long life here does not fill the memory. */
	async function* rows(member: string, reader: HeldFor): AsyncGenerator<Held> {
		for (const table of tableNames) {
			const { what, kept } = ledger[table];
			const columns = columnsFor(table, reader);
			if (columns.length === 0) continue;
			let after: string | undefined;
			do {
				const found = await rowsAbout(db.read, db.tables, table, { member, owned: reader === 'member', after, limit: atOnce });
				const told = table === 'reports' ? await asTold(found) : found;
				if (found.length > 0)
					yield {
						table,
						what,
						kept: retentions[kept].words,
						columns,
						rows: told.map((row) => shown(row, columns))
					};
				const last = found.at(-1)?.id;
				after = found.length === atOnce && typeof last === 'string' ? last : undefined;
			} while (after !== undefined);
		}
		yield* sealedRows(member);
		for await (const held of heldMasks(means, member, reader, (table) => columnsFor(table, reader)))
			yield { ...held, rows: held.rows.map((row) => shown(row, held.columns)) };
	}

	/** What a search of the rows cannot show: copies inside the index, what is sealed, and what was never kept. */
	const besides = () => ({
		copies: Object.values(db.handMade).flatMap(({ what, with: of }) => (of ? [what] : [])),
		sealed: tableNames.flatMap((table) =>
			Object.entries(ledger[table].columns).flatMap(([, [kind, purpose]]) =>
				kind === 'sealed' ? [`${ledger[table].what}: ${purpose}`] : []
			)
		),
		never: [...neverKept]
	});

	return { find, rows, besides, declared: whatIsKept };
}

function shown(row: Row, columns: HeldColumn[]): Row {
	return Object.fromEntries(columns.map(({ name }) => [name, row[name]]));
}
