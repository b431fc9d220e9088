// What a member wrote behind masks, found by their own list: no row ties it to them.
import { ledger, tableNames, type TableName } from '#server/store/ledger.ts';
import { retentions } from '#server/store/ledger-words.ts';
import { rowsOfPosts, rowsWith } from '#server/store/rows-about.ts';
import type { Held, HeldColumn, HeldFor } from './held-about.ts';
import { noSealer, type Means } from './means.ts';
import { ownMasks } from './own-masks.ts';
import { openWaiting } from './waiting-masks.ts';

/** Posts at a time. */
const atOnce = 200;
const waitingColumns: HeldColumn[] = [
	{ name: 'title', class: 'private words', purpose: 'The title.' },
	{ name: 'body', class: 'private words', purpose: 'The words.' }
];

/** As by the name: what hangs on their posts is found by the ledger's links. `columnsFor`: what this reader may see of each table. */
export async function* heldMasks(
	means: Pick<Means, 'db' | 'now' | 'sealer'>,
	member: string,
	reader: HeldFor,
	columnsFor: (table: TableName) => HeldColumn[]
): AsyncGenerator<Held> {
	const { db, sealer = noSealer } = means;
	const all = (await ownMasks(means).all(db.read, member)).map(({ value }) => value.post);
	const found = async (table: TableName, column: string, what: string, ids: string[]): Promise<Held> => ({
		table,
		what,
		kept: retentions[ledger[table].kept].words,
		columns: columnsFor(table),
		rows: await rowsWith(db.read, db.tables, table, column, ids)
	});
	for (let from = 0; from < all.length; from += atOnce) {
		const ids = all.slice(from, from + atOnce);
		const parts = [
			await found('threads', 'openingId', 'Stories you opened without your name', ids),
			await found('posts', 'id', 'What you wrote without your name', ids),
			await found('notices', 'forPost', 'Notices about what you wrote without your name', ids)
		];
		for (const table of tableNames) {
			if (columnsFor(table).length === 0) continue;
			const rows = await rowsOfPosts(db.read, db.tables, table, ids, reader === 'member');
			const { what, kept } = ledger[table];
			parts.push({ table, what: `${what}, without your name`, kept: retentions[kept].words, columns: columnsFor(table), rows });
		}
		const waiting = await found('waitingMasks', 'id', 'What you wrote without your name and others do not see yet', ids);
		const opened = waiting.rows.flatMap(({ id, sealed }) =>
			typeof id === 'string' && typeof sealed === 'string' ? [{ ...openWaiting(sealer, { id, sealed }) }] : []
		);
		for (const part of [...parts, { ...waiting, columns: waitingColumns, rows: opened }]) if (part.rows.length > 0) yield part;
	}
}
