// What goes over the socket: JSON text frames with an opaque cursor and a coarse moment (surface.md, "Socket").
import { cursorOf } from '#lib/stream-cursors.ts';
import type { Streamed } from '#server/community/stream.ts';

const minute = 60_000;

export function frameOf({ number, type, at, data }: Streamed): string {
	return JSON.stringify({ id: cursorOf(number), type, at: Math.floor(at / minute) * minute, data });
}

/** The page has missed more than the stream keeps: it should load its list anew. */
export const backlogLost = (number: number) => JSON.stringify({ id: cursorOf(number), type: 'backlog.lost', at: 0, data: {} });

/** The thread that a page shows, as its address or its frame names it; undefined where that is no id. */
export const threadNamed = (text: unknown) => (typeof text === 'string' && /^[\w-]{1,64}$/.test(text) ? text : undefined);

/** What a page says: only which thread it has open. Anything else is undefined, and the socket closes. */
export function watchedThread(text: string): string | undefined {
	try {
		const frame: unknown = JSON.parse(text);
		if (typeof frame !== 'object' || frame === null || !('type' in frame) || frame.type !== 'thread.watched') return undefined;
		return 'thread' in frame ? threadNamed(frame.thread) : undefined;
	} catch {
		return undefined;
	}
}
