// Writes what a member will be told; notices.ts reads it.
import { readyToAdd, type Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import type { Moment } from './write-and-tell.ts';

/** What moderation decided, for authors and reporters. */
export const outcomeKinds = [
	'post_folded',
	'warning_added',
	'post_decided',
	'formal_notice',
	'sanction',
	'report_received',
	'report_settled',
	'post_held',
	'unmasked',
	'held_settled'
] as const;
/** What people wrote: opening the thread reads them. `followed` names the thread by its opening, `detail.post` what came first. */
export const replyKinds = ['answered', 'followed'] as const;
export type NoticeKind = (typeof outcomeKinds)[number] | (typeof replyKinds)[number] | 'cheered';

/** Codes and the public reason only: the words are made when it is read. */
export type Notice = To & { kind: NoticeKind; postId?: string | undefined; detail?: Record<string, string> };
/** A member, or whoever wrote this post with a mask. */
type To = { memberId: string; forPost?: undefined } | { memberId?: undefined; forPost: string };

/** Rows in one statement: well under what either database binds. */
const atOnce = 500;

const addRow = readyToAdd(({ notices }) => notices);
const rowOf = ({ memberId, forPost, kind, postId, detail = {} }: Notice, { newId, at }: Moment) => ({
	...{ id: newId(), memberId: memberId ?? null, forPost: forPost ?? null, kind },
	...{ postId: postId ?? null, detail, at }
});

export async function addNotice(tx: Queries, tables: Tables, moment: Moment, notice: Notice) {
	await addRow(tx, tables, rowOf(notice, moment));
	push(moment, notice);
}

/** A row of the stream for the member behind a mask, beside the answer, would tell who it is: nothing is pushed to them. */
function push(moment: Moment, { memberId }: Notice) {
	if (memberId !== undefined) moment.tells.push({ type: 'notice.added', member: memberId });
}

export async function addNotices(tx: Queries, { notices }: Tables, moment: Moment, all: readonly Notice[]) {
	for (let i = 0; i < all.length; i += atOnce) {
		const some = all.slice(i, i + atOnce);
		await tx.insert(notices).values(some.map((notice) => rowOf(notice, moment)));
		for (const notice of some) push(moment, notice);
	}
}
