// Who gets what: every route by method, by role, by the state of what it is about. A missing row or cell fails.
//
//   o 200   d done: 303 on to where it leads   s signed out: 303 to the sign-in   w 202   . 400   f 403   n 404   m 405   g 409   i 422   l 429
//
// Each cell is eight letters, one a role, in this order.
export const roles = ['guest', 'member', 'author', 'silenced', 'suspended', 'greeter', 'moderator', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** What a story's opening can be; `members_only` and `locked` are the story's own. */
export const states = ['standing', 'held', 'folded', 'withdrawn', 'removed', 'members_only', 'locked'] as const;
export type State = (typeof states)[number];
export const boardStates = ['open', 'members_only', 'absent'] as const;
/** `claimed` by another moderator, `decided` and closed. */
export const caseStates = ['open', 'claimed', 'decided', 'absent'] as const;

/** Doors that Fastify answers itself, before any page. */
export const withoutPages = ['GET /livez', 'GET /readyz', 'GET /robots.txt', 'GET /live/socket'];

// A form that is sent empty is refused with what is missing (i): whoever gets that may use it.
export const plain: Record<string, string> = {
	'GET /away': '........',
	'GET /moderation/invitations': 'nnnnnnoo',
	'GET /moderation/joining': 'nnnnnnoo',
	'GET /settings/app': 'sddddddd',
	'GET /settings/codes': 'sooooooo',
	'GET /settings/leaving': 'sooooooo',
	'GET /settings/leaving/file': 'sddddddd',
	'GET /settings/left': 'oddddddd',
	'GET /settings/people': 'sooooooo',
	'GET /settings/ways-in': 'sooooooo',
	'GET /sign-in/code': 'ssssssss',
	'GET /sign-in/new-passphrase': 'ssssssss',
	'GET /sign-in/passkey': 'oddddddd',
	'POST /moderation/invitations?/make': 'snnnnnii',
	'POST /moderation/invitations?/take-back': 'snnnnnng',
	'POST /moderation/joining?/let-in': 'snnnnngg',
	'POST /moderation/joining?/turn-all-away': 'snnnnnii',
	'POST /moderation/joining?/turn-away': 'snnnnngg',
	'POST /settings/app': 'sddddddd',
	'POST /settings/codes': 'sddddddd',
	'POST /settings/people?/block': 'snnnnnnn',
	'POST /settings/people?/mute': 'snnnnnnn',
	'POST /settings/people?/mute-words': 'siiiiiii',
	'POST /settings/people?/unblock': 'sddddddd',
	'POST /settings/people?/unmute': 'sddddddd',
	'POST /settings/people?/unmute-words': 'sddddddd',
	'POST /settings/ways-in/asked': 'siiiiiii',
	'POST /settings/leaving?/export': 'siiiiiii',
	'POST /settings/leaving?/leave': 'siiiiiii',
	'POST /settings/ways-in?/app': 'siiiiiii',
	'POST /settings/ways-in?/app-off': 'siiiiiii',
	'POST /settings/ways-in?/paper': 'siiiiiii',
	'POST /settings/ways-in?/passkey': 'siiiiiii',
	'POST /settings/ways-in?/remove-passkey': 'siiiiiii',
	'POST /settings/ways-in?/show-code': 'siiiiiii',
	'POST /settings?/end-others': 'sddddddd',
	'POST /settings?/history': 'dddddddd',
	'POST /sign-in/code': 'ssssssss',
	'POST /sign-in/new-passphrase': 'ssssssss',
	'POST /sign-in/passkey': 'iddddddd',
	'POST /sign-in/passkey/asked': 'oooooooo',
	'GET /': 'oooooooo',
	'GET /agreement': 'oooooooo',
	'GET /boards': 'oooooooo',
	'GET /bookmarks': 'sooooooo',
	'GET /drafts': 'sooooooo',
	'GET /help-now': 'oooooooo',
	'GET /join': 'oddddddd',
	'GET /journey': 'sooooooo',
	'GET /leave': 'oooooooo',
	'GET /live': 'oooooooo',
	'GET /live/socket': 'nnnnnnnn',
	'GET /livez': 'oooooooo',
	'GET /masks': 'sooooooo',
	'GET /medallions/[code]': 'oooooooo',
	'GET /moderation': 'nnnnnnoo',
	'GET /moderation-explained': 'oooooooo',
	'GET /moderation/boards': 'nnnnnnno',
	'GET /moderation/boards/[slug]': 'nnnnnnno',
	'GET /notices': 'sooooooo',
	'GET /privacy': 'oooooooo',
	'GET /readyz': 'oooooooo',
	'GET /robots.txt': 'oooooooo',
	'GET /search': 'oooooooo',
	'GET /settings': 'oooooooo',
	'GET /sign-in': 'oddddddd',
	'GET /sign-out': 'mmmmmmmm',
	'POST /bookmarks?/let-go': 'snnnnnnn',
	'POST /drafts?/keep': 'siiiiiii',
	'POST /drafts?/let-go': 'snnnnnnn',
	'POST /join': 'iddddddd',
	'POST /journey?/begin': 'siiiiiii',
	'POST /journey?/celebrate': 'siiiiiii',
	'POST /journey?/change': 'siiiiiii',
	'POST /journey?/cheer': 'snnnnnnn',
	'POST /journey?/clock': 'sddddddd',
	'POST /journey?/undo': 'snnnnnnn',
	'POST /journey?/victory': 'sddffddd',
	'POST /live?/cheer': 'snnnnnnn',
	'POST /masks?/let-go': 'snnnnnnn',
	'POST /masks?/take-back': 'snnnnnnn',
	'POST /masks?/withdraw': 'snnnnnnn',
	'POST /moderation/boards/[slug]': 'snnnnnni',
	'POST /notices?/read': 'sddddddd',
	'POST /settings?/country': 'dddddddd',
	'POST /settings?/end-session': 'snnnnnnn',
	'POST /settings?/hard-day': 'dddddddd',
	'POST /settings?/passphrase': 'siiiiiii',
	'POST /settings?/warnings': 'dddddddd',
	'POST /sign-in': 'iddddddd',
	'POST /sign-out': 'dddddddd'
};

/** In the order of `states`: standing held folded withdrawn removed members_only locked. */
export const threads: Record<string, string> = {
	'GET /threads/[id]': 'oooooooo nnonnnoo oooooooo oooooooo oooooooo nooooooo oooooooo',
	'POST /threads/[id]?/bookmark': 'sddddddd sndnnnnn sddddddd sfdfffff sfdfffff sddddddd sddddddd',
	'POST /threads/[id]?/edit': 'sfdfffff sndnnnff sfdfffff sfffffff sfffffff sfdfffff sfdfffff',
	'POST /threads/[id]?/encourage': 'sdfdfddd snfnnnff sdfdfddd sfffffff sfffffff sdfdfddd sdfdfddd',
	'POST /threads/[id]?/erase': 'sfdfffff sndnnnff sfdfffff sfdfffff sfgfffff sfdfffff sfdfffff',
	'POST /threads/[id]?/follow': 'sddddddd sndnnndd sddddddd sddddddd sddddddd sddddddd sddddddd',
	'POST /threads/[id]?/reply': 'sddffddd snfnnnff sddffddd sfffffff sfffffff sddffddd sfffffff',
	'POST /threads/[id]?/report': 'sdfdfddd snfnnnnn sdfdfddd snfnfnnn snfnfnnn sdfdfddd sdfdfddd',
	'POST /threads/[id]?/take-back-report': 'sddddddd sddddddd sddddddd sddddddd sddddddd sddddddd sddddddd',
	'POST /threads/[id]?/withdraw': 'sfdfffff sndnnnff sfdfffff sfdfffff sfffffff sfdfffff sfdfffff'
};

/** In the order of `boardStates`. */
export const boards: Record<string, string> = {
	'GET /boards/[slug]': 'oooooooo nooooooo nnnnnnnn',
	'GET /boards/[slug]/new': 'sooooooo nooooooo nnnnnnnn',
	'POST /boards/[slug]/new': 'sddffddd sddffddd snnnnnnn',
	'POST /boards/[slug]?/follow': 'sddddddd sddddddd snnnnnnn',
	'POST /boards/[slug]?/mute': 'sddddddd sddddddd snnnnnnn'
};

/** In the order of `caseStates`. */
export const cases: Record<string, string> = {
	'GET /moderation/cases/[id]': 'nnnnnnoo nnnnnnoo nnnnnnoo nnnnnnnn',
	'POST /moderation/cases/[id]?/claim': 'snnnnndd snnnnngg snnnnngg snnnnnnn',
	'POST /moderation/cases/[id]?/decide': 'snnnnndd snnnnngg snnnnngg snnnnnnn',
	'POST /moderation/cases/[id]?/escalate': 'snnnnndd snnnnngg snnnnngg snnnnnnn',
	'POST /moderation/cases/[id]?/release': 'snnnnndd snnnnngg snnnnndd snnnnnnn',
	'POST /moderation/cases/[id]?/confirm-unmasking': 'snnnnnnn snnnnnnn snnnnnnn snnnnnnn',
	'POST /moderation/cases/[id]?/unmask': 'snnnnnnn snnnnnnn snnnnnnn snnnnnnn',
	'POST /moderation/cases/[id]?/undo': 'snnnnnff snnnnnff snnnnnff snnnnnnn'
};
