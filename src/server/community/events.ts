// What happened, in the past tense: handed to `tell` after the write. The live feed will listen here.
import type { CaseState, Priority } from '#lib/moderation.ts';

/** `by` is whose doing it is, where it is theirs by name: never sent, it keeps the frame from those who do not meet them. */
export type CommunityEvent =
	/** `board` is its slug; the title is told only where the board allows it and nothing about the story is folded. */
	| { type: 'thread.opened'; thread: string; board: string; membersOnly: boolean; title?: string; by?: string }
	| { type: 'reply.posted'; thread: string; post: string; by?: string }
	| { type: 'post.changed'; thread: string; post: string }
	/** `except`: words of staff-ears.ts for whom of staff it is kept from. */
	| { type: 'case.changed'; case: string; priority: Priority; state: CaseState; except?: string[] }
	| { type: 'notice.added'; member: string }
	/** `words` is the member's own line; never a date. */
	| { type: 'celebration.shared'; celebration: string; name: string; milestone: string; words: string; by?: string }
	| { type: 'celebration.cheered'; celebration: string; cheers: number; by?: string }
	| { type: 'celebration.undone'; celebration: string; by?: string }
	/** Whom this member does not meet, or does not want to hear of, has changed: told to nobody, open sockets look again. */
	| { type: 'people.changed'; member: string }
	/** Somebody's words were erased: each process lets go of what it keeps ready of pages. It says nothing of whose. */
	| { type: 'words.erased' }
	/** Somebody was paused for what they wrote behind a mask. It says nothing of whom: each process looks who of those with an open page it is. */
	| { type: 'mask.paused'; decision: string }
	/** One session, or all of a member's except one: open sockets close. */
	| { type: 'sessions.ended'; member?: string; session?: string; except?: string };
