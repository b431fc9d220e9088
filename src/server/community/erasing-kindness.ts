// What a member gave to others without words, and what they celebrated: erased, or let stand without a name.
import { and, count, eq, inArray, ne } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { withoutMember } from './staff-ears.ts';
import type { Moment } from './write-and-tell.ts';

export async function eraseEncouragements(tx: Queries, { encouragements, posts }: Tables, member: string): Promise<void> {
	const given = await tx.delete(encouragements).where(eq(encouragements.memberId, member)).returning({ postId: encouragements.postId });
	for (const id of new Set(given.map(({ postId }) => postId))) {
		const left = await tx
			.select({ kind: encouragements.kind, number: count() })
			.from(encouragements)
			.where(eq(encouragements.postId, id))
			.groupBy(encouragements.kind);
		const encouraged = Object.fromEntries(left.map(({ kind, number }) => [kind, number]));
		await tx.update(posts).set({ encouraged }).where(eq(posts.id, id));
	}
}

export async function eraseCheers(tx: Queries, { cheers, celebrations }: Tables, member: string): Promise<void> {
	const given = await tx.delete(cheers).where(eq(cheers.memberId, member)).returning({ id: cheers.celebrationId });
	for (const { id } of given) {
		const number = await tx.$count(cheers, eq(cheers.celebrationId, id));
		await tx.update(celebrations).set({ cheers: number }).where(eq(celebrations.id, id));
	}
}

/** Those that nobody has seen yet, or that were taken back, go in any case. Open pages let go of them: they show the name. */
export async function eraseCelebrations(tx: Queries, tables: Tables, moment: Moment, member: string, keep: boolean): Promise<void> {
	const { celebrations } = tables;
	const own = eq(celebrations.memberId, member);
	const all = await tx.select({ id: celebrations.id, state: celebrations.state }).from(celebrations).where(own);
	await unnameInStream(
		tx,
		tables,
		all.map(({ id }) => id)
	);
	await tx.delete(celebrations).where(keep ? and(own, ne(celebrations.state, 'shared')) : own);
	for (const { id, state } of all) if (state === 'shared') moment.tells.push({ type: 'celebration.undone', celebration: id });
}

/** A page that was away hears that it is no longer there. Its number stays: numbers have no gaps. */
async function unnameInStream(tx: Queries, { stream }: Tables, ids: string[]) {
	const lately = await tx.select({ number: stream.number, data: stream.data }).from(stream).where(eq(stream.type, 'celebration.shared'));
	for (const { number, data } of lately)
		if (ids.includes(String(data.celebration)))
			await tx
				.update(stream)
				.set({ type: 'celebration.undone', data: { celebration: String(data.celebration) } })
				.where(eq(stream.number, number));
}

/** The stream may still name a story that was opened in the last quarter of an hour. */
export async function untitleInStream(tx: Queries, { stream }: Tables, threads: ReadonlySet<string>): Promise<void> {
	const lately = await tx.select({ number: stream.number, data: stream.data }).from(stream).where(eq(stream.type, 'thread.opened'));
	for (const { number, data } of lately)
		if (data.title !== undefined && threads.has(String(data.thread))) {
			const { title: _, ...rest } = data;
			await tx.update(stream).set({ data: rest }).where(eq(stream.number, number));
		}
}

/** What the stream told of this member to the doors, and of cases kept from them as staff. Numbers stay: they have no gaps. */
export async function forgetInStream(tx: Queries, { stream }: Tables, member: string): Promise<void> {
	const lately = await tx
		.select({ number: stream.number, audience: stream.audience, data: stream.data })
		.from(stream)
		.where(inArray(stream.type, ['people.changed', 'sessions.ended', 'case.changed']));
	for (const { number, audience, data } of lately) {
		const set = { ...(data.member === member ? { data: {} } : {}), ...withoutMember(audience, member) };
		if (Object.keys(set).length > 0) await tx.update(stream).set(set).where(eq(stream.number, number));
	}
}
