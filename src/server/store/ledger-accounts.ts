// The ledger of the ways into an account besides the passphrase.
import type { LedgerOf } from './ledger-words.ts';
import type { AccountTables } from './tables.ts';

export const accountLedger = {
	recoveryCodes: {
		what: 'Your codes on paper',
		about: [['memberId', 'members', 'goes']],
		seen: 'program',
		kept: 'account',
		columns: {
			hash: ['secret hash', 'Checks a code that nobody has used yet. The code itself is not stored.'],
			memberId: ['link', 'Whose code it is.']
		}
	},
	passkeys: {
		what: 'Your passkeys',
		about: [['memberId', 'members', 'goes']],
		seen: 'program',
		kept: 'yours',
		columns: {
			id: ['random id', 'The number that your device gave it.'],
			memberId: ['link', 'Whose passkey it is.'],
			handle: ['random id', 'What your device knows the account by. Not your name.'],
			publicKey: ['state', 'Checks what your device signs. It opens nothing by itself.'],
			counter: ['counter', 'How often your device signed, where it counts.'],
			label: ['private words', 'What you and your device call it.', { seen: 'you' }],
			addedOn: ['day', 'The day you added it.', { seen: 'you' }]
		}
	},
	timeCodes: {
		what: 'Your app for codes',
		about: [['memberId', 'members', 'goes']],
		seen: 'program',
		kept: 'yours',
		columns: {
			memberId: ['link', 'Whose app it is.'],
			sealed: ['sealed', 'The secret shared with the app, locked. The key is not in the database.'],
			addedOn: ['day', 'The day you added it.', { seen: 'you' }]
		}
	},
	spent: {
		what: 'What was used once and may not be used again',
		about: [],
		subject: 'nobody',
		seen: 'program',
		kept: 'used once',
		prune: [{ kept: 'used once', from: 'expiresAt' }],
		columns: {
			hash: ['secret hash', 'Knows a used code or question again.'],
			expiresAt: ['moment', 'When it would be too old anyway.']
		}
	},
	doorways: {
		what: 'A sign-in that is half done',
		about: [['memberId', 'members', 'goes']],
		seen: 'program',
		kept: 'used once',
		prune: [{ kept: 'used once', from: 'expiresAt' }],
		columns: {
			id: ['secret hash', 'Knows the key in your browser again (SHA-256).'],
			memberId: ['link', 'Whose sign-in it is.'],
			needs: ['state', 'What is still to be typed.'],
			expiresAt: ['moment', 'When it is over.']
		}
	},
	namedKeys: {
		what: 'Which keys of the key file this database needs',
		about: [],
		subject: 'nobody',
		seen: 'program',
		kept: 'site',
		columns: {
			id: ['random id', 'The key’s number. The key itself is not in the database.'],
			mark: ['secret hash', 'Tells whether the key file still holds this very key.']
		}
	}
} as const satisfies LedgerOf<AccountTables>;
