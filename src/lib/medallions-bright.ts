// Lights that others can see: from a door left open to the morning.
import type { Drawing } from './medallions.ts';

export const brightPictures = {
	door: {
		sky: ['#24304f', '#1c2136'],
		glow: { x: 52, y: 52, r: 46, colour: '#ffc470' },
		pieces: [
			{ d: 'M30 90V36a22 22 0 0 1 44 0v54z', fill: '#564437' },
			{ d: 'M36 76V37a16 16 0 0 1 32 0v39z', fill: 'light' },
			{ d: 'M36 37a16 16 0 0 1 32 0v4H36z', fill: '#fff1cf', opacity: 0.7 },
			{ d: 'M36 41h32M44 41l-5-10M52 41V22M60 41l5-10', line: '#8a6a4c', width: 2 },
			{ d: 'M36 41l-15 5v40l15-10z', fill: '#7d4a34' },
			{ d: 'M33 47l-9 3v10l9-3zM33 61l-9 4v11l9-5z', fill: '#5e3626' },
			{ d: 'M33.5 60h.01', line: '#ffd58a', width: 3.4 },
			{ d: 'M36 76h32l16 20H20z', fill: 'light', opacity: 0.55 },
			{ d: 'M34 76h36', line: '#e9dcc3', width: 3 },
			{ d: 'M58 76v-9c0-3 5-3 5 0v9z', fill: '#a2563a' },
			{ d: 'M60.5 65c-4-3-4-7-3-9M60.5 65c3-3 5-4 5-8M60.5 65v-12', line: '#5f8448', width: 2.2 }
		]
	},
	house: {
		sky: ['#28365a', '#1f2742'],
		glow: { x: 50, y: 58, r: 47, colour: '#ffc675' },
		pieces: [
			{ d: 'M24 24h.01M74 20h.01M83 39h.01M15 44h.01', line: '#fff3d6', width: 1.8, opacity: 0.8 },
			{ d: 'M0 78q26-13 50-6t50-4v32H0z', fill: '#26392f' },
			{ d: 'M63 34V22h8v19z', fill: '#7a4d3b' },
			{ d: 'M67 18c-5-3 3-5-1-9', line: '#aab3c6', width: 2.4, opacity: 0.7 },
			{ d: 'M27 46l23-20 23 20v31H27z', fill: '#e6d5b8' },
			{ d: 'M27 46l23-20 23 20v7L50 33 27 53z', fill: '#000000', opacity: 0.16 },
			{ d: 'M20 49l30-26 30 26', line: '#a85a3c', width: 6 },
			{ d: 'M33 53h11v11H33zM56 53h11v11H56zM45 77V65a5 5 0 0 1 10 0v12z', fill: 'light' },
			{ d: 'M38.5 53v11M33 58.500h11M61.5 53v11M56 58.500h11', line: '#7d5a40', width: 1.6 },
			{ d: 'M50 42h.01', line: '#ffd58a', width: 7 },
			{ d: 'M45 77h10l6 18H39z', fill: '#ffd58a', opacity: 0.4 }
		]
	},
	street: {
		sky: ['#2c3a63', '#232c4a'],
		glow: { x: 50, y: 50, r: 48, colour: '#ffca7d' },
		pieces: [
			{ d: 'M8 78V46l11-11 11 11v32z', fill: '#3d4a70' },
			{ d: 'M29 78V36h5v-6h9v6h5v42z', fill: '#4b4166' },
			{ d: 'M47 78V44l12-13 12 13v34z', fill: '#39507a' },
			{ d: 'M70 78V40h22v38z', fill: '#463c5e' },
			{ d: 'M5 48l14-14 14 14M44 46l15-16 15 16M27 36h23M68 40h26', line: '#1c2338', width: 3 },
			{
				d: 'M13 52h5v6h-5zM21 52h5v6h-5zM33 42h4v6h-4zM40 42h4v6h-4zM33 54h4v6h-4zM53 48h5v6h-5zM61 48h5v6h-5zM75 47h5v6h-5zM83 47h5v6h-5zM75 59h5v6h-5zM13 64h5v6h-5zM61 60h5v6h-5zM40 66h4v6h-4z',
				fill: 'light'
			},
			{ d: 'M0 78h100v22H0z', fill: '#232a3c' },
			{ d: 'M20 88l12-10h36l12 10z', fill: '#ffd58a', opacity: 0.32 },
			{ d: 'M32 88V62M68 88V62', line: '#11141d', width: 2.6 },
			{ d: 'M32 57h.01M68 57h.01', line: '#ffd58a', width: 13, opacity: 0.4 },
			{ d: 'M28.5 62l1.5-9h4l1.5 9zM64.5 62l1.5-9h4l1.5 9z', fill: '#fff3d6' },
			{ d: 'M28 53h8M64 53h8', line: '#11141d', width: 2.4 }
		]
	},
	bridge: {
		sky: ['#33416f', '#2a3358'],
		glow: { x: 50, y: 42, r: 50, colour: '#ffcf86' },
		pieces: [
			{ d: 'M0 64h100v36H0z', fill: 'water' },
			{ d: 'M22 68v15M50 68v21M78 68v15', line: '#ffd58a', width: 4, opacity: 0.55 },
			{ d: 'M34 74h9M58 78h10M38 84h7M62 71h6', line: '#7f93bd', width: 1.8, opacity: 0.7 },
			{ d: 'M4 66c10-20 28-29 46-29s36 9 46 29H80c-6-12-17-18-30-18s-24 6-30 18z', fill: '#8d6a55' },
			{ d: 'M4 66c10-20 28-29 46-29s36 9 46 29', line: '#cda988', width: 3.4 },
			{ d: 'M20 66c6-12 17-18 30-18s24 6 30 18', line: '#5b4238', width: 2.6 },
			{ d: 'M50 40v5M39 41.500l2 6M61 41.500l-2 6M29 47l4 5M71 47l-4 5', line: '#6f5142', width: 1.6 },
			{ d: 'M22 47V33M50 37V20M78 47V33', line: '#1a1f30', width: 2.6 },
			{ d: 'M22 29h.01M78 29h.01', line: '#ffd58a', width: 14, opacity: 0.35 },
			{ d: 'M50 16h.01', line: '#ffd58a', width: 18, opacity: 0.35 },
			{ d: 'M22 29h.01M78 29h.01', line: '#fff3d6', width: 7 },
			{ d: 'M50 16h.01', line: '#fff3d6', width: 9 }
		]
	},
	harbour: {
		sky: ['#3a4a80', '#564a78'],
		glow: { x: 62, y: 32, r: 46, colour: '#ffd595' },
		pieces: [
			{ d: 'M69 24h.01', line: '#fff3d6', width: 13 },
			{ d: 'M10 56V46h9v-6h8v6h8v10zM76 56V49h8v-5h9v12z', fill: '#2a2f52' },
			{ d: 'M14 50h.01M22.5 45h.01M29 51h.01M80 52h.01M88 48h.01', line: '#ffd58a', width: 3 },
			{ d: 'M0 56h100v44H0z', fill: 'water' },
			{ d: 'M14 60v8M22 60v12M29 60v6M80 60v7M88 60v10', line: '#ffd58a', width: 2.4, opacity: 0.6 },
			{ d: 'M66 60h8M64 65h11M67 70h7M65 86h9M68 91h4', line: '#fff3d6', width: 2, opacity: 0.7 },
			{ d: 'M46 66V22', line: '#3b2c2c', width: 2.6 },
			{ d: 'M43.5 25v36H23c9-9 17-20 20.5-36z', fill: '#f6ecd8' },
			{ d: 'M48.5 28c9 8 14 19 16 31H48.500z', fill: '#f0c27e' },
			{ d: 'M20 65h54c-3 10-9 15-16 15H36c-8 0-13-5-16-15z', fill: '#7d4a34' },
			{ d: 'M20 65h54l-1.2 4H21.200z', fill: '#e9dcc3' },
			{ d: 'M67 61h.01', line: '#fff3d6', width: 6 },
			{ d: 'M67 61h.01', line: '#ffd58a', width: 12, opacity: 0.45 },
			{ d: 'M14 82q6-3 12 0t12 0 12 0 12 0 12 0 12 0', line: '#8ea3cf', width: 2.2, opacity: 0.8 }
		]
	},
	lighthouse: {
		sky: ['#41508a', '#7a5a80'],
		glow: { x: 50, y: 29, r: 50, colour: '#ffe0a3' },
		pieces: [
			{ d: 'M50 29L-6 8v30zM50 29l56-21v30z', fill: '#fff1cf', opacity: 0.55 },
			{ d: 'M0 74h100v26H0z', fill: 'water' },
			{ d: 'M8 84q6-3 12 0t12 0M64 82q6-3 12 0t12 0M70 90q5-3 10 0', line: '#a9bbe2', width: 2, opacity: 0.8 },
			{ d: 'M42 36h16l6 42H36z', fill: '#f6ecd8' },
			{ d: 'M40.7 46h18.600l1.5 10.500H39.200zM37.8 66h24.400l1.7 12H36.100z', fill: '#b4533c' },
			{ d: 'M53 36h5l6 42h-7z', fill: '#2c2440', opacity: 0.22 },
			{ d: 'M48 60a2.5 2.5 0 0 1 5 0v4h-5zM47 74a3.5 3.5 0 0 1 7 0v4h-7z', fill: '#3b2c3c' },
			{ d: 'M43 24h14v11H43z', fill: '#fff8e8' },
			{ d: 'M47 24v11M53 24v11', line: '#b98a56', width: 1.4 },
			{ d: 'M41 24q1-9 9-10 8 1 9 10z', fill: '#b4533c' },
			{ d: 'M50 14v-4', line: '#e9dcc3', width: 2 },
			{ d: 'M39 36h22', line: '#4a3440', width: 3.4 },
			{ d: 'M20 86c4-9 14-12 30-12s27 4 31 12c-8 7-54 7-61 0z', fill: '#3a3550' },
			{ d: 'M27 81c5-4 12-5 18-5M60 77c6 .6 10 2 14 5', line: '#5c5478', width: 2 }
		]
	},
	dawn: {
		sky: ['#5a6aa8', '#f6a56a'],
		glow: { x: 50, y: 58, r: 54, colour: '#fff0c4' },
		pieces: [
			{
				d: 'M50 29V11M28.8 37.800L16 25M71.2 37.800L84 25M20 59H3M80 59h17M38.5 31L32 14.500M61.5 31L68 14.500M22.3 47.500L6.5 41M77.7 47.500L93.5 41',
				line: '#fff3d6',
				width: 2.8,
				opacity: 0.85
			},
			{ d: 'M26 60a24 24 0 0 1 48 0z', fill: 'light' },
			{ d: 'M33 60a17 17 0 0 1 34 0z', fill: '#fffaf0', opacity: 0.75 },
			{ d: 'M0 60q20-10 42-3t58-5v48H0z', fill: '#6d5d86' },
			{ d: 'M0 70q26-12 52-3t48-1v34H0z', fill: '#4c4a74' },
			{ d: 'M0 84q30-12 60-4t40-2v22H0z', fill: '#2f3558' },
			{ d: 'M27 44q3-3.5 5.5 0 2.5-3.5 5.5 0M62 39q2.6-3 4.8 0 2.2-3 4.8 0', line: '#3b3d66', width: 1.8 }
		]
	}
} as const satisfies Record<string, Drawing>;
