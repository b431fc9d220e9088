// Every column of the real schemas is declared, and nothing is declared that is not there (security.md, "Ledger").
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import { getTableName } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { ledger, tableNames } from '#server/store/ledger.ts';
import { words } from '#server/store/columns.postgres.ts';
import { defineTables } from '#server/store/tables.ts';
import { retentions } from '#server/store/ledger-words.ts';
import { sources } from '../house/source.ts';
import { onBothDatabases, type World } from '../world.ts';

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** "table.column" of everything the database itself says it holds. */
async function columnsOf({ url }: World): Promise<string[]> {
	if (url.startsWith('file:')) {
		const client = new Sqlite(url.slice(5), { readonly: true });
		const tables = client.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").all() as {
			name: string;
		}[];
		// "xinfo" also names hidden columns, such as those of a search index.
		const all = tables.flatMap(({ name }) =>
			(client.pragma(`table_xinfo("${name}")`) as { name: string }[]).map((column) => `${name}.${column.name}`)
		);
		client.close();
		return all.sort();
	}
	const client = new Client({ connectionString: url });
	await client.connect();
	const { rows } = await client.query<{ t: string; c: string }>(
		"select table_name t, column_name c from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema')"
	);
	await client.end();
	return rows.map(({ t, c }) => `${t}.${c}`).sort();
}

onBothDatabases((aWorld) => {
	test('every column of the database is declared in the ledger, and every declared one exists [ASVS 14.1.1]', async () => {
		const world = await aWorld();
		const drizzled = tableNames.flatMap((name) =>
			Object.keys(ledger[name].columns).map((column) => `${getTableName(world.db.tables[name])}.${snake(column)}`)
		);
		const byHand = Object.entries(world.db.handMade).flatMap(([table, { columns }]) =>
			Object.keys(columns).map((one) => `${table}.${one}`)
		);
		expect([...drizzled, ...byHand].sort()).toEqual(await columnsOf(world));
	});
});

test('each column says what it is for in a sentence, and each table whose it is [ASVS 14.1.2]', () => {
	for (const name of tableNames) {
		const { what, about, subject, columns } = ledger[name];
		expect(what, name).toMatch(/^[A-Z]/);
		expect(about.length > 0, `${name} has a subject`).toBe(subject === undefined);
		for (const [column, [, purpose]] of Object.entries(columns)) expect(purpose, `${name}.${column}`).toMatch(/^[A-Z].*\.$/);
	}
});

test('a time that is promised has a rule that keeps it, and a rule keeps a promised time', () => {
	for (const name of tableNames) {
		const { kept, columns, prune = [] } = ledger[name];
		const promised = new Set([kept, ...Object.values(columns).flatMap(([, , other]) => other?.kept ?? [])]);
		const kinds = [...promised].filter((one) => retentions[one].by === 'pruning');
		expect(
			kinds.filter((one) => !prune.some((rule) => rule.kept === one)),
			`${name} has a rule for each time`
		).toEqual([]);
		for (const rule of prune) expect(retentions[rule.kept].by).toBe('pruning');
	}
});

test('no column is for an address, an agent, a token or a place', () => {
	const names = tableNames.flatMap((name) => Object.keys(ledger[name].columns));
	expect(names.filter((name) => /ip$|ip_|agent|email|phone|token|cookie|address|birth|latitude|referr/i.test(name))).toEqual([]);
	expect(sources('src/server/store/tables*.ts').filter(({ text }) => /inet\(|cidr\(/.test(text))).toEqual([]);
});

test('every column that points to a member says what becomes of its row when they leave', () => {
	const { members, ...others } = defineTables(words);
	const pointing = Object.entries(others).flatMap(([name, table]) =>
		getTableConfig(table)
			// What goes with the member's row by itself has its answer.
			.foreignKeys.filter((key) => key.reference().foreignTable === members && key.onDelete !== 'cascade')
			.flatMap((key) => key.reference().columns.map((column) => `${name}.${column.name}`))
	);
	const answered = tableNames.flatMap((name) =>
		ledger[name].about.filter(([, table]) => table === 'members').map(([column]) => `${name}.${column}`)
	);
	expect(pointing.length).toBeGreaterThan(10);
	expect(pointing.filter((one) => !answered.includes(one))).toEqual([]);
});
