// What Lucia asks of a store, answered by ours. Lucia reads the machine's clock; here the clock is handed in, so the adapter answers "is it
// over?" itself: Lucia is given the end of time for a session that lives and the beginning for one that is over.
import { eq, lte, or, sql } from 'drizzle-orm';
import type { Adapter, DatabaseSession, Lucia } from 'lucia';
import { limits } from '#lib/limits.ts';
import type { Role } from '#server/store/values.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import { preferenceColumns, preferencesFrom, type Preferences } from './preferences.ts';
import { requireHere } from './write-and-tell.ts';

export type SessionDays = { startedOn: string; seenOn: string; secondFactor: boolean };

/** With how they want to read: every page asks for both. */
type Member = Omit<Actor, 'id'> & { preferences: Preferences };

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<SessionDays, Member>;
		DatabaseSessionAttributes: SessionDays & { endsAt: number };
		DatabaseUserAttributes: Member;
	}
}

const endOfTime = new Date(8.64e15);
const beginningOfTime = new Date(0);
const wholeDay = 24 * 60 * 60_000;

/** The day in UTC, `2026-03-14`. */
export const dayOf = (moment: number) => new Date(moment).toISOString().slice(0, 10);
/** Whole days only, so that a row does not tell the minute somebody was here: up to a day less, never more. */
export const daysFrom = (moment: number, length: number) => moment - (moment % wholeDay) + length;

type Row = SessionDays & { id: string; memberId: string; expiresAt: number; endsAt: number };

export function luciaAdapter({ db, now }: Pick<Means, 'db' | 'now'>): Adapter {
	const { members, sessions } = db.tables;
	const columns = {
		id: sessions.id,
		memberId: sessions.memberId,
		expiresAt: sessions.expiresAt,
		endsAt: sessions.endsAt,
		startedOn: sessions.startedOn,
		seenOn: sessions.seenOn,
		secondFactor: sessions.secondFactor
	};
	const withMember = db.prepare(() =>
		db.read
			.select({ session: columns, name: members.name, role: members.role, preferences: preferenceColumns(db.tables) })
			.from(sessions)
			.innerJoin(members, eq(members.id, sessions.memberId))
			.where(eq(sessions.id, sql.placeholder('id')))
	);
	const over = () => or(lte(sessions.expiresAt, now()), lte(sessions.endsAt, now()));

	function forLucia(row: Row, role: Role): DatabaseSession {
		// A life longer than staff may have began before the appointment, outside `appoint`, which shortens it.
		const tooLong = isStaff({ role }) && row.endsAt - now() > limits.staffSessionLongest;
		const lives = row.expiresAt > now() && row.endsAt > now() && !tooLong;
		const { id, memberId: userId, startedOn, seenOn, endsAt, secondFactor } = row;
		return { id, userId, expiresAt: lives ? endOfTime : beginningOfTime, attributes: { startedOn, seenOn, endsAt, secondFactor } };
	}

	return {
		async getSessionAndUser(id) {
			const [found] = await withMember({ id });
			if (!found) return [null, null];
			const { session, name, role, preferences } = found;
			return [forLucia(session, role), { id: session.memberId, attributes: { name, role, preferences: preferencesFrom(preferences) } }];
		},
		async getUserSessions(memberId) {
			const found = await db.read
				.select({ session: columns, role: members.role })
				.from(sessions)
				.innerJoin(members, eq(members.id, sessions.memberId))
				.where(eq(sessions.memberId, memberId));
			return found.map(({ session, role }) => forLucia(session, role));
		},
		async setSession({ id, userId: memberId, attributes }) {
			const expiresAt = Math.min(daysFrom(now(), limits.sessionIdle), attributes.endsAt);
			await db.write(async (tx) => {
				await requireHere(tx, db.tables, memberId);
				await tx.delete(sessions).where(over());
				await tx.insert(sessions).values({ id, memberId, expiresAt, ...attributes });
			});
		},
		/** Called once a day for a session in use, by `sessions.find`; Lucia's own date is left aside for ours. */
		async updateSessionExpiration(id) {
			await db.write(async (tx) => {
				const [session] = await tx.select({ endsAt: sessions.endsAt }).from(sessions).where(eq(sessions.id, id));
				if (!session) return;
				const expiresAt = Math.min(daysFrom(now(), limits.sessionIdle), session.endsAt);
				await tx
					.update(sessions)
					.set({ expiresAt, seenOn: dayOf(now()) })
					.where(eq(sessions.id, id));
			});
		},
		async deleteSession(id) {
			await db.write((tx) => tx.delete(sessions).where(eq(sessions.id, id)));
		},
		async deleteUserSessions(memberId) {
			await db.write((tx) => tx.delete(sessions).where(eq(sessions.memberId, memberId)));
		},
		async deleteExpiredSessions() {
			await db.write((tx) => tx.delete(sessions).where(over()));
		}
	};
}
