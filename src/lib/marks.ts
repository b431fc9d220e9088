// A mark is the small lantern beside a name. Its shape and two colours come from the pseudonym alone, so nothing is stored and nobody uploads a face.

/** Drawn on 40 × 40: the handle and other thin lines, the metal parts, the glass, and where the flame sits in it. */
type Shape = { lines: string; metal: string; glass: string; flame: number };

export const shapes: readonly Shape[] = [
	// A carriage lamp, wider at the foot.
	{
		lines: 'M16 9.5a4 4 0 0 1 8 0',
		metal: 'M14.5 11h11a1.5 1.5 0 0 1 0 3h-11a1.5 1.5 0 0 1 0-3zM13 29h14a1.3 1.3 0 0 1 0 2.6H13a1.3 1.3 0 0 1 0-2.6z',
		glass: 'M14.4 14h11.2l1.7 15H12.7z',
		flame: 22
	},
	// A storm lamp with a round belly.
	{
		lines: 'M11.5 29.5V15a8.5 8.5 0 0 1 17 0v14.5',
		metal: 'M16.5 11h7v3h-7zM13 29h14a1.3 1.3 0 0 1 0 2.6H13a1.3 1.3 0 0 1 0-2.6z',
		glass: 'M16 14h8q5.4 7.5 1.2 15H14.8q-4.2-7.5 1.2-15z',
		flame: 22.3
	},
	// Six-sided.
	{
		lines: 'M16.5 10a3.5 3.5 0 0 1 7 0',
		metal: 'M15 11h10a1.5 1.5 0 0 1 0 3H15a1.5 1.5 0 0 1 0-3zM14.5 29h11a1.3 1.3 0 0 1 0 2.6h-11a1.3 1.3 0 0 1 0-2.6z',
		glass: 'M15.5 14h9l3.5 7.5-3.5 7.5h-9L12 21.5z',
		flame: 21.6
	},
	// A bell of glass on a plate.
	{
		lines: 'M20 8.2v3',
		metal: 'M20 6.4a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6zM11.5 29h17a1.3 1.3 0 0 1 0 2.6h-17a1.3 1.3 0 0 1 0-2.6z',
		glass: 'M13 29v-9.5a7 7 0 0 1 14 0V29z',
		flame: 22
	},
	// A globe with a collar above and below.
	{
		lines: 'M17 9.8a3 3 0 0 1 6 0',
		metal: 'M16 11h8v2.6h-8zM15.5 29h9v2.6h-9z',
		glass: 'M20 13a8.3 8.3 0 1 1 0 16.6A8.3 8.3 0 0 1 20 13z',
		flame: 21.6
	},
	// A little house with a pitched roof.
	{
		lines: 'M18 8.8a2 2 0 0 1 4 0',
		metal: 'M20 8.6l8.6 6.2a.8.8 0 0 1-.5 1.5H11.9a.8.8 0 0 1-.5-1.5zM12.5 29h15a1.3 1.3 0 0 1 0 2.6h-15a1.3 1.3 0 0 1 0-2.6z',
		glass: 'M14 16.3h12V29H14z',
		flame: 23
	},
	// A drop, as blown glass hangs.
	{
		lines: 'M20 6.5V12',
		metal: 'M17.5 10.5h5v2.8h-5zM17 29.4h6v2.4h-6z',
		glass: 'M20 12.5c5 4.3 8 7.8 8 11.6 0 3.3-3.4 5.6-8 5.6s-8-2.3-8-5.6c0-3.8 3-7.3 8-11.6z',
		flame: 22.8
	},
	// Tall and narrow, with a domed cap.
	{ lines: 'M17.5 8.2a2.5 2.5 0 0 1 5 0', metal: 'M14 14a6 5 0 0 1 12 0zM14 29h12v2.6H14z', glass: 'M15.2 14h9.6v15h-9.6z', flame: 22 }
];

export const paper: Shape = {
	lines: 'M20 6.5v4M12.6 17.5h14.8M11.8 21.5h16.4M12.6 25.5h14.8',
	metal: 'M17 10.5h6v2.2h-6zM17 30h6v2.2h-6z',
	glass: 'M17 12.5h6c3.5 1.8 5.4 5.2 5.4 9s-1.9 7-5.4 8.7h-6c-3.5-1.7-5.4-4.9-5.4-8.7s1.9-7.2 5.4-9z',
	flame: 21.5
};

/** Glass and the metals that suit it: mid tones, told apart from each other and from paper by day and by night. */
const glasses: readonly (readonly [glass: string, ...metals: string[]])[] = [
	['#c9772b', '#4f6d8f', '#6a5a7f', '#3f7a72'],
	['#6f8f4e', '#8a5a83', '#9a6a3a', '#55709a'],
	['#4f8f8a', '#b06a4a', '#8a7a3f', '#7a5f92'],
	['#8f5a4e', '#5a7a8a', '#7d8a4c', '#a07a3c'],
	['#7a6fa8', '#a8884f', '#4f8a7c', '#a0627a'],
	['#4f6d8f', '#c9772b', '#9a5f6f', '#7f8f4a'],
	['#a65f78', '#5f7f6a', '#55708f', '#a8823f'],
	['#b08a3a', '#6a6f96', '#4f8077', '#94604a'],
	['#5f8a5f', '#a0663f', '#6f6496', '#8f5f70'],
	['#5a7fa8', '#a87f4a', '#6f8a58', '#8f6080']
];

export type Look = { shape: Shape; glass: string; metal: string };

export function lookOf(name: string): Look {
	const hash = scattered(name);
	const [glass, ...metals] = glasses[hash % glasses.length] ?? ['#c9772b'];
	const rest = Math.floor(hash / glasses.length);
	return {
		shape: shapes[rest % shapes.length] ?? paper,
		glass,
		metal: metals[Math.floor(rest / shapes.length) % metals.length] ?? '#4f6d8f'
	};
}

/** Every letter stirs the whole number: names that differ in one word must not look alike. */
function scattered(text: string): number {
	let hash = 0x811c9dc5;
	for (const letter of text.normalize('NFC')) {
		hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x9e3779b1);
		hash ^= hash >>> 15;
	}
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
