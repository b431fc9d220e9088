// The two ways a verb says no. All else is a bug and stays one.
const refusals = {
	signed_out: [401, 'Please sign in first. What you wrote is kept.'],
	not_found: [404, 'There is nothing at this address, or it is not open to you.'],
	not_allowed: [403, 'This is not yours to change.'],
	locked: [403, 'This part of the conversation is closed to new answers.'],
	gone: [403, 'This post is no longer here, so nothing can be added to it.'],
	silenced: [403, 'A moderator has asked you to pause writing. Your settings page says until when, and why.'],
	suspended: [403, 'This account is suspended. The reason is on your settings page.'],
	board_banned: [403, 'A moderator has asked you to leave this board. Your settings page says why.'],
	masks_rest: [
		403,
		'While a moderator reads what you post before others do, nothing can be posted or changed without your name. Your words are kept here: you can post them with your name, and a moderator reads them soon.'
	],
	first_day_threads: [
		429,
		'On a first day you can share three stories. Your words are kept here: please post them tomorrow, or as an answer.'
	],
	first_day_replies: [
		429,
		'On a first day you can write ten answers. Your words are kept here: please come back tomorrow. Help now is always open.'
	],
	first_day_links: [422, 'On a first day posts cannot hold links. Please take the link out and post again.'],
	too_many: [429, 'That was a lot at once. Please wait {wait} and try again.'],
	stale: [409, 'Somebody changed this while you were looking at it. Here is how it stands now.'],
	shown_meanwhile: [409, 'Others see this now, so it did not come back as a draft. “Take back” beside it hides it from everybody at once.'],
	conflict_of_interest: [403, 'You may be too close to this one, so another moderator has to look at it.'],
	second_person: [403, 'You asked for this yourself. Another moderator has to say yes.'],
	claimed: [409, 'Another moderator is looking at this case right now.'],
	decided: [409, 'This case has been decided.'],
	too_late: [409, 'The decision has already taken effect. “Restore” does the same.'],
	own_post: [403, 'This is your own post. You can edit or withdraw it.'],
	unknown_board: [400, 'There is no board of this name to search in. You can search in all boards instead.'],
	own_celebration: [403, 'This one is yours. The cheering is for the others.'],
	celebration_held: [
		403,
		'A moderator reads what you write before others do just now, so celebrating has to wait until that is over. Your medallions stay.'
	],
	bad_cursor: [400, 'This page address is not complete. Please start from the first page.'],
	doorway_closed: [401, 'This took a while, so please begin again with your name and your passphrase.'],
	second_factor_first: [
		403,
		'For this, please show your second factor first: the button for it is on this page. If it is lost, ask whoever runs this site.'
	],
	sign_up_closed: [403, 'New members cannot join just now. You can read everything that is open.'],
	sign_up_full: [
		503,
		'Many people are waiting to come in just now, and a moderator reads every request. Please come back tomorrow, or ask somebody here for an invitation.'
	],
	waiting: [
		403,
		'A moderator has not looked at your request yet. Please try again later today. Reading is open to you, and so is Help now.'
	],
	turned_away: [
		403,
		'A moderator read your request and could not let you in this time. That is no judgement of you. You can ask again under another name, and Help now is always open.'
	],
	turned_away_unread: [
		403,
		'So many people asked to come in at once that a moderator had to turn all of them away. It is nothing about you. Please ask again tomorrow under another name, or ask somebody here for an invitation. Help now is always open.'
	],
	many_from_here: [
		429,
		'Several people who asked to come in from where you are wait for a moderator already. Please try again tomorrow, or ask somebody here for an invitation: with one you come in at once. Reading is open to you, and so is Help now.'
	],
	no_room: [
		503,
		'There is no room left on this site just now, and whoever runs it has to make some. Your words are still here: please keep a copy and try again later.'
	],
	busy: [503, 'The site could not get to this just now. Please try again in a few seconds; what you wrote is kept.'],
	away: [503, 'The site cannot get at its stories just now. It is not your doing: please try again in a minute.']
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof refusals;

function inWords(seconds = 60): string {
	if (seconds < 90) return seconds <= 10 ? 'a few seconds' : 'a minute';
	const minutes = Math.ceil(seconds / 60);
	return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

export class Refusal extends Error {
	readonly code: RefusalCode;
	readonly status: number;
	/** Seconds until it is worth trying again, where that is known. */
	readonly retryAfter: number | undefined;

	constructor(code: RefusalCode, retryAfter?: number) {
		super(refusals[code][1].replace('{wait}', inWords(retryAfter)));
		this.code = code;
		this.status = refusals[code][0];
		this.retryAfter = retryAfter;
	}
}

/** Problems by field, each a sentence that says what to do. What was typed goes back into the form by the page. */
export class Invalid extends Error {
	readonly problems: Record<string, string>;

	constructor(problems: Record<string, string>) {
		super(Object.values(problems).join(' '));
		this.problems = problems;
	}
}
