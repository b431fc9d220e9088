// What every module of verbs is handed: nothing in this room looks at the clock or makes ids by itself.
import type { Database } from '#server/store/database.ts';
import type { Role } from '#server/store/values.ts';
import type { CommunityEvent } from './events.ts';

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
};

/** What the operator decided about the door (SIGN_UP, PROOF_OF_WORK). */
export type House = { signUp: 'open' | 'reviewed' | 'invited' | 'closed'; proofOfWork: boolean };

/** Whoever acts: the signed-in member, or undefined for a guest. */
export type Actor = { id: string; name: string; role: Role };
export type Reader = Actor | undefined;

export function isStaff(somebody: { role: Role | null } | undefined): boolean {
	return somebody?.role === 'moderator' || somebody?.role === 'administrator';
}
