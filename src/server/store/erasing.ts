// Erasing by the ledger's word: what goes with a member, and what stays and names nobody. Nothing here knows a table; the ledger does.
import { eq, inArray } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Queries } from './database.ts';
import { ledger, tableNames, type TableName } from './ledger.ts';
import { columnOf } from './rows-about.ts';
import type { Tables } from './tables.ts';

/** Every row that names this member goes or names nobody any more, and the account with them. What was to be erased by choice is gone before. */
export async function forgetMember(tx: Queries, tables: Tables, member: string): Promise<void> {
	// The account last: the others point to it.
	for (const name of [...tableNames.filter((one) => one !== 'members'), 'members' as const]) {
		const table: PgTable = tables[name];
		for (const link of ledger[name].about) {
			if (link[1] !== 'members') continue;
			const [column, , gone, prefix = ''] = link;
			const theirs = eq(columnOf(table, column), prefix + member);
			if (gone === 'goes') await tx.delete(table).where(theirs);
			else
				await tx
					.update(table)
					.set({ [column]: typeof gone === 'string' ? null : gone.becomes })
					.where(theirs);
		}
	}
}

/** What hangs on these rows of one table and goes with their words. */
export async function forgetWith(tx: Queries, tables: Tables, name: TableName, ids: string[]): Promise<void> {
	for (const hanging of tableNames)
		for (const [column, target, gone] of ledger[hanging].about)
			if (target === name && gone === 'goes') await tx.delete(tables[hanging]).where(inArray(columnOf(tables[hanging], column), ids));
}
