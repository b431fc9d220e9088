// Rows as somebody outside reads them: moments as dates, and no hash, for whoever holds one could try words against it.
import type { Held, HeldColumn } from './held-about.ts';

function plain({ class: kind }: HeldColumn, value: unknown): unknown {
	if (value === null || value === undefined) return null;
	if (kind === 'sealed') return '(sealed: nobody can read it from here)';
	if (kind === 'secret hash') return '(a hash: held, not shown)';
	if (kind === 'moment' && typeof value === 'number') return new Date(value).toISOString();
	if (kind === 'day' && typeof value === 'number') return new Date(value).toISOString().slice(0, 10);
	return value;
}

export const plainRows = ({ columns, rows }: Held) =>
	rows.map((row) => Object.fromEntries(columns.map((column) => [column.name, plain(column, row[column.name])])));
