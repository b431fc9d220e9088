// Medallions: the round tokens of milestones, a family of growing lights. Here is what each is made of; Medallion.svelte draws it.
import { constellation } from './constellations.ts';
import { brightPictures } from './medallions-bright.ts';
import { smallPictures } from './medallions-small.ts';
import { milestoneLook, type Picture } from './milestone-names.ts';

/** On 100 × 100. `fill` and `line` are colours or one of the token's own gradients. A line is drawn with round ends: h.01 is a dot. */
export type Piece = { d: string; fill?: Paint; line?: Paint; width?: number; opacity?: number };
type Paint = 'light' | 'wax' | 'water' | `#${string}`;

export type Drawing = {
	/** From above to below. */
	sky: readonly [string, string];
	/** Where the light comes from, how far it reaches and its colour. */
	glow: { x: number; y: number; r: number; colour: string };
	pieces: readonly Piece[];
};

const pictures: Record<Exclude<Picture, 'stars'>, Drawing> = { ...smallPictures, ...brightPictures };

/** Beads around the picture, one for each rung; as many are lit as have been climbed. */
export const beads = 28;

export type Medallion = Drawing & { name: string; lit: number };

export function medallion(code: string): Medallion {
	const { name, picture, stars, rung } = milestoneLook(code);
	const drawing = picture === 'stars' ? constellation(stars) : pictures[picture];
	return { ...drawing, name, lit: picture === 'firefly' ? 0 : Math.min(beads, (rung + 1) * 2) };
}
