// Who hears what: reads the stream once for all open pages of this process and hands each frame to those it is for.
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '#lib/refusals.ts';
import type { CommunityEvent } from '#server/community/events.ts';
import type { Streamed } from '#server/community/stream.ts';
import { frameOf } from './frames.ts';

/** Somebody with a page open. */
export type Listener = {
	member: string | undefined;
	session: string | undefined;
	staff: boolean;
	/** The thread the page shows, where it may be read by them. */
	watching: string | undefined;
	/** What is kept from them; `look` learns it anew. */
	unheard?: ((row: Streamed) => boolean) | undefined;
	look?: (() => Promise<void>) | undefined;
	send: (frame: string, row: Streamed) => void;
	close: () => void;
};

type Means = {
	append: (events: CommunityEvent[]) => Promise<void>;
	newest: () => Promise<number>;
	/** The next rows after a number, some at a time. */
	next: (number: number) => Promise<Streamed[]>;
	/** Who of these members a decision suspended for what they wrote behind a mask. */
	suspendedBy: (decision: string, members: string[]) => Promise<string[]>;
	/** Calls back whenever the stream may have grown, in this process or another. */
	hear: (listener: (number: number) => void) => void;
	failed: (problem: unknown) => void;
	/** Milliseconds from any moment on. */
	elapsed?: () => number;
	patience?: typeof ours;
};

/** Rows of one write: databases bound how many values a statement may hold. */
const batchSize = 500;
/** Milliseconds after which others get a turn: a broadcast to thousands must not hold up a page, least of all on a slow machine. */
const longestTurn = 10;
/** Sends between two looks at the clock. */
const betweenLooks = 20;
/** Milliseconds after which a store that is busy (a long lock, a lost connection) is asked again, and for how long. */
const ours = { every: 1000, most: 180_000 };
/** Members looked at in one go: hashing their tags takes some milliseconds. */
const lookedAtOnce = 200;

