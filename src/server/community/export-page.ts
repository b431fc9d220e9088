// A member's own file as a page: for reading without this site, without a script, without anything from the network.
import { escapeHtml } from '#lib/escape-html.ts';
import type { Held } from './held-about.ts';
import { plainRows } from './held-plain.ts';

const style = `body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:17px/1.6 Georgia,serif;color:#22252e;background:#fbf7f0}
h2{margin-top:3rem}dl{padding:1rem 0;border-top:1px solid #e4daca}dt{font:14px/1.5 sans-serif;color:#4a4f5c}dd{margin:0 0 .6rem;white-space:pre-wrap;overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){body{color:#ece7dd;background:#14171f}dt{color:#bdb8ae}dl{border-color:#2a2f3c}}`;

/** A post's words are there as they were written. */
const twice = ['html'];

function said(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function rowOf(row: Record<string, unknown>, { columns }: Held): string {
	const lines = columns.flatMap(({ name, purpose }) => {
		const value = row[name];
		if (twice.includes(name) || value === null || value === undefined || value === '') return [];
		return [`<dt>${escapeHtml(purpose)}</dt><dd dir="auto">${escapeHtml(said(value))}</dd>`];
	});
	return `<dl>${lines.join('')}</dl>\n`;
}

/** Part by part. */
export async function* exportPage(name: string, held: AsyncIterable<Held>): AsyncGenerator<string> {
	yield `<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lamplight</title><style>${style}</style>\n`;
	yield `<h1>${escapeHtml(name)}</h1>\n<p>Everything that is yours here. The same stands in lamplight.json, for programs. Whoever opens this file reads it all: keep it where you keep what matters.</p>\n`;
	let what = '';
	for await (const some of held) {
		if (some.what !== what) yield `<h2>${escapeHtml(some.what)}</h2>\n<p>Kept here: ${escapeHtml(some.kept)}</p>\n`;
		what = some.what;
		for (const row of plainRows(some)) yield rowOf(row, some);
	}
	yield '</html>\n';
}

export async function* exportJson(name: string, held: AsyncIterable<Held>): AsyncGenerator<string> {
	yield `{"name":${JSON.stringify(name)},"held":[`;
	let first = true;
	for await (const some of held) {
		const { table, what, kept } = some;
		yield `${first ? '' : ','}\n${JSON.stringify({ table, what, kept, rows: plainRows(some) })}`;
		first = false;
	}
	yield '\n]}\n';
}
