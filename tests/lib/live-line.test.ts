// The line of a page, with a browser's socket and clock in the hand.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

class Socket {
	static readonly OPEN = 1;
	static made: Socket[] = [];
	readyState = 0;
	sent: string[] = [];
	onopen?: () => void;
	onmessage?: (event: { data: string }) => void;
	onclose?: ((event: { code: number }) => void) | null;
	readonly address: string;
	constructor(address: URL) {
		this.address = address.href;
		Socket.made.push(this);
	}
	send(text: string) {
		this.sent.push(text);
	}
	open() {
		this.readyState = 1;
		this.onopen?.();
	}
	close(code = 1006) {
		this.readyState = 3;
		this.onclose?.({ code });
	}
}

const heardBy = new Map<string, () => void>();
async function aPage() {
	vi.resetModules();
	return (await import('#lib/islands/live-line.ts')).openLine;
}
beforeEach(() => {
	vi.useFakeTimers();
	Socket.made = [];
	vi.stubGlobal('WebSocket', Socket);
	vi.stubGlobal('location', { href: 'http://localhost:3000/threads/x' });
	vi.stubGlobal('document', { readyState: 'interactive' });
	vi.stubGlobal('addEventListener', (name: string, listener: () => void) => void heardBy.set(name, listener));
});
afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

/** How often a line is tried in ten minutes when each try opens and is closed at once. */
async function triesWhenClosedWith(code: number) {
	const openLine = await aPage();
	openLine(() => undefined, { after: 's1' });
	heardBy.get('pageshow')?.();
	for (let seconds = 0; seconds < 600; seconds++) {
		const last = Socket.made.at(-1);
		if (last?.readyState === 0) {
			last.open();
			last.close(code);
		}
		await vi.advanceTimersByTimeAsync(1000);
	}
	return Socket.made.length;
}

test('a line that opens and is closed at once is tried again with ever more patience', async () => {
	expect(await triesWhenClosedWith(1006)).toBeLessThan(60);
});

test('a page that is one too many waits half a minute before it asks again', async () => {
	expect(await triesWhenClosedWith(1008)).toBeLessThan(45);
	Socket.made = [];
	expect(await triesWhenClosedWith(1013)).toBeLessThan(45);
});

test('the parts of a page share one line, and each hears every frame once', async () => {
	const openLine = await aPage();
	const heard: string[] = [];
	openLine(({ id }) => heard.push(`thread ${id}`), { after: 's1', watch: 'a-thread' });
	openLine(({ id }) => heard.push(`rail ${id}`), { after: 's1' });
	heardBy.get('pageshow')?.();
	expect(Socket.made).toHaveLength(1);
	const [socket] = Socket.made;
	socket?.open();
	expect(socket?.address).toContain('?after=s1&watch=a-thread');
	for (const id of ['s2', 's2', 's1']) socket?.onmessage?.({ data: JSON.stringify({ id, type: 'thread.opened', data: {} }) });
	expect(heard).toEqual(['thread s2', 'rail s2']);
	socket?.close();
	await vi.advanceTimersByTimeAsync(1000);
	expect(Socket.made.at(-1)?.address).toContain('?after=s2&watch=a-thread');
	// A part that comes late names its thread on the line that is open.
	Socket.made.at(-1)?.open();
	openLine(() => undefined, { watch: 'another' });
	expect(Socket.made.at(-1)?.sent).toEqual([JSON.stringify({ type: 'thread.watched', thread: 'another' })]);
});

test('a line that stood for a while is taken up again soon', async () => {
	const openLine = await aPage();
	openLine(() => undefined);
	heardBy.get('pageshow')?.();
	for (let drops = 0; drops < 5; drops++) {
		Socket.made.at(-1)?.open();
		await vi.advanceTimersByTimeAsync(11_000);
		Socket.made.at(-1)?.close();
		await vi.advanceTimersByTimeAsync(1000);
		expect(Socket.made).toHaveLength(drops + 2);
	}
});
