// Who gets what: every route by method, by role, by the state of what it is about. A missing row or cell fails.
//
//   o 200   d done: 303 on to where it leads   s signed out: 303 to the sign-in   w 202   . 400   f 403   n 404   m 405   g 409   i 422   l 429
//
// Each cell is ten letters, one a role, in this order. The last two are moderators who are none just now: one is suspended, and one has not
// shown a second factor in this session yet, where the site asks for one.
export const roles = [
	'guest',
	'member',
	'author',
	'silenced',
	'suspended',
	'greeter',
	'moderator',
	'administrator',
	'suspended_moderator',
	'waiting_moderator'
] as const;
export type Role = (typeof roles)[number];

/** What a story's opening can be; `members_only` and `locked` are the story's own. Behind the mask is the author. */
export const states = ['standing', 'held', 'folded', 'withdrawn', 'removed', 'members_only', 'locked', 'masked'] as const;
export type State = (typeof states)[number];
export const boardStates = ['open', 'members_only', 'absent'] as const;
/** `claimed` by another moderator, `decided` and closed, about a `masked` post, `asked` by another moderator to look behind the mask. */
export const caseStates = ['open', 'claimed', 'decided', 'masked', 'asked', 'absent'] as const;

/** Doors that Fastify answers itself, before any page. */
export const withoutPages = ['GET /livez', 'GET /readyz', 'GET /robots.txt', 'GET /live/socket'];