export function hub({ append, newest, next, suspendedBy, hear, failed, elapsed = () => performance.now(), patience = ours }: Means) {
	const listeners = new Set<Listener>();
	const told: CommunityEvent[] = [];
	let appending: Promise<void> | undefined;
	let seen: number | undefined;
	let reading: Promise<void> | undefined;
	const looking = new Set<Promise<void>>();
	let grown = false;
	const letting: (() => void)[] = [];

	/** Everything told while an earlier batch is being written goes into the next one. */
	async function appendAll() {
		try {
			while (told.length > 0) {
				await appendPatiently(told.splice(0, batchSize));
			}
		} finally {
			// In the same step as the last look: whatever is told from then on begins anew. A promise that says so later leaves a gap.
			appending = undefined;
		}
	}

	/** A sign-out or a ban may be among them. What can never be written nobody hears of: each page comes back and is looked at anew. */
	async function appendPatiently(batch: CommunityEvent[]) {
		const began = elapsed();
		for (;;) {
			try {
				return await append(batch);
			} catch (problem) {
				if (!(problem instanceof Refusal) || problem.code !== 'busy' || elapsed() - began > patience.most) {
					failed(problem);
					return closeAll();
				}
			}
			await pause(patience.every);
		}
	}

	/** What is kept ready in this process may hold words that were erased. */
	function letCopiesGo() {
		for (const letGo of letting) letGo();
	}

	function tell(event: CommunityEvent) {
		// Here at once; the others hear of it by the stream.
		if (event.type === 'words.erased') letCopiesGo();
		told.push(event);
		appending ??= appendAll();
	}

	async function readAll() {
		try {
			while (grown) {
				grown = false;
				await readNew().catch(failed);
			}
		} finally {
			reading = undefined;
		}
	}

	async function readNew() {
		seen ??= await newest();
		for (let rows = await next(seen); rows.length > 0; rows = await next(seen)) {
			// What lay between was pruned before this process heard of it: each page comes back and loads its list anew.
			if (rows[0]?.number !== seen + 1) {
				closeAll();
				letCopiesGo();
			}
			for (const row of rows) await broadcast(row);
			seen = rows.at(-1)?.number ?? seen;
		}
	}

	async function broadcast(row: Streamed) {
		if (row.type === 'sessions.ended') return closeEnded(row);
		if (row.type === 'people.changed') return lookAgain(row);
		if (row.type === 'mask.paused') return beginLooking(row);
		if (row.type === 'words.erased') return letCopiesGo();
		const frame = frameOf(row);
		let sent = 0;
		let began = elapsed();
		for (const listener of [...listeners]) {
			if (!listeners.has(listener) || !isFor(row, listener)) continue;
			listener.send(frame, row);
			if (++sent % betweenLooks > 0 || elapsed() - began < longestTurn) continue;
			await breathe();
			began = elapsed();
		}
	}

	/** Beside all else: nobody's frames wait for it, or their delay would tell of it. */
	function beginLooking({ data: { decision } }: Streamed) {
		const look = closeSuspended(String(decision)).finally(() => looking.delete(look));
		looking.add(look);
	}

	/** Whom a decision suspended stands on their own shelf alone: everybody with a page open is looked at to the last, whoever it turns out to be. */
	async function closeSuspended(decision: string) {
		const members = [...new Set([...listeners].flatMap(({ member }) => member ?? []))];
		for (let from = 0; from < members.length; from += lookedAtOnce) {
			const some = members.slice(from, from + lookedAtOnce);
			// Whoever cannot learn it comes back as who they are now.
			const theirs = new Set(await suspendedBy(decision, some).catch((problem: unknown) => (failed(problem), some)));
			for (const listener of [...listeners]) if (listener.member !== undefined && theirs.has(listener.member)) listener.close();
			await breathe();
		}
	}

	function closeEnded({ data: { member, session, except } }: Streamed) {
		for (const listener of [...listeners]) {
			const ended = session !== undefined ? listener.session === session : listener.member === member && listener.session !== except;
			if (listener.session !== undefined && ended) listener.close();
		}
	}

	/** Nothing more is handed on until they know: whoever cannot learn it comes back. */
	async function lookAgain({ data: { member } }: Streamed) {
		const theirs = [...listeners].filter((listener) => listener.member === member);
		await Promise.all(
			theirs.map(async (listener) => {
				try {
					await listener.look?.();
				} catch (problem) {
					listener.close();
					failed(problem);
				}
			})
		);
	}

	hear(() => {
		grown = true;
		reading ??= readAll();
	});

	/** Begins where the stream stands, so that nothing that happens from now on is missed. */
	async function begin() {
		seen ??= await newest();
	}

	function join(listener: Listener) {
		listeners.add(listener);
		return () => void listeners.delete(listener);
	}

	/** Resolves when everything told so far stands in the stream, and was handed on where this process has heard of it. */
	async function settled() {
		while (appending || reading || looking.size > 0) await Promise.all([appending, reading, ...looking]);
	}

	function closeAll() {
		for (const listener of [...listeners]) listener.close();
	}

	/** Calls back whenever words were erased, in this process or another. */
	const whenErased = (letGo: () => void) => void letting.push(letGo);

	/** How many pages are open, or show this thread. */
	const open = (thread?: string) =>
		thread === undefined ? listeners.size : [...listeners].filter(({ watching }) => watching === thread).length;

	return { begin, tell, join, whenErased, settled, closeAll, listeners: open };
}

export type Hub = ReturnType<typeof hub>;

export function isFor(row: Streamed, { member, staff, watching, unheard }: Listener): boolean {
	const { audience } = row;
	if (unheard?.(row)) return false;
	if (audience === 'public') return true;
	if (audience === 'members') return member !== undefined;
	if (audience === 'staff') return staff;
	// Whom it is kept from only `unheard` can say: without it nobody is told.
	if (audience.startsWith('staff:not:')) return staff && unheard !== undefined;
	if (audience.startsWith('thread:')) return watching !== undefined && audience === `thread:${watching}`;
	return member !== undefined && audience === `member:${member}`;
}
