// What the server and the commands share: the store, the clock, ids, and the verbs over them.
import { randomInt } from 'node:crypto';
import { community, type Community } from './community/community.ts';
import type { CommunityEvent } from './community/events.ts';
import { shelveOldDrafts } from './community/draft-shelf.ts';
import { nameKey, neededKeys, requireSameKeys } from './community/named-keys.ts';
import { turnOlderShelves } from './community/older-shelves.ts';
import type { Settings } from './config.ts';
import { hub, type Hub } from './live/hub.ts';
import { randomTexts } from './community/random-texts.ts';
import { sealerOver } from './sealer.ts';
import { sealingKeys } from './sealing-keys.ts';
import { erasuresIn } from './erasures.ts';
import { openDatabase, type Database } from './store/database.ts';
import { traceOf } from './web/log.ts';

export type Opened = { db: Database; community: Community; hub: Hub; now: () => number };

/** For commands: they have no log. A message of the database may quote what was to be written, so it stays out here, too. */
export const onTerminal = (problem: unknown) => console.error(`Open pages were not told of something (${traceOf(problem).name}).`);

/** Opens the store, the key file and the list of erasures, erases again what a backup brought back, puts the verbs over it and the hub beside it. `failed` hears what was not handed on to open pages. The demo hands in a clock of its own. */
export async function openCommunity(
	{ databaseUrl, keysFile, erasuresFile, staffSecondFactor, signUp, proofOfWork }: Settings,
	failed: (problem: unknown) => void,
	now: () => number = Date.now
): Promise<Opened> {
	// Every entry comes by here: what it makes from now on (the database, its log and copies, the folders) is for this user alone.
	process.umask(0o077);
	const db = await openDatabase(databaseUrl);
	const { sealer, erasures } = await neededKeys(db)
		.then(async (needed) => {
			const ring = sealingKeys(keysFile, needed);
			const erasures = erasuresIn(erasuresFile, { fresh: needed.length === 0 });
			const sealer = sealerOver(ring);
			await requireSameKeys(db, sealer, keysFile);
			await nameKey(db, sealer);
			await shelveOldDrafts({ db, now, sealer });
			await turnOlderShelves({ db, now, sealer });
			return { sealer, erasures };
		})
		.catch(async (problem: unknown) => {
			await db.close();
			throw problem;
		});
	// The hub reads the stream through the verbs, and the verbs tell the hub: it is there before anything can be told.
	const heard: { by?: Hub } = {};
	const tell = (event: CommunityEvent) => heard.by?.tell(event);
	const verbs = community({
		db,
		now,
		newId: randomTexts(16),
		pick: (below) => randomInt(below),
		tell,
		house: { signUp, proofOfWork },
		sealer,
		erasures,
		staffNeedSecondFactor: staffSecondFactor === 'required'
	});
	const { append, newest, next } = verbs.stream;
	const { suspendedBy } = verbs.masks;
	const live = hub({ append, newest, next, suspendedBy, hear: db.signal.hear, failed });
	heard.by = live;
	await verbs.leaving.replay().catch(async (problem: unknown) => {
		await db.close();
		throw problem;
	});
	return { db, community: verbs, hub: live, now };
}
