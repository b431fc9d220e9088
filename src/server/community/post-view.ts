// A post of a thread page as one reader sees it. Most readers see the same of most posts: what they see is one object then, which pages
// know again without looking into it.
import type { WarningShown } from '#lib/warnings.ts';
import { waysSeen } from '#lib/ways-seen.ts';
import { isMasked, nameShown } from './authorship.ts';
import type { Quiet } from './sight.ts';
import type { PostRow } from './thread-queries.ts';

/** All that depends on who reads, and when. Nothing but words, numbers and lists of words: together they name what is seen. */
export type Seen = {
	signedIn: boolean;
	/** The post stands, or waits for a moderator and is theirs or before staff. */
	readable: boolean;
	shown: WarningShown;
	foldedBy: string | null;
	age: string;
	/** It waits behind one press: from somebody this reader muted, or with a word they muted. */
	quiet: Quiet;
	/** What the story is called, where that waits with the words. */
	titleWaiting: string | null;
	/** This reader blocked who wrote it, and may be told so. */
	blocked: boolean;
	pressed: string[];
	opener: boolean;
	reported: boolean;
	bookmarked: boolean;
	/** Somebody else's, written since this reader's last visit. */
	fresh: boolean;
	/** Who is answered, for answers to answers; `follows` when their post is the one just above. */
	answering: string | null;
	follows: boolean;
	/** Nobody closed the conversation, or this branch of it. */
	open: boolean;
};

function viewOf(row: PostRow, seen: Seen, own: boolean, keptWarnings: string[]) {
	const { signedIn, readable, open, foldedBy, ...said } = seen;
	const standing = row.state === 'standing';
	const others = standing && signedIn && !own;
	return {
		...said,
		id: row.id,
		depth: row.depth,
		name: nameShown(row),
		masked: isMasked(row),
		state: row.state,
		html: readable ? row.html : '',
		/** One's own words, for editing. */
		body: own && readable ? row.body : '',
		warnings: readable ? row.warnings : [],
		/** On one's own post: those of its warnings that staff or readers set, which an edit does not take off. */
		keptWarnings,
		folded: readable ? row.folded : null,
		foldedBy,
		edited: readable && row.editedAt !== null,
		version: readable ? row.version : 1,
		locked: row.locked,
		encouraged: readable ? row.encouraged : {},
		own,
		may: {
			answer: standing && signedIn && open,
			encourage: others,
			bookmark: standing && signedIn,
			report: others,
			/** Blocking and muting: where a member's own name stands. */
			avoid: others && row.authorId !== null,
			edit: own && readable,
			withdraw: own && readable,
			putBack: own && row.state === 'withdrawn'
		}
	} as const;
}
export type PostView = ReturnType<typeof viewOf>;

/** Of one row so many ways to be seen are kept: to guests, and to members who were here before or were not. */
const known = waysSeen<PostRow, PostView>(3);

/** Of somebody else's: shared with whoever sees the same, so it is never changed. */
export const seenPost = (row: PostRow, seen: Seen): PostView =>
	known(row, Object.values(seen).join('\n'), () => viewOf(row, seen, false, []));

/** One's own, for oneself alone. */
export const ownPost = (row: PostRow, seen: Seen, keptWarnings: string[]): PostView => viewOf(row, seen, true, keptWarnings);
