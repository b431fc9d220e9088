// A sky with as many stars as years, another sky each year, over a small house with its light on.
import type { Drawing, Piece } from './medallions.ts';

type Star = { x: number; y: number };

/** The same numbers for the same year on every machine: the picture is known by heart after a while. */
function dice(seed: number): () => number {
	let state = Math.imul(seed, 0x9e3779b1) >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const apart = (a: Star, b: Star) => Math.hypot(a.x - b.x, a.y - b.y);

/** Each star is the loneliest of a few throws, so that none hides another. */
function scattered(number: number): Star[] {
	const roll = dice(number);
	const stars: Star[] = [];
	while (stars.length < number) {
		let loneliest = { x: 50, y: 41, room: -1 };
		for (let thrown = 0; thrown < 24; thrown++) {
			const [far, turn] = [Math.sqrt(roll()), roll() * 2 * Math.PI];
			const star = { x: 50 + 33 * far * Math.cos(turn), y: 41 + 25 * far * Math.sin(turn) };
			const room = stars.reduce((least, other) => Math.min(least, apart(star, other)), Infinity);
			if (room > loneliest.room) loneliest = { ...star, room };
		}
		stars.push({ x: Math.round(loneliest.x * 10) / 10, y: Math.round(loneliest.y * 10) / 10 });
	}
	return stars;
}

/** From the leftmost star always on to the nearest that is left. */
function joined(stars: Star[]): Star[] {
	const left = stars.toSorted((a, b) => a.x - b.x);
	const path = left.splice(0, 1);
	for (let from = path[0]; from && left.length > 0; from = path.at(-1)) {
		const far = left.map((star) => apart(star, from ?? star));
		path.push(...left.splice(far.indexOf(Math.min(...far)), 1));
	}
	return path;
}

/** Four points, as bright stars are drawn. */
const shining = ({ x, y }: Star, r: number) =>
	`M${x} ${y - r}q${r * 0.14} ${r * 0.86} ${r} ${r}q${-r * 0.86} ${r * 0.14} ${-r} ${r}q${-r * 0.14} ${-r * 0.86} ${-r} ${-r}q${r * 0.86} ${-r * 0.14} ${r} ${-r}z`;

export function constellation(years: number): Drawing {
	const path = joined(scattered(years));
	const size = Math.max(2.2, 8.5 - years * 0.28);
	const sky: Piece[] = [
		{ d: 'M22 30h.01M79 27h.01M63 17h.01M35 63h.01M70 61h.01M17 52h.01M86 50h.01M45 26h.01', line: '#cdd6f2', width: 1.1, opacity: 0.5 },
		{
			d: path.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join(''),
			line: '#b9c4ec',
			width: 1.2,
			opacity: years > 24 ? 0 : 0.5
		},
		{ d: path.map(({ x, y }) => `M${x} ${y}h.01`).join(''), line: '#ffe6ae', width: size * 1.15, opacity: 0.28 },
		{ d: path.map((star) => shining(star, size)).join(''), fill: '#fff6dc' }
	];
	const ground: Piece[] = [
		{ d: 'M0 84q30-14 55-7t45-4v27H0z', fill: '#1d2947' },
		{ d: 'M0 91q34-12 60-5t40-2v16H0z', fill: '#131c33' },
		{ d: 'M55 82v-8l6-5.5 6 5.500v8z', fill: '#3b3a5c' },
		{ d: 'M59.3 75.500h3.600v4h-3.600z', fill: '#ffd58a' }
	];
	// From year to year the night turns a little: towards violet, towards green, and back.
	const nights = ['#2b2f6b', '#263a70', '#3a2f6e', '#1f3f66', '#452c66'] as const;
	return {
		sky: ['#10152e', nights[years % nights.length] ?? nights[0]],
		glow: { x: 61, y: 77, r: 26, colour: '#ffcf86' },
		pieces: [...sky, ...ground]
	};
}
