// The words of the ledger: what each column is for, what kind of thing it holds, who sees it, how long it stays and whose it is.
import type { PgTable } from 'drizzle-orm/pg-core';

export type Class =
	| 'public words'
	| 'private words'
	| 'name'
	/** Can be compared with what somebody brings, never read back. */
	| 'secret hash'
	/** Encrypted under a key that the database does not hold. */
	| 'sealed'
	| 'preference'
	| 'state'
	| 'counter'
	| 'day'
	| 'moment'
	/** A random id of the row's own, or a form's one-time key: says nothing by itself. */
	| 'random id'
	/** Points at another row. */
	| 'link'
	/** Points at a member who is not the one whose row it is. */
	| 'other member';

/** `you and staff`: the member, and moderators where their work shows it. `program`: no page of any role shows it. */
export type Seen = 'everyone' | 'you' | 'you and staff' | 'staff' | 'program';

const minute = 60_000;
const day = 24 * 60 * minute;

export type Retention = { words: string; by: 'pruning' | 'stream'; after: number } | { words: string; by: 'erasure' | 'verbs' | 'nothing' };

/** How long rows stay, and what ends them: `pruning` is the hourly chore, which takes `after` (milliseconds) from here; `stream` prunes itself. */
export const retentions = {
	account: { words: 'As long as your account.', by: 'erasure' },
	posted: { words: 'As long as this site, or until you erase it. Withdrawing hides it at once.', by: 'erasure' },
	yours: { words: 'Until you take it back or leave.', by: 'verbs' },
	site: { words: 'As long as this site.', by: 'nothing' },
	log: { words: 'As long as this site: it shows what moderators did.', by: 'nothing' },
	session: { words: 'Until you sign out, or 14 days without use, 90 days at most.', by: 'pruning', after: 0 },
	offer: { words: 'Ten minutes.', by: 'pruning', after: 0 },
	'kept form': { words: 'A day, or until it is sent.', by: 'pruning', after: 0 },
	stream: { words: '15 minutes.', by: 'stream', after: 15 * minute },
	draft: { words: 'Until you post it or let it go, or a year after you last touched it.', by: 'pruning', after: 365 * day },
	shelf: {
		words:
			'Drafts: until you let them go, or a year after you last touched them. Which notices you read, and what leads you to posts without your name: until you leave. Where you leave and let such posts stand it stays, and leads nobody to them.',
		by: 'pruning',
		after: 365 * day
	},
	reading: { words: 'Half a year after you last opened the story.', by: 'pruning', after: 180 * day },
	'read notice': { words: '90 days after you read it, a year if you do not.', by: 'pruning', after: 90 * day },
	'unread notice': { words: 'A year, if you do not read it.', by: 'pruning', after: 365 * day },
	'taken back': { words: 'Until you leave. One you took back goes 30 days after you made it.', by: 'pruning', after: 30 * day },
	revision: { words: 'A year after the change.', by: 'pruning', after: 365 * day },
	'used once': { words: 'Until it would be too old anyway: minutes to hours.', by: 'pruning', after: 0 },
	guess: { words: 'A day after the last wrong try, or until the right one.', by: 'pruning', after: day },
	'day key': { words: 'Until the day after.', by: 'verbs' },
	waiting: {
		words: 'Until a moderator lets you in, 14 days at most. Somebody who is turned away can learn of it for 14 days more.',
		by: 'verbs'
	},
	invitation: { words: 'Until it is used up or runs out, 61 days at most.', by: 'pruning', after: 0 },
	erasing: { words: 'Until it is certain that nothing is left on the disk: minutes.', by: 'verbs' },
	'open case': { words: 'Until the case closes.', by: 'verbs' },
	mask: { words: 'Three minutes at most. What could not be shown stays until you let it go.', by: 'verbs' },
	'report words': { words: 'A year after the report was settled.', by: 'pruning', after: 365 * day }
} as const satisfies Record<string, Retention>;
export type Kept = keyof typeof retentions;

/** A column's line: its class, its purpose in words a member reads, and where it differs from its table. */
export type Told = readonly [Class, string, { seen?: Seen; kept?: Kept }?];

/** Rows whose moment `from` is longer ago than the retention go; with `blank` they stay and these columns are emptied. */
export type Pruned<Column extends string> = {
	kept: Kept;
	from: Column;
	/** Only rows that hold exactly this. */
	only?: Partial<Record<Column, string | null>>;
	blank?: Partial<Record<Column, unknown>>;
	/** One of the blanked columns, by which a row that has been emptied is known. */
	marker?: Column;
};

/**
 * What becomes of a row when the member it names leaves: it goes; it stays and names nobody (`unlinked`, or with another value there); or the
 * member chooses, and what they let stand names nobody. Every table with a member in it has to say so, and erasing does as it says.
 */
export type WhenGone = 'goes' | 'unlinked' | 'chosen' | { becomes: string };
/** The same for a row that hangs on another of the member's: it goes with that one's words, or stays as part of the log. */
export type WithIt = 'goes' | 'stays';

type About<Column extends string, Table extends string> =
	| readonly [column: Column, table: 'members', gone: WhenGone, prefix?: string]
	| readonly [column: Column, table: Exclude<Table, 'members'>, gone: WithIt];

export type Entry<Column extends string = string, Table extends string = string> = {
	/** The rows, as a member would say it. */
	what: string;
	/** Whose rows: a column that holds a member's id ('members'), or that of a row which is that member's. The first is the owner. Empty: nobody's. */
	about: readonly About<Column, Table>[];
	/** For rows about nobody; `sealed`: about a member, and which one only the key file tells. */
	subject?: 'nobody' | 'operator' | 'sealed';
	seen: Seen;
	kept: Kept;
	prune?: readonly Pruned<Column>[];
	columns: Record<Column, Told>;
};

type ColumnsOf<T extends PgTable> = Extract<keyof T['$inferSelect'], string>;
/** A ledger of these tables: a column that is not declared does not compile, nor does one that is no more. */
export type LedgerOf<T extends Record<string, PgTable>, All extends string = string> = { [K in keyof T]: Entry<ColumnsOf<T[K]>, All> };
