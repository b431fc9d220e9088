// What the server and the commands share: the store, the clock, ids, and the verbs over them.
import { randomBytes, randomInt } from 'node:crypto';
import { community, type Community } from './community/community.ts';
import type { CommunityEvent } from './community/events.ts';
import { hub, type Hub } from './live/hub.ts';
import { openDatabase, type Database } from './store/database.ts';

export type Opened = { db: Database; community: Community; hub: Hub; now: () => number };

/** Opens the store at this address, puts the verbs over it and the hub beside it. The demo hands in a clock of its own. */
export async function openCommunity(
	url: string,
	now: () => number = Date.now,
	failed: (problem: unknown) => void = () => undefined
): Promise<Opened> {
	const db = await openDatabase(url);
	let live: Hub | undefined;
	const tell = (event: CommunityEvent) => live?.tell(event);
	const verbs = community({ db, now, newId: () => randomBytes(16).toString('base64url'), pick: (below) => randomInt(below), tell });
	const { append, newest, since } = verbs.stream;
	live = hub({ append, newest, since, hear: db.signal.hear, failed });
	return { db, community: verbs, hub: live, now };
}
