// The ladder's codes, their names and the picture that each one is. Browsers may have these: no calendar is needed to read them.

export const pictures = [
	'ember',
	'wick',
	'flame',
	'candle',
	'lantern',
	'window',
	'door',
	'house',
	'street',
	'bridge',
	'harbour',
	'lighthouse',
	'dawn',
	'stars',
	'firefly'
] as const;
export type Picture = (typeof pictures)[number];

/** A growing light: each rung has its place, its name and its picture. Years from the third on are skies with that many stars. */
const rungs = {
	'24h': ['24 hours', 'ember'],
	'2d': ['2 days', 'wick'],
	'3d': ['3 days', 'flame'],
	'7d': ['7 days', 'candle'],
	'14d': ['14 days', 'lantern'],
	'30d': ['30 days', 'window'],
	'60d': ['60 days', 'door'],
	'90d': ['90 days', 'house'],
	'6m': ['6 months', 'street'],
	'9m': ['9 months', 'bridge'],
	'1y': ['1 year', 'harbour'],
	'18m': ['18 months', 'lighthouse'],
	'2y': ['2 years', 'dawn']
} as const satisfies Record<string, readonly [string, Picture]>;

/** Longer than anybody has lived since 1900. */
export const mostYears = 130;

export const ladder: readonly string[] = [...Object.keys(rungs), ...Array.from({ length: mostYears - 2 }, (_, i) => `${i + 3}y`)];

export function isMilestone(code: string): boolean {
	return ladder.includes(code);
}

/** What is said and drawn for a code; a small victory ("victory") is a firefly. */
export function milestoneLook(code: string): { name: string; picture: Picture; stars: number; rung: number } {
	const rung = ladder.indexOf(code);
	const fixed = Object.entries(rungs).find(([known]) => known === code)?.[1];
	const years = /^\d+y$/.test(code) ? Number.parseInt(code, 10) : 0;
	return {
		name: fixed?.[0] ?? (rung < 0 ? 'A small victory' : `${years} years`),
		picture: fixed?.[1] ?? (rung < 0 ? 'firefly' : 'stars'),
		stars: years,
		rung
	};
}

/** After a name: "Quiet Heron has lit 90 days". */
export function litWords(code: string): string {
	return isMilestone(code) ? `has lit ${milestoneLook(code).name}` : 'has a small victory';
}
