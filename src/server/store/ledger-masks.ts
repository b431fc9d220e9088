// The ledger of masks: posts without their author's name.
import type { LedgerOf } from './ledger-words.ts';
import type { MaskTables } from './tables.ts';

export const maskLedger = {
	waitingMasks: {
		what: 'Posts without your name that others do not see yet',
		about: [],
		subject: 'sealed',
		seen: 'you',
		kept: 'mask',
		columns: {
			id: ['random id', 'The post’s address, once it stands.', { seen: 'program' }],
			sealed: ['sealed', 'Your words with their place, and that they are yours, locked. The key is not in the database.'],
			showAt: ['moment', 'When others see it: a random moment within three minutes.']
		}
	},
	unmaskings: {
		what: 'Who looked behind a mask because somebody was in danger, and why. Not who was found',
		about: [['actorId', 'members', 'unlinked']],
		seen: 'staff',
		kept: 'log',
		columns: {
			id: ['random id', 'The row’s own number.'],
			caseId: ['link', 'The case it was about.'],
			step: ['state', 'Asked, or confirmed by a second moderator.'],
			actorId: ['other member', 'Which moderator. Empty where they have left.'],
			askedId: ['link', 'What was confirmed.'],
			reason: ['private words', 'Why. The author behind the mask is told.'],
			at: ['moment', 'When.']
		}
	}
} as const satisfies LedgerOf<MaskTables>;
