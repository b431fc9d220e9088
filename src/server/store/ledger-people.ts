// The ledger of blocking and muting. What is handed over about somebody who was blocked does not say so, nor by whom: the row is the other's.
import type { LedgerOf } from './ledger-words.ts';
import type { PeopleTables } from './tables.ts';

export const peopleLedger = {
	blocks: {
		what: 'Members you blocked',
		about: [['memberId', 'members', 'goes']],
		seen: 'you',
		kept: 'yours',
		columns: {
			id: ['random id', 'The row’s own number.'],
			memberId: ['link', 'Who blocked.', { seen: 'program' }],
			blockedId: ['other member', 'Whom you do not want to meet. They are never told, and neither is anybody else.'],
			at: ['day', 'Since which day.']
		}
	},
	mutes: {
		what: 'Members you muted',
		about: [['memberId', 'members', 'goes']],
		seen: 'you',
		kept: 'yours',
		columns: {
			id: ['random id', 'The row’s own number.'],
			memberId: ['link', 'Who muted.', { seen: 'program' }],
			mutedId: ['other member', 'Whose posts you want folded. They are never told, and neither is anybody else.'],
			at: ['day', 'Since which day.']
		}
	},
	mutedWords: {
		what: 'Words you muted',
		about: [['memberId', 'members', 'goes']],
		seen: 'you',
		kept: 'yours',
		columns: {
			id: ['random id', 'The row’s own number.'],
			memberId: ['link', 'Who muted it.', { seen: 'program' }],
			words: ['private words', 'The words as you wrote them.'],
			folded: ['private words', 'The same words as they are looked for: small letters, without accents.', { seen: 'program' }]
		}
	}
} as const satisfies LedgerOf<PeopleTables>;
