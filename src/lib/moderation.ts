// The moderation model's closed sets and the table of reasons and clocks (moderation.md).
export type Priority = 0 | 1 | 2 | 3;
type ReasonRule = {
	words: string;
	explains: string;
	priority: Priority;
	/** Weight in hundredths at which the post is folded, with three different reporters or one of staff; absent: never. */
	foldAt?: number;
	/** Folded at two reports, or one from a trusted member (rulings.md 4). */
	foldAtTwo?: boolean;
};

const minute = 60_000;
const hour = 60 * minute;
/** How soon somebody should first look, by priority, while staff are few. */
export const firstLookWithin: Record<Priority, number> = { 0: 60 * minute, 1: 6 * hour, 2: 12 * hour, 3: 48 * hour };

const reasonRules = {
	worry_life: {
		words: 'I’m worried about this person',
		explains: 'They may be in danger right now. This never hides the post.',
		priority: 0
	},
	child_safety: {
		words: 'A child is at risk',
		explains: 'Something sexual about a minor, or a child in danger.',
		priority: 0,
		foldAtTwo: true
	},
	threat: { words: 'A threat', explains: 'Somebody is threatened with harm.', priority: 0, foldAtTwo: true },
	doxxing: {
		words: 'It says who somebody is',
		explains: 'A real name, address, workplace or picture of a person.',
		priority: 0,
		foldAtTwo: true
	},
	sourcing: { words: 'Buying or selling', explains: 'Where to get something, or an offer to sell it.', priority: 1, foldAt: 500 },
	methods: { words: 'How-to or doses', explains: 'Ways to use or to harm oneself, amounts, tapering plans.', priority: 1, foldAt: 500 },
	harassment: { words: 'Harassment', explains: 'Attacks, hate, or following somebody around.', priority: 1, foldAt: 833 },
	predatory_contact: {
		words: 'Unsafe contact',
		explains: 'Pressure to meet, to write elsewhere, for money or for sex.',
		priority: 1,
		foldAt: 833
	},
	impersonation: {
		words: 'Pretending to be somebody',
		explains: 'A member, a moderator, a doctor or a helpline.',
		priority: 1,
		foldAt: 833
	},
	missing_warning: { words: 'Needs a content warning', explains: 'Choose which one. The author is not blamed.', priority: 2 },
	spam: { words: 'Advertising', explains: 'Spam, or somebody selling treatment places.', priority: 2, foldAt: 500 },
	unkind: { words: 'Unkind', explains: 'Not kind enough for this room.', priority: 2 },
	medical_advice: { words: 'Medical advice', explains: 'Telling somebody what to take or to stop.', priority: 2 },
	off_topic: { words: 'In the wrong place', explains: 'It belongs on another board.', priority: 3 },
	other: { words: 'Something else', explains: 'Tell us in a few words.', priority: 3 }
} satisfies Record<string, ReasonRule>;

export type Reason = keyof typeof reasonRules;
export const reasons: Record<Reason, ReasonRule> = reasonRules;

export function isReason(value: string): value is Reason {
	return Object.hasOwn(reasons, value);
}

/** How the desk says a priority: an order of work, not a grade for anybody's trouble. */
export const priorityWords: Record<Priority, string> = { 0: 'At once', 1: 'Soon', 2: 'Today', 3: 'Later' };

/** What each action does to the post, as the desk offers it. */
export const postActionWords = {
	none: 'Leave it as it is',
	add_warning: 'Add a content warning',
	redact: 'Take its words out; its place and its answers stay',
	lock: 'Close it to new answers',
	fold: 'Fold it behind a notice; one press opens it',
	remove: 'Remove it; its place stays',
	restore: 'Put it back: open, unfolded, in its place'
} as const;
export type PostAction = keyof typeof postActionWords;

export const authorActionWords = {
	none: 'Nothing',
	formal_notice: 'Send a formal notice',
	hold_posts: 'Look at new posts before others see them',
	silence: 'Silence: may read and report, not write',
	board_ban: 'Keep off this board',
	suspend: 'Suspend: may only read'
} as const;
export type AuthorAction = keyof typeof authorActionWords;
export type SanctionKind = Exclude<AuthorAction, 'none'>;

export const durations = { '24h': 24 * hour, '72h': 72 * hour, '7d': 7 * 24 * hour, '30d': 30 * 24 * hour } as const;
export type Duration = keyof typeof durations;
export const durationWords: Record<Duration, string> = { '24h': '24 hours', '72h': '72 hours', '7d': '7 days', '30d': '30 days' };

export function isPostAction(value: string): value is PostAction {
	return Object.hasOwn(postActionWords, value);
}
/** What can be asked of an author behind a mask: the rest would tell who it is. */
export const reachesMasks = (action: string): boolean => ['none', 'formal_notice', 'hold_posts'].includes(action);
export function isAuthorAction(value: string): value is AuthorAction {
	return Object.hasOwn(authorActionWords, value);
}
export function isDuration(value: string): value is Duration {
	return Object.hasOwn(durations, value);
}

export type CaseState = 'open' | 'claimed' | 'decided' | 'escalated' | 'closed';
export type Outcome = 'upheld' | 'not_upheld' | 'supported' | 'duplicate' | 'withdrawn';
