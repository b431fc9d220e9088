// A small world for tests of the community: a real database file or a real PostgreSQL, a clock in the hand, people instead of rows.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { Client } from 'pg';
import { afterEach, describe, inject } from 'vitest';
import { community, type Community } from '#server/community/community.ts';
import type { CommunityEvent } from '#server/community/events.ts';
import type { Actor, Erasure, Means, Sealer } from '#server/community/means.ts';
import { sealerOver } from '#server/sealer.ts';
import { openDatabase, type Database, type DatabaseOptions } from '#server/store/database.ts';
import type { Role } from '#server/store/values.ts';

export type World = Community & {
	db: Database;
	url: string;
	sealer: Sealer;
	told: CommunityEvent[];
	/** The list outside the store. */
	listed: Erasure[];
	/** Calls back with everything told from now on. */
	listen: (listener: (event: CommunityEvent) => void) => void;
	/** Moves the world's clock on by this many milliseconds. */
	later: (ms: number) => void;
	now: () => number;
	/** Somebody who joined through the real door, by default long enough ago to be past the first day. */
	someone: (as?: { role?: Role; newcomer?: boolean }) => Promise<Actor>;
};

export const hour = 3_600_000;
export const day = 24 * hour;
const dialects = ['sqlite', 'postgres'] as const;

async function freshUrl(dialect: (typeof dialects)[number]): Promise<{ url: string; drop: () => Promise<void> }> {
	if (dialect === 'sqlite') {
		const folder = mkdtempSync(join(tmpdir(), 'lamplight-test-'));
		return { url: `file:${join(folder, 'test.db')}`, drop: async () => rmSync(folder, { recursive: true }) };
	}
	const server = inject('postgres');
	const name = `test_${randomBytes(6).toString('hex')}`;
	const admin = async (statement: string) => {
		const client = new Client({ connectionString: server });
		await client.connect();
		await client.query(statement);
		await client.end();
	};
	await admin(`create database ${name}`);
	return { url: server.replace(/[^/]*$/, name), drop: () => admin(`drop database ${name} with (force)`) };
}

type WorldOptions = DatabaseOptions & Peopled;
type AWorld = (options?: WorldOptions) => Promise<World>;

/**
 * Runs the tests of `facts` on SQLite and on PostgreSQL; each test calls the given function for a world of its own. What is about one of
 * them only is registered there alone, by the name that is handed in: a test that returns early would pass without having looked.
 */
export function onBothDatabases(facts: (aWorld: AWorld, dialect: (typeof dialects)[number]) => void) {
	describe.each(dialects)('on %s', (dialect) => {
		const open: (() => Promise<void>)[] = [];
		afterEach(async () => {
			for (const close of open.splice(0)) await close();
		});
		facts(async ({ logQuery, ...means } = {}) => {
			const { url, drop } = await freshUrl(dialect);
			const db = await openDatabase(url, { logQuery });
			open.push(async () => {
				await db.close();
				await drop();
			});
			return peopled(db, url, means);
		}, dialect);
	});
}

export const worldSealer = sealerOver({ ids: () => ['of-the-world'], secret: () => Buffer.alloc(32, 7) });

type Peopled = Partial<Means> & { start?: number };

/** The verbs over a database, with a clock of their own that starts on a fixed day. */
export async function peopled(
	db: Database,
	url: string,
	{ start = Date.UTC(2026, 2, 14, 21, 30), sealer = worldSealer, ...means }: Peopled = {}
): Promise<World> {
	let time = start;
	const told: CommunityEvent[] = [];
	const listed: Erasure[] = [];
	const listeners: ((event: CommunityEvent) => void)[] = [];
	const now = () => time;
	const all = community({
		db,
		now,
		newId: () => randomBytes(16).toString('base64url'),
		pick: (below) => Math.floor(Math.random() * below),
		tell(event) {
			told.push(event);
			for (const listener of listeners) listener(event);
		},
		sealer,
		erasures: { note: (erasure) => void listed.push(erasure), all: () => [...listed] },
		...means
	});
	await all.boards.furnish();
	return {
		...all,
		db,
		url,
		sealer,
		told,
		listed,
		listen: (listener) => void listeners.push(listener),
		now,
		later: (ms) => void (time += ms),
		async someone({ role = 'member', newcomer = false } = {}) {
			const member = await joined(all);
			if (role !== 'member') await all.members.appoint(member.name, role);
			if (!newcomer)
				await db.write((tx) =>
					tx
						.update(db.tables.members)
						.set({ joinedAt: time - 60 * day })
						.where(eq(db.tables.members.id, member.id))
				);
			return { ...member, role };
		}
	};
}

async function joined(all: Community): Promise<Actor> {
	const { offer, names } = await all.members.offerNames();
	return all.members.join({ offer, name: names[0] ?? '', passphrase: 'a lamp in the far window', adult: true, agree: true });
}
