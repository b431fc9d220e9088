import { expect, test } from 'vitest';
import { Refusal } from '#lib/refusals.ts';
import type { CommunityEvent } from '#server/community/events.ts';
import type { Streamed } from '#server/community/stream.ts';
import { hub, isFor, type Listener } from '#server/live/hub.ts';

/** A hub over a stream with one public row, and a clock that each send moves on by this much. */
function oneEvent(slowness: number) {
	let clock = 0;
	let grown: (number: number) => void = () => undefined;
	const row: Streamed = { number: 1, type: 'celebration.cheered', audience: 'public', data: {}, at: 0 };
	const live = hub({
		append: async () => undefined,
		newest: async () => 0,
		next: async (number) => (number < 1 ? [row] : []),
		suspendedBy: async () => [],
		hear: (listener) => (grown = listener),
		failed(problem) {
			throw problem;
		},
		elapsed: () => clock
	});
	let heard = 0;
	const listener = (): Listener => ({
		member: undefined,
		session: undefined,
		staff: false,
		watching: undefined,
		send() {
			heard++;
			clock += slowness;
		},
		close: () => undefined
	});
	return { live, listener, happen: () => grown(1), heard: () => heard };
}

/** How many turns others had until all have heard. */
async function turnsOfOthers(slowness: number, pages: number): Promise<number> {
	const { live, listener, happen, heard } = oneEvent(slowness);
	await live.begin();
	for (let i = 0; i < pages; i++) live.join(listener());
	happen();
	let turns = 0;
	while (heard() < pages) {
		await new Promise((turn) => setImmediate(turn));
		turns++;
	}
	return turns;
}

test('a broadcast gives others a turn after some milliseconds, however few pages it reached by then', async () => {
	expect(await turnsOfOthers(1, 2000)).toBeGreaterThanOrEqual(90);
	expect(await turnsOfOthers(0.001, 2000)).toBeLessThan(5);
});

test('a page that left during a broadcast hears no more of it', async () => {
	const { live, listener, happen, heard } = oneEvent(1);
	await live.begin();
	const leaves = Array.from({ length: 100 }, () => live.join(listener()));
	happen();
	while (heard() === 0) await new Promise((turn) => setImmediate(turn));
	for (const leave of leaves) leave();
	const then = heard();
	for (let i = 0; i < 20; i++) await new Promise((turn) => setImmediate(turn));
	expect(heard()).toBe(then);
	expect(then).toBeLessThan(100);
});

const steps = async (count: number) => {
	for (let i = 0; i < count; i++) await null;
};
const event = (member: string): CommunityEvent => ({ type: 'people.changed', member });

test('what is told in the very moment in which the writer stops is written, and waits for no further event', async () => {
	for (let later = 0; later < 12; later++) {
		const written: CommunityEvent[] = [];
		const live = hub({
			append: async (events) => void written.push(...events),
			newest: async () => 0,
			next: async () => [],
			suspendedBy: async () => [],
			hear: () => undefined,
			failed: () => undefined
		});
		live.tell(event('wren'));
		await steps(later);
		live.tell(event('finch'));
		await live.settled();
		expect(written.length, `${later} steps later`).toBe(2);
	}
});

/** A hub whose stream cannot be written the first so many times, with one page open. */
function anUnluckyHub(failures: number, problem: () => Error) {
	const written: CommunityEvent[] = [];
	const problems: unknown[] = [];
	let [left, closed] = [failures, 0];
	const live = hub({
		async append(events) {
			if (left-- > 0) throw problem();
			written.push(...events);
		},
		newest: async () => 0,
		next: async () => [],
		suspendedBy: async () => [],
		hear: () => undefined,
		failed: (one) => void problems.push(one),
		patience: { every: 1, most: 30 }
	});
	live.join({ member: 'wren', session: 'one', staff: false, watching: undefined, send: () => undefined, close: () => void closed++ });
	return { live, written, problems, closed: () => closed };
}

test('what happened while the store is busy is told when it is not, in its order', async () => {
	const { live, written, problems, closed } = anUnluckyHub(3, () => new Refusal('busy', 5));
	live.tell(event('wren'));
	await steps(3);
	live.tell(event('finch'));
	await live.settled();
	expect(written).toEqual([event('wren'), event('finch')]);
	expect([problems.length, closed()]).toEqual([0, 0]);
});

test('where it can never be told every page comes back, and somebody is told', async () => {
	const busy = anUnluckyHub(Infinity, () => new Refusal('busy', 5));
	const broken = anUnluckyHub(1, () => new Error('a bug'));
	for (const { live, written, problems, closed } of [busy, broken]) {
		live.tell(event('wren'));
		await live.settled();
		expect([written.length, problems.length, closed()]).toEqual([0, 1, 1]);
	}
});

test('a row that is heard of in the very moment in which the reader stops is handed on at once', async () => {
	for (let later = 0; later < 16; later++) {
		let grown: (number: number) => void = () => undefined;
		let top = 1;
		const live = hub({
			append: async () => undefined,
			newest: async () => 0,
			next: async (number) =>
				number < top ? [{ number: number + 1, type: 'celebration.cheered', audience: 'public', data: {}, at: 0 }] : [],
			suspendedBy: async () => [],
			hear: (listener) => (grown = listener),
			failed: () => undefined
		});
		const heard: number[] = [];
		await live.begin();
		const send = (_: string, { number }: Streamed) => void heard.push(number);
		live.join({ member: undefined, session: undefined, staff: false, watching: undefined, send, close: () => undefined });
		grown(1);
		await steps(later);
		grown(++top);
		await live.settled();
		expect(heard, `${later} steps later`).toEqual([1, 2]);
	}
});

test('a frame that is kept from some of staff reaches nobody whose page does not know yet from whom', () => {
	const row: Streamed = { number: 1, type: 'case.changed', audience: 'staff:not:member/robin', data: {}, at: 0 };
	const staff = { member: 'robin', session: 'one', staff: true, watching: undefined, send() {}, close() {} };
	expect(isFor(row, { ...staff, unheard: undefined })).toBe(false);
	expect(isFor(row, { ...staff, unheard: () => true })).toBe(false);
	expect(isFor(row, { ...staff, unheard: () => false })).toBe(true);
	expect(isFor({ ...row, audience: 'staff' }, { ...staff, unheard: undefined })).toBe(true);
});
