// What happened, in the past tense: handed to `tell` after the write. The live feed will listen here.
import type { CaseState, Priority } from '#lib/moderation.ts';

export type CommunityEvent =
	| { type: 'thread.opened'; thread: string; board: string }
	| { type: 'reply.posted'; thread: string; post: string }
	| { type: 'post.changed'; thread: string; post: string }
	| { type: 'case.changed'; case: string; priority: Priority; state: CaseState }
	| { type: 'notice.added'; member: string };
