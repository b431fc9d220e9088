// The first seven lights, small enough to hold, and the firefly of a small victory.
import type { Drawing } from './medallions.ts';

export const smallPictures = {
	/** Coals that are still warm. */
	ember: {
		sky: ['#1c2030', '#171318'],
		glow: { x: 50, y: 60, r: 36, colour: '#ff7a35' },
		pieces: [
			{ d: 'M14 77q36-9 72 0-12 14-36 14T14 77z', fill: '#2b2426' },
			{ d: 'M19 77l5-15 12-5 11 7 2 13q-15 4-30 0z', fill: '#6e2b1c', line: '#6e2b1c', width: 3 },
			{ d: 'M53 77l2-14 10-6 12 6 4 14q-14 4-28 0z', fill: '#7c3420', line: '#7c3420', width: 3 },
			{ d: 'M24 62l10 5-2 11M34 67l12-4M56 64l9 4 12-5M65 68l1 10', line: '#ff8a3d', width: 2.2 },
			{ d: 'M33 63l6-15 13-6 12 7 4 14-10 9H42z', fill: 'light', line: '#ffab57', width: 3 },
			{ d: 'M39 49l9 8 4-14M48 57l-5 14M48 57l19 5', line: '#fff6e2', width: 1.8, opacity: 0.9 },
			{ d: 'M50 34h.01', line: '#ffb45c', width: 3.4 },
			{ d: 'M57 27h.01M42 26h.01', line: '#ffb45c', width: 2.6, opacity: 0.8 },
			{ d: 'M51 18h.01', line: '#ffb45c', width: 2, opacity: 0.6 }
		]
	},
	/** An oil lamp of clay whose wick has just caught. */
	wick: {
		sky: ['#1c2235', '#15171f'],
		glow: { x: 52, y: 36, r: 31, colour: '#ff9d4a' },
		pieces: [
			{ d: 'M20 57c18 5 42 5 60 0-1 15-13 24-30 24S21 72 20 57z', fill: '#a86f47' },
			{ d: 'M20 57c18 5 42 5 60 0-.3 3-.9 5.5-2 8-17 4-39 4-56 0-1.1-2.5-1.7-5-2-8z', fill: '#c68a5c' },
			{ d: 'M20 57c8-5 52-5 60 0-8 5-52 5-60 0z', fill: '#3b2a26' },
			{ d: 'M51 58c-3-6 4-9 1-17', line: '#e9dcc3', width: 4.4 },
			{ d: 'M52 22c5 6 7 9.5 7 13.200a7 7 0 0 1-14 0c0-3.7 2-7.2 7-13.200z', fill: 'light' },
			{ d: 'M52 31c2 2.6 2.9 4 2.9 5.600a2.9 2.9 0 0 1-5.8 0c0-1.6.9-3 2.9-5.600z', fill: '#fff6e2' },
			{ d: 'M38 81h24', line: '#7d5033', width: 4 }
		]
	},
	/** The first flame that stands by itself. */
	flame: {
		sky: ['#1d2438', '#191a24'],
		glow: { x: 50, y: 52, r: 40, colour: '#ff9a45' },
		pieces: [
			{ d: 'M34 80l32-8M34 72l32 8', line: '#8a5a3c', width: 6 },
			{ d: 'M36 79.500l8-2M56 77.500l8 2', line: '#b98058', width: 2, opacity: 0.8 },
			{ d: 'M53 15c2 13 19 21 19 39a21 21 0 0 1-42 0c0-9 4-15 9-20 1 6 3 8.5 6.5 9.500C43 33 46 22 53 15z', fill: 'light' },
			{
				d: 'M52 40c1.5 7.5 10.5 11 10.5 20a11.5 11.5 0 0 1-23 0c0-4 1.7-7 4-9.5.7 2.5 1.8 3.8 3.5 4.3-.5-5.8 1.5-10.8 5-14.800z',
				fill: '#ffe3a3'
			},
			{ d: 'M51 58c2.6 3.6 5 5.6 5 9a5.5 5.5 0 0 1-11 0c0-3.4 3.4-5.4 6-9z', fill: '#fffaf0' }
		]
	},
	/** A candle that has burned for a week. */
	candle: {
		sky: ['#1d2540', '#1a1b28'],
		glow: { x: 50, y: 33, r: 38, colour: '#ffb254' },
		pieces: [
			{ d: 'M37 52h26v30H37z', fill: 'wax' },
			{
				d: 'M37 50c6-3 20-3 26 0v10c0 4-5 4-5 0v-1.500c0-3-4-3-4 0V71c0 4-5.5 4-5.5 0V59.500c0-3-4.5-3-4.5 0v3c0 4-7 4-7-.5z',
				fill: '#fff6e2'
			},
			{ d: 'M43 49.500c4-1.7 10-1.7 14 0-4 2-10 2-14 0z', fill: '#e2b878' },
			{ d: 'M50 50v-9', line: '#4a3a33', width: 2.2 },
			{ d: 'M50 14c7.5 9.3 11 15 11 20.500a11 11 0 0 1-22 0C39 29 42.5 23.3 50 14z', fill: 'light' },
			{ d: 'M50 28c3.4 4.4 5 7 5 9.700a5 5 0 0 1-10 0c0-2.7 1.6-5.3 5-9.700z', fill: '#fffaf0' },
			{ d: 'M24 80h52c-1 6-9 9-26 9s-25-3-26-9z', fill: '#b98a56' },
			{ d: 'M24 80h52', line: '#dcb47e', width: 2 },
			{ d: 'M76 81c8-2 9 7 1 6', line: '#b98a56', width: 2.6 }
		]
	},
	/** A lantern to carry. */
	lantern: {
		sky: ['#1d2743', '#181b29'],
		glow: { x: 50, y: 55, r: 41, colour: '#ffbb5e' },
		pieces: [
			{ d: 'M37 29a13 13.5 0 0 1 26 0', line: '#c9b48d', width: 3 },
			{ d: 'M36 38h28l5 37H31z', fill: '#ffb860', opacity: 0.38 },
			{ d: 'M33 37l8-10h18l8 10z', fill: '#e9dcc3' },
			{ d: 'M41 27l2-4h14l2 4z', fill: '#c9b48d' },
			{ d: 'M50 43c8 9.5 11.5 15 11.5 20.500a11.5 11.5 0 0 1-23 0C38.5 58 42 52.5 50 43z', fill: 'light' },
			{ d: 'M50 57c3.4 4.4 5 7 5 9.500a5 5 0 0 1-10 0c0-2.5 1.6-5.1 5-9.500z', fill: '#fffaf0' },
			{ d: 'M38 38l-5.5 37M62 38l5.5 37', line: '#e9dcc3', width: 2.6 },
			{ d: 'M31 37h38', line: '#f6ecd8', width: 3.4 },
			{ d: 'M29 75h42l2 7H27z', fill: '#e9dcc3' },
			{ d: 'M29 76.500h42', line: '#f6ecd8', width: 2.4 }
		]
	},
	/** Somebody is home. */
	window: {
		sky: ['#222c4a', '#1b2036'],
		glow: { x: 50, y: 49, r: 46, colour: '#ffc069' },
		pieces: [
			{ d: 'M29 73V40a21 21 0 0 1 42 0v33z', fill: 'light' },
			{ d: 'M29 73V40a21 21 0 0 1 21-21c-2 18-8 34-21 42zM71 73V40a21 21 0 0 0-21-21c2 18 8 34 21 42z', fill: '#fff1cf', opacity: 0.5 },
			{ d: 'M29 73V40a21 21 0 0 1 42 0v33M50 19v54M29 45h42', line: '#5a4634', width: 3.4 },
			{ d: 'M56 73c-.6-8 .4-12.5 3-15l-1.2-6.5 4 2.600h3.400l4-2.6-1.2 6.500c3 3 4 8 3 15z', fill: '#2a2a3c' },
			{ d: 'M70 72c5-1 5-8 1.5-9', line: '#2a2a3c', width: 2.4 },
			{ d: 'M36 73l-2-8h10l-2 8z', fill: '#a2563a' },
			{ d: 'M39 65c0-5-3-7-5-8M39 65c0-6 2-9 5-10M39 65v-11', line: '#6f8f4e', width: 2.4 },
			{ d: 'M23 76h54', line: '#e9dcc3', width: 5 },
			{ d: 'M29 80h42', line: '#a8997f', width: 3 }
		]
	},
	/** Not every light is on the ladder. */
	firefly: {
		sky: ['#1c2c3c', '#16221f'],
		glow: { x: 58, y: 42, r: 27, colour: '#dfee8a' },
		pieces: [
			{
				d: 'M22 90c2-16 0-24-6-32M34 90c0-18 4-26 12-33M46 90c0-13-3-20-8-27M60 90c2-12 8-20 16-24M70 90c2-14 8-20 14-22',
				line: '#4e7048',
				width: 3.2
			},
			{ d: 'M28 90c-1-10-4-15-8-19M54 90c-1-9 2-15 4-19M80 90c0-8 2-12 5-15', line: '#37543a', width: 2.8 },
			{ d: 'M24 40h.01M29 49h.01M37 53.500h.01M45 52h.01', line: '#dfee8a', width: 2.2, opacity: 0.6 },
			{ d: 'M60 34c4-9 11-12 16-9 1 6-6 11-14 12zM56 34c-2-9-8-14-13-12-2 6 3 12 10 14z', fill: '#cfe0e6', opacity: 0.65 },
			{ d: 'M53 40c0-5 2.5-8 6-8s6.5 2.5 6.5 6.500c0 3-2 5-4 6z', fill: '#4c3d38' },
			{ d: 'M53 40c3-2 7 0 8.5 4.5-1 7-5 11-9.5 10-5-1.5-4-9 1-14.500z', fill: '#f6f7b8' },
			{ d: 'M63 33c1-3 3-5 6-5M65 35c3-2 6-2 8 0', line: '#4c3d38', width: 1.6 }
		]
	}
} as const satisfies Record<string, Drawing>;
