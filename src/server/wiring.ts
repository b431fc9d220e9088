// What the server and the commands share: the store, the clock, ids, and the verbs over them.
import { randomBytes, randomInt } from 'node:crypto';
import { community, type Community } from './community/community.ts';
import type { CommunityEvent } from './community/events.ts';
import { openDatabase, type Database } from './store/database.ts';

export type Opened = { db: Database; community: Community; now: () => number };

/** Opens the store at this address and puts the verbs over it. The demo hands in a clock of its own. */
export async function openCommunity(url: string, now: () => number = Date.now): Promise<Opened> {
	const db = await openDatabase(url);
	// The live feed will listen here; until it is lit, what happened is told to nobody.
	const tell = (event: CommunityEvent) => void event;
	const verbs = community({ db, now, newId: () => randomBytes(16).toString('base64url'), pick: (below) => randomInt(below), tell });
	return { db, community: verbs, now };
}
