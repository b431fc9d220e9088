// Half-way in. A doorway is not a session: nothing but its own two pages looks at it, and it closes after a quarter of an hour.
import { createHash } from 'node:crypto';
import { eq, lte } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import type { Actor, Means } from './means.ts';

const openFor = 15 * 60_000;

export type DoorwayNeeds = 'code' | 'passphrase';

const idOf = (token: string) => createHash('sha256').update(`doorway ${token}`).digest('hex');

export function doorways({ db, now, newId }: Means) {
	const { doorways, members } = db.tables;

	/** Returns the cookie's token. */
	async function open(tx: Queries, memberId: string, needs: DoorwayNeeds): Promise<string> {
		const token = newId() + newId();
		await tx.delete(doorways).where(lte(doorways.expiresAt, now()));
		await tx.insert(doorways).values({ id: idOf(token), memberId, needs, expiresAt: now() + openFor });
		return token;
	}

	async function find(token: string | undefined): Promise<{ actor: Actor; needs: DoorwayNeeds } | undefined> {
		if (!token || token.length > 200) return undefined;
		const [found] = await db.read
			.select({ id: members.id, name: members.name, role: members.role, needs: doorways.needs, expiresAt: doorways.expiresAt })
			.from(doorways)
			.innerJoin(members, eq(members.id, doorways.memberId))
			.where(eq(doorways.id, idOf(token)));
		if (!found || found.expiresAt <= now()) return undefined;
		const { needs, id, name, role } = found;
		return { needs, actor: { id, name, role } };
	}

	/** True for whoever goes through first. */
	async function close(tx: Queries, token: string): Promise<boolean> {
		const closed = await tx
			.delete(doorways)
			.where(eq(doorways.id, idOf(token)))
			.returning({ id: doorways.id });
		return closed.length === 1;
	}

	return { open, find, close };
}

/** Whatever changes the ways in shuts those that stand half open: by the old passphrase, by the old paper. */
export const closeDoorways = (tx: Queries, { doorways }: Tables, memberId: string) =>
	tx.delete(doorways).where(eq(doorways.memberId, memberId));
