// Writes what a member will be told; notices.ts reads it.
import type { Queries } from '#server/store/database.ts';
import type { Tables } from '#server/store/tables.ts';
import type { Moment } from './write-and-tell.ts';

export type NoticeKind =
	| 'post_folded'
	| 'warning_added'
	| 'post_decided'
	| 'formal_notice'
	| 'sanction'
	| 'report_received'
	| 'report_settled'
	| 'post_held'
	| 'held_settled';

/** Codes and the public reason only: the words are made when it is read. */
type Notice = { memberId: string; kind: NoticeKind; postId: string; detail?: Record<string, string> };

export async function addNotice(tx: Queries, { notices }: Tables, moment: Moment, { memberId, kind, postId, detail = {} }: Notice) {
	await tx.insert(notices).values({ id: moment.newId(), memberId, kind, postId, detail, at: moment.at });
	moment.tells.push({ type: 'notice.added', member: memberId });
}
