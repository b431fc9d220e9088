// Marks as markup: the shapes stand in a page once, and each mark only names its shape and colours. A thread shows thirty of them.
import { lookOf, paper, shapes } from './marks.ts';

const flame = 'M0-4.8c2.7 3.1 3.5 4.7 3.5 6.5a3.5 3.5 0 0 1-7 0c0-1.8.8-3.4 3.5-6.5z';
const paperNumber = shapes.length;

/** All shapes, for the foot of every page: glass in the mark's fill, metal in its colour. Holds nothing but our own paths. */
export const lanternShapes = `<svg hidden>${[...shapes, paper]
	.map(
		(shape, number) =>
			`<symbol id="mark-${number}" viewBox="0 0 40 40"><circle cx="20" cy="20" r="20" fill="currentColor" opacity=".2"/>` +
			`<g transform="translate(-2 -1.7) scale(1.1)"><path d="${shape.glass}"${shape === paper ? ' stroke="currentColor"' : ''}/>` +
			`<path d="${shape.metal}" fill="currentColor"/><path d="${shape.lines}" fill="none" stroke="currentColor" ` +
			`stroke-width="${shape === paper ? 0.9 : 1.7}" stroke-linecap="round"/><path d="${flame}" ` +
			`transform="translate(20 ${shape.flame})" fill="${shape === paper ? '#eda94f' : '#fff3d6'}"/></g></symbol>`
	)
	.join('')}</svg>`;

/** The lantern of a name, or of an alias in a thread: paper, and the same for all. */
export function lanternOf(name: string, alias: boolean): { href: string; glass: string; metal: string } {
	if (alias) return { href: `#mark-${paperNumber}`, glass: '#efe6d4', metal: '#9a9384' };
	const { shape, glass, metal } = lookOf(name);
	return { href: `#mark-${shapes.indexOf(shape)}`, glass, metal };
}
