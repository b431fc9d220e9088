// From whom of staff a case stays away altogether: who wrote the post, and whom its first reporter had blocked. For them it is not there.
// The second is fixed by the report that opens the case: no block made or taken back later moves a case, which would tell who reported.
import { and, eq, inArray, or } from 'drizzle-orm';
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import { authorship, type Author } from './authorship.ts';
import { noSealer, type Actor, type Means } from './means.ts';
import { suspendedByName } from './sanctions.ts';

type Held = Pick<Means, 'db' | 'now' | 'sealer'>;
type Post = Author & { id: string };
export const staffRoles = ['moderator', 'administrator'] as const;

/** Names one of staff in the log of a case without naming them: their id goes when they leave. */
export const apartTag = ({ sealer = noSealer }: Pick<Means, 'sealer'>, postId: string, member: string) =>
	sealer.tag('apart', [postId, member]);

/** Tags of those whom this member had blocked before they report this post; none where nobody else of staff would be left. */
export async function apartFrom(tx: Queries, means: Held, post: Post, reporter: string): Promise<string[]> {
	const { blocks, members } = means.db.tables;
	const blocked = await tx
		.select({ id: members.id })
		.from(blocks)
		.innerJoin(members, and(eq(members.id, blocks.blockedId), inArray(members.role, staffRoles)))
		.where(eq(blocks.memberId, reporter));
	if (blocked.length === 0) return [];
	const tags = blocked.map(({ id }) => apartTag(means, post.id, id));
	return (await someoneIsFree(tx, means, post, [reporter], tags)) ? tags : [];
}

/** Tags in the lines of a case: whom its first reporter had blocked, and who wrote the post before it was erased (case-erased.ts). */
export type Apart = { blocked: string[]; wrote: string[] };
export const nobodyApart: Apart = { blocked: [], wrote: [] };
export const allApart = ({ blocked, wrote }: Apart) => [...blocked, ...wrote];

export async function apartIn(q: Queries, { caseEvents }: Tables, cases: string[]): Promise<Map<string, Apart>> {
	const found = new Map<string, Apart>();
	if (cases.length === 0) return found;
	const rows = await q
		.select({ id: caseEvents.caseId, detail: caseEvents.detail })
		.from(caseEvents)
		.where(and(inArray(caseEvents.caseId, cases), inArray(caseEvents.kind, ['created', 'target_erased'])));
	for (const { id, detail } of rows) {
		const { blocked, wrote } = found.get(id) ?? nobodyApart;
		const more = (value: unknown, before: string[]) => (Array.isArray(value) ? [...before, ...value] : before);
		found.set(id, { blocked: more(detail.apart, blocked), wrote: more(detail.wrote, wrote) });
	}
	return found;
}

/** Whether the case is not there for this one of staff. */
export async function isKeptFrom(q: Queries, means: Held, caseId: string, post: Post, apart: Apart, actor: Actor): Promise<boolean> {
	const tag = apartTag(means, post.id, actor.id);
	if (authorship(means).wrote(actor, post) || apart.wrote.includes(tag)) return true;
	if (!apart.blocked.includes(tag)) return false;
	const { reports } = means.db.tables;
	const reporters = await q.selectDistinct({ id: reports.reporterId }).from(reports).where(eq(reports.caseId, caseId));
	const besides = [actor.id, ...reporters.flatMap(({ id }) => id ?? [])];
	return someoneIsFree(q, means, post, besides, allApart(apart));
}

/** Whether anybody of staff may look at this time but these: nobody gets out of reach of the desk by blocking all who sit there. */
export async function someoneIsFree(q: Queries, means: Held, post: Post, besides: string[], apart: string[]): Promise<boolean> {
	const { members, blocks } = means.db.tables;
	const { wrote } = authorship(means);
	const staff = await q
		.select({ id: members.id, name: members.name, role: members.role })
		.from(members)
		.where(inArray(members.role, staffRoles));
	const all = staff.map(({ id }) => id);
	const busyOrAway = new Set([...besides, ...(await suspendedByName(q, means.db.tables, all, means.now()))]);
	const free = staff.filter((one) => !busyOrAway.has(one.id) && !wrote(one, post) && !apart.includes(apartTag(means, post.id, one.id)));
	if (post.authorId === null || free.length === 0) return free.length > 0;
	const ids = free.map(({ id }) => id);
	const parted = await q
		.select({ one: blocks.memberId, other: blocks.blockedId })
		.from(blocks)
		.where(
			or(
				and(inArray(blocks.memberId, ids), eq(blocks.blockedId, post.authorId)),
				and(eq(blocks.memberId, post.authorId), inArray(blocks.blockedId, ids))
			)
		);
	const busy = new Set(parted.flatMap(({ one, other }) => [one, other]));
	return ids.some((id) => !busy.has(id));
}
