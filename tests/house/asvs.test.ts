// The list of what OWASP ASVS 5.0.0 asks at levels 1 and 2, and what meets it: nothing on it points nowhere (ids: OWASP, CC BY-SA 4.0).
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** One record of a CSV file: fields may stand in quotes. */
function fieldsOf(line: string): string[] {
	return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
		([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''
	);
}
const [, ...lines] = readFileSync('tests/asvs.csv', 'utf8').trim().split('\n');
const rows = lines.map((line) => {
	const [id = '', level = '', status = '', where = '', what = '', note = ''] = fieldsOf(line);
	return { id, level, status, where, what, note };
});

/** `awaited`: a test that is being built; `operator`: whoever installs it meets it, by the section named. */
const statuses = ['met', 'deviation', 'operator', 'platform', 'awaited', 'not built', 'not met', 'n/a'];
const anchors = [...readFileSync('SECURITY.md', 'utf8').matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
	title.toLowerCase().replaceAll(' ', '-')
);

test('every requirement of levels 1 and 2 is on the list once, with what became of it', () => {
	expect([rows.filter(({ level }) => level === 'L1').length, rows.filter(({ level }) => level === 'L2').length]).toEqual([70, 183]);
	expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
	for (const { id, status } of rows) expect(statuses, id).toContain(status);
});

test('what is met names a test that is there, or a section of SECURITY.md', () => {
	const wrong = rows
		.filter(({ status, where }) => status !== 'awaited' && (where !== '' || status === 'met'))
		.filter(({ where, what }) => {
			const [file = '', anchor] = where.split('#');
			if (anchor !== undefined) return file !== 'SECURITY.md' || !anchors.includes(anchor);
			return what === '' || !existsSync(file) || !readFileSync(file, 'utf8').includes(what);
		});
	expect(wrong).toEqual([]);
});

test('what is not simply met says why', () => {
	const silent = rows.filter(({ status, note, where }) => !['met', 'awaited'].includes(status) && note === '' && !where.includes('#'));
	expect(silent).toEqual([]);
});

test('nothing is called awaited that is there', () => {
	const there = ({ where, what }: (typeof rows)[number]) => existsSync(where) && readFileSync(where, 'utf8').includes(what);
	expect(rows.filter((row) => row.status === 'awaited' && there(row)).map(({ id }) => `${id} is built: say "met"`)).toEqual([]);
});

test('an id in a test’s name is one of the list', () => {
	const known = new Set(rows.map(({ id }) => id.slice(1)));
	const named = [...new Set(rows.flatMap(({ where }) => (existsSync(where) ? [where] : [])))].flatMap((file) =>
		[...readFileSync(file, 'utf8').matchAll(/\[ASVS ([\d.]+)\]/g)].map(([, id = '']) => id)
	);
	expect(named.filter((id) => !known.has(id) && !/^6\.(3\.8|5\.6|7\.2)$|^15\.4/.test(id))).toEqual([]);
});
