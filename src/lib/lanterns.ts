// The mark as markup: drawn once for each name, for a page shows thirty of them and most belong to the same few people.
import { lookOf, paper as paperLantern, type Look } from './marks.ts';

const mostKept = 4000;
const drawn = new Map<string, string>();
const flame = 'M0-4.8c2.7 3.1 3.5 4.7 3.5 6.5a3.5 3.5 0 0 1-7 0c0-1.8.8-3.4 3.5-6.5z';
const paperLook: Look = { shape: paperLantern, glass: '#efe6d4', metal: '#9a9384' };

/** The lantern of a name, or of an alias in a thread: paper, and the same for all. Holds nothing but our own colours and paths. */
export function lantern(name: string, paper = false): string {
	const key = paper ? '' : name;
	let markup = drawn.get(key);
	if (markup === undefined) {
		markup = draw(paper ? paperLook : lookOf(name), paper);
		if (drawn.size >= mostKept) drawn.clear();
		drawn.set(key, markup);
	}
	return markup;
}

function draw({ shape, glass, metal }: Look, paper: boolean): string {
	return (
		'<svg class="mark" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">' +
		`<circle cx="20" cy="20" r="20" fill="${metal}" opacity=".2"/><g transform="translate(-2 -1.7) scale(1.1)">` +
		`<path d="${shape.glass}" fill="${glass}"${paper ? ` stroke="${metal}"` : ''}/><path d="${shape.metal}" fill="${metal}"/>` +
		`<path d="${shape.lines}" fill="none" stroke="${metal}" stroke-width="${paper ? 0.9 : 1.7}" stroke-linecap="round"/>` +
		`<path d="${flame}" transform="translate(20 ${shape.flame})" fill="${paper ? '#eda94f' : '#fff3d6'}"/></g></svg>`
	);
}
