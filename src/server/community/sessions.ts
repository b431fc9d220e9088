// Who is signed in where. Lucia keeps the lifecycle and the cookie; the store sees only the SHA-256 of a token, and only the days of use.
import { hash } from 'node:crypto';
import { and, eq, ne } from 'drizzle-orm';
import { Lucia, TimeSpan } from 'lucia';
import { limits } from '#lib/limits.ts';
import { Refusal } from '#lib/refusals.ts';
import { inPassing } from './in-passing.ts';
import { dayOf, daysFrom, luciaAdapter } from './lucia-adapter.ts';
import { isStaff, type Actor, type Means } from './means.ts';
import type { Preferences } from './preferences.ts';
import { isSuspended } from './sanctions.ts';
import { requireLetIn } from './waiting-members.ts';
import { writeAs } from './write-and-tell.ts';

/** Over https the browser itself then holds the cookie to this host, this path and https. */
const cookieName = (secure: boolean) => (secure ? '__Host-lamplight' : 'lamplight');

const idOf = (token: string) => hash('sha256', token);

type Begin = {
	secure: boolean;
	/** This browser's session until now: it ends. */
	former?: string | undefined;
	/** Whether more than a passphrase was shown. */
	secondFactor?: boolean;
};

type Found = { actor: Actor; session: string; preferences: Preferences; staffWaiting?: true };

export function sessions(means: Means) {
	const { db, now, newId, tell, staffNeedSecondFactor = false } = means;
	const { sessions } = db.tables;
	const adapter = luciaAdapter({ db, now });
	const luciaFor = (secure: boolean) =>
		new Lucia(adapter, {
			sessionExpiresIn: new TimeSpan(limits.sessionIdle / 1000, 's'),
			sessionCookie: { name: cookieName(secure), attributes: { secure, sameSite: 'lax', path: '/' } },
			getSessionAttributes: ({ startedOn, seenOn, secondFactor }) => ({ startedOn, seenOn, secondFactor }),
			getUserAttributes: ({ name, role, preferences }) => ({ name, role, preferences })
		});
	const overHttps = luciaFor(true);
	const overHttp = luciaFor(false);

	/** Always a new token, so that one planted in a browser beforehand never becomes somebody's session. */
	async function begin(actor: Actor, { secure, former, secondFactor = false }: Begin) {
		const lucia = secure ? overHttps : overHttp;
		// Whichever way somebody came.
		await requireLetIn(db.read, db.tables, actor.id);
		if (former) {
			await lucia.invalidateSession(former);
			tell({ type: 'sessions.ended', session: former });
		}
		const token = newId() + newId();
		const endsAt = isStaff(actor) ? now() + limits.staffSessionLongest : daysFrom(now(), limits.sessionLongest);
		const session = await lucia.createSession(
			actor.id,
			{ startedOn: dayOf(now()), seenOn: dayOf(now()), endsAt, secondFactor },
			{ sessionId: idOf(token) }
		);
		const { name, value, attributes } = lucia.createSessionCookie(token);
		// The cookie lasts as long as the session may at most; when it ends for want of use is the store's to say.
		return {
			session: session.id,
			cookie: { name, value, attributes: { ...attributes, path: '/', maxAge: Math.floor((endsAt - now()) / 1000) } }
		};
	}

	/**
	 * The member behind a cookie's token. Writes at most once a day. Where staff need a second factor, whoever has not shown it yet acts as a
	 * member (`staffWaiting`), and so does one of staff who is suspended: no verb has to ask, and none can forget to. `look`: to see whether it
	 * still stands, which is no use of it.
	 */
	async function find(token: string | undefined, { look = false } = {}): Promise<Found | undefined> {
		if (!token || token.length > 200) return undefined;
		const { session, user } = await overHttps.validateSession(idOf(token));
		if (!session) return undefined;
		if (!look && session.seenOn !== dayOf(now())) await inPassing(adapter.updateSessionExpiration(session.id, session.expiresAt));
		const { id, name, role, preferences } = user;
		const asMember: Found = { actor: { id, name, role: 'member' }, session: session.id, preferences };
		if (!isStaff({ role })) return { ...asMember, actor: { id, name, role } };
		if (staffNeedSecondFactor && !session.secondFactor) return { ...asMember, staffWaiting: true };
		return (await isSuspended(db.read, means, id, now())) ? asMember : { ...asMember, actor: { id, name, role } };
	}

	/** The newest first, `current` being the one that asks. */
	async function list(actor: Actor, current?: string) {
		const open = await overHttps.getUserSessions(actor.id);
		return open
			.map(({ id, startedOn, seenOn }) => ({ id, startedOn, seenOn, current: id === current }))
			.sort(
				(a, b) =>
					Number(b.current) - Number(a.current) ||
					b.seenOn.localeCompare(a.seenOn) ||
					b.startedOn.localeCompare(a.startedOn) ||
					a.id.localeCompare(b.id)
			);
	}

	async function end(actor: Actor, id: string) {
		const ended = await writeAs(db, actor, (tx) =>
			tx
				.delete(sessions)
				.where(and(eq(sessions.id, id), eq(sessions.memberId, actor.id)))
				.returning({ id: sessions.id })
		);
		if (ended.length === 0) throw new Refusal('not_found');
		tell({ type: 'sessions.ended', session: id });
	}

	async function endAll(actor: Actor, except?: string) {
		if (except === undefined) await overHttps.invalidateUserSessions(actor.id);
		else await writeAs(db, actor, (tx) => tx.delete(sessions).where(and(eq(sessions.memberId, actor.id), ne(sessions.id, except))));
		tell({ type: 'sessions.ended', member: actor.id, ...(except ? { except } : {}) });
	}

	/** Makes the browser forget the session. */
	function blankCookie({ secure }: { secure: boolean }) {
		const { name, value, attributes } = (secure ? overHttps : overHttp).createBlankSessionCookie();
		return { name, value, attributes: { ...attributes, path: '/' } };
	}

	return { cookieName, begin, find, list, end, endAll, blankCookie };
}
