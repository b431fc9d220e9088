// Plain tables for a terminal and a README.
export function table(head: string[], rows: (string | number)[][]): string {
	const cells = [head, ...rows.map((row) => row.map(String))];
	const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
	const line = (row: string[]) =>
		`| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
	const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
	return [line(cells[0] ?? []), rule, ...cells.slice(1).map(line)].join('\n');
}

export const whole = (number: number) => (Number.isFinite(number) ? Math.round(number).toLocaleString('en') : '–');
export const fixed = (number: number, digits = 1) => (Number.isFinite(number) ? number.toFixed(digits) : '–');
