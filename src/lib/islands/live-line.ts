// The line to the live feed: one socket a page, tried again with patience, asking for what was missed.
import { numberOf } from '../stream-cursors.ts';

export type Frame = { id: string; type: string; data: Record<string, string | number> };

const wait = { first: 500, longest: 30_000 };
/** A line that stood as long is no failed try. One that is closed at once (too many pages are open) would else be tried again for ever. */
const steadyAfter = 10_000;
/** Closed for a reason that does not pass in a moment: too many pages or messages, a crowd. */
const notNow = [1008, 1013];

type Line = { hear: (hear: (frame: Frame) => void) => void; watch: (thread: string) => void };
let line: Line | undefined;

/**
 * Calls `hear` for each frame once; `watch` names a thread whose answers to hear of. `after` is the newest frame the page knows: the
 * same for all parts of a page, which share its line.
 */
export function openLine(hear: (frame: Frame) => void, { after = '', watch = '' } = {}) {
	line ??= open(after);
	line.hear(hear);
	if (watch) line.watch(watch);
}

function open(after: string): Line {
	const hearers: ((frame: Frame) => void)[] = [];
	let known = after;
	let thread = '';
	let tries = 0;
	let socket: WebSocket | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;

	function connect() {
		clearTimeout(timer);
		if (socket && socket.readyState <= WebSocket.OPEN) return;
		const address = new URL('/live/socket', location.href);
		address.protocol = address.protocol.replace('http', 'ws');
		if (known) address.searchParams.set('after', known);
		// In the address, so that what was missed of it is told too.
		if (thread) address.searchParams.set('watch', thread);
		const opened = new WebSocket(address);
		let steady: ReturnType<typeof setTimeout> | undefined;
		socket = opened;
		opened.onopen = () => {
			steady = setTimeout(() => (tries = 0), steadyAfter);
		};
		opened.onmessage = ({ data }) => {
			const frame: Frame = JSON.parse(String(data));
			if (known && (numberOf(frame.id) ?? 0) <= (numberOf(known) ?? 0) && frame.type !== 'backlog.lost') return;
			known = frame.id;
			for (const hear of hearers) hear(frame);
		};
		opened.onclose = ({ code }) => {
			clearTimeout(steady);
			const pause = notNow.includes(code) ? wait.longest : Math.min(wait.longest, wait.first * 2 ** tries++);
			// With jitter, so that a restart is not answered by everybody in the same moment.
			timer = setTimeout(connect, pause * (0.5 + Math.random()));
		};
	}
	// Comes after all scripts of a page have run, so that none misses a frame that another heard.
	addEventListener('pageshow', connect);
	addEventListener('online', connect);
	addEventListener('pagehide', () => {
		clearTimeout(timer);
		if (socket) socket.onclose = null;
		socket?.close();
	});
	if (document.readyState === 'complete') connect();

	return {
		hear: (hear) => void hearers.push(hear),
		watch(wanted) {
			thread = wanted;
			if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'thread.watched', thread }));
		}
	};
}
