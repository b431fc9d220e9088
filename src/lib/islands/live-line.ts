// The line to the live feed: one socket a page, tried again with patience, asking for what was missed.
import { numberOf } from '../stream-cursors.ts';

export type Frame = { id: string; type: string; data: Record<string, string | number> };

const wait = { first: 500, longest: 30_000 };

/** Calls `hear` for each frame once; `watch` names a thread whose answers to hear of. `after` is the newest frame the page knows. */
export function openLine(hear: (frame: Frame) => void, { after = '', watch = '' } = {}) {
	let known = after;
	let tries = 0;
	let socket: WebSocket | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;

	function connect() {
		clearTimeout(timer);
		if (socket && socket.readyState <= WebSocket.OPEN) return;
		const address = new URL('/live/socket', location.href);
		address.protocol = address.protocol.replace('http', 'ws');
		if (known) address.searchParams.set('after', known);
		const opened = new WebSocket(address);
		socket = opened;
		opened.onopen = () => {
			tries = 0;
			if (watch) opened.send(JSON.stringify({ type: 'thread.watched', thread: watch }));
		};
		opened.onmessage = ({ data }) => {
			const frame: Frame = JSON.parse(String(data));
			if (known && (numberOf(frame.id) ?? 0) <= (numberOf(known) ?? 0) && frame.type !== 'backlog.lost') return;
			known = frame.id;
			hear(frame);
		};
		opened.onclose = () => {
			// With jitter, so that a restart is not answered by everybody in the same moment.
			const pause = Math.min(wait.longest, wait.first * 2 ** tries++) * (0.5 + Math.random());
			timer = setTimeout(connect, pause);
		};
	}
	connect();
	addEventListener('online', connect);
	addEventListener('pageshow', connect);
	addEventListener('pagehide', () => {
		clearTimeout(timer);
		if (socket) socket.onclose = null;
		socket?.close();
	});
}