// A form that is sent empty is refused with what is missing (i): whoever gets that may use it.
export const plain: Record<string, string> = {
	'GET /away': '..........',
	'GET /moderation/invitations': 'nnnnnnoond',
	'GET /moderation/joining': 'nnnnnnoond',
	'GET /settings/app': 'sddddddddd',
	'GET /settings/codes': 'sooooooooo',
	'GET /settings/leaving': 'sooooooooo',
	'GET /settings/leaving/file': 'sddddddddd',
	'GET /settings/left': 'oddddddddd',
	'GET /settings/people': 'sooooooooo',
	'GET /settings/ways-in': 'sooooooooo',
	'GET /sign-in/code': 'ssssssssss',
	'GET /sign-in/new-passphrase': 'ssssssssss',
	'GET /sign-in/passkey': 'oddddddddo',
	'POST /moderation/invitations?/make': 'snnnnniind',
	'POST /moderation/invitations?/take-back': 'snnnnnngnd',
	'POST /moderation/joining?/let-in': 'snnnnnggnd',
	'POST /moderation/joining?/turn-all-away': 'snnnnniind',
	'POST /moderation/joining?/turn-away': 'snnnnnggnd',
	'POST /settings/app': 'sddddddddd',
	'POST /settings/codes': 'sddddddddd',
	'POST /settings/people?/block': 'snnnnnnnnn',
	'POST /settings/people?/mute': 'snnnnnnnnn',
	'POST /settings/people?/mute-words': 'siiiiiiiii',
	'POST /settings/people?/unblock': 'sddddddddd',
	'POST /settings/people?/unmute': 'sddddddddd',
	'POST /settings/people?/unmute-words': 'sddddddddd',
	'POST /settings/ways-in/asked': 'siiiiiiiii',
	'POST /settings/leaving?/export': 'siiiiiiiii',
	'POST /settings/leaving?/leave': 'siiiiiiiii',
	'POST /settings/ways-in?/app': 'siiiiiiiii',
	'POST /settings/ways-in?/app-off': 'siiiiiiiii',
	'POST /settings/ways-in?/paper': 'siiiiiiiii',
	'POST /settings/ways-in?/passkey': 'siiiiiiiii',
	'POST /settings/ways-in?/remove-passkey': 'siiiiiiiii',
	'POST /settings/ways-in?/show-code': 'siiiiiiiii',
	'POST /settings?/end-others': 'sddddddddd',
	'POST /settings?/history': 'dddddddddd',
	'POST /sign-in/code': 'ssssssssss',
	'POST /sign-in/new-passphrase': 'ssssssssss',
	'POST /sign-in/passkey': 'iddddddddi',
	'POST /sign-in/passkey/asked': 'oooooooooo',
	'GET /': 'oooooooooo',
	'GET /agreement': 'oooooooooo',
	'GET /boards': 'oooooooooo',
	'GET /bookmarks': 'sooooooooo',
	'GET /drafts': 'sooooooooo',
	'GET /help-now': 'oooooooooo',
	'GET /join': 'oddddddddd',
	'GET /journey': 'sooooooooo',
	'GET /leave': 'oooooooooo',
	'GET /live': 'oooooooooo',
	'GET /live/socket': 'nnnnnnnnnn',
	'GET /livez': 'oooooooooo',
	'GET /masks': 'sooooooooo',
	'GET /medallions/[code]': 'oooooooooo',
	'GET /moderation': 'nnnnnnoond',
	'GET /moderation-explained': 'oooooooooo',
	'GET /moderation/boards': 'nnnnnnnond',
	'GET /moderation/boards/[slug]': 'nnnnnnnond',
	'GET /notices': 'sooooooooo',
	'GET /privacy': 'oooooooooo',
	'GET /readyz': 'oooooooooo',
	'GET /robots.txt': 'oooooooooo',
	'GET /search': 'oooooooooo',
	'GET /settings': 'oooooooooo',
	'GET /sign-in': 'oddddddddd',
	'GET /sign-out': 'mmmmmmmmmm',
	'POST /bookmarks?/let-go': 'snnnnnnnnn',
	'POST /drafts?/keep': 'siiiiiiiii',
	'POST /drafts?/let-go': 'snnnnnnnnn',
	'POST /join': 'iddddddddd',
	'POST /journey?/begin': 'siiiiiiiii',
	'POST /journey?/celebrate': 'siiiiiiiii',
	'POST /journey?/change': 'siiiiiiiii',
	'POST /journey?/cheer': 'snnnnnnnnn',
	'POST /journey?/clock': 'sddddddddd',
	'POST /journey?/undo': 'snnnnnnnnn',
	'POST /journey?/victory': 'sddffdddfd',
	'POST /live?/cheer': 'snnnnnnnnn',
	'POST /masks?/let-go': 'snnnnnnnnn',
	'POST /masks?/take-back': 'snnnnnnnnn',
	'POST /masks?/withdraw': 'snnnnnnnnn',
	'POST /moderation/boards/[slug]': 'snnnnnnind',
	'POST /notices?/read': 'sddddddddd',
	'POST /settings?/country': 'dddddddddd',
	'POST /settings?/end-session': 'snnnnnnnnn',
	'POST /settings?/hard-day': 'dddddddddd',
	'POST /settings?/passphrase': 'siiiiiiiii',
	'POST /settings?/warnings': 'dddddddddd',
	'POST /sign-in': 'iddddddddd',
	'POST /sign-out': 'dddddddddd'
};

