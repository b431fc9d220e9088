// The ledger of the doors: sums that were paid, invitations, and those who wait to be let in.
import type { LedgerOf } from './ledger-words.ts';
import type { DoorTables } from './tables.ts';

export const doorLedger = {
	proofKeys: {
		what: 'Keys of the door, one a day',
		about: [],
		subject: 'nobody',
		seen: 'program',
		// proofs.ts lets go of a day's key the day after.
		kept: 'day key',
		columns: { day: ['day', 'Its day.'], secret: ['state', 'Signs the sums of that day.'] }
	},
	spentProofs: {
		what: 'Sums that were used',
		about: [],
		subject: 'nobody',
		seen: 'program',
		kept: 'used once',
		prune: [{ kept: 'used once', from: 'expiresAt' }],
		columns: { id: ['random id', 'The sum.'], expiresAt: ['moment', 'When it would be too old anyway.'] }
	},
	invitations: {
		what: 'Invitations',
		about: [],
		subject: 'nobody',
		seen: 'staff',
		kept: 'invitation',
		prune: [{ kept: 'invitation', from: 'expiresAt' }],
		columns: {
			id: ['random id', 'The row’s own number.'],
			codeHash: ['secret hash', 'Checks a code. Who made it and who used it is not kept.', { seen: 'program' }],
			usesLeft: ['counter', 'How many it still lets in.'],
			madeOn: ['day', 'The day it was made.'],
			expiresAt: ['day', 'When it runs out.']
		}
	},
	waitingMembers: {
		what: 'Your wait at the door',
		about: [['memberId', 'members', 'goes']],
		seen: 'you and staff',
		kept: 'waiting',
		columns: {
			memberId: ['link', 'Who waits.'],
			words: ['private words', 'Your line to the moderators.'],
			state: ['state', 'Waiting or turned away.'],
			askedAt: ['moment', 'When you asked.'],
			expiresAt: ['moment', 'When the request goes, and the account with it.', { seen: 'program' }]
		}
	},
	turnedAway: {
		what: 'When you turned away everybody at once who asked to come in',
		about: [['actorId', 'members', 'unlinked']],
		seen: 'staff',
		kept: 'log',
		columns: {
			id: ['random id', 'The row’s own number.'],
			actorId: ['other member', 'Which moderator. Empty where they have left.'],
			number: ['counter', 'How many. Not who.'],
			since: ['moment', 'From when on they had asked.'],
			at: ['moment', 'When.']
		}
	},
	guesses: {
		what: 'Wrong passphrases, counted',
		about: [],
		subject: 'nobody',
		seen: 'program',
		kept: 'guess',
		prune: [{ kept: 'guess', from: 'at' }],
		columns: {
			mark: ['secret hash', 'Knows the same name again, under a key that is not in the database. It does not say which name.'],
			count: ['counter', 'How many tries went wrong.'],
			at: ['moment', 'The last of them: by it the next has to wait.']
		}
	}
} as const satisfies LedgerOf<DoorTables>;
