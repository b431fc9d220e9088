// The ledger of members, sessions, boards, stories and answers.
import type { LedgerOf } from './ledger-words.ts';
import type { CoreTables } from './tables.ts';

export const coreLedger = {
	members: {
		what: 'Your account',
		about: [['id', 'members', 'goes']],
		seen: 'you',
		kept: 'account',
		columns: {
			id: ['random id', 'Ties what is yours together.', { seen: 'program' }],
			name: ['name', 'Your pseudonym, as others see it.', { seen: 'everyone' }],
			nameFolded: ['name', 'The same name in small letters, to find it when you sign in.', { seen: 'program' }],
			passphraseHash: ['secret hash', 'Checks your passphrase. The passphrase itself is not stored.', { seen: 'program' }],
			role: ['state', 'Member, greeter, moderator or administrator.', { seen: 'everyone' }],
			joinedAt: ['moment', 'When you joined: the first day has limits.', { seen: 'you and staff' }],
			agreementVersion: ['state', 'Which version of the agreement you said yes to.'],
			country: ['preference', 'The country you chose for Help now.'],
			hardDay: ['preference', 'Whether today is a hard day.'],
			warningChoices: ['preference', 'Which warnings you show, fold or hide.'],
			tombstone: ['random id', 'What the list of erasures calls this account once it is gone.', { seen: 'program' }],
			trust: ['counter', 'From 0 to 3: how much a report of yours weighs. No page shows it.', { seen: 'program' }]
		}
	},
	sessions: {
		what: 'Where you are signed in',
		about: [['memberId', 'members', 'goes']],
		seen: 'you',
		kept: 'session',
		prune: [
			{ kept: 'session', from: 'expiresAt' },
			{ kept: 'session', from: 'endsAt' }
		],
		columns: {
			id: ['secret hash', 'Knows the key in your browser again (SHA-256). The key itself is not stored.', { seen: 'program' }],
			memberId: ['link', 'Whose sign-in it is.', { seen: 'program' }],
			expiresAt: ['day', 'When it ends if you do not come back, to the day.', { seen: 'program' }],
			endsAt: ['day', 'When it ends at the latest, to the day; for staff to the hour.', { seen: 'program' }],
			startedOn: ['day', 'The day you signed in.'],
			seenOn: ['day', 'The day it was last used. Not the hour.'],
			secondFactor: ['state', 'Whether you signed in with two different things.', { seen: 'program' }]
		}
	},
	offeredNames: {
		what: 'Names offered to somebody who is joining',
		about: [],
		subject: 'nobody',
		seen: 'program',
		kept: 'offer',
		prune: [{ kept: 'offer', from: 'expiresAt' }],
		columns: {
			nameFolded: ['name', 'The offered name: nobody else is offered it meanwhile.'],
			offer: ['random id', 'Ties the names of one form together.'],
			expiresAt: ['moment', 'When the name is free again.']
		}
	},
	keptForms: {
		what: 'What was being written when a sign-in ended',
		about: [],
		subject: 'nobody',
		seen: 'program',
		kept: 'kept form',
		prune: [{ kept: 'kept form', from: 'expiresAt' }],
		columns: {
			id: ['random id', 'Half of the cookie that leads back to it.'],
			sealed: ['sealed', 'The words, locked. Only the cookie in that browser holds the key.'],
			expiresAt: ['moment', 'When it can no longer be opened.']
		}
	},
	boards: {
		what: 'The boards',
		about: [],
		subject: 'operator',
		seen: 'everyone',
		kept: 'site',
		columns: {
			id: ['random id', 'The board’s own number.'],
			slug: ['public words', 'Its neutral word in the address.'],
			section: ['public words', 'The section it stands in.'],
			title: ['public words', 'Its name.'],
			charter: ['public words', 'Its own rules.'],
			warnings: ['state', 'Content warnings that are ticked for new stories.'],
			membersOnly: ['state', 'Whether only members read it.'],
			distress: ['state', 'Whether hard hours are spoken of here.'],
			titlesPublic: ['state', 'Whether the live feed names its stories.'],
			position: ['counter', 'Its place in the list.'],
			version: ['counter', 'How often it was changed.']
		}
	},
	threads: {
		what: 'Stories you opened',
		about: [['authorId', 'members', 'chosen']],
		seen: 'everyone',
		kept: 'posted',
		columns: {
			id: ['random id', 'The story’s address.'],
			boardId: ['link', 'Where it stands.'],
			authorId: ['link', 'Who opened it. Empty where it was opened without a name.'],
			maskKey: [
				'random id',
				'Which key made the names of those who write here without theirs. The key itself is not in the database.',
				{ seen: 'program' }
			],
			openingId: ['link', 'Its first post.'],
			title: ['public words', 'Its title.'],
			excerpt: ['public words', 'Its first lines, for the list.'],
			openedAt: ['moment', 'When it was opened. After a day others only see a coarse age.'],
			activeAt: ['moment', 'When somebody last wrote in it. After a day others only see a coarse age.'],
			answers: ['counter', 'How many answers it has.'],
			answered: ['counter', 'Whether somebody else has answered.'],
			listed: ['state', 'Whether lists show it.'],
			locked: ['state', 'Whether it is closed to new answers.']
		}
	},
	posts: {
		what: 'What you wrote',
		about: [['authorId', 'members', 'chosen']],
		seen: 'everyone',
		kept: 'posted',
		columns: {
			id: ['random id', 'The post’s address.'],
			threadId: ['link', 'The story it belongs to.'],
			parentId: ['link', 'What it answers.'],
			authorId: ['link', 'Who wrote it. Empty where it was written without a name.'],
			alias: ['name', 'The name shown in place of the author’s, in this one story.'],
			maskTag: [
				'secret hash',
				'Knows the same author again inside one story, with a key that is not in the database. Without it nobody can tell who.',
				{ seen: 'program' }
			],
			sealedAuthor: [
				'sealed',
				'Who wrote it without a name, locked and always of one size. The key is not in the database; whoever runs the site has it.',
				{ seen: 'program' }
			],
			place: ['state', 'Where it stands among the answers.'],
			depth: ['state', 'How far it is set in.'],
			body: ['public words', 'Your words.'],
			html: ['public words', 'Your words as the page shows them.'],
			warnings: ['state', 'Its content warnings.'],
			postedAt: ['moment', 'When it was posted. After a day others only see a coarse age.'],
			editedAt: ['moment', 'When it was last changed. After a day others only see a coarse age.'],
			version: ['counter', 'How often it was changed.'],
			state: ['state', 'Standing, waiting for a moderator, withdrawn or removed.'],
			folded: ['state', 'Why it is folded, if it is.'],
			locked: ['state', 'Whether it is closed to new answers.'],
			encouraged: ['counter', 'How often each kind of encouragement was given.'],
			key: ['random id', 'Makes a second press of the same form harmless.', { seen: 'program' }]
		}
	},
	postRevisions: {
		what: 'What your posts said before you changed them',
		about: [['postId', 'posts', 'goes']],
		seen: 'you and staff',
		kept: 'revision',
		prune: [{ kept: 'revision', from: 'replacedAt' }],
		columns: {
			id: ['random id', 'The row’s own number.'],
			postId: ['link', 'The post.'],
			version: ['counter', 'Which version it was.'],
			title: ['private words', 'The title before.'],
			body: ['private words', 'The words before.'],
			warnings: ['state', 'The warnings before.'],
			replacedAt: ['moment', 'When it was changed.']
		}
	},
	encouragements: {
		what: 'Encouragements you gave',
		about: [['memberId', 'members', 'chosen']],
		seen: 'you',
		kept: 'yours',
		columns: {
			id: ['random id', 'The row’s own number.'],
			postId: ['link', 'What you encouraged. Others see only how many.'],
			memberId: ['link', 'Who gave it, so that it can be taken back.'],
			kind: ['state', 'Which of the five.']
		}
	}
} as const satisfies LedgerOf<CoreTables>;