/** In the order of `states`: standing held folded withdrawn removed members_only locked masked. */
export const threads: Record<string, string> = {
	'GET /threads/[id]': 'oooooooooo nnonnnoonn oooooooooo oooooooooo oooooooooo nooooooooo oooooooooo oooooooooo',
	'POST /threads/[id]?/bookmark': 'sddddddddd sndnnnnnnn sddddddddd sfdfffffff sfdfffffff sddddddddd sddddddddd sddddddddd',
	'POST /threads/[id]?/edit': 'sfdfffffff sndnnnffnn sfdfffffff sfffffffff sfffffffff sfdfffffff sfdfffffff sfdfffffff',
	'POST /threads/[id]?/encourage': 'sdfdfdddfd snfnnnffnn sdfdfdddfd sfffffffff sfffffffff sdfdfdddfd sdfdfdddfd sdfdfdddfd',
	'POST /threads/[id]?/erase': 'sfdfffffff sndnnnffnn sfdfffffff sfdfffffff sfgfffffff sfdfffffff sfdfffffff sfdfffffff',
	'POST /threads/[id]?/follow': 'sddddddddd sndnnnddnn sddddddddd sddddddddd sddddddddd sddddddddd sddddddddd sddddddddd',
	'POST /threads/[id]?/reply': 'sddffdddfd snfnnnffnn sddffdddfd sfffffffff sfffffffff sddffdddfd sfffffffff sddffdddfd',
	'POST /threads/[id]?/report': 'sdfdfdddfd snfnnnnnnn sdfdfdddfd snfnfnnnfn snfnfnnnfn sdfdfdddfd sdfdfdddfd sdfdfdddfd',
	'POST /threads/[id]?/take-back-report': 'sddddddddd sddddddddd sddddddddd sddddddddd sddddddddd sddddddddd sddddddddd sddddddddd',
	'POST /threads/[id]?/withdraw': 'sfdfffffff sndnnnffnn sfdfffffff sfdfffffff sfffffffff sfdfffffff sfdfffffff sfdfffffff'
};

/** About things of another member, by their real ids: answered as if there were no such thing, and nothing happens to it. */
export const ofAnother: Record<string, string> = {
	'POST /settings?/end-session': 'snnnnnnnnn',
	'POST /journey?/undo': 'snnnnnnnnn',
	'POST /masks?/let-go': 'snnnnnnnnn',
	'POST /masks?/take-back': 'snnnnnnnnn',
	'POST /masks?/withdraw': 'sfffffffff',
	'POST /settings/people?/unblock': 'sddddddddd',
	'POST /settings/people?/unmute': 'sddddddddd',
	'POST /settings/people?/unmute-words': 'sddddddddd'
};

/** In the order of `boardStates`. */
export const boards: Record<string, string> = {
	'GET /boards/[slug]': 'oooooooooo nooooooooo nnnnnnnnnn',
	'GET /boards/[slug]/new': 'sooooooooo nooooooooo nnnnnnnnnn',
	'POST /boards/[slug]/new': 'sddffdddfd sddffdddfd snnnnnnnnn',
	'POST /boards/[slug]?/follow': 'sddddddddd sddddddddd snnnnnnnnn',
	'POST /boards/[slug]?/mute': 'sddddddddd sddddddddd snnnnnnnnn'
};

/** In the order of `caseStates`. */
export const cases: Record<string, string> = {
	'GET /moderation/cases/[id]': 'nnnnnnoond nnnnnnoond nnnnnnoond nnnnnnoond nnnnnnoond nnnnnnnnnd',
	'POST /moderation/cases/[id]?/claim': 'snnnnnddnd snnnnnggnd snnnnnggnd snnnnnddnd snnnnnddnd snnnnnnnnd',
	'POST /moderation/cases/[id]?/decide': 'snnnnnddnd snnnnnggnd snnnnnggnd snnnnnddnd snnnnnddnd snnnnnnnnd',
	'POST /moderation/cases/[id]?/escalate': 'snnnnnddnd snnnnnggnd snnnnnggnd snnnnnddnd snnnnnddnd snnnnnnnnd',
	'POST /moderation/cases/[id]?/release': 'snnnnnddnd snnnnnggnd snnnnnddnd snnnnnddnd snnnnnddnd snnnnnnnnd',
	'POST /moderation/cases/[id]?/confirm-unmasking': 'snnnnnnnnd snnnnnnnnd snnnnnnnnd snnnnnggnd snnnnnddnd snnnnnnnnd',
	'POST /moderation/cases/[id]?/unmask': 'snnnnnnnnd snnnnnnnnd snnnnnnnnd snnnnnddnd snnnnnddnd snnnnnnnnd',
	'POST /moderation/cases/[id]?/undo': 'snnnnnffnd snnnnnffnd snnnnnffnd snnnnnffnd snnnnnffnd snnnnnnnnd'
};
