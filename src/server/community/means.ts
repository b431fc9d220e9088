// What every module of verbs is handed: nothing in this room looks at the clock or makes ids by itself.
import { Refusal } from '#lib/refusals.ts';
import type { Database } from '#server/store/database.ts';
import type { Role } from '#server/store/values.ts';
import type { CommunityEvent } from './events.ts';

/**
 * Seals words under a key that is not in the store. `about` is bound to what is sealed and has to be said again to open it: a sealed word
 * that was moved to another row does not open.
 */
export type Sealer = {
	seal: (words: string, about: string) => string;
	/** Undefined where it was not sealed by us, or not about this. */
	open: (sealed: string, about: string) => string | undefined;
	/**
	 * What `parts` are called here: the same words for the same parts, and without the key nobody can tell of which. 43 signs, base64url.
	 * Every purpose has a key of its own. Without `key`, under the newest; a tag is found again by asking under each of `keys()`.
	 */
	tag: (purpose: string, parts: readonly string[], key?: string) => string;
	/** Ids of the keys, the newest last. */
	keys: () => string[];
};

const without = (): never => {
	throw new Error('Nothing can be sealed here: no key file was handed in.');
};
export const noSealer: Sealer = { seal: without, open: without, tag: without, keys: () => [] };

/** What a member asked to be erased, as the list outside the store holds it: random values and a day, nothing that says who. */
export type Erasure = { on: string; member: string; kept: string[] } | { on: string; post: string };

/** The list of erasures: it lies outside the store and its backups, so that an old backup cannot bring back what was erased. */
export type Erasures = {
	/** Returns when it is on the disk. Throws `Refusal` where there is no room, and then nothing of it is there. */
	note: (erasure: Erasure) => void;
	/** The oldest first. */
	all: () => Erasure[];
};

const unlisted = (): never => {
	throw new Error('Nothing can be erased here: no list of erasures was handed in.');
};
export const noErasures: Erasures = { note: unlisted, all: () => [] };

export type Means = {
	db: Database;
	/** Milliseconds since 1970, UTC. */
	now: () => number;
	/** 128 random bits as text that fits in a URL. */
	newId: () => string;
	/** Uniform in [0, below). */
	pick: (below: number) => number;
	/** How the door stands; without it, open. */
	house?: House;
	/** Called after a write resolved, never inside one. */
	tell: (event: CommunityEvent) => void;
	/** Without one, what has to be sealed cannot be used. */
	sealer?: Sealer;
	/** Without one, nothing can be erased. */
	erasures?: Erasures;
	/** Whether staff without a second factor count as members only. */
	staffNeedSecondFactor?: boolean;
};

/** What the operator decided about the door (SIGN_UP, PROOF_OF_WORK). */
export type House = { signUp: 'open' | 'reviewed' | 'invited' | 'closed'; proofOfWork: boolean };

/** Whoever acts: the signed-in member, or undefined for a guest. */
export type Actor = { id: string; name: string; role: Role };
export type Reader = Actor | undefined;

export function isStaff(somebody: { role: Role | null } | undefined): boolean {
	return somebody?.role === 'moderator' || somebody?.role === 'administrator';
}

/** For verbs that add words: on a full disk what room there is belongs to taking away. */
export function requireRoom({ hasRoom }: Pick<Database, 'hasRoom'>): void {
	if (!hasRoom()) throw new Refusal('no_room');
}
